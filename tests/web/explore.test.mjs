// The third engine on the page: every order, the shortest that goes wrong, the lock and the proof; and searches that
// are too long for one thread, or at all.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { headless } from './lib/headless.mjs';
import { Playground } from './lib/playground.mjs';
import { useSite } from './lib/site.mjs';

const node = ({ nodes }, key) => nodes.find((one) => one.key === key);
const meter = ({ nodes }, key) => nodes.find((node) => node.role === 'meter' && node.key === key)?.value;

describe('every order on the page', { concurrency: 1 }, () => {
  const site = useSite();
  const open = (query, options) => Playground.open(site.browser, site.server, query, options);

  test('three threads with two increments: the counterexample is stepped through, the lock is added, and the proof is there', async () => {
    const playground = await open('?engine=explore&threads=3&increments=2');
    const state = await playground.run();
    assert.equal(state.exploration.executions, 7134);
    assert.equal(state.exploration.orders, 34650);
    assert.ok(Math.abs(state.exploration.chance.value - 0.985511) < 1e-6);
    assert.equal(state.exploration.shortest, true);
    assert.deepEqual(['executions', 'orders', 'chance'].map((key) => meter(state, key)), ['7,134', '34,650', '98.6 %']);
    const { schedule } = state.exploration;

    // The counterexample, on the stage: at its end the update is lost.
    await playground.click('watch');
    const watched = await playground.until('the run that was found', ({ engine, phase, steps }) => engine === 'sim' && phase === 'finished' && steps.cursor === 0);
    assert.equal(watched.schedule, schedule);
    let told = watched;
    while (told.steps.cursor < told.steps.count) {
      await playground.step();
      told = await playground.state();
    }
    assert.ok(told.outcome.figures.lost.value > 0, 'the failure is the one that was found');

    // Back to all orders; one press adds the lock and proves it.
    await playground.click('engine.explore');
    await playground.until('Explore', ({ engine, params }) => engine === 'explore' && params.threads === '3');
    await playground.run();
    await playground.click('remedy');
    const proof = await playground.until('the proof', ({ phase, exploration, params }) => phase === 'finished' && params.lock === 'mutex' && exploration?.failures === 0);
    assert.equal(proof.exploration.exhausted, true);
    assert.equal(proof.outcome.headline, 'None of 90 orders fails: proved for this configuration');
    assert.equal(proof.nodes.some(({ key }) => key === 'remedy'), false, 'there is nothing left to offer');
    assert.deepEqual(playground.complaints, []);
    await playground.close();
  });

  test('the page finds what the headless program finds', async () => {
    for (const flags of [['--threads', '2', '--increments', '3'], ['--interpreter', 'cpython39'], ['--interpreter', 'cpython310']]) {
      const native = await headless(['explore', 'counter', ...flags, '--json']);
      const query = new URLSearchParams(Object.fromEntries(flags.join(' ').split(' --').map((flag) => flag.replace(/^--/, '').split(' '))));
      const playground = await open(`?engine=explore&${query}`);
      const { exploration } = await playground.run();
      assert.deepEqual(exploration, native.exploration);
      await playground.close();
    }
  });

  test('the interpreters side by side: 3.9 loses, 3.10 does not, and with a call in between it does again', async () => {
    const playground = await open('?engine=explore&interpreter=cpython310');
    await playground.pickFrom('sweep.key', 'preset');
    await playground.click('sweep');
    await playground.until('all of them', (state) => node(state, 'series.sentence') && !node(state, 'series.progress'));
    await playground.pickFrom('series.figure', 'failures');
    const state = await playground.state();
    const failures = ['proof39', 'proof310', 'proof310call'].map((key) => node(state, `series.point.${key}`)?.value);
    assert.deepEqual(failures, ['404', '0', '404']);
    await playground.close();
  });

  test('a search that may take more memory than the page has ends with what fits, and the page goes on', async () => {
    const usual = await open('?engine=explore&threads=6&increments=3&executions=200000');
    const { exploration: whole } = await usual.run();
    assert.ok(whole.states >= 200_000, `as many states as are usual fit: ${whole.states}`);
    await usual.close();
    const greedy = await open('?engine=explore&threads=6&increments=3&executions=200000&states=20000000&search-memory=65536');
    const { outcome, exploration } = await greedy.run();
    assert.equal(outcome.verdict, 'failure');
    assert.ok(exploration.states >= 100_000 && exploration.states < 2_000_000, `${exploration.states} states`);
    const again = await greedy.run();
    assert.equal(again.outcome.verdict, 'failure');
    assert.deepEqual(greedy.complaints, []);
    await greedy.close();
  });

  test('a long search is shared by workers, is stopped at once, and goes on', async () => {
    const playground = await open('?engine=explore&threads=6&increments=2&workers=2');
    await playground.click('run');
    await playground.until('many orders', ({ exploration }) => exploration?.executions > 20_000);
    await playground.click('stop');
    const stopped = await playground.until('the stop', ({ phase }) => phase === 'finished');
    assert.equal(stopped.outcome.verdict, 'cancelled');
    assert.deepEqual([meter(stopped, 'executions'), meter(stopped, 'failures')].map((text) => text !== undefined), [true, true], 'what was found so far stays to be seen');
    assert.equal(stopped.exploration.exhausted, false);
    await playground.until('the workers to be back', ({ pool }) => pool.busy === 0);
    await playground.click('search-on');
    await playground.until('more orders', ({ phase, exploration }) => phase === 'running' && exploration.executions > stopped.exploration.executions);
    await playground.click('stop');
    await playground.until('the stop', ({ phase }) => phase === 'finished');
    await playground.close();
  });

  test('six threads are exhausted by two workers: 518,400 classes of 7,484,400 orders', async () => {
    const playground = await open('?engine=explore&threads=6&increments=1&workers=2');
    const { exploration } = await playground.run();
    assert.equal(exploration.executions, 518_400);
    assert.equal(exploration.orders, 7_484_400);
    assert.equal(exploration.exhausted, true);
    await playground.close();
  });

  test('where nobody can run all orders, random ones are counted, and nothing is called proved', async () => {
    for (const search of ['random', 'pct']) {
      const playground = await open(`?engine=explore&threads=4&increments=3&lock=mutex&search=${search}&runs=2000`);
      const { exploration, outcome } = await playground.run();
      assert.equal(exploration.executions, 2000);
      assert.equal(exploration.exhausted, false);
      assert.equal(outcome.headline, 'None found in 2,000 random runs; not proved');
      await playground.close();
    }
  });
});
