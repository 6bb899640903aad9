// The Python counterparts of the workloads are programs: each runs, in each of its variants, and ends with what it says.
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

// Arguments, and what the last line must say.
const runs = {
  'counter.py': [
    ['--threads 2 --increments 500', /^expected 1000, found \d+, lost \d+$/],
    ['--threads 3 --increments 100 --increment call', /^expected 300, found \d+, lost \d+$/],
    ['--threads 3 --increments 100 --increment call --lock mutex', /^expected 300, found 300, lost 0$/],
    ['--threads 3 --increments 100 --lock spin', /^expected 300, found 300, lost 0$/],
    ['--threads 3 --increments 100 --lock atomic', /^expected 300, found 300, lost 0$/],
  ],
  'deadlock.py': [
    ['--threads 3 --meals 1 --patience 1', /^(3 of 3 meals|deadlock after \d meals)$/],
    ['--order ordered --meals 3', /^15 of 15 meals$/],
    ['--order try --meals 3', /^15 of 15 meals$/],
    ['--order waiter --meals 3', /^15 of 15 meals$/],
    ['--scene accounts --order ordered --meals 3', /^15 of 15 meals$/],
  ],
  'blocking_io.py': [
    ['--calls 3 --delay 0.005', /^3 calls in/],
    ['--calls 3 --delay 0.005 --hogs 1 --echo', /^3 calls in/],
    ['--calls 3 --delay 0.005 --mode serial', /^3 calls in/],
    ['--calls 3 --delay 0.005 --mode tasks', /^3 calls in/],
  ],
  'coroutines.py': [
    ['--tasks 5 --delay 0.002', /^counted 15 of 15 in/],
    ['--tasks 5 --delay 0.002 --count across', /^counted \d+ of 15 in/],
    ['--tasks 5 --delay 0.002 --mode pool --call blocks', /^counted 15 of 15 in/],
    ['--tasks 5 --delay 0.002 --mode threads', /^counted \d+ of 15 in/],
  ],
  'factorize.py': [
    ['5040 97', /^divisors \[60, 2\] in/],
    ['--mode serial 5040 97', /^divisors \[60, 2\] in/],
    ['--mode processes 50400 97', /^divisors \[108, 2\] in/],
  ],
  'fanout.py': ['serial', 'threads', 'queue', 'pool', 'tasks'].map(
    (mode) => [`--width 6 --height 4 --generations 2 --wait 0 --mode ${mode}`, /^9 cells live$/],
  ),
  'pipeline.py': [
    ['--items 5', /^5 of 5 items done$/],
    ['--items 5 --close shutdown', /^5 of 5 items done$/],
    ['--items 5 --waiting poll', /^5 of 5 items done$/],
    ['--items 5 --close never --patience 0.5', /^everybody waits, \d done$/],
    ['--items 5 --no-task-done --patience 0.5', /^everybody waits, \d done$/],
  ],
  'process_pool.py': ['serial', 'threads', 'processes'].map(
    (mode) => [`--tasks 8 --units 1000 --chunk 3 --mode ${mode}`, /^8 of 8 tasks done, 1827 found/],
  ),
  'refcount.py': [
    ['--rounds 50', /^freed early \d+, used after that \d+, left -?\d+$/],
    ...['atomic', 'lock', 'biased'].map(
      (count) => [`--rounds 50 --objects 2 --count ${count}`, /^freed early 0, used after that 0, left 0$/],
    ),
  ],
  'subprocess_.py': [
    ['--children 2 --time 0.01', /^codes \[0, 0\], 0 bytes/],
    ['--children 2 --mode serial --task echo --payload 60', /^codes \[0, 0\], 132 bytes/],
    ['--children 1 --task transform', /^codes \[2\], 7 bytes/],
    ['--children 1 --task echo --payload 60 --collect wait-then-read', /^codes \[0\], 66 bytes/],
    ['--children 1 --time 60 --limit 0.1', /^codes \[-9\], 0 bytes/],
  ],
};

describe('the Python counterparts', { skip: missing, concurrency: 2 }, () => {
  test('each has runs here, and is written for Python 3.9 and later', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.py'));
    assert.deepEqual(files.sort(), Object.keys(runs).sort());
    for (const name of files) {
      const check = 'import ast, sys; ast.parse(open(sys.argv[1], encoding="utf8").read(), feature_version=(3, 9))';
      const { status, stderr } = python(['-c', check, join(folder, name)]);
      assert.equal(status, 0, stderr);
      for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) {
        assert.ok(line.length <= 120, `${name}: ${line}`);
      }
    }
  });

  for (const [name, variants] of Object.entries(runs)) {
    for (const [args, says] of variants) {
      test(`${name} ${args}`, () => {
        const { status, stdout, stderr } = python([join(folder, name), ...args.split(' ')]);
        assert.equal(status, 0, stderr);
        assert.match(stdout.trim().split('\n').at(-1), says);
      });
    }
  }
});
