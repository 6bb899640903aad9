// The file that `interleave run --trace` writes, of each workload on real threads and simulated, is what Perfetto's
// documented format asks for; and what a validator of that format must find is planted here, one flaw at a time.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { validate } from './lib/trace_event_format.mjs';

const program = process.env.INTERLEAVE
  ?? join(dirname(fileURLToPath(import.meta.url)), '../../build/debug/bin/interleave');
const folder = mkdtempSync(join(tmpdir(), 'interleave-perfetto-'));
after(() => rmSync(folder, { recursive: true }));

function interleave(...args) {
  assert.ok(existsSync(program), `${program} is missing: build it first`);
  return execFileSync(program, args, { encoding: 'utf8', timeout: 120_000, maxBuffer: 2 ** 26 });
}

function traceOf(workload, engine, ...options) {
  const file = join(folder, `${workload}-${engine}.json`);
  interleave('run', workload, '--engine', engine, '--trace', file, ...options);
  return readFileSync(file, 'utf8');
}

for (const { id } of JSON.parse(interleave('list', '--json')).workloads) {
  for (const engine of ['live', 'sim']) {
    test(`${id} on ${engine} leaves a trace that Perfetto can show`, () => {
      const { flaws, counts } = validate(traceOf(id, engine));
      assert.deepEqual(flaws, []);
      assert.ok(counts.X > 0 && counts.i > 0 && counts.M > 0, JSON.stringify(counts));
    });
  }
}

test('who woke whom is an arrow', () => {
  const { flaws, counts } = validate(traceOf('deadlock', 'sim', '--policy', 'round-robin'));
  assert.deepEqual(flaws, []);
  assert.ok(counts.s > 0, JSON.stringify(counts));
  assert.equal(counts.s, counts.f);
});

test('names in Korean are still names', () => {
  const text = traceOf('counter', 'sim', '--lang', 'ko');
  assert.deepEqual(validate(text).flaws, []);
  assert.match(text, /스레드 1/);
});

// ---- the validator itself -------------------------------------------------------------------------------------------

const named = (tid) => ({ ph: 'M', name: 'thread_name', pid: 1, tid, args: { name: `thread ${tid}` } });
const slice = (tid, ts, dur) => ({ ph: 'X', name: 'running', cat: 'state', pid: 1, tid, ts, dur });
const end = (ph, tid, ts, more = {}) => ({ ph, name: 'wakes', cat: 'wake', pid: 1, tid, ts, id: 1, ...more });
const sound = () => [named(1), named(2), slice(1, 0, 10), slice(1, 2, 3), slice(2, 0, 1), slice(2, 1, 9), end('s', 1, 4),
  end('f', 2, 4.5, { bp: 'e' }), { ph: 'C', name: 'depth', pid: 1, tid: 1, ts: 1, args: { value: 3 } },
  { ph: 'i', name: 'reads', pid: 1, tid: 2, ts: 1, s: 't' }];
const flawsOf = (events) => validate(JSON.stringify({ displayTimeUnit: 'ns', traceEvents: events })).flaws;

test('a sound trace has no flaw', () => assert.deepEqual(flawsOf(sound()), []));

const at = (index, change) => (events) => {
  events[index] = { ...events[index], ...change };
};
const without = (index, key) => (events) => {
  delete events[index][key];
};
const planted = [
  ['a phase that is none', at(2, { ph: 'XX' }), /phase is not one character/],
  ['a phase that Perfetto does not show', at(2, { ph: 'q' }), /not one that Perfetto shows/],
  ['an event without a name', without(2, 'name'), /no name/],
  ['an event without a time', without(9, 'ts'), /no time/],
  ['a time before the beginning', at(9, { ts: -1 }), /before the beginning/],
  ['a thread that is no number', at(9, { tid: 'two' }), /tid is no whole number/],
  ['a process that is no number', without(9, 'pid'), /pid is no whole number/],
  ['args that are no object', at(9, { args: 3 }), /args are no object/],
  ['a slice without a duration', without(3, 'dur'), /no duration/],
  ['a slice of negative duration', at(3, { dur: -1 }), /negative/],
  ['slices that overlap', at(3, { dur: 9 }), /overlaps with event 2/],
  ['slices that overlap by a nanosecond', at(4, { dur: 1.001 }), /overlaps/],
  ['an arrow without an end', (events) => events.splice(7, 1), /1 beginnings and 0 ends/],
  ['an arrow with two beginnings', (events) => events.push(end('s', 1, 4)), /2 beginnings/],
  ['an arrow whose ids differ', at(7, { id: 2 }), /beginnings/],
  ['an arrow without an id', without(6, 'id'), /without an id/],
  ['an arrow without a category', without(6, 'cat'), /without a category/],
  ['an arrow back in time', at(7, { ts: 3 }), /ends before it begins/],
  ['an arrow from nowhere', at(6, { ts: 40 }), /lies in no slice/],
  ['an arrow bound to what is not known', at(7, { bp: 'x' }), /binding point/],
  ['a counter without a value', at(8, { args: {} }), /without a value/],
  ['a counter whose value is a text', at(8, { args: { value: '3' } }), /no number/],
  ['an instant whose scope is unknown', at(9, { s: 'x' }), /scope/],
  ['metadata that is unknown', at(0, { name: 'thread_colour' }), /no metadata that the format knows/],
  ['a thread whose name is empty', at(0, { args: { name: '' } }), /lacks its name/],
  ['a thread without a name', (events) => events.splice(0, 1), /thread 1\/1 has no thread_name/],
  ['a thread that is named twice', (events) => events.push(named(1)), /named twice/],
];
for (const [what, plant, expected] of planted) {
  test(`the validator finds ${what}`, () => {
    const events = sound();
    plant(events);
    const flaws = flawsOf(events);
    assert.ok(flaws.some((flaw) => expected.test(flaw)), JSON.stringify(flaws));
  });
}

test('the validator finds what is no trace at all', () => {
  assert.match(validate('{"traceEvents":[').flaws[0], /no JSON/);
  assert.match(validate('{"events":[]}').flaws[0], /neither an array/);
  assert.match(validate('{"traceEvents":[],"displayTimeUnit":"s"}').flaws[0], /displayTimeUnit/);
});
