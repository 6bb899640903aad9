// How tools/test goes about its work: what runs beside what, where the time went, what a change can touch.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { suitesIn, touchedBy, visibleFolders } from '../../tools/lib/changed.mjs';
import { changedInSubmission, changedSince } from '../../tools/lib/git.mjs';
import { runInLanes } from '../../tools/lib/lanes.mjs';
import { kindOf, readNinjaLog, workBetween } from '../../tools/lib/ninja_log.mjs';
import { hold, problemOf, run } from '../../tools/lib/run.mjs';
import { Suites, suiteNames } from '../../tools/lib/suites.mjs';
import { chooseFiles, most } from '../../tools/lib/tidy_choice.mjs';
import { emptyTimes, tableOf } from '../../tools/lib/times.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'interleave-loop-'));
  return Promise.resolve().then(() => work(folder)).finally(() => rmSync(folder, { recursive: true }));
}

describe('the log of ninja', () => {
  test('what a build did is told apart by what it made', () => inFolder((folder) => {
    const log = join(folder, '.ninja_log');
    assert.equal(readNinjaLog(folder).size, 0, 'nothing is built yet');
    writeFileSync(log, '# ninja log v5\n0\t900\t1\tsrc/a.cpp.o\taa\n');
    const before = readNinjaLog(folder);
    writeFileSync(log, ['# ninja log v5', '0\t900\t1\tsrc/a.cpp.o\taa', '0\t1500\t2\tsrc/b.cpp.o\tbb', '10\t2000\t2\tsrc/a.cpp.o\taa',
      '2000\t2300\t2\tliba.a\tcc', '2300\t3300\t2\tbin/app.mjs\tdd', '2300\t3300\t2\tbin/app.wasm\tdd', '5\t55\t2\tgenerated/x.h\tee', ''].join('\n'));
    assert.deepEqual(workBetween(before, readNinjaLog(folder)), { compile: 3.49, link: 1.3, other: 0.05, commands: 5 });
    const now = readNinjaLog(folder);
    assert.equal(workBetween(now, readNinjaLog(folder)).commands, 0, 'a build that did nothing');
  }));

  test('a program, a library and an object are what they are', () => {
    const kinds = Object.fromEntries(['a/b.cpp.o', 'libx.a', 'bin/unit_tests', 'build/bin/x.mjs', 'generated/shaders.h'].map((name) => [name, kindOf(name)]));
    assert.deepEqual(kinds, { 'a/b.cpp.o': 'compile', 'libx.a': 'link', 'bin/unit_tests': 'link', 'build/bin/x.mjs': 'link', 'generated/shaders.h': 'other' });
  });
});

test('the table sums what the suites took, in text and in Markdown', () => {
  const one = { ...emptyTimes(), build: 60, compile: 100, link: 5, run: 30, processor: 120, passed: 7, failed: 1, skipped: 2 };
  const times = { seconds: 90, suites: [{ name: 'unit', ...one }, { name: 'web', ...one }] };
  assert.match(tableOf(times), /^all +120\.0 +200\.0 +10\.0 +0\.0 +60\.0 +240\.0 +14 +2 +4$/m);
  assert.match(tableOf(times), /^1\.5 minutes in all/m);
  assert.match(tableOf(times, { markdown: true }), /^\| unit +\| +60\.0 \| +100\.0 \|/m);
});

test('a program\'s processor time is told', { skip: existsSync('/proc/self/stat') ? false : 'the system has no /proc' }, () => inFolder(async (folder) => {
  const ran = await run('bash', ['-c', 'end=$((SECONDS + 2)); while [ $SECONDS -lt $end ]; do :; done'], { log: join(folder, 'log') });
  assert.ok(ran.processor > 0 && ran.processor <= ran.seconds + 1, `${ran.processor} of ${ran.seconds} s`);
}));

test('what is held stands still, and what begins meanwhile waits', () => inFolder(async (folder) => {
  const count = join(folder, 'count');
  const script = ['-c', `while [ $(stat -c %s ${count} 2>/dev/null || echo 0) -lt 400 ]; do printf x >>${count}; sleep 0.01; done`];
  const size = () => (existsSync(count) ? statSync(count).size : 0);
  const grown = async (from) => { while (size() <= from) await new Promise((done) => setTimeout(done, 10)); };
  const stands = async () => {
    const before = size();
    await new Promise((done) => setTimeout(done, 200));
    return size() === before;
  };
  const first = run('bash', script, { log: join(folder, 'log'), yields: true });
  await grown(0);
  hold(true);
  // The signal takes a moment.
  for (let tries = 0; !await stands(); tries += 1) assert.ok(tries < 20);
  const second = run('bash', ['-c', 'true'], { log: join(folder, 'second'), yields: true });
  let over = false;
  second.then(() => { over = true; });
  assert.equal(await stands(), true);
  hold(false);
  assert.equal(problemOf(await first), null);
  assert.equal(problemOf(await second), null);
  assert.ok(over);
}));

describe('two lanes', () => {
  // A build or a job that says when it begins, and ends when it is let.
  function scripted(lines) {
    const held = new Map();
    return {
      make: (name, rest = {}) => ({ key: name, ...rest, run: () => new Promise((done) => { lines.push(name); held.set(name, done); }) }),
      async end(name) {
        held.get(name)();
        for (let turn = 0; turn < 10; turn += 1) await null;
      },
    };
  }

  test('tests run beside the next build, as soon as what they need is there', async () => {
    const began = [];
    const { make, end } = scripted(began);
    const done = runInLanes([make('debug'), make('web')], [
      make('quick', { needs: [] }), make('pages', { needs: ['web'] }), make('unit', { needs: ['debug'] }),
      make('tidy', { needs: ['web'], beside: 'builds' }), make('last', { needs: ['web'] }),
    ]);
    assert.deepEqual(began, ['debug', 'quick']);
    await end('quick');
    assert.deepEqual(began, ['debug', 'quick'], 'nothing else can begin yet');
    await end('debug');
    assert.deepEqual(began, ['debug', 'quick', 'web', 'unit']);
    await end('web');
    await end('unit');
    assert.deepEqual(began.slice(4), ['tidy', 'pages'], 'what is heavy follows the builds in their lane');
    await end('tidy');
    assert.equal(began.at(-1), 'last', 'and then that lane runs tests, too');
    await end('last');
    await end('pages');
    await done;
  });

  test('a test that measures runs beside no other', async () => {
    const began = [];
    const { make, end } = scripted(began);
    const done = runInLanes([], [make('a', { needs: [] }), make('measured', { needs: [], alone: true }), make('b', { needs: [] }), make('c', { needs: [] })]);
    for (let turn = 0; turn < 10; turn += 1) await null;
    assert.deepEqual(began, ['a', 'b'], 'it lets others go first while one runs');
    await end('a');
    assert.deepEqual(began, ['a', 'b', 'c']);
    await end('b');
    await end('c');
    assert.deepEqual(began, ['a', 'b', 'c', 'measured']);
    await end('measured');
    await done;
  });

  test('builds stand still while a test measures', async () => {
    const began = [];
    const { make, end } = scripted(began);
    const hold = (wanted) => began.push(wanted ? 'hold' : 'go on');
    const done = runInLanes([make('debug'), make('web')], [make('measured', { needs: ['debug'], alone: true }), make('a', { needs: ['web'] })], { hold });
    await end('debug');
    assert.deepEqual(began, ['debug', 'web', 'hold', 'measured']);
    await end('web');
    assert.equal(began.length, 4, 'and no other test begins');
    await end('measured');
    assert.deepEqual(began.slice(4), ['go on', 'a']);
    await end('a');
    await done;
  });

  test('one lane runs one thing after the other', async () => {
    const began = [];
    const { make, end } = scripted(began);
    const done = runInLanes([make('debug')], [make('quick', { needs: [] }), make('unit', { needs: ['debug'] })], { lanes: 1 });
    for (const name of ['debug', 'quick', 'unit']) {
      assert.equal(began.at(-1), name);
      await end(name);
    }
    await done;
  });
});

describe('what a change can touch', () => {
  const touched = (...paths) => touchedBy(root, paths);
  const names = ({ suites }) => suiteNames.filter((name) => suites.has(name));

  test('a path that no rule knows runs everything', () => {
    for (const path of ['something/new.txt', 'CMakePresets.json', 'tests/CMakeLists.txt', '.ci/run', 'tools/lib/suites.mjs', 'package.json']) {
      const all = touched('docs/embedding.md', path);
      assert.deepEqual([names(all), all.programs.size, all.files.size], [suiteNames, 0, 0], path);
    }
  });

  test('pages to read build nothing', () => {
    const { suites } = touched('docs/embedding.md', 'README.md');
    assert.deepEqual([...suites].sort(), ['architecture', 'tools']);
  });

  test('the simulator is tested wherever it is used, the screen is not', () => {
    const { programs } = touched('src/sim/children.cpp');
    const filter = programs.get('unit_tests');
    for (const folder of ['sim', 'explore', 'engines']) {
      const [file] = readdirSync(join(root, 'tests', folder)).filter((name) => name.endsWith('_test.cpp'));
      const [suite] = suitesIn(readFileSync(join(root, 'tests', folder, file), 'utf8'));
      assert.ok(filter.split(':').includes(`${suite}.*`), `${folder}/${file}: ${suite}`);
    }
    const [alone] = suitesIn(readFileSync(join(root, 'tests/core/rng_test.cpp'), 'utf8'));
    assert.ok(!filter.split(':').includes(`${alone}.*`), alone);
    assert.equal(programs.has('view_tests'), false, 'views show runs, so all of them');
  });

  test('a view is tested by its own program, under AddressSanitizer', () => {
    const { suites, programs } = touched('src/view/kit/canvas.cpp', 'src/stages/counter/scene.cpp');
    assert.deepEqual([programs.get('unit_tests'), programs.has('view_tests')], ['', false]);
    assert.ok(suites.has('sanitizers') && suites.has('web') && suites.has('desktop') && !suites.has('wasm'));
    const narrowed = new Suites(root, { narrowed: { programs, files: new Map() } });
    const jobs = ['unit', 'sanitizers'].flatMap((name) => narrowed.jobs(name)).map(({ name }) => name).filter((name) => !name.startsWith('planted'));
    assert.deepEqual(jobs, ['view_tests asan']);
  });

  test('of a test that has changed only its own suites run', () => {
    const one = touched('tests/core/rng_test.cpp');
    const [suite] = suitesIn(readFileSync(join(root, 'tests/core/rng_test.cpp'), 'utf8'));
    assert.ok(one.programs.get('unit_tests').split(':').includes(`${suite}.*`));
    assert.equal(one.programs.get('view_tests'), '');
    assert.deepEqual([...touched('tests/web/embed.test.mjs').files.get('web')], ['embed.test.mjs']);
    assert.equal(touched('tests/web/embed.test.mjs', 'src/app/controller.cpp').files.has('web'), false, 'another change needs all of them');
    assert.equal(touched('tests/web/embed.test.mjs', 'tests/web/lib/site.mjs').files.has('web'), false);
    assert.equal(touched('tests/core/rng_test.cpp', 'tests/support/pool.h').programs.has('unit_tests'), false);
  });

  test('every source and test of this tree is known to a rule', () => {
    const paths = execFileSync('git', ['-C', root, 'ls-files', 'src', 'tests', 'web', 'docs', 'shaders', 'bench'], { encoding: 'utf8' })
      .split('\n').filter((path) => path && !path.endsWith('CMakeLists.txt'));
    assert.ok(paths.length > 300);
    const unknown = paths.filter((path) => touched(path).why[0].endsWith(': everything'));
    assert.deepEqual(unknown, []);
  });

  test('who can see whom is read off the link graph', () => {
    const seen = visibleFolders('interleave_folder(a)\ninterleave_folder(b USES a)\ninterleave_folder(c USES b LINKS a SMALL)\ninterleave_folder(d LINKS x)\n');
    assert.deepEqual(Object.fromEntries([...seen].map(([name, all]) => [name, [...all].sort().join('')])), { a: 'a', b: 'ab', c: 'abc', d: 'd' });
  });
});

describe('git', () => {
  function repository(folder) {
    const git = (...args) => execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8', stdio: 'pipe' });
    git('init', '-q', '-b', 'main');
    const commit = (name, text = name) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
      git('add', '-A');
      git('commit', '-q', '-m', name);
    };
    return { git, commit };
  }

  test('what has changed: in the working tree, else by the last commit, else since a commit that is named', () => inFolder((folder) => {
    const { commit } = repository(folder);
    commit('one.txt');
    commit('src/two.cpp');
    commit('three.txt');
    assert.deepEqual(changedSince(folder).paths, ['three.txt']);
    writeFileSync(join(folder, 'new.txt'), '');
    writeFileSync(join(folder, 'one.txt'), 'other');
    assert.deepEqual(changedSince(folder).paths, ['new.txt', 'one.txt']);
    assert.deepEqual(changedSince(folder, 'HEAD~2').paths, ['new.txt', 'one.txt', 'src/two.cpp', 'three.txt']);
    assert.throws(() => changedSince(folder, 'nowhere'), /git knows no commit "nowhere" here\./);
  }));

  test('a submission is what it adds to what has landed, and without that the last commits', () => inFolder((folder) => {
    const { git, commit } = repository(folder);
    commit('one.txt');
    assert.equal(changedInSubmission(folder), null, 'one commit alone says nothing of a change');
    commit('two.txt');
    assert.deepEqual(changedInSubmission(folder).paths, ['two.txt']);
    git('checkout', '-q', '-b', 'work');
    commit('three.txt');
    const { from, paths } = changedInSubmission(folder);
    assert.deepEqual([from, paths], ['where it left main', ['three.txt']]);
  }));

  test('a folder without git is nobody\'s submission', () => inFolder((folder) => assert.equal(changedInSubmission(folder), null)));
});

test('clang-tidy looks at what has changed, at a header where it is nearest, and at no more than its share', () => {
  const sources = new Map([
    ['src/a/x.h', ''], ['src/a/x.cpp', '#include "a/x.h"\n'], ['src/b/y.h', '#include "a/x.h"\n'], ['src/b/y.cpp', '#include "b/y.h"\n'], ['src/b/z.cpp', ''],
    ...Array.from({ length: 100 }, (_, at) => [`src/c/${at}.cpp`, '#include "b/y.h"\n']),
  ]);
  const compiled = [...sources.keys()].filter((path) => path.endsWith('.cpp'));
  const header = chooseFiles(sources, compiled, ['src/a/x.h', 'README.md']);
  assert.equal([...header.files][0], 'src/a/x.cpp');
  assert.equal(header.files.size, 3);
  assert.equal(header.touched, 102);
  assert.deepEqual([...chooseFiles(sources, compiled, ['src/b/z.cpp']).files], ['src/b/z.cpp']);
  assert.equal(chooseFiles(sources, compiled, compiled).files.size, most);
  assert.equal(chooseFiles(sources, compiled, ['docs/a.md']).files.size, 0);
});

describe('the commands', () => {
  const call = (...args) => spawnSync(join(root, 'tools/test'), args, { encoding: 'utf8', cwd: tmpdir() });

  test('--plan says what would run, and --full adds what is only worth proving now and then', () => {
    const landing = call('--plan').stdout;
    const full = call('--plan', '--full').stdout;
    assert.match(landing, /^unit: unit_tests debug$/m);
    assert.match(full, /^unit: unit_tests debug, view_tests debug, unit_tests release, view_tests release$/m);
    assert.match(landing, /view_tests asan.*thread_tests tsan$/m);
    assert.match(full, /view_tests asan.*unit_tests tsan$/m);
    const suites = (text) => text.trim().split('\n').map((line) => line.split(':')[0]);
    assert.deepEqual([suites(landing), suites(full)], [suiteNames, suiteNames]);
    assert.equal(call('--list').stdout.trim(), suiteNames.join('\n'));
  });

  test('a wrong argument ends in one sentence', () => {
    for (const args of [['--plan', '--fast'], ['--plan', 'HEAD'], ['--plan', '--lanes', '0'], ['--plan', '--changed', 'no-such-commit'], ['--plan', '--only', 'all']]) {
      const { status, stderr } = call(...args);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, /^error: [^\n]+\.\n$/);
    }
  });
});
