// Hangul comes apart from the program: only where Korean is shown, and English stays where it does not come.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchBrowser } from './lib/browser.mjs';
import { appIn, until } from './lib/embedded.mjs';
import { isolation, startHost } from './lib/hosts.mjs';

const fonts = (host) => host.requests.filter((path) => path.endsWith('.ttf')).map((path) => path.split('/').at(-1)).sort();
const both = ['pretendard-regular.ttf', 'pretendard-semibold.ttf'];
const noFont = (path) => path.endsWith('pretendard-semibold.ttf');

describe('Hangul', { concurrency: 1 }, () => {
  let launched;
  before(async () => {
    launched = await launchBrowser();
  });
  after(() => launched?.close());

  // A host without a service worker, which would keep the fonts for later before anybody wants them.
  async function opened(t, query, prepare = () => {}) {
    const host = await startHost({ headers: isolation });
    t.after(host.close);
    host.broken = (path) => path.endsWith('/sw.js');
    prepare(host);
    const context = await launched.browser.createBrowserContext();
    t.after(() => context.close());
    const tab = await context.newPage();
    await tab.goto(`${host.url}${query}`, { waitUntil: 'domcontentloaded' });
    return { host, tab, state: await appIn(tab.mainFrame()) };
  }

  const chosen = (tab, lang) => until(`the page in ${lang}`, async () => {
    const state = await appIn(tab.mainFrame());
    return state.lang === lang ? state : null;
  });
  const strip = (tab) => tab.waitForSelector('#strip:not([hidden])').then((handle) => handle.evaluate(({ innerText }) => innerText));

  test('an English page fetches none and draws every letter, a run included', async (t) => {
    const { host, tab } = await opened(t, '?workload=counter&engine=sim&lang=en');
    await tab.evaluate(() => globalThis.interleave.ask({ do: 'run' }));
    await until('the end of the run', () => tab.evaluate(() => globalThis.interleave.state().phase === 'finished'));
    const { lang, absentCharacters } = await appIn(tab.mainFrame());
    assert.deepEqual([lang, absentCharacters, fonts(host)], ['en', [], []]);
  });

  test('a page that is opened in Korean is Korean from its first frame, with every letter', async (t) => {
    const { host, state } = await opened(t, '?workload=counter&lang=ko');
    assert.deepEqual([state.lang, state.absentCharacters, fonts(host)], ['ko', [], both]);
  });

  test('switched to Korean, it fetches them once and stays English until they are there', async (t) => {
    const { host, tab } = await opened(t, '?workload=counter&lang=en');
    assert.equal(await tab.evaluate(() => {
      globalThis.interleave.set({ lang: 'ko' });
      return globalThis.interleave.state().lang;
    }), 'en');
    assert.deepEqual((await chosen(tab, 'ko')).absentCharacters, []);
    await tab.evaluate(() => globalThis.interleave.set({ lang: 'en' }));
    await chosen(tab, 'en');
    await tab.evaluate(() => globalThis.interleave.set({ lang: 'ko' }));
    await chosen(tab, 'ko');
    assert.deepEqual(fonts(host), both);
  });

  test('Korean words in an English sentence bring them, too', async (t) => {
    const { host, tab } = await opened(t, `?workload=counter&lang=en&theme=${encodeURIComponent('실행')}`);
    await until('the letters', async () => fonts(host).length === 2 && (await tab.evaluate(() => globalThis.interleave.state().absentCharacters)).length === 0);
    assert.equal((await appIn(tab.mainFrame())).lang, 'en');
  });

  for (const [what, query, ask] of [
    ['opened in Korean', '?workload=counter&lang=ko', () => {}],
    ['switched to Korean', '?workload=counter&lang=en', (tab) => tab.evaluate(() => globalThis.interleave.set({ lang: 'ko' }))],
  ]) {
    test(`${what} without its letters, the page says so, stays English, and tries again`, async (t) => {
      const { host, tab } = await opened(t, query, (one) => {
        one.broken = (path) => path.endsWith('/sw.js') || noFont(path);
      });
      await ask(tab);
      assert.match(await strip(tab), /Korean font could not be downloaded[^]*404/);
      assert.equal((await appIn(tab.mainFrame())).lang, 'en');
      host.broken = (path) => path.endsWith('/sw.js');
      await tab.click('#strip-act');
      assert.deepEqual((await chosen(tab, 'ko')).absentCharacters, []);
      assert.equal(await tab.$eval('#strip', ({ hidden }) => hidden), true);
    });
  }

  test('a file that is no font is not taken for one', async (t) => {
    const { tab } = await opened(t, '?workload=counter&lang=ko', (one) => {
      one.replaced = (path) => (noFont(path) ? { type: 'text/html', body: '<!doctype html><title>Not here</title>' } : null);
    });
    assert.match(await strip(tab), /Korean font could not be/);
    assert.equal((await appIn(tab.mainFrame())).lang, 'en');
  });
});
