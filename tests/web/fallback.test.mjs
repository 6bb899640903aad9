// Where a page cannot have threads, it says why, and everything else works.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { messages } from '../../web/messages.mjs';
import { launchBrowser } from './lib/browser.mjs';
import { Playground } from './lib/playground.mjs';
import { startServer } from './lib/server.mjs';

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
      const playground = await Playground.open(chromium.browser, server, `?lang=${lang}&engine=sim&threads=2&increments=3&seed=7`, { before });
      assert.ok(playground.requests.some((url) => url.endsWith('/interleave-nothreads.wasm')));
      assert.ok(!playground.requests.some((url) => url.endsWith('/interleave.wasm')));
      const state = await playground.state();
      assert.equal(state.unavailable.live, messages.noThreads[reason][lang]);
      const live = state.nodes.find(({ key }) => key === 'engine.live');
      assert.equal(live.enabled, false);

      await playground.click('run');
      const done = await playground.until('a simulated run', ({ phase, outcome }) => phase === 'finished' && outcome);
      assert.equal(done.outcome.figures.expected.value, 6);
      assert.deepEqual(playground.complaints, []);
      await playground.close();
    }
  }

  test('served without headers, as a plain static host does', () => expectFallback(plain, 'notIsolated'));

  test('isolated, but the browser has no SharedArrayBuffer', () =>
    expectFallback(isolated, 'noSharedMemory', (page) => page.evaluateOnNewDocument('delete globalThis.SharedArrayBuffer')));

  test('isolated, but no worker answers within two seconds', () =>
    expectFallback(isolated, 'noWorker', (page) => page.evaluateOnNewDocument(`
      globalThis.Worker = class { postMessage() {} terminate() {} };`)));
});
