// Thousands of tasks in the browser: on one event loop with a thread of its own, with a pool, and where they are too
// many.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Playground } from './lib/playground.mjs';
import { useSite } from './lib/site.mjs';

const size = { width: 1024, height: 768 };

describe('coroutines', { concurrency: 1 }, () => {
  const site = useSite();

  const open = (query) =>
    Playground.open(site.browser, site.server, `?workload=coroutines&${query}`, size);

  const everyWorkerIsIdle = (playground) => playground.until('every worker to be idle', ({ pool }) => pool.busy === 0, 5_000);

  test('ten thousand share one worker, and the stage has them all', async (t) => {
    const playground = await open('engine=live&mode=loop&tasks=10000');
    const { outcome, nodes } = await playground.run();
    assert.equal(outcome.verdict, 'ok', outcome.sentence);
    const { elapsed, bytes, stack, counted } = outcome.figures;
    t.diagnostic(`${elapsed.value / 1e6} ms, ${bytes.value} bytes a task beside a stack of ${stack.value}`);
    assert.equal(counted.value, 30_000);
    assert.ok(elapsed.value >= 30e6 && elapsed.value < 10e9, `${elapsed.value} ns`);
    assert.ok(bytes.value > 64 && bytes.value < 2_048, `${bytes.value} bytes`);
    assert.equal(stack.value, 512 * 1024);
    assert.match(nodes.find(({ key }) => key === 'tasks').value, /10,000/);
    await everyWorkerIsIdle(playground);
    assert.deepEqual(playground.complaints, []);
    await playground.close();
  });

  test('a hundred thousand run live, again and again; simulated they run or are told to be too many', async (t) => {
    const playground = await open('engine=live&mode=loop&tasks=100000&rounds=1&delay=1ms');
    for (const engine of ['live', 'live', 'sim']) {
      await playground.pick('coroutines', engine);
      if (engine === 'sim') await playground.page.evaluate(() => globalThis.interleave.perform('slider', 'param.tasks', '100000'));
      const { outcome } = await playground.run();
      t.diagnostic(`${engine}: ${outcome.verdict}, ${outcome.headline}; ${outcome.sentence}`);
      assert.ok(outcome.verdict === 'ok' || (engine === 'sim' && outcome.verdict === 'limit'), outcome.headline);
      if (outcome.verdict === 'limit') assert.match(outcome.headline, /memory/);
      await playground.settled();
    }
    assert.deepEqual(playground.complaints, []);
    await playground.close();
  });

  test('more threads than the page has are a limit that says how many there are', async () => {
    const playground = await open('engine=live&mode=threads&tasks=10000');
    const { outcome } = await playground.run();
    assert.equal(outcome.verdict, 'limit');
    assert.match(outcome.sentence, /more threads than the \d+ that are available/);
    await everyWorkerIsIdle(playground);
    await playground.close();
  });

  test('a blocking call stops the loop; the run can be stopped all the same; a pool makes such calls', async () => {
    const playground = await open('engine=live&mode=loop&call=blocks&tasks=1000&delay=20ms');
    await playground.click('run');
    await playground.until('it to be on its way', ({ phase, progress }) => phase === 'running' && progress > 0);
    await playground.click('stop');
    const { outcome } = await playground.until('it to have stopped', ({ phase, outcome: end }) => phase === 'finished' && end);
    assert.equal(outcome.verdict, 'cancelled');
    await everyWorkerIsIdle(playground);
    await playground.close();

    const pooled = await open('engine=live&mode=pool&call=blocks&tasks=24&delay=20ms&rounds=1&workers=4');
    const { outcome: end } = await pooled.run();
    assert.equal(end.verdict, 'ok', end.sentence);
    assert.ok(end.figures.elapsed.value >= 120e6, '24 calls, four at a time');
    assert.ok(end.figures.elapsed.value < 480e6, 'and not one after the other');
    await everyWorkerIsIdle(pooled);
    assert.deepEqual(pooled.complaints, []);
    await pooled.close();
  });
});
