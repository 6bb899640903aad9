// The page opens: isolated, with honest progress, without complaints, and something is drawn.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messages } from '../../web/messages.mjs';
import { Playground } from './lib/playground.mjs';
import { colours, decodePng } from './lib/png.mjs';
import { useSite } from './lib/site.mjs';

describe('opening the page', { concurrency: 1 }, () => {
  const site = useSite();

  // Writes down every state of the loading bar, and slows the download so that there are several.
  async function watchLoading(page) {
    await page.evaluateOnNewDocument(() => {
      globalThis.loadingSteps = [];
      new MutationObserver(() => {
        const bar = document.getElementById('loading-bar');
        const text = document.getElementById('loading-text')?.textContent;
        if (bar) globalThis.loadingSteps.push({ now: bar.getAttribute('aria-valuenow'), text });
      }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    const session = await page.createCDPSession();
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false, latency: 5, downloadThroughput: 3_000_000, uploadThroughput: 3_000_000,
    });
  }

  test('it is isolated, its bar follows the bytes to the end, it draws, and nothing complains', async () => {
    const playground = await Playground.open(site.browser, site.server, '', { before: watchLoading });
    const { page } = playground;

    assert.equal(await page.evaluate(() => crossOriginIsolated && typeof SharedArrayBuffer === 'function'), true);

    const steps = await page.evaluate(() => globalThis.loadingSteps);
    const shares = steps.filter(({ now }) => now !== null).map(({ now }) => Number(now));
    assert.ok(shares.every((share, at) => at === 0 || share >= shares[at - 1]), `the bar went back: ${shares}`);
    assert.ok(new Set(shares).size >= 5, `the bar moved in ${new Set(shares).size} steps only: ${[...new Set(shares)]}`);
    assert.equal(shares.at(-1), 100);
    const texts = [...new Set(steps.map(({ text }) => text))];
    for (const stage of [messages.downloading, messages.compiling, messages.startingThreads]) {
      assert.ok(texts.includes(stage.en), `"${stage.en}" was never shown: ${texts}`);
    }

    await playground.settled();
    assert.equal((await playground.control('engine.live')).enabled, true);
    const seen = colours(decodePng(await page.screenshot()));
    assert.ok(seen[0].share < 0.97, `one colour fills ${(seen[0].share * 100).toFixed(1)} % of the page`);
    assert.ok(seen.filter(({ share }) => share > 0.0005).length >= 5, 'fewer than five colours on the page');

    assert.deepEqual(playground.complaints, []);
    const elsewhere = playground.requests.filter((url) => !url.startsWith(site.server.url) && !/^(data|blob):/.test(url));
    assert.deepEqual(elsewhere, []);
    await playground.close();
  });

  test('language and theme come from the browser, and the address overrules them', async () => {
    const korean = await Playground.open(site.browser, site.server, '', { lang: 'ko', theme: 'dark' });
    const wanted = await korean.state();
    assert.deepEqual([wanted.lang, wanted.theme], ['ko', 'dark']);
    assert.equal(await korean.page.evaluate(() => document.documentElement.lang), 'ko');
    await korean.close();

    const overruled = await Playground.open(site.browser, site.server, '?lang=en&theme=light', { lang: 'ko', theme: 'dark' });
    const given = await overruled.state();
    assert.deepEqual([given.lang, given.theme], ['en', 'light']);
    await overruled.close();
  });
});
