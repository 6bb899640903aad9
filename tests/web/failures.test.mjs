// Whatever is missing, the page says so in a plain sentence, in the reader's language, and is never blank.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messages } from '../../web/messages.mjs';
import { Playground } from './lib/playground.mjs';
import { useSite } from './lib/site.mjs';

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
      const playground = await Playground.open(site.chromium.browser, site.server, `?lang=${lang}`, { before: prepare, wait: 'notice' });
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
    const playground = await Playground.open(site.chromium.browser, site.server, '', { before: refuseOnce, wait: 'notice' });
    await playground.page.evaluate(() => { globalThis.sameDocument = true; });
    await playground.page.click('#notice-button');
    await playground.ready();
    assert.equal(await playground.page.evaluate(() => globalThis.sameDocument), true);
    await playground.close();
  });

  test('a module of the page itself cannot be found', async () => {
    const prepare = answering(/chunk-\w+\.mjs$/, notFound);
    const playground = await Playground.open(site.chromium.browser, site.server, '', { before: prepare, wait: 'nothing' });
    const broken = await playground.page.waitForSelector('#broken:not([hidden])', { timeout: 30_000 });
    const text = await broken.evaluate((element) => element.innerText);
    assert.match(text, /could not be loaded/);
    assert.match(text, /불러오지 못했거나/);
    await playground.close();
  });

  test('without JavaScript', async () => {
    const prepare = (page) => page.setJavaScriptEnabled(false);
    const playground = await Playground.open(site.chromium.browser, site.server, '', { before: prepare, wait: 'nothing' });
    const session = await playground.page.createCDPSession();
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const read = nodes.map((node) => node.name?.value ?? '').join(' ');
    assert.match(read, /needs JavaScript/);
    assert.match(read, /자바스크립트가 필요합니다/);
    await playground.close();
  });

  test('the graphics are taken away while it runs', async () => {
    const playground = await Playground.open(site.chromium.browser, site.server, '?lang=en');
    await playground.page.evaluate(() => {
      document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext();
    });
    const notice = await playground.notice();
    assert.equal(notice.title, messages.contextLost.title.en);
    assert.equal(notice.button, messages.reload.en);
    const reloaded = playground.page.waitForNavigation({ waitUntil: 'domcontentloaded' });
    await playground.page.click('#notice-button');
    await reloaded;
    await playground.ready();
    await playground.close();
  });
});
