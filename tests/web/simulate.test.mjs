// Simulated and explored runs in the browser are the ones that the headless program makes.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { headless } from './lib/headless.mjs';
import { Playground } from './lib/playground.mjs';
import { useSite } from './lib/site.mjs';

// What the stage shows: everything that is told of it. The timeline also tells how long the run has become, and the
// verdict on data races how many there are in all of it.
function stageOf({ nodes }) {
  const told = nodes.filter(({ role, key }) => (role === 'meter' || role === 'status') && !key.startsWith('timeline.') && key !== 'race');
  return JSON.stringify(told.map(({ key, label, value }) => [key, label, value]));
}

describe('simulated and explored', { concurrency: 1 }, () => {
  const site = useSite();

  test('a seed gives the same trace in the browser and in the headless program', async (t) => {
    for (const [threads, increments, seed] of [[2, 3, 7], [6, 100, 7], [6, 100, 8]]) {
      const flags = ['--threads', threads, '--increments', increments, '--seed', seed].map(String);
      const native = await headless(['run', 'counter', '--engine', 'sim', ...flags, '--json']);
      const playground = await Playground.open(
        site.browser, site.server, `?engine=sim&threads=${threads}&increments=${increments}&seed=${seed}`,
      );
      const state = await playground.run();
      assert.match(state.hash, /^[0-9a-f]{16}$/);
      assert.equal(state.hash, native.hash);
      assert.equal(state.outcome.figures.found.value, native.outcome.figures.found);
      t.diagnostic(`${threads} threads, ${increments} increments, seed ${seed}: ${state.hash} in both`);
      await playground.close();
    }
  });

  test('steps go forward and back by clicks, and the stage follows', async () => {
    const playground = await Playground.open(site.browser, site.server, '?engine=sim&threads=2&increments=3&seed=7');
    await playground.settled();
    const { steps: start } = await playground.state();
    const seen = new Map();
    for (let count = 0; count < 8; count += 1) {
      await playground.step();
      const state = await playground.state();
      seen.set(state.steps.cursor, stageOf(state));
    }
    const different = new Set(seen.values()).size;
    assert.ok(different >= 6, `eight steps showed ${different} different stages`);
    const last = Math.max(...seen.keys());
    for (let at = last - 1; at > start.cursor; at -= 1) {
      await playground.click('step.back');
      await playground.until(`back at step ${at}`, ({ steps }) => steps.cursor === at);
      await playground.settled();
      if (seen.has(at)) assert.equal(stageOf(await playground.state()), seen.get(at), `step ${at} looks different on the way back`);
    }
    // The arrow keys do the same, once the canvas has the focus, which the clicks gave it.
    const { steps: { cursor } } = await playground.state();
    await playground.page.keyboard.press('ArrowRight');
    await playground.until('a step by key', ({ steps }) => steps.cursor === cursor + 1);
    await playground.page.keyboard.press('ArrowLeft');
    await playground.until('a step back by key', ({ steps }) => steps.cursor === cursor);
    await playground.close();
  });

  test('two threads with two increments have 34 executions that matter, and the shortest bad one is shown', async () => {
    const playground = await Playground.open(site.browser, site.server, '?engine=explore&threads=2&increments=2');
    const state = await playground.run();
    assert.equal(state.exploration.executions, 34);
    assert.ok(state.exploration.schedule.length > 0);
    await playground.close();
  });
});
