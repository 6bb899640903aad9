// Three thousand random sets of parameters, simulated, and in full ten thousand, which begin with the same ones: one
// hash for each workload, the same in two processes and from two compilers, and of fewer sets also from WebAssembly.
// The program also checks every run's invariants.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const build = join(dirname(fileURLToPath(import.meta.url)), '../../build');
const debug = [join(build, 'debug/bin/random_hashes')];
const sanitized = [join(build, 'asan/bin/random_hashes')];
const optimised = [join(build, 'release/bin/random_hashes')];
const web = [process.execPath, join(build, 'web/bin/random_hashes.mjs')];
const full = process.env.INTERLEAVE_FULL === '1';
const natively = full ? 10_000 : 3000;
const inWebAssembly = 500;

async function hashes(command, sets) {
  assert.ok(existsSync(command.at(-1)), `${command.at(-1)} is missing: build it first`);
  const [program, ...args] = command;
  const failed = ({ message, stderr = '' }) => assert.fail(`${command.at(-1)}: ${message.slice(0, 4000)} ${stderr.slice(0, 4000)}`);
  const { stdout } = await run(program, [...args, String(sets)], { timeout: 600_000, maxBuffer: 1 << 26 }).catch(failed);
  const lines = stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(lines.reduce((sum, { runs }) => sum + runs, 0) >= sets);
  return lines;
}

const hashOf = (lines) => lines.map(({ hash }) => hash);

test(`${natively} random sets: two processes and two compilers agree`, async () => {
  // Both processes at a time, on a core each.
  const [first, second] = await Promise.all([hashes(debug, natively), hashes(debug, natively)]);
  assert.deepEqual(second, first);
  const others = await Promise.all([sanitized, ...full ? [optimised] : []].map((command) => hashes(command, natively)));
  for (const other of others) assert.deepEqual(other, first);
  for (const { workload, runs, judged, hung } of first) {
    assert.ok(judged + hung > runs / 10, `too few of ${workload}'s runs came to an end: ${judged + hung} of ${runs}`);
  }
});

test(`${inWebAssembly} random sets: WebAssembly agrees`, async () => {
  assert.deepEqual(await hashes(web, inWebAssembly), await hashes(debug, inWebAssembly));
});

test('another number of sets gives another hash', async () => {
  const [fewer, more] = [hashOf(await hashes(debug, 100)), hashOf(await hashes(debug, 200))];
  fewer.forEach((hash, at) => assert.notEqual(hash, more[at]));
});
