// The same seed gives the same trace from g++, clang and WebAssembly, in processes of their own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const build = join(dirname(fileURLToPath(import.meta.url)), '../../build');
const full = process.env.INTERLEAVE_FULL === '1';
const programs = {
  'g++': [join(build, 'debug/bin/interleave')],
  // Under AddressSanitizer and UndefinedBehaviorSanitizer; in full also as optimised as it gets.
  clang: [join(build, 'asan/bin/interleave')],
  ...full ? { 'clang, optimised': [join(build, 'release/bin/interleave')] } : {},
  WebAssembly: [process.execPath, join(build, 'web/bin/interleave-cli.mjs')],
};

// Every "hash" in a document, in its order.
function hashes(value) {
  if (Array.isArray(value)) return value.flatMap(hashes);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'hash' ? [inner] : hashes(inner)));
}

function hash(command, ...options) {
  assert.ok(existsSync(command.at(-1)), `${command.at(-1)} is missing: build it first`);
  const [program, ...first] = command;
  const args = [...first, 'run', 'counter', '--engine', 'sim', '--json', ...options];
  const found = hashes(JSON.parse(execFileSync(program, args, { encoding: 'utf8', timeout: 60_000 })));
  assert.equal(found.length, 1, `one "hash" was expected from: ${args.join(' ')}`);
  assert.match(String(found[0]), /^(0x)?[0-9a-f]{8,}$|^\d+$/i);
  return found[0];
}

const cases = [
  ['--seed', '1', '--threads', '2', '--increments', '10', '--lock', 'none'],
  ['--seed', '7', '--threads', '6', '--increments', '100', '--lock', 'none'],
  ['--seed', '7', '--threads', '6', '--increments', '100', '--lock', 'mutex'],
  ['--seed', '8', '--threads', '5', '--increments', '50', '--lock', 'spin'],
  ['--seed', '9', '--threads', '4', '--increments', '50', '--lock', 'atomic'],
  ['--seed', '4294967295', '--threads', '4', '--increments', '50', '--lock', 'mutex', '--policy', 'round-robin',
    '--wake-order', 'random', '--cores', '3'],
];

for (const options of cases) {
  test(`g++, clang and WebAssembly agree on: ${options.join(' ')}`, () => {
    const all = Object.fromEntries(Object.entries(programs).map(([name, command]) => [name, hash(command, ...options)]));
    assert.deepEqual(new Set(Object.values(all)).size, 1, JSON.stringify(all));
  });
}

test('another seed, and a cost changed by 1 ns, give another trace', () => {
  const options = ['--threads', '3', '--increments', '20', '--lock', 'none', '--policy', 'round-robin'];
  const plain = hash(programs.clang, ...options, '--seed', '1', '--cost-access', '1ns');
  assert.equal(hash(programs.clang, ...options, '--seed', '1', '--cost-access', '1ns'), plain);
  assert.notEqual(hash(programs.clang, ...options, '--seed', '1', '--cost-access', '2ns'), plain);
  const random = [...options.slice(0, -1), 'random'];
  assert.notEqual(hash(programs.clang, ...random, '--seed', '1'), hash(programs.clang, ...random, '--seed', '2'));
});
