// The suites of tools/test: how each is built and run. Each is a function of the context that returns a result.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../serve.mjs';
import { emptyResult, failed, fromGoogleTest, fromNodeTest, judged, merge } from './results.mjs';
import { problemOf, run } from './run.mjs';

const sanitizerEnv = {
  ASAN_OPTIONS: 'detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1',
  UBSAN_OPTIONS: 'print_stacktrace=1',
  TSAN_OPTIONS: 'second_deadlock_stack=1',
};

export class Suites {
  #root;
  #logs;
  #built = new Map();
  #runs = 0;

  constructor(root) {
    this.#root = root;
    this.#logs = join(root, 'build/test-logs');
  }

  #log(name) {
    this.#runs += 1;
    return join(this.#logs, `${String(this.#runs).padStart(2, '0')}-${name.replace(/[^a-z0-9.]+/gi, '-')}.log`);
  }

  // Builds targets of a preset; a failure is told once, and every suite that needs it fails.
  async #build(preset, ...targets) {
    const key = [preset, ...targets].join(' ');
    if (!this.#built.has(key)) {
      const script = '. tools/lib/common.sh && . tools/lib/build.sh && mkdir -p build && build_preset "$@"';
      const build = await run('bash', ['-c', script, 'build', preset, ...targets],
        { cwd: this.#root, log: this.#log(`build ${preset}`), limitSeconds: 3000 });
      const problem = problemOf(build);
      // The compiler's words, without ninja's progress.
      const said = build.output.split('\n').filter((line) => !/^\[\d+\/\d+\] (?!.*FAILED)/.test(line)).slice(-60).join('\n');
      this.#built.set(key, problem ? failed(`build ${key}`, `Building ${key} failed: ${problem}.\n${said}`) : null);
    }
    return this.#built.get(key);
  }

  async #googleTest(name, command, env = {}) {
    const report = join(this.#logs, `${name}.json`);
    rmSync(report, { force: true });
    const [program, ...args] = command;
    const ran = await run(program, [...args, `--gtest_output=json:${report}`, '--gtest_color=no'],
      { cwd: this.#root, env, log: this.#log(name), limitSeconds: 900 });
    let result = emptyResult();
    if (existsSync(report)) {
      try {
        result = fromGoogleTest(JSON.parse(readFileSync(report, 'utf8')));
      } catch (error) {
        result = failed(name, `Its report cannot be read: ${error.message}`);
      }
    }
    return judged(result, name, problemOf(ran), ran.output);
  }

  async #programs(preset, names, env) {
    const broken = await this.#build(preset, ...names);
    if (broken) return broken;
    const results = [];
    for (const name of names) {
      results.push(await this.#googleTest(`${name}-${preset}`, [join(this.#root, 'build', preset, 'bin', name)], env));
    }
    return merge(results);
  }

  async #nodeTests(folder, { only = /\.test\.mjs$/, not = /^$/, env = {}, limitSeconds = 900 } = {}) {
    const path = join(this.#root, 'tests', folder);
    const files = existsSync(path) ? readdirSync(path).filter((file) => only.test(file) && !not.test(file)).sort() : [];
    if (files.length === 0) return failed(folder, `tests/${folder} has no test files, so this suite ran nothing.`);
    const results = [];
    for (const file of files) {
      const name = `${folder}/${file}`;
      const report = join(this.#logs, `${name.replace('/', '-')}.jsonl`);
      rmSync(report, { force: true });
      const ran = await run(process.execPath, [
        `--test-reporter=${join(this.#root, 'tools/lib/node_reporter.mjs')}`, `--test-reporter-destination=${report}`,
        '--test-reporter=spec', '--test-reporter-destination=stdout', join(path, file),
      ], { cwd: this.#root, env, log: this.#log(name), limitSeconds });
      const result = existsSync(report) ? fromNodeTest(readFileSync(report, 'utf8')) : emptyResult();
      results.push(judged(result, name, problemOf(ran), ran.output));
    }
    return merge(results);
  }

  async format() {
    const ran = await run('bash', ['tools/format', '--check', '--report'], { cwd: this.#root, log: this.#log('format') });
    return judged(fromNodeTest(ran.output.split('\n').filter((line) => line.startsWith('{')).join('\n')),
      'format', problemOf(ran), ran.output);
  }

  async tidy() {
    // It reads what the build makes of shaders, fonts and the list of workloads.
    const broken = await this.#build('release', 'interleave_shaders', 'interleave_fonts');
    if (broken) return broken;
    const ran = await run(process.execPath, ['tools/lib/tidy.mjs'], { cwd: this.#root, log: this.#log('tidy'), limitSeconds: 3000 });
    return judged(fromNodeTest(ran.output.split('\n').filter((line) => line.startsWith('{')).join('\n')),
      'tidy', problemOf(ran), ran.output);
  }

  architecture() {
    return this.#nodeTests('architecture');
  }

  tools() {
    return this.#nodeTests('tools', { not: /^(golden|perfetto|desktop)/ });
  }

  async unit() {
    return merge([
      await this.#programs('debug', ['unit_tests', 'view_tests']),
      await this.#programs('release', ['unit_tests', 'view_tests']),
    ]);
  }

  async desktop() {
    const broken = await this.#build('debug', 'interleave_app');
    return broken ?? this.#nodeTests('tools', { only: /^desktop.*\.test\.mjs$/ });
  }

  async wasm() {
    const broken = await this.#build('web', 'unit_tests');
    if (broken) return broken;
    return this.#googleTest('unit_tests-web', [process.execPath, join(this.#root, 'build/web/bin/unit_tests.mjs')]);
  }

  async golden() {
    for (const preset of ['debug', 'release', 'web']) {
      const broken = await this.#build(preset, 'interleave', 'random_hashes');
      if (broken) return broken;
    }
    return this.#nodeTests('tools', { only: /^(golden|perfetto).*\.test\.mjs$/ });
  }

  async sanitizers() {
    const results = [];
    for (const preset of ['asan', 'tsan']) {
      const broken = await this.#build(preset, 'unit_tests', 'planted');
      results.push(broken ?? await this.#programs(preset, ['unit_tests'], sanitizerEnv));
      if (!broken) results.push(await this.#planted(preset));
    }
    return merge(results);
  }

  // A sanitizer that reports nothing proves nothing until it has reported something planted for it.
  async #planted(preset) {
    const wanted = preset === 'tsan'
      ? [['race', /ThreadSanitizer: data race/]]
      : [['use_after_free', /AddressSanitizer: heap-use-after-free/], ['overflow', /runtime error: signed integer overflow/]];
    const results = [];
    for (const [fault, report] of wanted) {
      const name = `planted ${fault}`;
      const ran = await run(join(this.#root, 'build', preset, 'bin/planted'), [fault],
        { cwd: this.#root, env: sanitizerEnv, log: this.#log(name), limitSeconds: 60 });
      const caught = ran.status !== 0 && report.test(ran.output);
      results.push(caught ? { ...emptyResult(), passed: 1 } : failed(name, `${preset} did not report the ${fault} planted for it.\n${ran.output}`));
    }
    return merge(results);
  }

  async web() {
    // The headless program is the reference for what the page shows.
    for (const [preset, ...targets] of [
      ['web', 'interleave_app'], ['web', 'interleave'], ['web-nothreads', 'interleave_app'], ['release', 'interleave', 'page_facts'],
    ]) {
      const broken = await this.#build(preset, ...targets);
      if (broken) return broken;
    }
    const bundle = await run(process.execPath, ['tools/lib/bundle.mjs'], { cwd: this.#root, log: this.#log('bundle') });
    if (problemOf(bundle)) return failed('bundle', bundle.output);
    const { url, close } = await serve({ root: join(this.#root, 'dist') });
    try {
      return await this.#nodeTests('web', { env: { INTERLEAVE_URL: url } });
    } finally {
      await close();
    }
  }
}
