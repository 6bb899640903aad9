// The suites of tools/test: what each must have built, and the runs that it consists of.
//
// What every landing must know is run each time. What proves the same thing once more, more slowly or at more sizes is
// run with --full: docs/developing.md says for each suite what that is, and why.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { emptyResult, failed, fromGoogleTest, fromNodeTest, judged, merge } from './results.mjs';
import { problemOf, run } from './run.mjs';

const sanitizerEnv = {
  ASAN_OPTIONS: 'detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1',
  UBSAN_OPTIONS: 'print_stacktrace=1',
  TSAN_OPTIONS: 'second_deadlock_stack=1',
};

// The quick ones first, so that a slip shows early; then the browsers, which take longest, so that they have the most
// to run beside.
export const suiteNames = ['format', 'architecture', 'tools', 'unit', 'desktop', 'web', 'wasm', 'golden', 'sanitizers', 'tidy'];

// Files that take longest begin first, or one of them would run alone at the end.
const longFiles = /^(workloads|look|timeline|mirror_page|embed)\./;
// Files that measure how soon something happens: nothing else runs meanwhile.
const measuring = /^cancel\.test\.mjs$/;

export class Suites {
  #root;
  #logs;
  #full;
  #narrowed;
  #runs = 0;

  // `narrowed` says what of it a change can touch: { programs: Map of program -> GoogleTest filter, files: Map of
  // folder -> Set of test files, since: the commit }. A program or folder that it does not name runs whole.
  constructor(root, { full = false, narrowed = { programs: new Map(), files: new Map() } } = {}) {
    this.#root = root;
    this.#logs = join(root, 'build/test-logs');
    this.#full = full;
    this.#narrowed = narrowed;
  }

  #run(name, command, args, options = {}) {
    this.#runs += 1;
    const log = join(this.#logs, `${String(this.#runs).padStart(2, '0')}-${name.replace(/[^a-z0-9.]+/gi, '-')}.log`);
    return run(command, args, { cwd: this.#root, log, ...options });
  }

  // Builds targets of a preset, or with preset "bundle" what is served. Resolves to { failure, ran }.
  async build([preset, ...targets]) {
    const what = [preset, ...targets].join(' ');
    const script = '. tools/lib/common.sh && . tools/lib/build.sh && mkdir -p build && build_preset "$@"';
    const ran = preset === 'bundle'
      ? await this.#run('bundle', process.execPath, ['tools/lib/bundle.mjs'], { yields: true })
      : await this.#run(`build ${preset}`, 'bash', ['-c', script, 'build', preset, ...targets], { limitSeconds: 5400, yields: true });
    const problem = problemOf(ran);
    // The compiler's words, without ninja's progress.
    const said = ran.output.split('\n').filter((line) => !/^\[\d+\/\d+\] (?!.*FAILED)/.test(line)).slice(-60).join('\n');
    return { failure: problem ? failed(`build ${what}`, `Building ${what} failed: ${problem}.\n${said}`) : null, ran };
  }

  // The runs of a suite: [{ name, needs: [[preset, target...]...], run, beside, alone }], as in
  // lanes.mjs, but for run(), which resolves to { result, ran }.
  jobs(suite) {
    return this[`_${suite}`]().filter(Boolean);
  }

  #googleTest(
    preset, program,
    { command = [join(this.#root, 'build', preset, 'bin', program)], env = {}, alone = false, without = '' } = {},
  ) {
    const narrowed = this.#narrowed.programs.get(program);
    const filter = without && narrowed !== '' ? `${narrowed ?? '*'}${narrowed?.includes('-') ? ':' : '-'}${without}` : narrowed;
    if (filter === '') return null;
    const name = `${program} ${preset}`;
    const report = join(this.#logs, `${program}-${preset}.json`);
    const args = [...command.slice(1), `--gtest_output=json:${report}`, '--gtest_color=no'];
    if (filter) args.push(`--gtest_filter=${filter}`);
    return {
      name,
      needs: [[preset, program]],
      alone,
      run: async () => {
        rmSync(report, { force: true });
        const ran = await this.#run(name, command[0], args, { env, limitSeconds: 900 });
        let result = emptyResult();
        if (existsSync(report)) {
          try {
            result = fromGoogleTest(JSON.parse(readFileSync(report, 'utf8')));
          } catch (error) {
            result = failed(name, `Its report cannot be read: ${error.message}`);
          }
        }
        // A smaller program need not have what a change narrowed the others to.
        const none = filter && result.passed + result.failures.length + result.skips.length === 0 && !problemOf(ran);
        if (none) return { result: { ...emptyResult(), skips: [{ name, reason: `it has none of ${filter}` }] }, ran };
        return { result: judged(result, name, problemOf(ran), ran.output), ran };
      },
    };
  }

  // A job for each test file of a folder.
  #nodeTests(folder, { only = /\.test\.mjs$/, not = /^$/, needs = [] } = {}) {
    const path = join(this.#root, 'tests', folder);
    const found = existsSync(path) ? readdirSync(path).filter((file) => only.test(file) && !not.test(file)).sort() : [];
    if (found.length === 0) {
      const nothing = failed(folder, `tests/${folder} has no test files, so this suite ran nothing.`);
      return [{ name: folder, needs: [], run: async () => ({ result: nothing, ran: null }) }];
    }
    const wanted = this.#narrowed.files.get(folder);
    const files = wanted ? found.filter((file) => wanted.has(file)) : found;
    files.sort((one, other) => longFiles.test(other) - longFiles.test(one));
    return files.map((file) => {
      const name = `${folder}/${file}`;
      const report = join(this.#logs, `${name.replace('/', '-')}.jsonl`);
      return {
        name,
        needs,
        alone: folder === 'web' && measuring.test(file),
        run: async () => {
          rmSync(report, { force: true });
          const ran = await this.#run(name, process.execPath, [
            `--test-reporter=${join(this.#root, 'tools/lib/node_reporter.mjs')}`, `--test-reporter-destination=${report}`,
            '--test-reporter=spec', '--test-reporter-destination=stdout', join(path, file),
          ], { env: this.#full ? { INTERLEAVE_FULL: '1' } : {}, limitSeconds: 900 });
          const result = existsSync(report) ? fromNodeTest(readFileSync(report, 'utf8')) : emptyResult();
          return { result: judged(result, name, problemOf(ran), ran.output), ran };
        },
      };
    });
  }

  // A command that prints a line of JSON for each thing that it looked at.
  #reporting(name, command, args, options = {}) {
    const { needs = [], beside, ...how } = options;
    return {
      name,
      needs,
      beside,
      run: async () => {
        const ran = await this.#run(name, command, args, how);
        const lines = ran.output.split('\n');
        for (const line of lines.filter((one) => one.startsWith('note: '))) console.log(`    ${line.slice(6)}`);
        const result = fromNodeTest(lines.filter((line) => line.startsWith('{')).join('\n'));
        return { result: judged(result, name, problemOf(ran), ran.output), ran };
      },
    };
  }

  _format() {
    return [this.#reporting('format', 'bash', ['tools/format', '--check', '--report'])];
  }

  _architecture() {
    return this.#nodeTests('architecture');
  }

  _tools() {
    return this.#nodeTests('tools', { not: /^(golden|perfetto|desktop)/ });
  }

  // Real threads are to have the cores here, where they are as fast as they get. The tests of views run under
  // AddressSanitizer at each landing (see sanitizers): the same tests, and more is seen.
  _unit() {
    return [
      this.#googleTest('debug', 'unit_tests', { alone: true }),
      ...this.#full ? [this.#googleTest('debug', 'view_tests'), this.#googleTest('release', 'unit_tests'), this.#googleTest('release', 'view_tests')] : [],
    ];
  }

  _desktop() {
    return this.#nodeTests('tools', { only: /^desktop.*\.test\.mjs$/, needs: [['debug', 'interleave_app']] });
  }

  _wasm() {
    const command = [process.execPath, join(this.#root, 'build/web/bin/unit_tests.mjs')];
    return [this.#googleTest('web', 'unit_tests', { command })];
  }

  _golden() {
    const presets = ['debug', 'web', 'asan', ...this.#full ? ['release'] : []];
    const needs = presets.map((preset) => [preset, 'interleave', 'random_hashes']);
    return this.#nodeTests('tools', { only: /^(golden|perfetto).*\.test\.mjs$/, needs });
  }

  _sanitizers() {
    const env = sanitizerEnv;
    const threads = this.#full ? 'unit_tests' : 'thread_tests';
    return [
      this.#planted('asan', 'use_after_free', /AddressSanitizer: heap-use-after-free/),
      this.#planted('asan', 'overflow', /runtime error: signed integer overflow/),
      this.#googleTest('asan', 'unit_tests', { env }),
      this.#googleTest('asan', 'view_tests', { env }),
      this.#planted('tsan', 'race', /ThreadSanitizer: data race/),
      // What has one thread has no races: of the tests over all engines, those of live.
      this.#googleTest('tsan', threads, { env, without: this.#full ? '' : '*_sim:*_explore' }),
    ];
  }

  // A sanitizer that reports nothing proves nothing until it has reported something planted for it.
  #planted(preset, fault, report) {
    const name = `planted ${fault}`;
    return {
      name,
      needs: [[preset, 'planted']],
      run: async () => {
        const ran = await this.#run(name, join(this.#root, 'build', preset, 'bin/planted'), [fault], { env: sanitizerEnv, limitSeconds: 60 });
        const caught = ran.status !== 0 && report.test(ran.output);
        const missed = `${preset} did not report the ${fault} planted for it.\n${ran.output}`;
        return { result: caught ? { ...emptyResult(), passed: 1 } : failed(name, missed), ran };
      },
    };
  }

  // The headless program is the reference for what the page shows.
  _web() {
    const needs = [
      ['debug', 'interleave', 'page_facts'], ['web', 'interleave_app', 'interleave'], ['web-nothreads', 'interleave_app'], ['bundle'],
    ];
    return this.#nodeTests('web', { needs });
  }

  // It reads what the build makes of shaders, fonts and the list of workloads.
  _tidy() {
    const since = this.#narrowed.since ? ['--since', this.#narrowed.since] : [];
    const args = ['tools/lib/tidy.mjs', ...this.#full ? ['--all'] : since];
    const needs = [['release', 'interleave_shaders', 'interleave_fonts']];
    return [this.#reporting('tidy', process.execPath, args, { needs, beside: 'builds', yields: true, limitSeconds: 5400 })];
  }
}
