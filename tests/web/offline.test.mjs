// After one visit the page opens without a connection; a newer version is told and taken over cleanly.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { browsers } from './lib/browser.mjs';
import { appIn, hasThreads, outcomeIn, until } from './lib/embedded.mjs';
import { isolation, none, startHost } from './lib/hosts.mjs';
import { dist } from './lib/server.mjs';

function tests(name) {
  let launched;
  before(async () => {
    launched = await browsers[name]();
  });
  after(() => launched?.close());

  async function visit(t, host, query) {
    const context = await launched.browser.createBrowserContext();
    t.after(() => context.close());
    const tab = await context.newPage();
    await tab.goto(`${host.url}${query}`, { waitUntil: 'domcontentloaded' });
    await appIn(tab.mainFrame());
    return { tab, context };
  }

  // What the service worker keeps is all there.
  const kept = (tab) => until('everything to be kept', () => tab.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('interleave-'));
    if (names.length !== 1) return null;
    const found = (await (await caches.open(names[0])).keys()).map(({ url }) => url);
    const wanted = ['/index.html', '/interleave.wasm', '/interleave.mjs', '/interleave-child.wasm', '/web/main.mjs', '/web/mirror/mirror.css'];
    return wanted.every((name) => found.some((url) => url.endsWith(name))) ? found : null;
  }));

  for (const [what, headers] of [['a host with headers', isolation], ['a static host', none]]) {
    test(`${what}: it opens, and runs on real threads, when the host has gone`, async (t) => {
      const host = await startHost({ headers });
      const { tab, context } = await visit(t, host, '?workload=counter&lang=en');
      await kept(tab);
      await host.close();
      const other = await context.newPage();
      await other.goto(`${host.url}?workload=counter&engine=live&threads=2&increments=1000&lang=en`, { waitUntil: 'domcontentloaded' });
      const state = await appIn(other.mainFrame());
      assert.equal(hasThreads(state), true, state.strip);
      await other.evaluate(() => globalThis.interleave.ask({ do: 'run' }));
      assert.equal((await outcomeIn(other.mainFrame())).figures.expected.value, 2000);
      // A child process has a program of its own, which was kept although nothing had asked for it.
      await other.evaluate(() => globalThis.interleave.ask({ configure: 'workload=subprocess&engine=live&children=2' }));
      await other.evaluate(() => globalThis.interleave.ask({ do: 'run' }));
      assert.equal((await outcomeIn(other.mainFrame())).workload, 'subprocess');
    });
  }

  // The same bundle as a later build would be: other names, other content.
  function newer() {
    const folder = mkdtempSync(join(tmpdir(), 'interleave-newer-'));
    cpSync(dist, folder, { recursive: true });
    const before = readdirSync(folder).find((name) => name.startsWith('app-'));
    const now = 'app-0123456789';
    renameSync(join(folder, before), join(folder, now));
    for (const name of ['index.html', 'sw.js', 'v1/embed.html']) {
      writeFileSync(join(folder, name), readFileSync(join(folder, name), 'utf8').replaceAll(before, now));
    }
    return { folder, now };
  }

  test('a newer version is told where it is seen, and one press brings it with the same settings', async (t) => {
    const { folder, now } = newer();
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    let root = dist;
    const host = await startHost({ headers: none });
    t.after(host.close);
    host.replaced = (path) => {
      if (root === dist) return null;
      const name = new URL(path, host.url).pathname;
      const file = join(root, name === '/' ? 'index.html' : name);
      const types = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', mjs: 'text/javascript', json: 'application/json', wasm: 'application/wasm', svg: 'image/svg+xml' };
      return { type: types[file.split('.').at(-1)] ?? 'application/octet-stream', body: readFileSync(file) };
    };
    const { tab } = await visit(t, host, '?workload=counter&engine=sim&lang=en');
    await kept(tab);
    root = folder;
    // As when the reader comes back to the tab.
    await tab.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await tab.waitForSelector('#strip:not([hidden])', { timeout: 30_000 });
    assert.match(await tab.$eval('#strip', ({ innerText }) => innerText), /newer version/);
    assert.equal(await tab.evaluate(() => document.querySelector('script[type=module]').src.includes('app-0123456789')), false, 'it still runs the old one');
    // What was set in the very moment of the press counts.
    await Promise.all([tab.waitForNavigation(), tab.evaluate(() => {
      globalThis.interleave.ask({ set: { threads: '4', increments: '5' } });
      document.getElementById('strip-act').click();
    })]);
    const state = await appIn(tab.mainFrame());
    assert.deepEqual([state.params.threads, state.params.increments, state.strip], ['4', '5', '']);
    assert.equal(await tab.evaluate(() => document.querySelector('script[type=module]').src.split('/').at(-3)), now);
    await until('only the new files to be kept', () => tab.evaluate(async (name) => {
      const names = (await caches.keys()).filter((one) => one.startsWith('interleave-'));
      return names.length === 1 && names[0] === `interleave-${name}`;
    }, now));
  });
}

for (const name of Object.keys(browsers)) describe(`without a connection, and with a newer version, ${name}`, { concurrency: 1 }, () => tests(name));
