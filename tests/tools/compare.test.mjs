// tools/compare-cpython: its command line, its figures, its tables, and one real run.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { commandsOf, documentOf, tableOf } from '../../tools/lib/compare/document.mjs';
import { cell, fromOurs, fromPython, interpreterOf, median, ratio, refusal, show, summary, table } from '../../tools/lib/compare/figures.mjs';
import { optionsFrom } from '../../tools/lib/compare/options.mjs';
import { rows } from '../../tools/lib/compare/rows.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const tool = join(root, 'tools/compare-cpython');
const python = spawnSync('python3', ['--version'], { encoding: 'utf8' }).status === 0;

const runsOf = (key, ...values) => values.map((value) => ({ [key]: value }));

test('a median is the middle, of an even number the mean of the middle two', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([10, 1, 2, 3]), 2.5);
  assert.equal(median([10, 9, 100]), 10, 'ordered as numbers');
  assert.equal(median([]), null);
});

test('a summary leaves out runs without the figure', () => {
  assert.deepEqual(summary([{ a: 4 }, { a: null }, {}, { a: 2 }, { a: 9 }], 'a'), { median: 4, min: 2, max: 9, count: 3 });
  assert.equal(summary([{ a: null }], 'a'), null);
});

test('a ratio is of medians, and there is none to nothing', () => {
  assert.equal(ratio(summary(runsOf('a', 1, 6, 100), 'a'), summary(runsOf('a', 3), 'a')), 2);
  assert.equal(ratio(summary(runsOf('a', 1), 'a'), null), null);
  assert.equal(ratio(summary(runsOf('a', 1), 'a'), summary(runsOf('a', 0), 'a')), null);
});

test('figures are written with their unit', () => {
  assert.deepEqual([0.5123, 2, 0.00123, 0.0000246, 3.2e-8, 0].map((value) => show(value, 'seconds')),
    ['512 ms', '2.00 s', '1.23 ms', '24.6 us', '32.0 ns', '0 ns']);
  assert.equal(show(6_000_000, 'count'), '6,000,000');
  assert.equal(show(0.4801, 'share'), '48.0 %');
  assert.equal(show(0, 'share'), '0 %');
  assert.equal(show(13660.9, 'rate'), '13,661/s');
  assert.equal(show(1.0276, 'times'), '1.03');
  assert.throws(() => show(1, 'miles'), /no such unit/);
});

test('a cell shows the range where runs differ', () => {
  assert.equal(cell(summary(runsOf('a', 1, 2, 4), 'a'), 'seconds'), '2.00 s (1.00 s .. 4.00 s)');
  assert.equal(cell(summary(runsOf('a', 1, 1), 'a'), 'count'), '1');
  assert.equal(cell(null, 'count'), '-');
});

test('a table lines up', () => {
  assert.equal(table(['a', 'longer'], [['first', '1'], ['b', '22']]),
    '| a     | longer |\n|-------|--------|\n| first | 1      |\n| b     | 22     |');
});

test('the report of a Python program is its last line', () => {
  const report = '{"implementation": "CPython", "python": "3.9.18", "gil": true, "elapsed": 1.5}';
  assert.deepEqual(fromPython(`DeprecationWarning: old\n${report}\n`),
    { implementation: 'CPython', python: '3.9.18', gil: true, figures: { elapsed: 1.5 } });
  assert.throws(() => fromPython('Traceback\nNameError: f'), /no JSON but: NameError: f/);
});

const ours = (outcome) => JSON.stringify({ outcome, machine: { version: '0.1' } }, null, 2);

test('our figures become seconds where they are nanoseconds', () => {
  const output = ours({
    verdict: 'failure', headline: 'lost', figures: { elapsed: 2_500_000_000, lost: 7 },
    shown: { elapsed: { unit: 'ns' }, lost: { unit: 'count' } },
  });
  assert.deepEqual(fromOurs(output, { serial: 'elapsed', lost: 'lost' }),
    { figures: { serial: 2.5, lost: 7 }, machine: { version: '0.1' } });
  assert.throws(() => fromOurs(output, { p99: 'p99' }), /no figure "p99", only elapsed, lost/);
});

test('a run of ours that did not end has no figures', () => {
  assert.throws(() => fromOurs(ours({ verdict: 'hang', headline: 'Nobody can go on', figures: {} }), {}), /ended with: Nobody can go on/);
  assert.throws(() => fromOurs('Segmentation fault', {}), /no JSON/);
});

test('a refusal is told in our program\'s own words', () => {
  assert.equal(refusal('interleave: workload cannot be "factorize". Allowed: counter.\nMore.\n'), 'workload cannot be "factorize".');
  assert.equal(refusal(''), 'it said nothing');
});

test('each Python has its counterpart', () => {
  const of = (version, gil = true) => interpreterOf({ python: version, gil });
  assert.deepEqual([of('3.6.15'), of('3.9.18'), of('3.10.0'), of('3.14.0rc1'), of('3.13.2', false)],
    ['cpython39', 'cpython39', 'cpython310', 'cpython310', 'freethreaded']);
});

const row = {
  key: 'r', title: 'Row', program: 'r.py', args: ['--threads', 2], why: 'Because.', compared: 'each',
  ours: (engine) => [{ args: ['counter', '--threads', 2, '--increments', engine === 'sim' ? 1 : 9], take: {} }],
  columns: [{ key: 'found', title: 'found', unit: 'count' }, { key: 'each', title: 'each', unit: 'seconds' }],
};
const good = (found, each) => ({ runs: [{ found, each }], problem: null });
const result = [{
  variant: {},
  groups: [{
    interpreter: 'cpython39',
    real: [{ name: 'CPython 3.9', ...good(5, 4e-9) }],
    ours: { live: good(6, 1e-9), sim: { runs: [], problem: 'not there yet: No.' } },
  }],
}];

test('a row shows both sides, their ratio, and why a side is missing', () => {
  const [head, , real, live, , reason] = tableOf(row, result).split('\n').map((line) => line.replace(/ +/g, ' '));
  assert.equal(head, '| interpreter | runs | found | each | each: CPython / live | each: CPython / sim |');
  assert.equal(real, '| CPython 3.9 | 1 | 5 | 4.00 ns | 4.00 | - |');
  assert.equal(live, '| ours, cpython39, live | 1 | 6 | 1.00 ns | | |');
  assert.equal(reason, 'ours, cpython39, sim: not there yet: No.');
});

test('what is missing everywhere is said once', () => {
  const missing = () => ({ runs: [], problem: 'not there yet: No.' });
  const groups = ['cpython39', 'cpython310'].map((interpreter) => ({ interpreter, real: [], ours: { live: missing(), sim: missing() } }));
  assert.match(tableOf(row, [{ variant: {}, groups }]), /\n\nOurs, every interpreter and engine: not there yet: No\.$/);
});

test('variants stand in front', () => {
  const text = tableOf({ ...row, variants: [{ name: 'interval 1 ms' }] }, [{ ...result[0], variant: { name: 'interval 1 ms' } }]);
  assert.match(text, /\| interval 1 ms \| CPython 3\.9 /);
  assert.match(commandsOf({ ...row, variants: [{}] }), /r\.py --threads 2 --switch-interval \.\.\.\n/);
});

test('the document names machine, versions, repetitions, commands and reasons', () => {
  const machine = {
    cores: 2, model: 'Some CPU', system: 'Linux 6.1', pythons: ['CPython 3.9.18', 'CPython 3.11.7'],
    missing: ['freethreaded'], ours: '0.1, clang', loads: [0.2, 7], date: '2026-01-02',
  };
  const text = documentOf({ sections: [{ row, result, text: tableOf(row, result) }], machine, repeat: 5 });
  for (const wanted of ['median of 5 runs', '2 cores (Some CPU), Linux 6.1', 'Load while it ran: 0.2 to 7.0, so other programs',
    'CPython 3.9.18, CPython 3.11.7; none here that is like our freethreaded. Interleave: 0.1, clang', 'a loop turns 4.00 times as fast as in bytecode here', '## Row', 'Because.', '    python3 tools/cpython/r.py --threads 2\n',
    'interleave run counter --threads 2 --increments 9 --interpreter ... --engine live\n',
    '--increments 1 --interpreter ... --engine sim --policy round-robin\n']) {
    assert.ok(text.includes(wanted), `${wanted} is missing in:\n${text}`);
  }
  assert.ok(!documentOf({ sections: [], machine: { ...machine, loads: [0.1, 0.4] }, repeat: 5 }).includes('noisy'));
});

test('every row is complete', () => {
  assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
  for (const { key, program, columns, compared, why, ours: commands } of rows) {
    assert.ok(existsSync(join(root, 'tools/cpython', program)), `${key}: ${program}`);
    assert.ok(columns.some((column) => column.key === compared), `${key}: nothing to compare`);
    assert.ok(why.length > 60, key);
    for (const engine of ['live', 'sim']) assert.ok(commands(engine).length > 0, key);
  }
});

test('bad arguments end in one sentence', () => {
  const keys = ['echo'];
  for (const [argv, sentence] of [
    [['--fast'], /knows --python.*, not "--fast"\.$/], [['--python'], /--python needs a value\.$/],
    [['--repeat', '0'], /whole number from 1 to 100, not "0"\.$/], [['--repeat', '2.5'], /not "2\.5"\.$/],
    [['--only', 'x'], /no row "x": choose from echo\.$/],
  ]) assert.throws(() => optionsFrom(argv, keys), { message: sentence });
  assert.deepEqual(optionsFrom(['--python', 'a', '--python', 'b', '--repeat', '3', '--only', 'echo', '--program', 'p'], keys),
    { pythons: ['a', 'b'], repeat: 3, only: ['echo'], output: null, program: 'p', help: false });
  for (const argv of [['--fast'], ...(python ? [['--python', join(root, 'no-such-python')], ['--program', 'no-such-program']] : [])]) {
    const { status, stderr } = spawnSync(tool, argv, { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /^error: [^\n]+\.\n$/);
  }
});

test('--help tells how to call it', () => {
  const { status, stdout } = spawnSync(tool, ['--help'], { encoding: 'utf8' });
  assert.equal(status, 0);
  assert.match(stdout, /tools\/compare-cpython \[--python PATH\]/);
});

test('without python3 it is skipped, and says so', () => {
  const path = mkdtempSync(join(tmpdir(), 'interleave-no-python-'));
  try {
    for (const name of ['bash', 'dirname']) {
      symlinkSync(spawnSync('bash', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(), join(path, name));
    }
    symlinkSync(process.execPath, join(path, 'node'));
    const { status, stdout, stderr } = spawnSync(tool, [], { encoding: 'utf8', env: { PATH: path } });
    assert.equal(status, 0, stderr);
    assert.equal(stdout, 'skipped: there is no python3 here, so there is nothing to compare with.\n');
  } finally {
    rmSync(path, { recursive: true });
  }
});

const here = { skip: python ? false : 'there is no python3 here' };

test('the programs run on the real CPython', here, () => {
  const small = {
    'increment.py': ['--threads', '2', '--increments', '50'],
    'increment_call.py': ['--threads', '2', '--increments', '50'],
    'increment_through.py': ['--threads', '2', '--increments', '50'],
    'increment_lock.py': ['--threads', '2', '--increments', '50'],
    'increment_call_lock.py': ['--threads', '2', '--increments', '50'],
    'factorize.py': ['60', '70'],
    'blocking.py': ['--calls', '2', '--delay', '0.001'],
    'echo.py': ['--round-trips', '20', '--hogs', '1', '--switch-interval', '0.0001'],
  };
  for (const { program, columns, derive, args } of rows) {
    const { stdout, stderr, status } = spawnSync('python3', [join(root, 'tools/cpython', program), ...small[program]], { encoding: 'utf8', timeout: 60_000 });
    assert.equal(status, 0, `${program} ${args.join(' ')}: ${stderr}`);
    const { implementation, figures } = fromPython(stdout);
    assert.ok(implementation.length > 0);
    const all = { ...figures, ...derive?.(figures) };
    for (const { key } of columns) assert.ok(key in all, `${program} does not report ${key}`);
  }
});

test('with a lock the real CPython loses nothing', here, () => {
  const { stdout } = spawnSync('python3',
    [join(root, 'tools/cpython/increment_call_lock.py'), '--threads', '3', '--increments', '2000', '--switch-interval', '0.00001'],
    { encoding: 'utf8', timeout: 60_000 });
  const { expected, found, lost } = fromPython(stdout).figures;
  assert.deepEqual([expected, found, lost], [6000, 6000, 0]);
});

// Answers for our program: one interpreter is refused, the others count.
const standIn = `#!/usr/bin/env bash
case "$*" in
  *freethreaded*) echo 'interleave: interpreter cannot be "freethreaded". Allowed: none.' >&2; exit 2 ;;
  *live*) elapsed=1000000000 ;;
  *) elapsed=3000000000 ;;
esac
echo '{"outcome": {"verdict": "ok", "headline": "", "figures": {"elapsed": '$elapsed'},'
echo ' "shown": {"elapsed": {"unit": "ns"}}}, "machine": {"version": "9.9", "compiler": "none"}}'
`;

test('both sides are run and written side by side', here, () => {
  const folder = mkdtempSync(join(tmpdir(), 'interleave-compare-'));
  try {
    const program = join(folder, 'interleave');
    const output = join(folder, 'out.md');
    writeFileSync(program, standIn, { mode: 0o755 });
    const { status, stdout, stderr } = spawnSync(tool,
      ['--only', 'blocking', '--repeat', '2', '--program', program, '--output', output], { encoding: 'utf8', timeout: 120_000 });
    assert.equal(status, 0, stderr);
    const text = readFileSync(output, 'utf8');
    const lines = text.split('\n').map((line) => line.replace(/ +/g, ' '));
    const real = lines.find((line) => /^\| \w+ \d\.\d+\.\d+/.test(line));
    const [, runs, serial, threads] = real.split('|').slice(1).map((column) => column.trim());
    assert.equal(runs, '2');
    // Five waits of 0.1 s, one after another and together. No upper limits: a busy machine may take its time.
    assert.match(serial, /^([5-9]\d\d ms|\d+\.\d+ s)/);
    assert.match(threads, /^([1-9]\d\d ms|\d+\.\d+ s)/);
    assert.ok(lines.includes('| ours, cpython39, live | 2 | 1.00 s | 1.00 s | 1.00 | | |'), text);
    assert.ok(lines.includes('| ours, cpython310, sim | 2 | 3.00 s | 3.00 s | 1.00 | | |'), text);
    assert.ok(lines.includes('ours, freethreaded, live; ours, freethreaded, sim: not there yet: interpreter cannot be "freethreaded".'), text);
    assert.match(text, /Interleave: 9\.9, none\./);
    assert.ok(stdout.includes(text.match(/^\| interpreter.*$/m)[0]), 'the terminal shows the same table');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
