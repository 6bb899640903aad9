// Child processes in the browser: each is a Worker of its own, and none is left behind.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Playground } from './lib/playground.mjs';
import { useSite } from './lib/site.mjs';

const isChild = (worker) => /interleave-child\.mjs$/.test(worker.url());

describe('child processes', { concurrency: 1 }, () => {
  const site = useSite();

  // Opens the page and counts the children's Workers as the browser sees them come and go.
  async function open(query, options = {}) {
    const count = { made: 0, there: 0, most: 0 };
    const { workload = 'subprocess' } = options;
    const playground = await Playground.open(site.browser, site.server, `?workload=${workload}&engine=live&${query}`, {
      ...options,
      before: async (page) => {
        page.on('workercreated', (worker) => {
          if (!isChild(worker)) return;
          count.made += 1;
          count.there += 1;
          count.most = Math.max(count.most, count.there);
        });
        page.on('workerdestroyed', (worker) => {
          if (isChild(worker)) count.there -= 1;
        });
        await options.before?.(page);
      },
    });
    return { playground, count };
  }

  async function nobodyIsLeft(playground, count) {
    await playground.until('the Workers of all children to be gone', () => count.there === 0, 5_000);
    assert.deepEqual(playground.page.workers().filter(isChild), []);
    await playground.until('every worker of the pool to be idle', ({ pool }) => pool.busy === 0, 5_000);
  }

  const secondsOf = (state) => state.outcome.figures.elapsed.value / 1e9;

  test('ten that sleep a second take about one together and ten in turn; each is a Worker that goes', async (t) => {
    const { playground, count } = await open('');
    const together = await playground.run();
    assert.equal(together.outcome.verdict, 'ok', together.outcome.sentence);
    assert.equal(count.made, 10);
    assert.equal(count.most, 10);
    await nobodyIsLeft(playground, count);
    await playground.choose('param.mode', 'serial');
    const inTurn = await playground.run();
    assert.equal(inTurn.outcome.verdict, 'ok', inTurn.outcome.sentence);
    assert.equal(count.made, 20);
    await nobodyIsLeft(playground, count);
    t.diagnostic(`together ${secondsOf(together).toFixed(2)} s, in turn ${secondsOf(inTurn).toFixed(2)} s`);
    assert.ok(secondsOf(together) >= 1 && secondsOf(together) < 3, `${secondsOf(together)} s`);
    assert.ok(secondsOf(inTurn) >= 10 && secondsOf(inTurn) < 20, `${secondsOf(inTurn)} s`);
    assert.equal(playground.requests.filter((url) => url.endsWith('/interleave-child.wasm')).length, 1, 'compiled once');
    assert.deepEqual(playground.complaints, []);
    await playground.close();
  });

  test('a megabyte comes back with its Hangul; what waits before it reads hangs, and that is told', async () => {
    const { playground, count } = await open('task=echo&children=3&payload=1048576');
    const { outcome } = await playground.run();
    assert.equal(outcome.verdict, 'ok', outcome.sentence);
    assert.ok(outcome.figures.out.value >= 3 * 1_048_576);
    await nobodyIsLeft(playground, count);
    await playground.choose('param.collect', 'wait-then-read');
    const hang = await playground.run();
    assert.equal(hang.outcome.verdict, 'hang', hang.outcome.headline);
    await nobodyIsLeft(playground, count);
    assert.deepEqual(playground.complaints, []);
    await playground.close();
  });

  test('a time limit kills; a run that is stopped leaves no Worker', async (t) => {
    const { playground, count } = await open('children=4&time=2s&limit=200ms');
    const { outcome } = await playground.run();
    assert.equal(outcome.verdict, 'ok', outcome.sentence);
    assert.equal(outcome.figures.killed.value, 4);
    await nobodyIsLeft(playground, count);
    await playground.close();

    const stopped = await open('children=10&time=2s');
    await stopped.playground.click('run');
    await stopped.playground.until('children', () => stopped.count.there > 0);
    await stopped.playground.click('stop');
    const clicked = performance.now();
    const end = await stopped.playground.until('the end', ({ phase, outcome: known }) => phase === 'finished' && known);
    assert.equal(end.outcome.verdict, 'cancelled');
    t.diagnostic(`stopped ${(performance.now() - clicked).toFixed(0)} ms after the click`);
    await nobodyIsLeft(stopped.playground, stopped.count);
    assert.deepEqual(stopped.playground.complaints, []);
    await stopped.playground.close();
  });

  test('a pool of processes is a Worker for each, whose results are right in every mode', async (t) => {
    const { playground, count } = await open('tasks=12&workers=3&chunk=2&units=300000&sent=70000&returned=70000',
      { workload: 'process_pool' });
    const { outcome } = await playground.run();
    assert.equal(outcome.verdict, 'ok', outcome.headline);
    assert.equal(count.made, 3);
    assert.equal(outcome.figures.tasks.value, 12);
    assert.equal(outcome.figures.messages.value, 12);
    assert.ok(outcome.figures.bytes.value > 12 * 140_000);
    for (const key of ['starting', 'encoding', 'moving', 'computing']) assert.ok(outcome.figures[key].value > 0, key);
    t.diagnostic(`${outcome.headline}; starting ${(outcome.figures.starting.value / 1e6).toFixed(1)} ms; ${outcome.sentence}`);
    await nobodyIsLeft(playground, count);
    await playground.choose('param.mode', 'threads');
    const threads = await playground.run();
    assert.equal(threads.outcome.verdict, 'ok', threads.outcome.headline);
    assert.equal(count.made, 3, 'threads need no Workers of children');
    assert.equal(threads.outcome.figures.bytes.value, 0);
    assert.deepEqual(playground.complaints, []);
    await playground.close();
  });

  test('a pool that is stopped leaves no Worker; processes find the divisors that threads find', async () => {
    const { playground, count } = await open('tasks=256&workers=4&units=20000000', { workload: 'process_pool' });
    await playground.click('run');
    await playground.until('processes', () => count.there === 4);
    await playground.click('stop');
    const end = await playground.until('the end', ({ phase, outcome: known }) => phase === 'finished' && known);
    assert.equal(end.outcome.verdict, 'cancelled');
    await nobodyIsLeft(playground, count);
    await playground.close();

    const numbers = await open('mode=processes&first=720720&last=1441440', { workload: 'factorize' });
    const processes = await numbers.playground.run();
    assert.equal(processes.outcome.verdict, 'ok', processes.outcome.headline);
    assert.equal(numbers.count.made, 2);
    assert.equal(processes.outcome.figures.divisors.value, 240 + 288);
    await nobodyIsLeft(numbers.playground, numbers.count);
    assert.deepEqual(numbers.playground.complaints, []);
    await numbers.playground.close();
  });

  test('where the program of children cannot be downloaded, that is told, and tried again by the next run', async () => {
    let refused = true;
    const { playground, count } = await open('children=3&time=1ms', {
      before: async (page) => {
        // A service worker would have kept it.
        await page.evaluateOnNewDocument('delete Navigator.prototype.serviceWorker');
        await page.setRequestInterception(true);
        page.on('request', (request) => {
          if (refused && request.url().endsWith('/interleave-child.wasm')) request.abort('connectionreset');
          else request.continue();
        });
      },
    });
    const { outcome } = await playground.run();
    assert.equal(outcome.verdict, 'limit', outcome.headline);
    await nobodyIsLeft(playground, count);
    refused = false;
    const again = await playground.run();
    assert.equal(again.outcome.verdict, 'ok', again.outcome.sentence);
    await nobodyIsLeft(playground, count);
    await playground.close();
  });
});
