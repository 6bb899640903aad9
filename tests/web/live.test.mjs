// Real threads in the browser: they lose updates without a lock, and none with one.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Playground } from './lib/playground.mjs';
import { useSite } from './lib/site.mjs';

const attempts = 5;  // real threads decide for themselves whether they collide

// How many of the spans of time cover one moment, at most.
function mostAtOnce(threads) {
  return Math.max(0, ...threads.map(({ begin }) => threads.filter((other) => other.begin <= begin && begin < other.end).length));
}

describe('live, on real threads', { concurrency: 1 }, () => {
  const site = useSite();

  test('six threads without a lock lose updates; mutex, spin lock, atomic and a single thread lose none', async (t) => {
    const playground = await Playground.open(site.browser, site.server, '?engine=live&threads=6&lock=none');

    let lossy = null;
    let runs = 0;
    for (; runs < attempts && !lossy; ) {
      runs += 1;
      const state = await playground.run();
      assert.equal(state.outcome.figures.expected.value, 6_000_000);
      if (state.outcome.figures.lost.value > 0) lossy = state;
    }
    assert.ok(lossy, `no update was lost in ${runs} runs`);
    const [expected, found, lost] = ['expected', 'found', 'lost'].map((key) => lossy.outcome.figures[key].value);
    t.diagnostic(`no lock: ${lost} of ${expected} updates were lost in run ${runs} of at most ${attempts}`);
    assert.equal(lossy.outcome.verdict, 'failure');
    assert.equal(found + lost, expected);
    assert.match(await playground.spoken('#outcome', lossy.outcome.headline), /\d/);

    // At least two threads really ran at the same time.
    const adders = lossy.threads.slice(-6);
    const together = mostAtOnce(adders);
    t.diagnostic(`threads at the same time: ${together} of ${adders.length}`);
    assert.equal(adders.length, 6);
    assert.ok(together >= 2, `only ${together} thread ran at a time`);

    for (const lock of ['mutex', 'atomic', 'spin']) {
      await playground.choose('param.lock', lock);
      const state = await playground.run();
      assert.equal(state.params.lock, lock);
      assert.equal(state.outcome.figures.lost.value, 0, lock);
      assert.equal(state.outcome.figures.found.value, 6_000_000, lock);
      assert.equal(state.outcome.verdict, 'ok', lock);
      t.diagnostic(`${lock}: none lost, ${(state.outcome.figures.elapsed.value / 1e6).toFixed(1)} ms`);
    }
    await playground.close();

    const alone = await Playground.open(site.browser, site.server, '?engine=live&threads=1&lock=none');
    const { outcome } = await alone.run();
    assert.deepEqual([outcome.verdict, outcome.figures.lost.value, outcome.figures.found.value], ['ok', 0, 1_000_000]);
    assert.deepEqual(alone.complaints, []);
    await alone.close();
  });
});
