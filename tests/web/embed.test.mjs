// The element in a blog post on another site: two lines, three playgrounds, and a page that can script them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { browsers } from './lib/browser.mjs';
import { appIn, frameOf, framesOf, outcomeIn, posterOf, pressPoster, until } from './lib/embedded.mjs';
import { frames } from './lib/frames.mjs';
import { none, page as html, startBlog, startHost } from './lib/hosts.mjs';
import { root } from './lib/server.mjs';

const post = readFileSync(`${root}docs/demo-post.html`, 'utf8');

function tests(name) {
  let launched;
  before(async () => {
    launched = await browsers[name]();
  });
  after(() => launched?.close());

  async function scene(t, body, { blogHeaders = {}, height = 900 } = {}) {
    const host = await startHost({ headers: none });
    const text = typeof body === 'string' ? body : body(host);
    const blog = await startBlog({ '/': text.replaceAll('../dist/', host.url), '/favicon.ico': '', '/demo-post.css': '' }, { headers: typeof blogHeaders === 'function' ? blogHeaders(host) : blogHeaders });
    const context = await launched.browser.createBrowserContext();
    const tab = await context.newPage();
    const complaints = [];
    tab.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    tab.on('pageerror', (error) => complaints.push(error.message));
    await tab.setViewport({ width: 900, height });
    t.after(async () => {
      await context.close();
      await blog.close();
      await host.close();
    });
    await tab.goto(`${blog.url}/`, { waitUntil: 'load' });
    return { host, blog, tab, complaints };
  }

  const element = (attributes = '') => (host) => html(`<p style="height: 40px">Before.</p>
    <interleave-playground id="it" workload="counter" engine="sim" threads="2" increments="3" lang="en" ${attributes}><a href="${host.url}">Interleave</a></interleave-playground>
    <p style="height: 3000px">After.</p><script src="${host.url}v1/interleave-playground.js"></script>`);
  const playground = (tab, act, ...values) => tab.$eval('#it', (it, text, args) => new Function('it', 'args', `return (${text})(it, ...args)`)(it, args), act.toString(), values);

  test('three of them on one page, each for itself', async (t) => {
    // Firefox has no threads in a frame of a page without headers: see delivery.test.mjs.
    const onThreads = name === 'firefox' ? [0, 'sim'] : [0, 'live', '6'];
    const { host, tab, complaints } = await scene(t, post, { height: 700 });
    await posterOf(tab, host);
    await tab.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await until('three frames', async () => framesOf(tab, host).length === 3);
    assert.deepEqual(host.requests.filter((path) => /\.wasm/.test(path)), []);
    for (const [at, engine, threads] of [[2, 'sim'], [1, 'sim', '2'], onThreads]) {
      const holder = (await tab.$$('interleave-playground'))[at];
      await holder.evaluate((it) => it.scrollIntoView({ block: 'center' }));
      const poster = await posterOf(tab, host, at);
      await poster.evaluate(() => navigator.serviceWorker.ready);
      await pressPoster(poster);
      const app = await frameOf(tab, host, at);
      const state = await appIn(app);
      assert.equal(state.engine, engine);
      if (threads) assert.equal(state.params.threads, threads);
      await outcomeIn(app);
    }
    // The first one's controls are those that the author named.
    const nodes = await (await frameOf(tab, host, 0)).evaluate(() => globalThis.interleave.state().nodes.map(({ key }) => key));
    assert.ok(nodes.some((key) => key.startsWith('param.lock')) && nodes.some((key) => key === 'param.threads'));
    assert.ok(!nodes.some((key) => key.startsWith('param.increments')));
    assert.deepEqual(complaints, []);
  });

  test('what is far below is not even asked for', async (t) => {
    const { host, tab } = await scene(t, (where) => html(`<p style="height: 9000px">A long post.</p><interleave-playground lang="en">x</interleave-playground><script src="${where.url}v1/interleave-playground.js"></script>`));
    // The script has come, and the browser has said several times over what is near.
    await tab.waitForFunction(() => customElements.get('interleave-playground'));
    await frames(tab, 20);
    assert.deepEqual(host.requests.filter((path) => path.includes('embed')), []);
    await tab.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await posterOf(tab, host);
  });

  test('off the screen it draws nothing', async (t) => {
    const { host, tab } = await scene(t, element());
    await playground(tab, (it) => it.start());
    const app = await frameOf(tab, host);
    await appIn(app);
    await tab.evaluate(() => scrollTo(0, 2500));
    const drawn = () => app.evaluate(() => globalThis.interleave.state().frame);
    await until('it to stand still', async () => {
      const before = await drawn();
      await frames(tab, 10);
      return before === await drawn();
    });
    const before = await drawn();
    await app.evaluate(() => globalThis.interleave.ask({ do: 'run' }));
    await frames(tab, 30);
    assert.equal(await drawn(), before);
    await tab.evaluate(() => scrollTo(0, 0));
    assert.ok(await outcomeIn(app), 'it goes on where it is seen again');
    await until('it to draw again', async () => await drawn() > before);
  });

  test('a page can script it, and is told what happens', async (t) => {
    const { tab } = await scene(t, element());
    const told = await playground(tab, async (it) => {
      const events = [];
      for (const type of ['ready', 'run', 'outcome']) it.addEventListener(type, ({ detail }) => events.push({ ...detail, type }));
      await it.set({ lock: 'mutex', threads: 3 });
      const state = await it.getState();
      const outcome = new Promise((resolve) => it.addEventListener('outcome', resolve, { once: true }));
      await it.run();
      await outcome;
      let refused = '';
      await it.set({ threads: 99 }).catch((error) => { refused = error.message; });
      let unknown = '';
      await it.set({ nonsense: 1 }).catch((error) => { unknown = error.message; });
      const after = await it.getState();
      return { events, params: state.params, after: after.params, refused, unknown, last: it.state };
    });
    assert.deepEqual([told.params.lock, told.params.threads, told.params.increments], ['mutex', '3', '3']);
    const { type, verdict, workload, engine, figures } = told.events.at(-1);
    assert.deepEqual([told.events[0].type, type, verdict, workload, engine], ['ready', 'outcome', 'ok', 'counter', 'sim']);
    assert.equal(figures.lost.value, 0);
    assert.match(told.refused, /1 to 16/);
    assert.match(told.unknown, /nonsense/);
    assert.equal(told.after.threads, '3', 'what was refused changed nothing');
    assert.equal(told.last.verdict, 'ok');
  });

  test('attributes that change open it anew, and its height is its own unless it is given', async (t) => {
    const { host, tab } = await scene(t, element());
    await posterOf(tab, host);
    const height = () => tab.$eval('#it', (it) => it.offsetHeight);
    await until('the height that it asked for', async () => (await height()) >= 480);
    await tab.$eval('#it', (it) => { it.setAttribute('height', '600'); it.setAttribute('workload', 'deadlock'); it.setAttribute('lang', 'ko'); });
    assert.equal(await height(), 600);
    await until('the other poster', async () => (await posterOf(tab, host)).evaluate(() => document.documentElement.lang === 'ko' && document.getElementById('picture').src.includes('deadlock')));
  });

  test('the wheel scrolls the page until the reader clicks in, and Escape gives wheel and keys back', async (t) => {
    const { host, tab } = await scene(t, element());
    await playground(tab, (it) => it.start());
    const app = await frameOf(tab, host);
    await appIn(app);
    // A page that scripts it has not clicked in for its reader.
    await app.evaluate(() => document.activeElement.blur());
    await tab.evaluate(() => { focus(); document.body.tabIndex = -1; document.body.focus(); });
    const middle = await tab.$eval('#it', (it) => { const { x, y, width } = it.getBoundingClientRect(); return { x: x + width / 2, y: y + 200 }; });
    const wheel = async () => {
      await tab.mouse.move(middle.x, middle.y);
      await tab.mouse.wheel({ deltaY: 60 });
      await frames(tab, 12);
      const moved = await tab.evaluate(() => scrollY);
      await tab.evaluate(() => scrollTo(0, 0));
      return moved > 0;
    };
    assert.equal(await wheel(), true);
    // Chromium lets no click through to a frame that has only just moved.
    await until('a click that comes through', async () => {
      await tab.mouse.click(middle.x, middle.y + 20);
      return app.evaluate(() => document.getElementById('canvas').style.touchAction === 'none');
    });
    // A browser lets a wheel that scrolls go on for a moment where it began.
    await until('the wheel to be the playground\'s', async () => !(await wheel()), 10_000);
    assert.equal(await wheel(), false);
    await tab.keyboard.press('Escape');
    await until('the wheel to be the page\'s', wheel, 10_000);
  });

  test('hostile messages change nothing, and what is not meant for it is not answered', async (t) => {
    const { host, tab, complaints } = await scene(t, element());
    await playground(tab, (it) => it.start());
    const app = await frameOf(tab, host);
    const before = await appIn(app);
    await tab.evaluate(() => {
      const inside = document.getElementById('it').shadowRoot.querySelector('iframe').contentWindow;
      const long = 'x'.repeat(200_000);
      for (const data of [
        null, 7, 'run', [], { to: 'interleave' }, { to: 'interleave', v: 2, type: 'run' }, { to: 'interleave', v: 1 },
        { to: 'interleave', v: 1, id: {}, type: { toString: 1 } }, { to: 'interleave', v: 1, id: 1001, type: 'set', query: long },
        { to: 'interleave', v: 1, id: 1002, type: 'set', values: { threads: long } }, { to: 'interleave', v: 1, id: 1003, type: 'set', values: { [long]: 1 } },
        { to: 'interleave', v: 1, id: 1004, type: 'set', values: { __proto__: { threads: 9 }, constructor: 1 } },
      ]) inside.postMessage(data, '*');
      // Somebody who only looks like the playground.
      postMessage({ source: 'interleave', v: 1, type: 'outcome', verdict: 'forged' }, '*');
    });
    const told = await playground(tab, async (it) => ({ state: await it.getState(), last: it.state }));
    assert.equal(told.state.params.threads, before.params.threads);
    assert.notEqual(told.last.verdict, 'forged');
    assert.deepEqual(complaints, []);
  });

  test('under a strict policy of the blog\'s', async (t) => {
    const { tab, complaints } = await scene(t, (host) => html(`<interleave-playground id="it" workload="counter" engine="sim" lang="en">x</interleave-playground><script src="${host.url}v1/interleave-playground.js"></script>`), {
      blogHeaders: (host) => ({ 'Content-Security-Policy': `default-src 'none'; script-src ${host.url}; frame-src ${host.url}; style-src 'none'` }),
    });
    const height = await playground(tab, async (it) => {
      await it.start();
      return it.offsetHeight;
    }).catch((error) => error.message);
    // The page's own policy forbids the test's new Function, so it looks at the element without.
    const seen = await until('the element', () => tab.$eval('#it', (it) => (it.shadowRoot && it.offsetHeight >= 480 ? it.offsetHeight : null)));
    assert.ok(seen >= 480 || height >= 480);
    assert.deepEqual(complaints.filter((text) => !/unsafe-eval|favicon/.test(text)), []);
  });

  const notOverBidi = { skip: name === 'firefox' ? 'WebDriver BiDi cannot ask for it' : false };
  test('in print there are the picture and the link', notOverBidi, async (t) => {
    const { tab } = await scene(t, post);
    await tab.emulateMediaType('print');
    const shown = await tab.$$eval('interleave-playground', (all) => all.map((it) => ({
      frame: getComputedStyle(it.shadowRoot.querySelector('iframe')).display,
      link: it.querySelector('a').getClientRects().length > 0,
    })));
    assert.deepEqual(shown, Array(3).fill({ frame: 'none', link: true }));
  });

  test('without scripts there are the picture and the link, and the address that they lead to works', notOverBidi, async (t) => {
    const { host, tab } = await scene(t, post);
    await tab.setJavaScriptEnabled(false);
    await tab.reload();
    const links = await tab.$$eval('interleave-playground a', (all) => all.map(({ href }) => href));
    assert.equal(links.length, 3);
    await tab.setJavaScriptEnabled(true);
    await tab.goto(links[1], { waitUntil: 'domcontentloaded' });
    const state = await appIn(tab.mainFrame());
    assert.deepEqual([state.workload, state.engine, state.params.increments], ['counter', 'sim', '3']);
    assert.ok(host.requests.length > 0);
  });
}

for (const name of Object.keys(browsers)) describe(`in a blog post, ${name}`, { concurrency: 1 }, () => tests(name));
