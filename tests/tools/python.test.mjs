// The Python counterparts of the workloads are programs: each runs, in each of its variants, and ends with what it
// says.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(root, 'src/workloads');
const python = (args) => spawnSync('python3', args, { encoding: 'utf8', timeout: 120_000 });
const missing = python(['--version']).status === 0 ? false : 'there is no python3 here';

// The runs that a counterpart names below its first comment: { args, says }, where `says` is a pattern of the last
// line.
function runsOf(text) {
  return [...text.matchAll(/^# {5}(.+) -> (.+)$/gm)].map(([, args, line]) => {
    const plain = line.replace(/[.*+?^${}()[\]\\]/g, '\\$&');
    const pattern = plain.replace(/\bN\b/g, '-?\\d+').replace(/ ?\\\.\\\.\\\.$/, '\\b.*').replaceAll(' | ', '|');
    return { args, says: new RegExp(`^(${pattern})$`) };
  });
}

const files = readdirSync(folder).filter((name) => name.endsWith('.py')).sort();
const textOf = (name) => readFileSync(join(folder, name), 'utf8');

test('what a counterpart says of its runs is understood, and a wrong last line does not pass', () => {
  const [one, other] = runsOf('#     --a 1 -> codes [0, 0], 3 bytes ...\n#     --b -> N of 5 | it hangs after N\n');
  assert.equal(one.args, '--a 1');
  assert.match('codes [0, 0], 3 bytes in 2 ms', one.says);
  assert.doesNotMatch('codes [0, 0], 31 bytes in 2 ms', one.says);
  assert.match('-3 of 5', other.says);
  assert.match('it hangs after 12', other.says);
  assert.doesNotMatch('3 of 55', other.says);
  assert.doesNotMatch('x of 5', other.says);
});

describe('the Python counterparts', { skip: missing, concurrency: 2 }, () => {
  test('there are some, each names its runs, and is written for Python 3.9 and later', () => {
    assert.ok(files.length >= 10, `${files.length} counterparts`);
    for (const name of files) {
      assert.ok(runsOf(textOf(name)).length >= 3, `${name} names no runs`);
      const check = 'import ast, sys; ast.parse(open(sys.argv[1], encoding="utf8").read(), feature_version=(3, 9))';
      const { status, stderr } = python(['-c', check, join(folder, name)]);
      assert.equal(status, 0, stderr);
      for (const line of textOf(name).split('\n')) assert.ok(line.length <= 120, `${name}: ${line}`);
    }
  });

  for (const name of files) {
    for (const { args, says } of runsOf(textOf(name))) {
      test(`${name} ${args}`, () => {
        const { status, stdout, stderr } = python([join(folder, name), ...args.split(' ')]);
        assert.equal(status, 0, stderr);
        assert.match(stdout.trim().split('\n').at(-1), says);
      });
    }
  }
});
