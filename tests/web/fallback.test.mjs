// Where a page cannot have threads, it says why, and everything else works.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { messages } from '../../web/messages.mjs';
import { launchBrowser } from './lib/browser.mjs';
import { Playground } from './lib/playground.mjs';
import { root, startServer } from './lib/server.mjs';

describe('without threads', { concurrency: 1 }, () => {
  let chromium;
  let isolated;
  let plain;
  before(async () => {
    chromium = await launchBrowser();
    isolated = await startServer();
    plain = await startServer({ isolate: false });
  });
  after(async () => {
    await chromium?.close();
    await isolated?.close();
    await plain?.close();
  });

  async function expectFallback(server, reason, before) {
    for (const lang of ['en', 'ko']) {
      const playground = await Playground.open(chromium.browser, server, `?lang=${lang}&engine=live`, { before });
      assert.ok(playground.requests.some((url) => url.endsWith('/interleave-nothreads.wasm')));
      assert.ok(!playground.requests.some((url) => url.endsWith('/interleave.wasm')));
      await playground.settled();
      const state = await playground.state();
      const sentence = messages.noThreads[reason][lang];
      assert.equal(state.engine, 'sim');
      assert.deepEqual(state.problems, [sentence]);
      assert.ok(state.nodes.some(({ label }) => label.includes(sentence)), 'the reason is not on the screen');
      await playground.spoken('#status', sentence);
      const live = state.nodes.find(({ key }) => key === 'engine.live');
      assert.equal(live.enabled, false);
      if (process.env.INTERLEAVE_SHOOT) await playground.page.screenshot({ path: `${root}build/screenshots/fallback-${reason}-${lang}.png` });

      await playground.click('run');
      const done = await playground.until('a simulated run', ({ phase, outcome }) => phase === 'finished' && outcome);
      assert.equal(done.outcome.figures.expected.value, 200);
      assert.deepEqual(playground.complaints, []);
      await playground.close();
    }
  }

  test('served without headers, as a plain static host does, to a browser without service workers', () =>
    expectFallback(plain, 'notIsolated', (page) => page.evaluateOnNewDocument('delete Navigator.prototype.serviceWorker')));

  test('isolated, but the browser has no SharedArrayBuffer', () =>
    expectFallback(isolated, 'noSharedMemory', (page) => page.evaluateOnNewDocument('delete globalThis.SharedArrayBuffer')));

  test('isolated, but no worker answers within two seconds', () =>
    expectFallback(isolated, 'noWorker', (page) => page.evaluateOnNewDocument(`
      globalThis.Worker = class { postMessage() {} terminate() {} };`)));
});
