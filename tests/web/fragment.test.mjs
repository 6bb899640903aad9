// Long texts of an address: out of the query into the fragment and back, whatever is in them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longest, most, plainAddress, shortAddress, split, wholeQuery } from '../../web/fragment.mjs';
import { messages } from '../../web/messages.mjs';

const sorted = (query) => [...new URLSearchParams(query)].sort(([one], [other]) => (one < other ? -1 : 1));
const parts = (address) => {
  const { search, hash } = new URL(address, 'https://example.org/');
  return [search, hash];
};

// A small generator, so that a failure comes again.
function drawn(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
const letters = ['a', 'Z', '0', ' ', '\n', '\t', '%', '&', '#', '+', '=', '?', '"', "'", '<', '한', '글', '😀', 'é', '-', '_', '~', '%41'];
function text(random, length) {
  let out = '';
  for (let at = 0; at < length; at += 1) out += letters[random(letters.length)];
  return out;
}

test('what is short stays in the query, and the address has no fragment', async () => {
  const query = 'workload=counter&threads=4&schedule=A2B.';
  assert.equal(await shortAddress(query), `?${query}`);
  assert.equal(plainAddress(query), `?${query}`);
  assert.deepEqual(split(`a=${'x'.repeat(longest)}&b=${'x'.repeat(longest + 1)}`), { short: `a=${'x'.repeat(longest)}`, long: `b=${'x'.repeat(longest + 1)}` });
});

test('every text comes back, through both forms', async () => {
  const random = drawn(7);
  for (let round = 0; round < 300; round += 1) {
    const query = new URLSearchParams({ workload: 'program', program: text(random, 1 + random(3000)), other: text(random, random(700)), threads: '3' }).toString();
    for (const address of [await shortAddress(query), plainAddress(query)]) {
      const [search, hash] = parts(address);
      assert.ok(search.length < 4000, 'a query stays short');
      const { query: whole, wrong } = await wholeQuery(search, hash);
      assert.equal(wrong, null);
      assert.deepEqual(sorted(whole), sorted(query));
    }
  }
});

test('a program of several KB makes a link that can be sent', async () => {
  const line = 'def worker(number):\n    with lock:\n        results.append(number * number)  # 결과\n';
  const query = new URLSearchParams({ workload: 'program', program: line.repeat(100) }).toString();
  assert.ok(query.length > 10_000);
  assert.ok((await shortAddress(query)).length < 1_000);
});

test('a damaged fragment is told in both languages, and the query stands', async () => {
  const query = new URLSearchParams({ threads: '4', program: 'print("x")\n'.repeat(100) }).toString();
  const [search, hash] = parts(await shortAddress(query));
  assert.match(hash, /^#t=[\w-]+$/);
  const spoilt = [hash.slice(0, -9), `${hash}!`, '#t=AAAA', '#t=%00', `#t=${hash.slice(20)}`, '#t=_____w'];
  for (const one of spoilt) {
    const { query: whole, wrong } = await wholeQuery(search, one);
    assert.deepEqual([whole, wrong], ['threads=4', 'fragmentDamaged'], one);
  }
  for (const key of ['fragmentDamaged', 'fragmentTooLong', 'fragmentUnreadable']) assert.ok(messages[key].en && messages[key].ko);
});

test('a fragment that would fill the memory is left out before it does', async () => {
  const [search, hash] = parts(await shortAddress(new URLSearchParams({ a: '1', program: 'x'.repeat(50_000_000) }).toString()));
  assert.ok(hash.length < 100_000);
  assert.deepEqual(await wholeQuery(search, hash), { query: 'a=1', wrong: 'fragmentTooLong' });
  assert.deepEqual(await wholeQuery('?a=1', `#q=program=${'x'.repeat(most)}`), { query: 'a=1', wrong: 'fragmentTooLong' });
});

test('a fragment that is not ours is passed over', async () => {
  for (const hash of ['', '#', '#top', '#x=1', '#t']) assert.deepEqual(await wholeQuery('?a=1', hash), { query: 'a=1', wrong: null });
});

test('without a compressor a text travels as it stands, and a compressed one says why it cannot be read', async () => {
  const query = new URLSearchParams({ a: '1', program: 'x = 1\n'.repeat(100) }).toString();
  const packed = parts(await shortAddress(query));
  const { CompressionStream: kept } = globalThis;
  delete globalThis.CompressionStream;
  try {
    const [search, hash] = parts(await shortAddress(query));
    assert.match(hash, /^#q=/);
    assert.deepEqual(sorted((await wholeQuery(search, hash)).query), sorted(query));
    assert.deepEqual(await wholeQuery(...packed), { query: 'a=1', wrong: 'fragmentUnreadable' });
  } finally {
    globalThis.CompressionStream = kept;
  }
});
