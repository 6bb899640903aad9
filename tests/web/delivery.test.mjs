// The bundle works from any static host, with whatever headers, in both browsers: with threads where the browser can
// have them, and else without, with a reason.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { browsers, launchBrowser } from './lib/browser.mjs';
import { appIn, frameOf, hasThreads, outcomeIn, posterOf, pressPoster, until } from './lib/embedded.mjs';
import { coopCoep, dipOnly, isolation, none, page as html, startBlog, startHost } from './lib/hosts.mjs';

const small = 'workload=counter&engine=live&threads=2&increments=1000&lang=en';
const heavy = /\.wasm|interleave[^/]*\.mjs/;
// How often the app's page was asked for.
const visits = (host) => host.requests.filter((path) => /^\/(\w+\/)?\?/.test(path)).length;

for (const name of Object.keys(browsers)) {
  describe(`delivery, ${name}`, { concurrency: 1 }, () => {
    const isChromium = name === 'chromium';
    let browser;
    before(async () => {
      browser = await browsers[name]();
    });
    after(() => browser?.close());

    // Opens a host, a tab of its own and, where it has pages, a blog; closes all at the end.
    async function scene(t, { headers = none, path = '/', pages = null, blogHeaders = {}, prepare } = {}) {
      const host = await startHost({ headers, path });
      const blog = pages && await startBlog(pages(host), { headers: blogHeaders });
      const context = await browser.browser.createBrowserContext();
      const tab = await context.newPage();
      await tab.setViewport({ width: 1000, height: 800 });
      if (prepare) await prepare(tab);
      t.after(async () => {
        await context.close();
        await blog?.close();
        await host.close();
      });
      return { host, blog, tab, context };
    }

    async function runs(frame, state) {
      assert.equal(hasThreads(state), true, state.strip);
      await frame.evaluate(() => globalThis.interleave.ask({ do: 'run' }));
      const { figures } = await outcomeIn(frame);
      assert.equal(figures.expected.value, 2000);
    }

    describe('at top level', { concurrency: 1 }, () => {
      for (const [what, headers, loads] of [
        ['all four headers', isolation, [1, 1]],
        ['COOP and COEP', coopCoep, [1, 1]],
        ['Document-Isolation-Policy alone', dipOnly, [1, 2]],
        ['a static host without any', none, [2, 2]],
      ]) {
        test(`${what}: threads, and the page is asked for ${loads[isChromium ? 0 : 1]} times`, async (t) => {
          const { host, tab } = await scene(t, { headers });
          await tab.goto(`${host.url}?${small}`, { waitUntil: 'domcontentloaded' });
          const state = await appIn(tab.mainFrame());
          await runs(tab.mainFrame(), state);
          assert.equal(state.strip, '');
          assert.equal(visits(host), loads[isChromium ? 0 : 1]);
        });
      }

      test('a second visit needs no reload, and a hard reload finds its threads again', async (t) => {
        const { host, tab, context } = await scene(t);
        await tab.goto(`${host.url}?${small}`, { waitUntil: 'domcontentloaded' });
        await appIn(tab.mainFrame());
        const first = visits(host);
        const other = await context.newPage();
        await other.goto(`${host.url}?${small}`, { waitUntil: 'domcontentloaded' });
        assert.equal(hasThreads(await appIn(other.mainFrame())), true);
        assert.equal(visits(host), first + 1);
        if (!isChromium) return;  // only there can a test load past the service worker, as a hard reload does
        for (let again = 0; again < 2; ++again) {
          const hard = await context.newPage();
          const devtools = await hard.createCDPSession();
          await devtools.send('Network.enable');
          await devtools.send('Network.setBypassServiceWorker', { bypass: true });
          let past = 0;
          hard.on('response', (response) => {
            if (!response.url().endsWith('/main.mjs')) return;
            past += response.fromServiceWorker() ? 0 : 1;
            devtools.send('Network.setBypassServiceWorker', { bypass: false });
          });
          await hard.goto(`${host.url}?${small}`, { waitUntil: 'domcontentloaded' });
          assert.equal(hasThreads(await appIn(hard.mainFrame())), true);
          assert.equal(past, 1);
        }
      });

      test('while its threads wait, the next page comes in the same tab and in another', async (t) => {
        const { host, tab, context } = await scene(t, { headers: isolation });
        await tab.goto(`${host.url}?${small}`, { waitUntil: 'domcontentloaded' });
        await runs(tab.mainFrame(), await appIn(tab.mainFrame()));
        await until('the service worker', () => tab.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated')));
        const other = await context.newPage();
        await other.goto(`${host.url}?${small}`, { waitUntil: 'domcontentloaded' });
        await runs(other.mainFrame(), await appIn(other.mainFrame()));
        await tab.goto(`${host.url}lessons/en/`, { waitUntil: 'domcontentloaded' });
        assert.equal(await tab.$eval('h1', (title) => title.innerText), 'A course in concurrency');
      });

      test('under a path, as on a page of a code host', async (t) => {
        const { host, tab } = await scene(t, { path: '/repo/' });
        await tab.goto(`${host.url}?${small}`, { waitUntil: 'domcontentloaded' });
        await runs(tab.mainFrame(), await appIn(tab.mainFrame()));
        assert.deepEqual(host.requests.filter((path) => !path.startsWith('/repo/') && path !== '/favicon.ico'), []);
      });

      test('where the service worker does not come, it works without threads and says why', async (t) => {
        const { host, tab } = await scene(t);
        host.broken = (path) => path.includes('/sw.js');
        await tab.goto(`${host.url}?workload=counter&lang=en`, { waitUntil: 'domcontentloaded' });
        const state = await appIn(tab.mainFrame());
        assert.equal(hasThreads(state), false);
        assert.match(state.problems.join(), /headers/);
        await tab.evaluate(() => globalThis.interleave.ask({ do: 'run' }));
        assert.equal((await outcomeIn(tab.mainFrame())).engine, 'sim');
      });

      test('an isolated page without shared memory works without threads and says why', async (t) => {
        const { host, tab } = await scene(t, {
          headers: isolation, prepare: (page) => page.evaluateOnNewDocument('delete globalThis.SharedArrayBuffer'),
        });
        await tab.goto(`${host.url}?lang=en`, { waitUntil: 'domcontentloaded' });
        const state = await appIn(tab.mainFrame());
        assert.equal(hasThreads(state), false);
        assert.match(state.problems.join(), /SharedArrayBuffer/);
      });
    });

    describe('in a blog', { concurrency: 1 }, () => {
      const frame = (host, more = '', where = 'v1/embed.html') =>
        html(`<p>Before.</p><iframe id="f" src="${host.url}${where}?${small}" width="700" height="480" ${more}></iframe>`);
      const allow = 'allow="cross-origin-isolated"';

      // Presses the poster and tells what the reader then has.
      async function open({ host, blog, tab }, press = pressPoster) {
        await tab.goto(`${blog.url}/`, { waitUntil: 'domcontentloaded' });
        const poster = await posterOf(tab, host);
        // What the service worker needs to be ready is shorter than any reader's hand; a test's is quicker.
        await poster.evaluate(() => navigator.serviceWorker?.ready).catch(() => {});
        assert.deepEqual(host.requests.filter((path) => heavy.test(path)), [], 'nothing heavy is fetched before the click');
        assert.equal(visits(host), 0);
        await press(poster);
        const app = await frameOf(tab, host);
        const state = await appIn(app);
        return { app, state };
      }

      for (const [what, headers, blogHeaders, more, threads] of [
        ['a host with COOP, COEP and CORP', coopCoep, {}, allow, [true, false]],
        ['a host with Document-Isolation-Policy', dipOnly, {}, '', [true, false]],
        ['a host with all four', isolation, {}, '', [true, false]],
        ['a static host', none, {}, '', [true, false]],
        ['a blog that is isolated itself, and a host with all four', isolation, coopCoep, allow, [true, true]],
      ]) {
        const expected = threads[isChromium ? 0 : 1];
        test(`${what}: ${expected ? 'threads' : 'none, and a way to them'}, 0 reloads`, async (t) => {
          const where = await scene(t, { headers, blogHeaders, pages: (host) => ({ '/': frame(host, more) }) });
          // WebDriver's pointer does not reach a frame of another process in an isolated page of Firefox.
          const byScript = !isChromium && Object.keys(blogHeaders).length > 0;
          const { app, state } = await open(where, byScript ? (poster) => poster.evaluate(() => document.getElementById('start').click()) : pressPoster);
          assert.equal(hasThreads(state), expected, state.strip);
          assert.equal(visits(where.host), 1);
          const { engine } = await outcomeIn(app);
          assert.equal(engine, expected ? 'live' : 'sim', 'a click on the poster runs it');
          if (expected) return;
          assert.match(state.strip, /no shared memory[^]*Run with real threads/);
        });
      }

      test('where there are none, a new tab has them, with the same settings', async (t) => {
        if (isChromium) return t.skip('Chromium has threads in the blog');
        const where = await scene(t, { pages: (host) => ({ '/': frame(host) }) });
        const { app } = await open(where);
        await app.evaluate(() => globalThis.interleave.ask({ set: { threads: '3' } }));
        const opened = new Promise((resolve) => where.context.once('targetcreated', resolve));
        await (await app.waitForSelector('#strip-act')).click();
        const tab = await (await opened).page();
        const state = await appIn(tab.mainFrame());
        assert.equal(hasThreads(state), true);
        assert.equal(state.params.threads, '3');
      });

      for (const [sandbox, inside] of [
        ['allow-scripts', false],
        ['allow-scripts allow-popups', false],
        ['allow-scripts allow-same-origin', true],
        ['allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox', true],
      ]) {
        test(`sandbox="${sandbox}": ${inside ? 'the playground' : 'a poster and a link'}`, async (t) => {
          const { host, blog, tab } = await scene(t, { pages: (host_) => ({ '/': frame(host_, `sandbox="${sandbox}"`) }) });
          await tab.goto(`${blog.url}/`, { waitUntil: 'domcontentloaded' });
          const poster = await frameOf(tab, host);
          const link = await until('the poster', () => poster.evaluate(() => {
            const start = document.getElementById('start');
            if (!document.getElementById('picture').complete || !start.href.includes('workload')) return null;
            return { target: start.target, rel: start.rel, href: start.href, text: start.innerText, width: document.getElementById('picture').naturalWidth };
          }));
          assert.ok(link.width > 0, 'the picture is there');
          assert.equal(link.target, inside ? '' : '_blank');
          if (!inside) {
            assert.match(link.text, /new tab/);
            assert.match(link.rel, /noopener/);
            return;
          }
          await pressPoster(poster);
          const app = await frameOf(tab, host);
          const state = await appIn(app);
          assert.ok(state.ready);
          await outcomeIn(app);
        });
      }
    });
  });
}

test('a page that did not come over HTTPS or from this machine says so', async (t) => {
  const { browser, close } = await launchBrowser(['--host-resolver-rules=MAP interleave.test 127.0.0.1']);
  t.after(close);
  const host = await startHost({ headers: isolation });
  t.after(host.close);
  const tab = await browser.newPage();
  await tab.goto(`${host.url.replace('127.0.0.1', 'interleave.test')}?lang=en`, { waitUntil: 'domcontentloaded' });
  const state = await appIn(tab.mainFrame());
  assert.equal(hasThreads(state), false);
  assert.match(state.problems.join(), /HTTPS/);
});
