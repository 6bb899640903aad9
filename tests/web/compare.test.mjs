// Two runs side by side, many runs of one configuration, and one parameter at many values, as a person asks for them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Playground } from './lib/playground.mjs';
import { useSite } from './lib/site.mjs';

const longMs = 120_000;

const node = ({ nodes }, key) => nodes.find((one) => one.key === key);

// What a series says once it has come to its end.
function seriesDone(playground, what) {
  const done = (state) => node(state, 'series.sentence') && !node(state, 'series.progress');
  return playground.until(what, done, longMs, 50);
}

describe('comparing', { concurrency: 1 }, () => {
  const site = useSite();

  test('a run without a lock and one with it: slower, and none lost; both timelines zoom as one', async (t) => {
    const playground = await Playground.open(
      site.browser, site.server, '?engine=sim&policy=round-robin&threads=2&increments=6000&lock=none',
    );
    const without = await playground.run();
    assert.ok(without.outcome.figures.lost.value > 0, 'without a lock it lost nothing, so there is nothing to show');
    await playground.choose('param.lock', 'mutex');
    const locked = await playground.run();
    assert.equal(locked.outcome.figures.lost.value, 0);

    await playground.click('compare');
    const state = await playground.until('the comparison', (now) => node(now, 'compare.sentence'));
    const { label: sentence } = node(state, 'compare.sentence');
    t.diagnostic(sentence);
    assert.match(sentence, /slower than A, and no update was lost\./);
    assert.equal(node(state, 'compare.change.lock').label, 'Lock none → mutex');
    assert.equal(node(state, 'compare.lost.b').value, '0');
    assert.match(node(state, 'compare.machine').label, /\d+ cores?, .*clock resolution/);
    assert.deepEqual(state.flaws, []);

    const shown = (now) => ['a', 'b'].map((side) => node(now, `compare.timeline.${side}`).value);
    const [whole, other] = shown(state);
    assert.equal(whole, other, 'the two do not share an axis');
    const { x, y } = await playground.pointAt('compare.lanes');
    await playground.page.mouse.move(x, y);
    await playground.page.mouse.wheel({ deltaY: -300 });
    const zoomed = await playground.until('both to zoom', (now) => shown(now).every((value) => value !== whole));
    assert.equal(...shown(zoomed));
    await playground.page.keyboard.press('KeyF');
    await playground.until('both to fit again', (now) => shown(now).every((value) => value === whole));

    await playground.click('compare.pick.a.2');
    await playground.click('compare.pick.b.1');
    const turned = await playground.until('A and B to change places', (now) => node(now, 'compare.change.lock')?.label === 'Lock mutex → none');
    assert.match(node(turned, 'compare.sentence').label, /faster than A, but [\d,]+ updates? (was|were) lost\./);
    await playground.click('compare.restore.1');
    await playground.until('the first run\'s setting', (now) => now.params.lock === 'none');
    assert.deepEqual(playground.complaints, []);
    await playground.close();
  });

  test('ten simulated runs in random order: how many of ten went wrong', async (t) => {
    const playground = await Playground.open(site.browser, site.server, '?engine=sim&threads=2&increments=4');
    await playground.pickFrom('repeat.count', '10');
    await playground.click('repeat');
    const state = await seriesDone(playground, 'ten runs');
    const { label: sentence } = node(state, 'series.sentence');
    t.diagnostic(sentence);
    assert.match(sentence, /^Updates were lost in \d+ of 10 runs\.$/);
    const dots = state.nodes.filter(({ key }) => key.startsWith('series.column.'));
    assert.equal(dots.reduce((sum, { value }) => sum + Number(value), 0), 10);
    assert.equal(state.history, 0, 'the history belongs to the reader\'s own runs');
    await playground.click('series.close');
    await playground.until('the stage', (now) => !node(now, 'series.title'));
    await playground.close();
  });

  test('one parameter at each of its values: a point for each, which sets it', async () => {
    const playground = await Playground.open(site.browser, site.server, '?engine=sim&threads=2&increments=5');
    await playground.click('sweep');
    const state = await seriesDone(playground, 'a sweep over the threads');
    const points = state.nodes.filter(({ key }) => key.startsWith('series.point.'));
    assert.equal(points.length, 16);
    await playground.pickFrom('series.figure', 'expected');
    const { value } = await playground.control('series.point.9');
    assert.equal(value, '45');
    await playground.click('series.point.9');
    await playground.until('nine threads', ({ params }) => params.threads === '9');
    await playground.close();
  });

  test('a series stops half-way and keeps what it has', async (t) => {
    const playground = await Playground.open(site.browser, site.server, '?engine=live&threads=2&increments=3000000&lock=mutex');
    await playground.pickFrom('repeat.count', '200');
    await playground.click('repeat');
    await playground.until('some runs', (state) => Number.parseInt(node(state, 'series.progress')?.label, 10) >= 2, longMs);
    await playground.click('series.stop');
    const state = await playground.until('it to stop', (now) => /^Stopped after/.test(node(now, 'series.progress')?.label));
    t.diagnostic(node(state, 'series.progress').label);
    assert.match(node(state, 'series.progress').label, /^Stopped after \d+ of 200 runs\.$/);
    assert.equal(state.pool.busy, 0);
    await playground.close();
  });
});
