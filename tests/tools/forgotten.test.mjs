// What is to be awaited cannot be forgotten: the compilers refuse it, since warnings are errors here.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const file = 'tests/planted/forgotten.cpp';
const engines = 3;
// The second option is for all errors to be told. g++ 12 does not look at what an await leaves.
const compilers = [
  { name: 'g++', all: '-fmax-errors=0', marks: ['forgotten'] },
  { name: 'clang++-19', all: '-ferror-limit=0', marks: ['forgotten', 'dropped'] },
];

const source = readFileSync(join(root, file), 'utf8').split('\n');
const marked = (marks) => source.flatMap((line, at) => (marks.includes(line.split('// ').at(1)) ? [at + 1] : []));

// How often each line is refused.
function refused({ name, all }) {
  const ran = spawnSync(name, ['-std=c++20', '-Isrc', '-fsyntax-only', '-Wall', '-Werror', all, file], {
    cwd: root, encoding: 'utf8', timeout: 120_000,
  });
  assert.notEqual(ran.status, 0, `${name} compiles ${file}`);
  const errors = ran.stderr.split('\n').filter((line) => / error: /.test(line));
  const others = errors.filter((line) => !line.startsWith(`${file}:`) || !line.includes('unused-result'));
  assert.deepEqual(others, [], `${name} has other errors`);
  const counts = new Map();
  for (const error of errors) {
    const line = Number(error.split(':')[1]);
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts;
}

for (const compiler of compilers) {
  const there = spawnSync(compiler.name, ['--version']).status === 0;
  test(`${compiler.name} refuses every awaitable that is forgotten, on every engine, and nothing else`, { skip: !there }, () => {
    const expected = marked(compiler.marks);
    assert.ok(expected.length > 20);
    const counts = refused(compiler);
    assert.deepEqual([...counts.keys()].sort((a, b) => a - b), expected);
    for (const [line, count] of counts) assert.equal(count, engines, `${file}:${line}: ${source[line - 1].trim()}`);
  });
}
