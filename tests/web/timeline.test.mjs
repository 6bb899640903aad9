// The timeline, stepping and keys, used as a person does: with wheel, mouse, fingers and keyboard.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { frames } from './lib/frames.mjs';
import { Playground } from './lib/playground.mjs';
import { useSite } from './lib/site.mjs';

const node = (state, key) => state.nodes.find((one) => one.key === key);

// What of the run the timeline shows, in nanoseconds or steps, and where on the screen.
function view(state) {
  const told = node(state, 'timeline.view');
  const [from, to] = told.value.split('..').map(Number);
  const [x, y, w, h] = told.rect;
  return { from, to, length: to - from, x, y, w, h };
}

const simulated = '?workload=deadlock&engine=sim&order=ordered&policy=round-robin&threads=4&meals=8';

async function opened(site, query, options) {
  const playground = await Playground.open(site.browser, site.server, query, options);
  await playground.run();
  await playground.settled();
  return playground;
}

async function drag(page, from, to, { shift = false } = {}) {
  if (shift) await page.keyboard.down('Shift');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  if (shift) await page.keyboard.up('Shift');
}

describe('the timeline', { concurrency: 1 }, () => {
  const site = useSite();

  test('the wheel zooms at the pointer, a drag moves, F shows all again', async () => {
    const playground = await opened(site, simulated);
    const { page } = playground;
    const whole = view(await playground.state());
    const at = { x: whole.x + whole.w * 0.3, y: whole.y + whole.h / 2 };
    await page.mouse.move(at.x, at.y);
    await page.mouse.wheel({ deltaY: -600 });
    const near = view(await playground.until('a closer view', (state) => view(state).length < whole.length * 0.9));
    const under = (shown) => shown.from + shown.length * 0.3;
    assert.ok(Math.abs(under(near) - under(whole)) < whole.length * 0.01, 'the time under the pointer stayed there');
    await playground.settled();
    const before = view(await playground.state());
    await drag(page, at, { x: at.x - 150, y: at.y });
    await playground.until('a later part', (state) => view(state).from > before.from);
    await page.keyboard.press('f');
    await playground.until('the whole run', (state) => view(state).from === whole.from && view(state).to === whole.to);
    assert.deepEqual(playground.complaints, []);
    await playground.close();
  });

  test('W, A, S and D zoom and move', async () => {
    const playground = await opened(site, simulated);
    const whole = view(await playground.state());
    await playground.page.keyboard.press('w');
    await playground.page.keyboard.press('w');
    const near = view(await playground.until('a closer view', (state) => view(state).length < whole.length * 0.7));
    await playground.page.keyboard.press('d');
    const later = view(await playground.until('a later part', (state) => view(state).from > near.from));
    await playground.page.keyboard.press('a');
    await playground.until('an earlier part', (state) => view(state).from < later.from);
    await playground.page.keyboard.press('s');
    await playground.until('a wider view', (state) => view(state).length > near.length);
    await playground.close();
  });

  test('two fingers zoom', async () => {
    const playground = await opened(site, simulated);
    const whole = view(await playground.state());
    const session = await playground.page.createCDPSession();
    const y = whole.y + whole.h / 2;
    const middle = whole.x + whole.w / 2;
    const touch = (type, apart) => session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: apart === null ? [] : [{ x: middle - apart, y, id: 1 }, { x: middle + apart, y, id: 2 }],
    });
    await touch('touchStart', 60);
    for (let apart = 70; apart <= 180; apart += 10) await touch('touchMove', apart);
    await touch('touchEnd', null);
    await playground.until('a view three times as close', (state) => view(state).length < whole.length * 0.45);
    await playground.close();
  });

  test('a stretch is measured between two points, and cleared', async (t) => {
    const playground = await opened(site, simulated);
    const { x, y, w, h } = view(await playground.state());
    await drag(playground.page, { x: x + w * 0.25, y: y + h / 2 }, { x: x + w * 0.75, y: y + h / 2 }, { shift: true });
    const state = await playground.until('a measurement', (now) => node(now, 'timeline.measured'));
    const text = node(state, 'timeline.measured').label;
    assert.match(text, /µs|ms/);
    assert.match(text, /%/, 'it tells what the threads did meanwhile');
    t.diagnostic(text);
    await playground.page.keyboard.press('Escape');
    await playground.until('no measurement', (now) => !node(now, 'timeline.measured'));
    // Without a keyboard: the tool.
    await playground.click('timeline.measure');
    await drag(playground.page, { x: x + w * 0.4, y: y + h / 2 }, { x: x + w * 0.6, y: y + h / 2 });
    await playground.until('a measurement by the tool', (now) => node(now, 'timeline.measured'));
    await playground.close();
  });

  test('a span tells what it is', async (t) => {
    const playground = await opened(site, simulated);
    const { x, y, w } = view(await playground.state());
    let told = null;
    for (let at = 0.1; at < 0.9 && told === null; at += 0.05) {
      await playground.page.mouse.move(x + w * at, y + 8);
      await playground.settled();
      const { runs } = await playground.state();
      told = runs.find((run) => run.layer === 2)?.text ?? null;
    }
    assert.ok(told, 'a span tells nothing');
    t.diagnostic(told);
    await playground.close();
  });

  test('a live run is followed while it goes on', async () => {
    const playground = await Playground.open(
      site.browser, site.server, '?workload=blocking_io&engine=live&calls=60&delay=100ms&mode=serial',
    );
    await playground.click('run');
    await playground.until('half a second of it', (state) => node(state, 'timeline.view') && view(state).to > 5e8);
    const { x, y, w, h } = view(await playground.state());
    await playground.page.mouse.move(x + w * 0.2, y + h / 2);
    await playground.page.mouse.wheel({ deltaY: -900 });
    const still = view(await playground.until('a place to look at', (state) => node(state, 'timeline.follow')));
    const later = view(await playground.until('more of the run', (state) => state.now > still.to * 2));
    assert.equal(later.from, still.from, 'what is being looked at stays in its place');
    await playground.click('timeline.follow');
    await playground.until('the latest in sight', (state) => view(state).from > still.from);
    const one = view(await playground.state());
    await playground.until('the view to go on', (state) => view(state).from > one.from);
    await playground.click('stop');
    await playground.until('the end', ({ phase }) => phase === 'finished');
    await playground.close();
  });

  test('a place is scrubbed to, and a thread is chosen by hand', async () => {
    const playground = await Playground.open(
      site.browser, site.server, '?workload=counter&engine=sim&threads=2&increments=3&policy=by-hand',
    );
    await playground.settled();
    for (const letter of ['A', 'B', 'B']) {
      const { schedule: before } = await playground.state();
      await playground.click('step.thread');
      await playground.click(`step.thread.${letter}`);
      await playground.until(`${letter} to be next`, (state) => node(state, 'step.thread').value === letter);
      await playground.step();
      const { schedule } = await playground.state();
      assert.notEqual(schedule, before);
      assert.match(schedule, new RegExp(`${letter}\\d*-?$`), `${letter} took the step: ${schedule}`);
    }
    await playground.close();
  });

  test('a run is scrubbed through, and a step back is as it was', async () => {
    const playground = await opened(site, '?workload=counter&engine=sim&threads=2&increments=20&seed=3');
    const { x, y, w, h } = await (async () => {
      const { rect: [left, top, width, height] } = await playground.control('step.scrubber');
      return { x: left, y: top, w: width, h: height };
    })();
    const { steps: { count } } = await playground.state();
    await drag(playground.page, { x: x + w - 6, y: y + h / 2 }, { x: x + w * 0.5, y: y + h / 2 });
    const state = await playground.until('the middle', ({ steps }) => steps.cursor < count * 0.6 && steps.cursor > count * 0.4);
    await playground.settled();
    const { cursor } = state.steps;
    const stage = (now) => JSON.stringify(now.nodes.filter(({ role, key }) => role === 'meter' || key === 'story'));
    const seen = stage(await playground.state());
    await playground.page.keyboard.press('ArrowRight');
    await playground.until('a step on', ({ steps }) => steps.cursor === cursor + 1);
    await playground.page.keyboard.press('ArrowLeft');
    await playground.until('a step back', ({ steps }) => steps.cursor === cursor);
    await playground.settled();
    assert.equal(stage(await playground.state()), seen);
    await playground.close();
  });

  test('from Run to the result with the keyboard alone', async () => {
    const playground = await Playground.open(site.browser, site.server, '?workload=counter&engine=sim&threads=2&increments=5');
    await playground.settled();
    await playground.page.keyboard.press('r');
    const state = await playground.until('the result', ({ phase, outcome }) => phase === 'finished' && outcome);
    assert.ok(node(state, 'headline').label.length > 0);
    // And with Tab and Enter, as for every other control.
    await playground.page.keyboard.press('x');
    await playground.until('before the run', ({ phase }) => phase !== 'finished');
    await playground.page.keyboard.press('?');
    await playground.until('the list of keys', (now) => node(now, 'keys.title'));
    await playground.page.keyboard.press('Escape');
    await playground.until('the list closed', (now) => !node(now, 'keys.title'));
    await playground.close();
  });

  test('a change during a run takes effect at the next', async () => {
    const playground = await Playground.open(
      site.browser, site.server, '?workload=blocking_io&engine=live&calls=8&delay=300ms&mode=serial',
    );
    await playground.click('run');
    await playground.until('the run to go on', ({ phase }) => phase === 'running');
    await playground.perform('param.calls', { role: 'slider', value: '4' });
    const state = await playground.until('the note', (now) => node(now, 'controls.next'));
    assert.equal(state.phase, 'running');
    assert.equal(state.params.calls, '4');
    await playground.until('the end', ({ phase, outcome }) => phase === 'finished' && outcome);
    const next = await playground.run();
    assert.equal(next.setForNext, false);
    await playground.close();
  });

  test('nothing is drawn while nothing changes', async (t) => {
    for (const query of [simulated, '?workload=counter&engine=live&increments=1000']) {
      const playground = await opened(site, query);
      await playground.page.mouse.move(5, 5);
      await playground.settled();
      const { frame: before } = await playground.state();
      await frames(playground.page, 120);
      const { frame: after } = await playground.state();
      t.diagnostic(`${query}: ${after - before} frames drawn of 120`);
      assert.equal(after - before, 0);
      await playground.close();
    }
  });
});
