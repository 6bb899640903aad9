// The form beside the canvas, used as with a screen reader and a keyboard: by role, name and keys only. Here the
// program is a fake (lib/fake_app.mjs); mirror_page.test.mjs does the same with the real one.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { mirrorMessages as messages } from '../../web/mirror/mirror_messages.mjs';
import { liesOpen } from '../../web/mirror/mirror_rules.mjs';
import { seriousFlaws } from './lib/axe.mjs';
import { launchBrowser } from './lib/browser.mjs';
import { pageFacts } from './lib/headless.mjs';
import { Reader, startMirrorServer } from './lib/mirror_reader.mjs';

const asked = (reader) => reader.page.evaluate(() => globalThis.app.asked);
const lastAsked = async (reader) => (await asked(reader)).at(-1);
const act = (reader, request) => reader.page.evaluate((given) => globalThis.app.ask(given), request);
const focused = (reader) => reader.page.evaluate(() => document.activeElement.id || document.activeElement.textContent);

test('every message of the form has English and Korean, with the same places to fill', () => {
  const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  const pairs = Object.entries(messages).flatMap(([key, one]) => ('en' in one ? [[key, one]] : Object.entries(one)));
  assert.ok(pairs.length > 40);
  for (const [key, { en, ko, ...rest }] of pairs) {
    assert.ok(en && ko, `${key} lacks a language`);
    assert.deepEqual(Object.keys(rest), [], key);
    assert.match(ko, /[가-힣]/, `${key} is not Korean`);
    assert.deepEqual(places(en), places(ko), key);
  }
});

test('the form gets from the program what the canvas says, too, and says nothing a second time', async () => {
  const { catalogue } = await pageFacts();
  const own = new Set(Object.values(messages).map(({ en }) => en));
  for (const [key, { en, ko }] of Object.entries(catalogue.texts)) {
    assert.ok(en && ko, `${key} lacks a language`);
    assert.ok(!(key in messages), `${key} is said twice`);
    assert.ok(!own.has(en), `"${en}" is said twice`);
  }
  for (const { key, hint } of catalogue.engines) assert.ok(hint.en && hint.ko, `${key} has no hint`);
  // What the page must know before the program is there.
  globalThis.matchMedia = () => ({});
  const { languages } = await import('../../web/reader.mjs');
  assert.deepEqual(languages, catalogue.languages.map(({ key }) => key));
});

test('short choices lie open', async () => {
  const { workloads } = (await pageFacts()).catalogue;
  const counter = workloads.find(({ id }) => id === 'counter');
  assert.equal(liesOpen(counter.params.find(({ key }) => key === 'lock')), true);
  assert.equal(liesOpen(counter.params.find(({ key }) => key === 'interpreter')), false);
});

describe('the form beside the canvas', { concurrency: 1 }, () => {
  let chromium;
  let server;
  before(async () => {
    chromium = await launchBrowser();
    server = await startMirrorServer();
  });
  after(async () => {
    await chromium?.close();
    await server?.close();
  });

  const open = (query = {}, options = {}) => Reader.open(chromium.browser, server.url, { query, ...options });
  const seen = (reader) => reader.page.$eval('#mirror', (node) => node.classList.contains('open'));

  async function closeQuietly(reader) {
    assert.deepEqual(reader.complaints, []);
    await reader.close();
  }

  test('from Run to the result', async () => {
    const reader = await open();
    await reader.press('Escape', 'Tab');
    assert.equal(await focused(reader), 'Controls as a form');
    assert.equal(await seen(reader), false);
    await reader.press('Enter');
    assert.equal(await focused(reader), 'mirror-workload');
    assert.equal(await seen(reader), true);
    await reader.type('spinbutton', 'Threads', '4');
    await reader.tabTo('radio', 'none');
    await reader.press('ArrowRight');
    assert.deepEqual(await lastAsked(reader), { set: { lock: 'mutex' } });
    await reader.tabTo('button', 'Run');
    await reader.press('Enter');
    assert.deepEqual(await reader.table('Figures'), [['expected', '4,000'], ['found', '4,000'], ['lost', '0']]);
    await reader.find('heading', '0 updates were lost');
    assert.deepEqual((await asked(reader)).slice(0, 2), [{ set: { threads: '4' } }, { set: { lock: 'mutex' } }]);
    await closeQuietly(reader);
  });

  test('simulated: steps go both ways, and the transcript tells them', async () => {
    const reader = await open();
    assert.equal(await reader.has('button', 'Step forward'), false);
    await reader.tabTo('radio', 'Live');
    await reader.press('ArrowRight');
    await reader.find('button', 'Step forward');
    await reader.tabTo('button', 'Step forward');
    await reader.press('Enter', 'Enter', 'Enter');
    assert.match(await reader.text('.mirror-phase'), /step 3 of 3/);
    await reader.tabTo('DisclosureTriangle', 'Transcript');
    await reader.press('Enter');
    await reader.page.waitForFunction(() => document.querySelector('.mirror pre').textContent.startsWith('1. A reads'));
    await act(reader, { do: 'forward' });
    assert.equal(await reader.text('.mirror pre'), '1. A reads count\n2. B reads count\n3. A reads count\n4. B reads count');
    // A button that can do nothing more keeps the focus.
    const back = await reader.find('button', 'Step back');
    await back.focus();
    await reader.press('Enter', 'Enter', 'Enter', 'Enter', 'Enter');
    assert.equal(await back.evaluate((node) => node === document.activeElement), true);
    assert.equal(await back.evaluate((node) => node.getAttribute('aria-disabled')), 'true');
    assert.match(await reader.text('.mirror-phase'), /step 0 of 4/);
    await act(reader, { do: 'run' });
    const races = await reader.page.$$eval('.mirror ul li', (rows) => rows.map(({ innerText }) => innerText));
    assert.deepEqual(races, ['count: A at step 2, B at step 5', 'sum: B at step 3, A at step 7']);
    await reader.tabTo('button', 'Copy');
    await reader.press('Enter');
    await reader.page.waitForFunction(() => document.querySelector('.mirror-copy [role=status]').textContent !== '');
    await closeQuietly(reader);
  });

  test('a transcript that is too long for a page is cut, and says so', async () => {
    const reader = await open();
    await act(reader, { set: { engine: 'sim' } });
    await act(reader, { do: 'forward' });
    await reader.page.evaluate(() => {
      globalThis.app.transcript = () => Array.from({ length: 5000 }, (_, at) => `${at + 1}. A reads count\n`).join('');
    });
    await reader.tabTo('DisclosureTriangle', 'Transcript');
    await reader.press('Enter');
    await reader.page.waitForFunction(() => document.querySelector('.mirror pre').textContent.endsWith('2000. A reads count'));
    assert.match(await reader.text('.mirror pre + p'), /^3,000 more lines/);
    await closeQuietly(reader);
  });

  test('explored: counts, outcomes and the shortest failure, which can be watched', async () => {
    const reader = await open();
    await act(reader, { set: { engine: 'explore' } });
    await act(reader, { set: { threads: '3' } });
    await reader.page.evaluate(() => (globalThis.app.holds = true));
    await act(reader, { do: 'run' });
    assert.deepEqual(await reader.table('Found so far'), [['Executions that differ', '34'], ['Go wrong', '20'], ['Hang', '0']]);
    await reader.page.evaluate(() => (globalThis.app.holds = false));
    await act(reader, { do: 'reset' });
    await reader.tabTo('button', 'Run');
    await reader.press('Enter');
    assert.deepEqual(await reader.table('Figures'), [['Executions', '34'], ['Failures', '20']]);
    assert.equal(await reader.has('table', 'Found so far'), false);
    assert.deepEqual((await reader.table('What came out, and how often')).slice(1), [['2', '20', '66.7 %', 'wrong'], ['4', '14', '33.3 %', 'right']]);
    assert.deepEqual(await reader.page.$$eval('.mirror ol li', (rows) => rows.map(({ innerText }) => innerText)), ['A reads 0', 'B reads 0', 'B writes over it']);
    await reader.tabTo('button', 'Watch it step by step');
    await reader.press('Enter');
    const { configure } = await lastAsked(reader);
    const query = new URLSearchParams(configure);
    assert.deepEqual([query.get('engine'), query.get('schedule'), query.get('threads')], ['sim', 'A2B3A', '3']);
    assert.equal(await focused(reader), 'Step');
    await closeQuietly(reader);
  });

  test('a bad number is told in a sentence and stays to be corrected, and nothing is run with it', async () => {
    const reader = await open();
    await reader.type('spinbutton', 'Threads', '99');
    await reader.press('Enter');
    assert.match(await reader.described('spinbutton', 'Threads'), /threads must be 1 to 16, not 99\..*How many threads/);
    const field = await reader.find('spinbutton', 'Threads');
    assert.deepEqual(await field.evaluate((node) => [node.value, node.getAttribute('aria-invalid'), node === document.activeElement]), ['99', 'true', true]);
    assert.equal((await asked(reader)).some((request) => request.do === 'run'), false);
    await reader.tabTo('button', 'Run');
    await reader.press('Enter');
    assert.equal(await focused(reader), 'mirror-param-threads');
    assert.equal((await asked(reader)).some((request) => request.do === 'run'), false);
    // No number at all: the browser has no value for it, and its own sentence may be in another language.
    await reader.type('spinbutton', 'Threads', '1e');
    await reader.press('Tab');
    assert.match(await reader.described('spinbutton', 'Threads'), /Threads needs a whole number from 1 to 16\./);
    await field.focus();
    await reader.type('spinbutton', 'Threads', '5');
    await reader.press('Enter');
    assert.deepEqual((await asked(reader)).slice(-2), [{ set: { threads: '5' } }, { do: 'run' }]);
    assert.equal(await field.evaluate((node) => node.getAttribute('aria-invalid')), null);
    assert.doesNotMatch(await reader.described('spinbutton', 'Threads'), /must be|needs/);
    await closeQuietly(reader);
  });

  test('a duration takes its unit, and is shown as the program prints it', async () => {
    const reader = await open();
    await act(reader, { set: { interpreter: 'cpython310' } });
    assert.match(await reader.described('textbox', 'Switch interval'), /1us to 1s; with a unit/);
    await reader.type('textbox', 'Switch interval', '7000us');
    await reader.press('Tab');
    assert.deepEqual(await lastAsked(reader), { set: { 'switch-interval': '7000us' } });
    assert.equal(await reader.page.$eval('#mirror-param-switch-interval', ({ value }) => value), '7ms');
    await closeQuietly(reader);
  });

  test('what has no effect is off, and says why', async () => {
    const reader = await open({ noLive: 'Live needs shared memory.' });
    const off = (selector) => reader.page.$eval(selector, ({ disabled }) => disabled);
    assert.equal(await off('#mirror-param-switch-interval'), true);
    assert.match(await reader.described('textbox', 'Switch interval'), /Only where there is a GIL/);
    await act(reader, { set: { interpreter: 'cpython39' } });
    assert.equal(await off('#mirror-param-switch-interval'), false);
    assert.equal(await off('input[value=live]'), true);
    assert.equal(await reader.described('radio', 'Live'), 'Live needs shared memory.');
    assert.equal(await off('input[value=sim]'), false);
    await closeQuietly(reader);
  });

  test('workloads and presets bring their own controls', async () => {
    const reader = await open();
    await reader.pick('Workload', 'Dead');
    assert.deepEqual(await lastAsked(reader), { set: { workload: 'deadlock' } });
    await reader.find('checkbox', 'Random times');
    await reader.find('spinbutton', 'Meals each');
    assert.equal(await reader.has('spinbutton', 'Increments'), false);
    await reader.tabTo('checkbox', 'Random times');
    await reader.press(' ');
    assert.deepEqual(await lastAsked(reader), { set: { jitter: 'off' } });
    assert.equal(await reader.page.$eval('#mirror-preset', ({ selectedOptions }) => selectedOptions[0].text), 'Own values');
    await act(reader, { set: { preset: 'search' } });
    assert.equal(await reader.page.$eval('#mirror-preset', ({ value }) => value), 'search');
    assert.equal(await reader.page.$eval('#mirror-setting-executions', ({ value }) => value), '1000000');
    await closeQuietly(reader);
  });

  test('it shows what changes elsewhere, and leaves what is being typed', async () => {
    const reader = await open();
    await reader.type('spinbutton', 'Threads', '1');
    await act(reader, { set: { threads: '9', increments: '70' } });
    const values = () => reader.page.$$eval('#mirror input[type=number]', (all) => all.slice(0, 2).map(({ value }) => value));
    assert.deepEqual(await values(), ['1', '70']);
    const field = await reader.find('spinbutton', 'Increments');
    const same = await field.evaluateHandle((node) => node);
    await act(reader, { set: { lock: 'atomic' } });
    await reader.page.evaluate(() => globalThis.app.set({ lang: 'ko' }));
    assert.equal(await focused(reader), 'mirror-param-threads');
    assert.equal(await same.evaluate((node) => node.isConnected), true);
    await reader.page.keyboard.type('2');
    await reader.press('Tab');
    assert.deepEqual(await lastAsked(reader), { set: { threads: '12' } });
    await closeQuietly(reader);
  });

  test('Run becomes Stop where it is, and Enter in a field never stops', async () => {
    const reader = await open();
    await reader.page.evaluate(() => (globalThis.app.holds = true));
    await reader.tabTo('button', 'Run');
    await reader.press('Enter');
    const stop = await reader.find('button', 'Stop');
    assert.equal(await stop.evaluate((node) => node === document.activeElement), true);
    assert.equal(await (await reader.find('progressbar', 'Progress')).evaluate(({ value }) => value), 0.4);
    await (await reader.find('spinbutton', 'Threads')).focus();
    await reader.press('Enter');
    assert.deepEqual(await lastAsked(reader), { do: 'run' });
    await reader.tabTo('button', 'Stop');
    await reader.press('Enter');
    assert.deepEqual(await lastAsked(reader), { do: 'stop' });
    await reader.find('button', 'Run');
    await closeQuietly(reader);
  });

  test('the focus comes in by Tab, is caught nowhere, and Escape takes it back to the canvas', async () => {
    const reader = await open();
    await reader.press('Escape', 'Tab', 'Tab');
    assert.equal(await seen(reader), true);
    await reader.press('Escape');
    assert.equal(await focused(reader), 'canvas');
    assert.equal(await seen(reader), false);
    // Past the last control the focus goes on to the browser, and comes round.
    await reader.tabTo('button', 'Share');
    await reader.press('Tab');
    assert.notEqual(await focused(reader), 'Share');
    await closeQuietly(reader);
  });

  test('what has the focus is never under the bar of buttons', async () => {
    const reader = await open({}, { height: 400 });
    await act(reader, { set: { engine: 'sim' } });
    await act(reader, { do: 'run' });
    await reader.page.$$eval('#mirror details', (all) => all.forEach((one) => (one.open = true)));
    await reader.press('Escape', 'Tab', 'Enter');
    const isCovered = () => reader.page.evaluate(() => {
      const node = document.activeElement;
      const { left, top, bottom, width } = node.getBoundingClientRect();
      return [top + 2, bottom - 2].some((y) => {
        const at = document.elementFromPoint(left + width / 2, y);
        return at === null || !(node.contains(at) || at.contains(node));
      });
    });
    for (const there of ['Share', 'Close']) {
      let stops = 0;
      for (; !(await focused(reader)).startsWith(there); stops += 1) {
        assert.ok(stops < 60, `the keys do not come to ${there}`);
        await (there === 'Share' ? reader.press('Tab') : reader.pressWith('Shift', 'Tab'));
        assert.equal(await isCovered(), false, `${await focused(reader)} has the focus and is covered`);
      }
      assert.ok(stops > 15, `only ${stops} stops`);
    }
    await closeQuietly(reader);
  });

  test('a click on its text does not close it, and one outside does', async () => {
    const reader = await open();
    await reader.tabTo('combobox', 'Workload');
    await reader.page.click('#mirror-settings');
    await reader.page.waitForFunction(() => document.activeElement.classList.contains('mirror-sheet'));
    assert.equal(await seen(reader), true);
    await reader.page.click('#canvas');
    await reader.page.waitForFunction(() => !document.getElementById('mirror').classList.contains('open'));
    await closeQuietly(reader);
  });

  test('all of it is Korean for a Korean reader, and language and theme are chosen here too', async () => {
    const reader = await open({ lang: 'ko' });
    for (const [role, name] of [['button', '양식으로 조작'], ['combobox', '작업'], ['radio', '시뮬레이션'], ['spinbutton', '스레드'], ['button', '실행'], ['heading', '결과']]) {
      await reader.find(role, name);
    }
    await act(reader, { do: 'run' });
    assert.deepEqual(await reader.table('수치'), [['기대한 값', '6,000'], ['나온 값', '5,997'], ['사라진 갱신', '3']]);
    await reader.tabTo('combobox', '언어');
    await reader.press('ArrowUp');
    await reader.find('button', 'Run');
    assert.equal(await focused(reader), 'mirror-lang');
    await reader.tabTo('combobox', 'Theme');
    await reader.press('ArrowDown');
    assert.equal(await reader.page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await closeQuietly(reader);
  });

  test('a catalogue that does not come is told, and tried again', async () => {
    server.fails('/catalogue.json', true);
    const reader = await Reader.open(chromium.browser, server.url, { waitFor: '.mirror-entry' });
    await reader.press('Escape', 'Tab', 'Enter');
    await reader.page.waitForFunction((text) => document.querySelector('.mirror-waiting').textContent === text, {}, messages.failed.en);
    server.fails('/catalogue.json', false);
    await reader.press('Escape', 'Escape', 'Tab', 'Enter');
    await reader.page.waitForFunction(() => document.activeElement.id === 'mirror-workload');
    await reader.close();
  });

  for (const theme of ['light', 'dark']) {
    for (const lang of ['en', 'ko']) {
      test(`axe finds nothing serious, ${theme}, ${lang}`, async () => {
        for (const engine of ['sim', 'explore']) {
          const reader = await open({ lang, theme, noLive: 'Live needs shared memory.' }, { beforeLoad: (page) => page.setBypassCSP(true) });
          await act(reader, { set: { engine } });
          await act(reader, { do: 'run' });
          await reader.press('Escape', 'Tab');
          assert.deepEqual(await seriousFlaws(reader.page), []);
          await reader.page.$$eval('#mirror details', (all) => all.forEach((one) => (one.open = true)));
          await reader.press('Enter');
          assert.deepEqual(await seriousFlaws(reader.page), []);
          await (await reader.page.$('#mirror-param-threads')).evaluate((node) => {
            node.value = '99';
            node.dispatchEvent(new Event('change', { bubbles: true }));
          });
          assert.deepEqual(await seriousFlaws(reader.page), []);
          await reader.close();
        }
      });
    }
  }
});
