// Whatever is missing, the page says so in a plain sentence, in the reader's language, and is never blank.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messages } from '../../web/messages.mjs';
import { launchFirefox } from './lib/browser.mjs';
import { appIn } from './lib/embedded.mjs';
import { Playground } from './lib/playground.mjs';
import { startServer } from './lib/server.mjs';
import { useSite } from './lib/site.mjs';

// Runs in the page before its scripts: keeps the program's module and every Worker in reach; `fill(left)` takes its
// memory but for so many bytes.
function keepInReach() {
  globalThis.made = [];
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      globalThis.made.push(this);
    }
  };
  Object.defineProperty(Object.prototype, 'stringToNewUTF8', {
    configurable: true,
    set(own) {
      delete Object.prototype.stringToNewUTF8;
      this.stringToNewUTF8 = own;
      globalThis.program = this;
    },
  });
  globalThis.fill = (left) => {
    const piece = 'x'.repeat(2 ** 18);
    for (let at = 0; at + piece.length < 2 ** 27 - left;) at = globalThis.program.stringToNewUTF8(piece);
  };
}

// It is asked once a frame, and now reads a request outside of its memory.
function trapInFrame() {
  globalThis.program._interleave_revision = globalThis.program._interleave_ask.bind(null, -16);
}

// Settles when the page has looked at the program twice more, which it does four times a second.
function looks() {
  const { program } = globalThis;
  const revision = program._interleave_revision;
  let left = 2;
  return new Promise((resolve) => {
    program._interleave_revision = () => {
      if ((left -= 1) === 0) {
        program._interleave_revision = revision;
        setTimeout(resolve);  // when it has heard the answer, too
      }
      return revision();
    };
  });
}

// Those that are busy do not look; the one that is left cannot make sense of it, and throws.
function failOnWorker() {
  for (const worker of globalThis.made) worker.postMessage(null);
}

describe('what a reader is told where something is missing', { concurrency: 1 }, () => {
  const site = useSite();

  const beforeScripts = (code) => (page) => page.evaluateOnNewDocument(code);
  const answering = (pattern, answer) => async (page) => {
    await page.setRequestInterception(true);
    page.on('request', (request) => (pattern.test(request.url()) ? answer(request) : request.continue()));
  };
  const notFound = (request) => request.respond({ status: 404, body: 'not here' });

  // Opens the page in both languages and expects the message in each.
  async function expectNotice(message, prepare, { button = null } = {}) {
    for (const lang of ['en', 'ko']) {
      const playground = await Playground.open(site.browser, site.server, `?lang=${lang}`, { before: prepare, wait: 'notice' });
      const notice = await playground.notice();
      assert.equal(notice.title, message.title[lang]);
      assert.equal(notice.text, message.text[lang]);
      assert.equal(notice.button, button && button[lang]);
      assert.equal(await playground.page.evaluate(() => document.documentElement.lang), lang);
      await playground.close();
    }
  }

  test('without WebAssembly', () => expectNotice(messages.noWebAssembly, beforeScripts('delete globalThis.WebAssembly')));

  test('with a WebAssembly from before 2022', () =>
    expectNotice(messages.oldWebAssembly, beforeScripts('WebAssembly.validate = () => false')));

  test('without WebGL 2', () =>
    expectNotice(
      messages.noWebGL,
      beforeScripts(`
        const getContext = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
          return kind === 'webgl2' ? null : getContext.call(this, kind, ...rest);
        };`),
    ));

  test('the program cannot be found', () =>
    expectNotice(messages.downloadFailed, answering(/\.wasm$/, notFound), { button: messages.retry }));

  test('the connection breaks', () =>
    expectNotice(messages.downloadFailed, answering(/\.wasm$/, (request) => request.abort('connectionreset')), {
      button: messages.retry,
    }));

  test('the script beside the program cannot be found', () =>
    expectNotice(messages.downloadFailed, answering(/interleave\.mjs$/, notFound), { button: messages.retry }));

  test('what came is no program', () =>
    expectNotice(
      messages.startFailed,
      answering(/\.wasm$/, (request) => request.respond({ status: 200, contentType: 'application/wasm', body: 'not wasm' })),
      { button: messages.reload },
    ));

  test('a download that failed is tried again by a click, without opening the page again', async () => {
    let refusals = 1;
    const refuseOnce = answering(/\.wasm$/, (request) => (refusals-- > 0 ? notFound(request) : request.continue()));
    const playground = await Playground.open(site.browser, site.server, '', { before: refuseOnce, wait: 'notice' });
    await playground.page.evaluate(() => { globalThis.sameDocument = true; });
    await playground.page.click('#notice-button');
    await playground.ready();
    assert.equal(await playground.page.evaluate(() => globalThis.sameDocument), true);
    await playground.close();
  });

  test('a module of the page itself cannot be found', async () => {
    const prepare = answering(/chunk-\w+\.mjs$/, notFound);
    const playground = await Playground.open(site.browser, site.server, '', { before: prepare, wait: 'nothing' });
    const broken = await playground.page.waitForSelector('#broken:not([hidden])', { timeout: 30_000 });
    const text = await broken.evaluate((element) => element.innerText);
    assert.match(text, /could not be loaded/);
    assert.match(text, /불러오지 못했거나/);
    await playground.close();
  });

  test('without JavaScript', async () => {
    const prepare = (page) => page.setJavaScriptEnabled(false);
    const playground = await Playground.open(site.browser, site.server, '', { before: prepare, wait: 'nothing' });
    const session = await playground.page.createCDPSession();
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const read = nodes.map((node) => node.name?.value ?? '').join(' ');
    assert.match(read, /needs JavaScript/);
    assert.match(read, /자바스크립트가 필요합니다/);
    await playground.close();
  });

  // Opens the page with settings of its own and the source open in both languages, lets `happen` happen after `prepare`
  // and expects the message, and the same settings again behind its button.
  async function expectReload(message, happen, { prepare = null, query = 'workload=pipeline&engine=live&items=77', detail = null } = {}) {
    for (const lang of ['en', 'ko']) {
      const address = `?${query}&code=1&controls=none&lang=${lang}&theme=dark`;
      const playground = await Playground.open(site.browser, site.server, address, { before: prepare });
      const set = await playground.until('the source', isCodeOpen);
      await happen(playground);
      const notice = await playground.notice();
      assert.equal(notice.title, message.title[lang]);
      assert.equal(notice.text, message.text[lang]);
      assert.equal(notice.button, messages.reload[lang]);
      if (detail !== null) assert.match(notice.detail, detail);
      const again = playground.page.waitForNavigation({ waitUntil: 'domcontentloaded' });
      await playground.page.keyboard.press('Enter');  // the button has the focus
      await again;
      await playground.ready();
      const now = await playground.until('the source', isCodeOpen);
      assert.deepEqual([now.query, now.lang, now.theme, now.problems], [set.query, lang, 'dark', []]);
      assert.equal(new URL(playground.page.url()).searchParams.get('controls'), 'none');
      await playground.close();
    }
  }
  const isCodeOpen = ({ code }) => code;

  test('the graphics are taken away while it runs', () =>
    expectReload(messages.contextLost, loseContext));

  const loseContext = ({ page }) => page.evaluate(() => {
    document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext();
  });

  // After a trap the program cannot be asked any more: what the page has heard of the press must do.
  for (const [how, happen] of [['lost graphics', loseContext], ['a trap', ({ page }) => page.evaluate(trapInFrame)]]) {
    test(`the source that a press has closed is closed after ${how} and a reload`, async () => {
      const playground = await Playground.open(site.browser, site.server, '?lang=en&code=1', { before: beforeScripts(keepInReach) });
      await playground.until('the source', isCodeOpen);
      await playground.click('code');
      await playground.until('no source', (state) => !isCodeOpen(state));
      await playground.page.evaluate(looks);
      await happen(playground);
      await playground.notice();
      const again = playground.page.waitForNavigation({ waitUntil: 'domcontentloaded' });
      await playground.page.click('#notice-button');
      await again;
      await playground.ready();
      assert.equal(isCodeOpen(await playground.state()), false);
      await playground.close();
    });
  }

  const inReach = beforeScripts(keepInReach);
  const run = ({ page }) => page.evaluate(() => globalThis.interleave.ask({ do: 'run' }));

  test('a worker fails while the program runs', () =>
    expectReload(messages.stopped, ({ page }) => page.evaluate(failOnWorker), { prepare: inReach, detail: /TypeError/ }));

  test('the program fails in a frame', () =>
    expectReload(messages.stopped, ({ page }) => page.evaluate(trapInFrame), { prepare: inReach, detail: /out of bounds/ }));

  test('an error of the page itself does not stop the program', async () => {
    const playground = await Playground.open(site.browser, site.server, '?engine=sim&lang=en', { before: inReach });
    await playground.page.evaluate(() => {
      setTimeout(() => { throw new Error('planted'); });
      return Promise.race([Promise.reject(new Error('planted')), 0]).catch(() => {});
    });
    assert.equal((await playground.run()).outcome.figures.expected.value, 200);
    assert.equal(await playground.page.$eval('#notice', ({ hidden }) => hidden), true);
    await playground.close();
  });

  for (const [where, query, left] of [
    ['on the page', 'workload=counter&engine=sim&threads=8&increments=100000', 2_000_000],
    ['on the page, in what does not end', 'workload=pipeline&engine=explore', 500_000],
    ['on a worker', 'workload=coroutines&engine=live&mode=loop&tasks=100000', 2_000_000],
  ]) {
    test(`the memory is full, ${where}`, () =>
      expectReload(messages.outOfMemory, async (playground) => {
        // What is left may be too little even to begin: then a call fails, and the message must be there all the same.
        await playground.page.evaluate((bytes) => globalThis.fill(bytes), left).catch(() => {});
        await run(playground).catch(() => {});
        await playground.page.waitForFunction((title) => document.getElementById('notice-title').textContent === title, {},
          messages.outOfMemory.title[(await playground.page.evaluate(() => document.documentElement.lang))]);
      }, { prepare: inReach, query, detail: /^$/ }));
  }

  // Threads are there beforehand, all or none; the build without them does the rest.
  for (const [what, code] of [
    ['cannot be made', 'if (made === 9) throw new Error("no more"); super(...given);'],
    ['is never heard of', 'super(...given); if (made === 9) this.postMessage = () => {};'],
    ['cannot be loaded', 'super(made === 9 ? new URL("nowhere.mjs", given[0]) : given[0], given[1]);'],
  ]) {
    test(`one of the workers ${what}: without threads, and why`, async () => {
      for (const lang of ['en', 'ko']) {
        const prepare = beforeScripts(`
          let made = 0;
          globalThis.Worker = class extends Worker { constructor(...given) { made += 1; ${code} } };
          const later = setTimeout;
          globalThis.setTimeout = (act, time, ...more) => later(act, time === 30000 ? 2000 : time, ...more);`);
        const playground = await Playground.open(site.browser, site.server, `?engine=live&lang=${lang}`, { before: prepare });
        const state = await playground.state();
        assert.deepEqual(state.problems, [messages.noThreads.notStarted[lang]]);
        await run(playground);
        const { outcome } = await playground.until('a simulated run', (now) => now.phase === 'finished' && now.outcome);
        assert.equal(outcome.figures.expected.value, 200);
        assert.equal(await playground.page.$eval('#notice', ({ hidden }) => hidden), true);
        await playground.close();
      }
    });
  }

  // A child process has a Worker of its own, which is made when it starts.
  for (const [what, verdict, code] of [
    ['cannot be made: the run tells it', 'limit', 'if (/child/.test(given[0])) throw new Error("no more"); super(...given);'],
    ['cannot be loaded: the run tells it', 'limit', 'super(/child/.test(given[0]) ? new URL("nowhere.mjs", given[0]) : given[0], given[1]);'],
    ['is never heard of: the run can be stopped', 'cancelled', 'super(...given); if (/child/.test(given[0])) this.postMessage = () => {};'],
  ]) {
    test(`the worker of a child process ${what}, and the next one works`, async () => {
      for (const lang of ['en', 'ko']) {
        const prepare = beforeScripts(`
          const Whole = Worker;
          const Broken = class extends Whole { constructor(...given) { ${code} } };
          globalThis.Worker = Broken;
          globalThis.mend = () => { globalThis.Worker = Whole; };`);
        const address = `?workload=subprocess&engine=live&children=2&time=100ms&lang=${lang}`;
        const playground = await Playground.open(site.browser, site.server, address, { before: prepare });
        await run(playground);
        if (verdict === 'cancelled') await playground.click('stop');
        const { outcome } = await playground.until('the end', (state) => state.phase === 'finished' && state.outcome);
        assert.equal(outcome.verdict, verdict, outcome.sentence);
        await playground.page.evaluate(() => globalThis.mend());
        assert.equal((await playground.run()).outcome.verdict, 'ok');
        assert.equal(await playground.page.$eval('#notice', ({ hidden }) => hidden), true);
        await playground.close();
      }
    });
  }
});

test('Firefox: a program that fails is told there, too, and opened again with its settings', async (t) => {
  const { browser, close } = await launchFirefox();
  t.after(close);
  const server = await startServer();
  t.after(server.close);
  for (const fail of [failOnWorker, trapInFrame]) {
    const tab = await browser.newPage();
    await tab.evaluateOnNewDocument(keepInReach);
    await tab.goto(`${server.url}?engine=live&threads=3&lang=ko`, { waitUntil: 'domcontentloaded' });
    const { query } = await appIn(tab.mainFrame());
    await tab.evaluate(fail);
    await tab.waitForSelector('#notice:not([hidden])');
    assert.equal(await tab.$eval('#notice-title', ({ textContent }) => textContent), messages.stopped.title.ko, fail.name);
    await Promise.all([tab.waitForNavigation({ waitUntil: 'domcontentloaded' }), tab.click('#notice-button')]);
    assert.equal((await appIn(tab.mainFrame())).query, query);
    await tab.close();
  }
});
