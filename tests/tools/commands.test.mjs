// The shell commands: what they say when they cannot go on, and that shellcheck finds nothing.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

function call(command, args, env = {}) {
  return spawnSync(join(root, command), args, { encoding: 'utf8', cwd: tmpdir(), env: { ...process.env, ...env } });
}

test('bad arguments end in one sentence', () => {
  for (const [command, ...args] of [
    ['tools/play', '--port', 'abc'], ['tools/play', '--port', '99999'], ['tools/play', '--port'], ['tools/play', '--fast'],
    ['tools/bootstrap', '--force'], ['tools/format', '--all'],
  ]) {
    const { status, stderr } = call(command, args);
    assert.equal(status, 1, `${command} ${args.join(' ')}`);
    assert.match(stderr, /^error: [^\n]+\.\n$/);
  }
});

test('an unknown suite is named, with those there are', () => {
  const { status, stderr } = call('tools/test', ['--no-install', '--only', 'everything']);
  assert.equal(status, 2);
  assert.match(stderr, /no suite "everything": choose from .*unit/);
});

test('--help tells how to call it', () => {
  for (const command of ['tools/play', 'tools/test', 'tools/bootstrap']) {
    const { status, stdout } = call(command, ['--help']);
    assert.equal(status, 0, command);
    assert.match(stdout, new RegExp(`${command} \\[`));
  }
});

test('bootstrap says in one sentence that Emscripten is missing', () => {
  const empty = mkdtempSync(join(tmpdir(), 'interleave-toolchain-'));
  try {
    // In a checkout of its own, or it would point this one's .toolchain at the empty folder.
    const clone = join(empty, 'clone');
    spawnSync('cp', ['-R', '--parents', 'tools', 'package.json', 'package-lock.json', `${empty}/`], { cwd: root });
    const { status, stderr } = spawnSync(join(empty, 'tools/bootstrap'), ['--no-install'], {
      encoding: 'utf8',
      env: { ...process.env, INTERLEAVE_TOOLCHAIN: clone, INTERLEAVE_EMSCRIPTEN: '', EMSCRIPTEN_ROOT: '', PATH: '/usr/bin:/bin' },
    });
    // A machine with Emscripten of its own goes on to the next thing that is missing.
    assert.equal(status, 1);
    assert.match(stderr, /^error: (Emscripten 3\.1\.69 or newer is missing|npm packages are missing): .+\.\n$/);
  } finally {
    rmSync(empty, { recursive: true });
  }
});

test('bootstrap, once done, is quick, silent and changes nothing', () => {
  const began = Date.now();
  const { status, stderr } = call('tools/bootstrap', ['--no-install']);
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
  assert.ok(Date.now() - began < 10_000);
});

test('every benchmark is run unless one is asked for', () => {
  const { status, stdout } = call('tools/bench', ['--list']);
  assert.equal(status, 0);
  const files = readdirSync(join(root, 'bench')).filter((name) => name.endsWith('_bench.cpp'));
  assert.deepEqual(stdout.trim().split('\n').sort(), [...files.map((name) => name.replace('_bench.cpp', '')), 'page', 'weight'].sort());
});

test('shellcheck finds nothing', () => {
  const commands = readdirSync(join(root, 'tools'), { withFileTypes: true }).filter((entry) => entry.isFile())
    .map(({ name }) => `tools/${name}`).filter((path) => readFileSync(join(root, path), 'utf8').startsWith('#!/usr/bin/env bash'));
  assert.ok(commands.includes('tools/test') && commands.includes('tools/compare-cpython'), commands.join(' '));
  const { status, stdout, error } = spawnSync('shellcheck', ['-x', ...commands, '.ci/run'], { cwd: root, encoding: 'utf8' });
  assert.equal(error, undefined, 'shellcheck is missing: run tools/bootstrap');
  assert.equal(status, 0, stdout);
});
