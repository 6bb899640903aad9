// Ten thousand random sets of parameters, simulated: one hash for each workload, the same in two processes and from two
// compilers, and of fewer sets also from WebAssembly. The program also checks every run's invariants.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const build = join(dirname(fileURLToPath(import.meta.url)), '../../build');
const debug = [join(build, 'debug/bin/random_hashes')];
const release = [join(build, 'release/bin/random_hashes')];
const web = [process.execPath, join(build, 'web/bin/random_hashes.mjs')];
const natively = 10_000;
const inWebAssembly = 500;

function hashes(command, sets) {
  assert.ok(existsSync(command.at(-1)), `${command.at(-1)} is missing: build it first`);
  const [program, ...args] = command;
  const ran = spawnSync(program, [...args, String(sets)], { encoding: 'utf8', timeout: 300_000 });
  assert.equal(ran.status, 0, `${command.at(-1)}: ${ran.error ?? ''}${ran.stderr.slice(0, 4000)}`);
  const lines = ran.stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(lines.reduce((sum, { runs }) => sum + runs, 0) >= sets);
  return lines;
}

test(`${natively} random sets: two processes and two compilers agree`, () => {
  const first = hashes(debug, natively);
  assert.deepEqual(hashes(debug, natively), first);
  assert.deepEqual(hashes(release, natively), first);
  for (const { workload, runs, judged, hung } of first) {
    assert.ok(judged + hung > runs / 10, `too few of ${workload}'s runs came to an end: ${judged + hung} of ${runs}`);
  }
});

test(`${inWebAssembly} random sets: WebAssembly agrees`, () => {
  assert.deepEqual(hashes(web, inWebAssembly), hashes(debug, inWebAssembly));
});

test('another number of sets gives another hash', () => {
  const hash = (sets) => hashes(debug, sets).map(({ hash }) => hash);
  const [fewer, more] = [hash(100), hash(200)];
  fewer.forEach((hash, at) => assert.notEqual(hash, more[at]));
});
