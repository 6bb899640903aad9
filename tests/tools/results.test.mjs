// tools/test must not call a run good that was not: counts, crashes, empty runs, skips.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { closingLine, emptyResult, failed, fromGoogleTest, fromNodeTest, judged } from '../../tools/lib/results.mjs';
import { problemOf, run } from '../../tools/lib/run.mjs';
import { checkWeights } from '../../tools/lib/weight.mjs';

const tools = join(dirname(fileURLToPath(import.meta.url)), '../../tools');

function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'interleave-results-'));
  return Promise.resolve(work(folder)).finally(() => rmSync(folder, { recursive: true }));
}

test('GoogleTest: passed, failed, skipped and disabled are told apart', () => {
  const result = fromGoogleTest({
    testsuites: [{
      name: 'Suite',
      testsuite: [
        { name: 'Good', status: 'RUN', result: 'COMPLETED' },
        { name: 'Bad', status: 'RUN', result: 'COMPLETED', failures: [{ failure: 'a.cpp:1\n1 is not 2' }] },
        { name: 'Skipped', status: 'RUN', result: 'SKIPPED', skipped: [{ message: 'no GPU' }] },
        { name: 'DISABLED_Off', status: 'NOTRUN', result: 'SUPPRESSED' },
      ],
    }],
  });
  assert.equal(result.passed, 1);
  assert.deepEqual(result.failures, [{ name: 'Suite.Bad', text: 'a.cpp:1\n1 is not 2' }]);
  assert.deepEqual(result.skips, [
    { name: 'Suite.Skipped', reason: 'no GPU' },
    { name: 'Suite.DISABLED_Off', reason: 'disabled in the source' },
  ]);
});

test('a suite that ran no test has failed', () => {
  assert.equal(judged(emptyResult(), 'suite', null, '').failures.length, 1);
});

test('a runner that crashed has failed, though all that it reported passed', () => {
  const result = judged({ passed: 3, failures: [], skips: [] }, 'suite', 'it was killed by SIGSEGV', 'last words');
  assert.equal(result.passed, 3);
  assert.match(result.failures[0].text, /SIGSEGV[^]*last words/);
});

test('the closing line sums all suites', () => {
  const results = [{ passed: 2, failures: [], skips: [{ name: 'a', reason: 'b' }] }, failed('x', 'y'), { passed: 5, failures: [], skips: [] }];
  assert.equal(closingLine(results), '7 passed, 1 failed, 1 skipped');
});

test('node:test is counted test by test, with nested, skipped and failing ones', () => inFolder((folder) => {
  const file = join(folder, 'sample.mjs');
  const report = join(folder, 'report.jsonl');
  writeFileSync(file, `
    import { describe, test } from 'node:test';
    describe('group', () => { test('one', () => {}); test('two', () => { throw new Error('broken two'); }); });
    test('three', () => {});
    test('four', { skip: 'no browser' }, () => {});
  `);
  const { status } = spawnSync(process.execPath, [`--test-reporter=${join(tools, 'lib/node_reporter.mjs')}`,
    `--test-reporter-destination=${report}`, file], { env: { ...process.env, NODE_TEST_CONTEXT: undefined } });
  assert.notEqual(status, 0);
  const result = fromNodeTest(readFileSync(report, 'utf8'));
  assert.equal(result.passed, 2);
  assert.deepEqual(result.skips, [{ name: 'four', reason: 'no browser' }]);
  assert.equal(result.failures.length, 1);
  assert.match(result.failures[0].text, /broken two/);
}));

test('a program is ended at its limit, with what it started', () => inFolder(async (folder) => {
  const log = join(folder, 'log');
  const ran = await run('bash', ['-c', 'sleep 60 & echo $!; wait'], { log, limitSeconds: 0.3 });
  assert.match(problemOf(ran), /was ended/);
  const child = Number(ran.output.trim());
  await new Promise((done) => setTimeout(done, 100));
  const state = () => readFileSync(`/proc/${child}/stat`, 'utf8').split(') ')[1][0];
  let left = 'gone';
  try {
    left = state();
  } catch {
    // Reaped already.
  }
  assert.ok(left === 'gone' || left === 'Z', `the child is in state ${left}`);
}));

test('a program that is not there is a problem, not a crash of tools/test', () => inFolder(async (folder) => {
  const ran = await run(join(folder, 'nothing'), [], { log: join(folder, 'log') });
  assert.match(problemOf(ran), /ENOENT/);
}));

test('the limits of what a reader downloads hold', () => inFolder((folder) => {
  const app = 'app-0';
  for (const name of ['web/embed', '../v1/poster']) mkdirSync(join(folder, app, name), { recursive: true });
  const small = [
    'files.json', 'pretendard-regular.ttf', 'pretendard-semibold.ttf', 'interleave.mjs', 'interleave-nothreads.mjs',
    'interleave-nothreads.wasm', 'web/icon.svg', 'web/main.mjs', 'web/embed/embed.js', 'web/embed/embed.css',
  ];
  for (const name of [...small.map((one) => `${app}/${one}`), 'index.html', 'v1/embed.html', 'v1/interleave-playground.js', 'v1/poster/a.webp']) {
    writeFileSync(join(folder, name), 'x');
  }
  const over = (name, bytes) => {
    const before = existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : 'x';
    writeFileSync(join(folder, name), Buffer.alloc(bytes));
    const { over: tooMuch, lines } = checkWeights(folder, app);
    assert.equal(lines.length, 6);
    writeFileSync(join(folder, name), before);
    return tooMuch;
  };
  assert.equal(over(`${app}/interleave.wasm`, 790_000), false);
  assert.equal(over(`${app}/interleave.wasm`, 810_000), true, 'brotli allows 800 KB in English');
  assert.equal(over(`${app}/interleave-nothreads.wasm`, 810_000), true);
  assert.equal(over(`${app}/pretendard-regular.ttf`, 890_000), false, 'only who reads Korean fetches it');
  assert.equal(over(`${app}/pretendard-regular.ttf`, 910_000), true, 'brotli allows 900 KB in Korean');
  assert.equal(over('v1/interleave-playground.js', 5_100), true);
  assert.equal(over('v1/poster/a.webp', 31_000), true);
  // What lies there compressed travels so.
  writeFileSync(join(folder, 'v1/interleave-playground.js.gz'), Buffer.alloc(1000));
  assert.equal(over('v1/interleave-playground.js', 5_100), false);
}));
