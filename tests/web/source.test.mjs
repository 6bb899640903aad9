// The source pane in the browser: opened by its button, it lights each thread's line, in C++ and in Python.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Playground } from './lib/playground.mjs';
import { useSite } from './lib/site.mjs';

const find = ({ nodes }, key) => nodes.find((node) => node.key === key);

// Which lines are lit: what has just been done and what comes, by thread.
function lights({ nodes }) {
  return Object.fromEntries(nodes.filter(({ role, key }) => role === 'text' && /^source\.(line|taken)/.test(key))
    .map(({ key, label, value }) => [key, `${value}: ${label}`]));
}

describe('the source pane', { concurrency: 1 }, () => {
  const site = useSite();

  test('follows the steps there and back, in both languages of the code', async () => {
    const playground = await Playground.open(site.browser, site.server, '?engine=sim&threads=2&increments=4&lock=none&seed=3');
    await playground.settled();
    assert.equal(find(await playground.state(), 'source.tongue.cpp'), undefined, 'it is closed to begin with');
    await playground.click('code');
    await playground.until('the pane', (state) => find(state, 'source.tongue.cpp'));

    const seen = new Map();
    let read = null;
    for (let count = 0; count < 10; count += 1) {
      await playground.step();
      const state = await playground.state();
      seen.set(state.steps.cursor, lights(state));
      const taken = find(state, 'source.taken');
      if (read === null && taken?.label.includes('rt.load')) {
        const who = taken.value.split(' ')[0];
        read = { at: state.steps.cursor, who };
        assert.match(find(state, `source.line.${who}`).label, /rt\.store\(state\.count/, 'who has read will write');
        assert.ok(taken.rect[2] > 100, 'the step just taken is in sight');
      }
    }
    assert.ok(read !== null, 'ten steps and nobody has read');
    assert.ok(new Set([...seen.values()].map((one) => JSON.stringify(one))).size >= 6, 'the lit lines change with the steps');

    const last = Math.max(...seen.keys());
    for (let at = last - 1; at >= read.at; at -= 1) {
      await playground.click('step.back');
      await playground.until(`back at step ${at}`, ({ steps }) => steps.cursor === at);
      await playground.settled();
      if (seen.has(at)) assert.deepEqual(lights(await playground.state()), seen.get(at), `step ${at} is lit differently on the way back`);
    }

    await playground.click('source.tongue.python');
    const python = await playground.until('Python', (state) => find(state, 'source.taken')?.label === 'value = state.count');
    assert.equal(find(python, `source.line.${read.who}`).label, 'state.count = value');

    // Scrubbing moves the light as stepping does.
    await playground.perform('step.scrubber', { value: String(last) });
    await playground.until('the last step', ({ steps }) => steps.cursor === last);
    await playground.click('source.tongue.cpp');
    await playground.settled();
    assert.deepEqual(lights(await playground.state()), seen.get(last));
    assert.deepEqual((await playground.state()).flaws, []);

    // By key it closes and opens again.
    await playground.page.keyboard.press('c');
    await playground.until('closed by key', (state) => !find(state, 'source.tongue.cpp'));
    await playground.page.keyboard.press('c');
    await playground.until('opened by key', (state) => find(state, 'source.tongue.cpp'));
    assert.deepEqual(playground.complaints, []);
    await playground.close();
  });

  test('takes the place of the stage on a phone', async () => {
    const playground = await Playground.open(site.browser, site.server, '?engine=sim&threads=2&increments=2&code=0', { width: 390, height: 844, lang: 'ko' });
    await playground.settled();
    await playground.click('code');
    const state = await playground.until('the pane', (now) => find(now, 'source.tongue.python'));
    assert.match(find(state, 'source.tongue.python').label, /[가-힣]/);
    assert.equal(find(state, 'story'), undefined, 'the stage is not drawn under it');
    await playground.step();
    await playground.settled();
    assert.deepEqual((await playground.state()).flaws, []);
    await playground.click('source.close');
    await playground.until('the stage', (now) => find(now, 'story'));
    await playground.close();
  });

  test('lights what waits on live', async () => {
    const playground = await Playground.open(site.browser, site.server, '?workload=blocking_io&engine=live&delay=900ms&calls=3&code=1');
    await playground.settled();
    await playground.until('the pane', (state) => find(state, 'source.note'));
    await playground.click('run');
    const state = await playground.until('a call that waits', (now) => find(now, 'source.line.A'));
    assert.match(find(state, 'source.line.A').label, /rt\.io\(/);
    await playground.until('the end', ({ phase }) => phase === 'finished');
    await playground.until('nobody waits any more', (now) => !find(now, 'source.line.A'));
    await playground.close();
  });
});
