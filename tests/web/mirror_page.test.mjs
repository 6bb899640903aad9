// The page without its canvas: everything from Run to the result by role and name, and keys only. What the form says is
// held against what the program says of itself.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { letAxeIn, seriousFlaws } from './lib/axe.mjs';
import { browsers } from './lib/browser.mjs';
import { frames } from './lib/frames.mjs';
import { Reader } from './lib/mirror_reader.mjs';
import { Playground } from './lib/playground.mjs';
import { useSite } from './lib/site.mjs';

function tests(name) {
  const site = useSite(name);

  // The page, and its reader, who has come into the form from the canvas as it takes the focus.
  async function open(query, options = {}) {
    const playground = await Playground.open(site.browser, site.server, query, options);
    const reader = new Reader(playground.page);
    await playground.page.waitForSelector('#mirror:not([hidden]) #mirror-form');
    await playground.settled();
    return { playground, reader };
  }

  async function close(playground) {
    assert.deepEqual(playground.complaints, []);
    await playground.close();
  }

  // Explored by keys, to the end.
  async function explored(query) {
    const { playground, reader } = await open(`?engine=explore&${query}`);
    await reader.tabTo('button', 'Run');
    await reader.press('Enter');
    return { playground, reader, state: await playground.until('a report', finished) };
  }

  const shownFigures = ({ outcome }) => Object.values(outcome.figures).map(({ label, shown }) => [label, shown]);
  const finished = ({ phase, outcome }) => phase === 'finished' && outcome;

  test('Tab is the canvas\'s own, and after Escape it leaves', async () => {
    const { playground, reader } = await open('?engine=sim');
    const focused = () => playground.page.evaluate(() => document.activeElement.id || document.activeElement.className);
    await reader.press('Tab', 'Tab');
    assert.equal(await focused(), 'canvas');
    await reader.press('Escape', 'Tab');
    assert.equal(await focused(), 'mirror-entry');
    await reader.press('Enter');
    assert.equal(await focused(), 'mirror-workload');
    await reader.press('Escape');
    assert.equal(await focused(), 'canvas');
    await close(playground);
  });

  test('choose, run, read: live', async () => {
    const { playground, reader } = await open('');
    await reader.pick('Workload', 'Dead');
    await playground.until('the workload', ({ workload }) => workload === 'deadlock');
    await reader.pick('Workload', 'Lost');
    await playground.until('the workload', ({ workload }) => workload === 'counter');
    await reader.type('spinbutton', 'Threads', '3');
    await reader.tabTo('radio', 'none');
    await reader.press('ArrowRight');
    await playground.until('the lock', ({ params }) => params.threads === '3' && params.lock === 'mutex');
    await reader.tabTo('button', 'Run');
    await reader.press('Enter');
    const state = await playground.until('a result', finished);
    await reader.find('heading', state.outcome.headline);
    assert.deepEqual(await reader.table('Figures'), shownFigures(state));
    assert.equal(state.outcome.figures.lost.value, 0);
    await playground.spoken('#outcome', state.outcome.headline);
    await close(playground);
  });

  test('simulated: step both ways, and read the transcript', async () => {
    const { playground, reader } = await open('?engine=explore');
    await reader.tabTo('radio', 'Explore');
    await reader.press('ArrowLeft');
    await playground.until('the engine', ({ engine }) => engine === 'sim');
    await reader.type('spinbutton', 'Increments', '2');
    await reader.tabTo('button', 'Step forward');
    for (let count = 1; count <= 5; count += 1) {
      const { steps } = await playground.state();
      await reader.press('Enter');
      await playground.until('a step', (state) => state.steps.cursor > steps.cursor);
    }
    const { steps: { cursor } } = await playground.state();
    await (await reader.find('button', 'Step back')).focus();
    await reader.press('Enter');
    await playground.until('a step back', ({ steps }) => steps.cursor === cursor - 1);
    await playground.page.waitForFunction((text) => document.querySelector('.mirror-phase').innerText.includes(text), {}, `step ${cursor - 1} of`);
    // It comes before: in Firefox, Tab would have to go through the browser's own bars.
    await (await reader.find('button', 'Run')).focus();
    await reader.press('Enter');
    const state = await playground.until('the end', finished);
    assert.deepEqual(await reader.table('Figures'), shownFigures(state));
    // BiDi's locator has no role for what opens and closes.
    if (name === 'firefox') await playground.page.focus('.mirror details:has(pre) summary');
    else await reader.tabTo('DisclosureTriangle', 'Transcript');
    await reader.press('Enter');
    await playground.page.waitForFunction(() => document.querySelector('.mirror pre').textContent.startsWith('1. '));
    const lines = (await reader.text('.mirror pre')).trim().split('\n');
    assert.ok(lines.length >= 8 && lines.every((line, at) => line.startsWith(`${at + 1}. `)), lines.slice(0, 20).join('\n'));
    await close(playground);
  });

  test('explored: read the shortest failure, and watch it', async () => {
    const { playground, reader, state } = await explored('threads=2&increments=2');
    const { exploration } = state;
    assert.deepEqual(await reader.table('Figures'), shownFigures(state));
    const story = await playground.page.$$eval('.mirror ol li', (rows) => rows.map(({ innerText }) => innerText));
    assert.equal(story.length, exploration.story.length);
    await reader.tabTo('button', 'Watch it step by step');
    await reader.press('Enter');
    const watched = await playground.until('the simulator', ({ engine }) => engine === 'sim');
    assert.deepEqual([watched.params.threads, watched.params.increments], ['2', '2']);
    assert.deepEqual(watched.problems, []);
    await reader.press('Enter');
    await playground.until('a step', ({ steps }) => steps.cursor > 0);
    assert.match((await playground.state()).schedule, new RegExp(`^${exploration.schedule[0]}|^-`));
    await close(playground);
  });

  test('explored: add the lock and prove it', async () => {
    const { playground, reader } = await explored('threads=2&increments=2');
    assert.deepEqual((await reader.table('What came out, and how often')).slice(1).map((row) => row.slice(2)),
      [['34.4 %', 'wrong'], ['46.9 %', 'wrong'], ['18.8 %', 'right']]);
    await reader.tabTo('button', 'Add the lock and prove it');
    await reader.press('Enter');
    const proved = await playground.until('the proof', ({ params, outcome }) => params.lock === 'mutex' && outcome?.verdict === 'ok');
    assert.deepEqual([proved.exploration.exhausted, proved.exploration.failures], [true, 0]);
    await playground.page.waitForFunction(() => document.querySelector('.mirror').innerText.includes('proved'));
    assert.equal(await reader.has('button', 'Add the lock and prove it'), false);
    await close(playground);
  });

  test('explored: search on where a limit was reached', async () => {
    const { playground, reader, state: first } = await explored('threads=3&increments=2&executions=100&states=100');
    assert.equal(first.exploration.exhausted, false);
    await reader.tabTo('button', 'Search on');
    await reader.press('Enter');
    await playground.until('more', ({ phase, exploration }) => phase === 'finished' && exploration?.executions > first.exploration.executions);
    await close(playground);
  });

  test('the lesson of what is shown is one press away, on the canvas and in the form', async () => {
    const { playground, reader } = await open('?workload=deadlock&engine=sim', { lang: 'ko' });
    const wanted = new URL('lessons/ko/deadlock/', playground.page.url().replace(/\?.*/, '')).href;
    assert.equal(await playground.page.$eval('.mirror-try a', ({ href }) => href), wanted);
    const context = playground.page.browserContext();
    const opened = new Promise((resolve) => {
      context.once('targetcreated', resolve);
    });
    await playground.click('lesson');
    const lesson = await (await opened).page();
    await lesson.waitForSelector('form.guess');
    assert.equal(lesson.url(), wanted);
    assert.match(await lesson.title(), /데드락/);
    await lesson.close();
    await close(playground);
    const embedded = await open('?workload=deadlock&engine=sim&embed=1');
    assert.equal((await embedded.playground.state()).lesson, false, 'a lesson embeds playgrounds itself');
    assert.equal(await embedded.playground.page.$eval('.mirror-try a', ({ hidden }) => hidden), true);
    await close(embedded.playground);
  });

  test('a bad number is told in a sentence, in the reader\'s language, and corrected', async () => {
    const { playground, reader } = await open('', { lang: 'ko' });
    await reader.type('spinbutton', '스레드', '99');
    await reader.press('Enter');
    assert.match(await reader.described('spinbutton', '스레드'), /1부터 16까지/);
    assert.match(await reader.described('spinbutton', '스레드'), /99/);
    const { params, phase } = await playground.state();
    assert.deepEqual([params.threads, phase], ['6', 'idle']);
    await reader.type('spinbutton', '스레드', '2');
    await reader.press('Enter');
    const state = await playground.until('a result', finished);
    assert.equal(state.params.threads, '2');
    assert.deepEqual(await reader.table('수치'), shownFigures(state));
    await close(playground);
  });

  test('the form follows the canvas, and the same parameters are off in both', async () => {
    const { playground, reader } = await open('?engine=sim');
    await playground.pick('deadlock', 'live');
    await playground.settled();
    const values = () => playground.page.$$eval('#mirror-form :is(input, select, fieldset)[id^=mirror-param-]', (all) => all.map((node) => [
      node.id.replace('mirror-param-', ''),
      node.tagName === 'FIELDSET' ? node.querySelector(':checked').value : node.type === 'checkbox' ? (node.checked ? 'on' : 'off') : node.value,
    ]));
    const agree = async () => {
      const { params } = await playground.state();
      const wanted = JSON.stringify(Object.entries(params).sort());
      await playground.page.waitForFunction((ids) => ids.every((key) => document.getElementById(`mirror-param-${key}`)), {}, Object.keys(params));
      for (let tries = 0; JSON.stringify((await values()).sort()) !== wanted; tries += 1) {
        if (tries > 50) assert.equal(JSON.stringify((await values()).sort()), wanted);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await agree();
    // Also while nobody is in it, which a screen reader needs not be to read it.
    await playground.choose('param.order', 'ordered');
    await agree();
    const checked = [];
    for (const workload of ['counter', 'pipeline', 'coroutines', 'process_pool']) {
      await playground.page.evaluate((id) => globalThis.interleave.ask({ set: { workload: id } }), workload);
      await playground.settled();
      await agree();
      const { nodes } = await playground.state();
      const off = await playground.page.$$eval('#mirror-form [id^=mirror-param-]:disabled', (all) => all.map(({ id }) => id.replace('mirror-param-', '')));
      const told = nodes.filter(({ key }) => /^param\..+\.reason$/.test(key)).map(({ key }) => key.split('.')[1]);
      const onScreen = new Set(nodes.map(({ key }) => key.split('.')[1]));
      assert.deepEqual(off.filter((key) => onScreen.has(key)).sort(), told.sort(), workload);
      checked.push(...told);
    }
    assert.ok(checked.length >= 3, `only ${checked} were off`);
    await reader.find('combobox', 'Workload');
    await close(playground);
  });

  test('open and at rest, it makes the canvas draw nothing', async () => {
    const { playground, reader } = await open('?engine=sim');
    await reader.press('Escape', 'Tab', 'Enter');
    await playground.settled();
    const { frame } = await playground.state();
    await reader.press('Tab', 'Tab', 'Tab');
    await frames(playground.page, 60);
    assert.ok((await playground.state()).frame - frame <= 2);
    await close(playground);
  });

  for (const [theme, lang] of [['light', 'en'], ['dark', 'ko'], ['light', 'ko'], ['dark', 'en']]) {
    test(`axe finds nothing serious on the page, ${theme}, ${lang}`, async () => {
      const { playground, reader } = await open('?engine=explore&threads=2&increments=2', { theme, lang, before: letAxeIn });
      assert.deepEqual(await seriousFlaws(playground.page), []);
      await reader.press('Escape', 'Tab', 'Enter');
      await playground.page.evaluate(() => globalThis.interleave.ask({ do: 'run' }));
      await playground.until('a result', finished);
      await playground.page.$$eval('#mirror details', (all) => all.forEach((one) => (one.open = true)));
      assert.deepEqual(await seriousFlaws(playground.page), []);
      await playground.close();
    });
  }
}

for (const name of Object.keys(browsers)) describe(`the page by role and name, ${name}`, { concurrency: 1 }, () => tests(name));
