// The page as a person uses it: looks for a control, points at it, clicks, types; and reads what the app says of
// itself. Nothing here sleeps: whatever takes time is waited for.

import assert from 'node:assert/strict';
import { isFirefox } from './browser.mjs';

const longRunMs = 120_000;
const patienceMs = 60_000;  // for what must happen on two cores that draw in software

// What the browser says of its reader.
async function prefer(page, theme, lang) {
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: theme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  const session = await page.createCDPSession();
  const { userAgent } = await session.send('Browser.getVersion');
  await session.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: lang === 'ko' ? 'ko-KR,ko' : 'en-US,en' });
}

export class Playground {
  // What the browser complained of, and every address that was asked for.
  complaints = [];
  requests = [];

  constructor(page, server) {
    this.page = page;
    this.server = server;
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`exception: ${error.message}`));
    page.on('requestfailed', (request) => this.complaints.push(`failed: ${request.url()}`));
    page.on('request', (request) => this.requests.push(request.url()));
  }

  // Opens a tab. `before` runs on the page before it loads anything; `lang` and `theme` are what the browser prefers.
  static async open(browser, server, query = '', options = {}) {
    const { width = 1440, height = 900, ratio = 1, lang = 'en', theme = 'light', before, wait = 'ready' } = options;
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const playground = new Playground(page, server);
    playground.context = context;
    await page.setViewport({ width, height, deviceScaleFactor: ratio });
    let address = query;
    if (isFirefox(browser)) {
      // What it prefers cannot be changed from here, so the address says it.
      for (const [key, value] of [['lang', lang], ['theme', theme]]) {
        if (!new URLSearchParams(query).has(key)) address += `${address ? '&' : '?'}${key}=${value}`;
      }
    } else {
      await prefer(page, theme, lang);
    }
    if (before) await before(page);
    await page.goto(server.url + address, { waitUntil: 'domcontentloaded' });
    if (wait === 'ready') await playground.ready();
    if (wait === 'notice') await playground.notice();
    return playground;
  }

  async close() {
    await this.context.close();
  }

  // The first frame is drawn and the cover has gone.
  async ready() {
    await this.page.waitForFunction(
      () => document.getElementById('cover').hidden || !document.getElementById('notice').hidden,
      { timeout: patienceMs, polling: 50 },
    );
    const notice = await this.page.$eval('#notice', (element) => (element.hidden ? '' : element.innerText));
    assert.equal(notice, '', 'the page could not start');
  }

  // What the page says where it cannot start: title and sentence.
  async notice() {
    await this.page.waitForSelector('#notice:not([hidden])', { timeout: patienceMs });
    return this.page.evaluate(() => ({
      title: document.getElementById('notice-title').textContent,
      text: document.getElementById('notice-text').textContent,
      detail: document.getElementById('notice-detail').textContent,
      button: document.getElementById('notice-button').hidden ? null : document.getElementById('notice-button').textContent,
    }));
  }

  state() {
    return this.page.evaluate(() => globalThis.interleave.state());
  }

  // Waits until the app's state is as wanted, and returns it.
  async until(what, wanted, timeoutMs = patienceMs, everyMs = 20) {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const state = await this.state();
      if (wanted(state)) return state;
      if (performance.now() > deadline) {
        const { nodes, runs, ...rest } = state;
        assert.fail(`waited ${timeoutMs} ms for this and it did not come: ${what}; the app says ${JSON.stringify(rest)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }

  // A control by key, once it is there and switched on.
  async control(key, { role = null } = {}) {
    const find = (state) => state.nodes.find((node) => node.key === key && (role === null || node.role === role) && node.enabled);
    return find(await this.until(`a control ${key}`, find));
  }

  // Where a person would point.
  async pointAt(key, options) {
    const { rect: [x, y, w, h] } = await this.control(key, options);
    return { x: x + w / 2, y: y + h / 2 };
  }

  async click(key, options) {
    const { x, y } = await this.pointAt(key, options);
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.up();
  }

  // What was done is on the screen: the app draws only while something changes, so it has stopped drawing.
  async settled() {
    await this.page.evaluate(() => new Promise((resolve) => {
      let last = -1;
      let calm = 0;
      const look = () => {
        const { frame } = globalThis.interleave.state();
        calm = frame === last ? calm + 1 : 0;
        last = frame;
        if (calm >= 4) resolve();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }));
  }

  // As assistive technology acts: by role and key, wherever the control lies.
  async perform(key, { role = null, value = null } = {}) {
    const node = await this.control(key, { role });
    const done = await this.page.evaluate((r, k, v) => globalThis.interleave.perform(r, k, v), node.role, key, value);
    assert.ok(done, `the app refused ${node.role} ${key}`);
  }

  // Clicks once for a step forward. What follows from it without a choice comes with it.
  async step() {
    const { steps: { cursor } } = await this.state();
    await this.click('step.next');
    await this.until(`a step after ${cursor}`, ({ steps }) => steps.cursor > cursor);
    await this.settled();
  }

  // Presses Run and waits for the outcome.
  async run() {
    const { history: before } = await this.state();
    await this.click('run');
    const wanted = ({ history, phase, outcome }) => history > before && phase === 'finished' && outcome;
    return this.until('a run to finish', wanted, longRunMs, 50);
  }

  // Picks one of several options, which lie open beside each other or in a list that opens first.
  async choose(key, option) {
    const full = `${key}.${option}`;
    const { nodes } = await this.state();
    if (!nodes.some((node) => node.key === full)) await this.click(key);
    await this.click(full);
    await this.until(`${full} to be chosen`, ({ params }) => params[key.replace('param.', '')] === option);
  }

  // Opens a list and clicks one of its entries.
  async pickFrom(list, entry) {
    const node = ({ nodes }, key) => nodes.find((one) => one.key === key);
    await this.click(list);
    await this.click(`${list}.${entry}`);
    await this.until(`${entry} in ${list}`, (state) => node(state, list)?.value === entry && !node(state, `${list}.${entry}`));
  }

  // Picks a workload from the list, which is behind a button where the window is narrow, and an engine.
  async pick(workload, engine) {
    const listed = ({ nodes }) => nodes.some(({ key }) => key === `workload.${workload}`);
    const before = await this.state();
    if (before.workload !== workload) {
      const behind = !listed(before);
      if (behind) await this.click('menu');
      await this.click(`workload.${workload}`);
      // A list that is still open would take the next click.
      await this.until(`${workload} to be chosen`, (state) => state.workload === workload && (!behind || !listed(state)));
    }
    if (before.engine !== engine) await this.click(`engine.${engine}`);
    await this.until(`${engine} to be chosen`, (state) => state.engine === engine);
  }

  // The look that the reader wants, by the buttons for it.
  async lookLike(theme, lang) {
    const { theme: theme0, lang: lang0 } = await this.state();
    if (theme0 !== theme) await this.click('theme');
    if (lang0 !== lang) await this.click('language');
    await this.until(`${theme}, ${lang}`, (state) => state.theme === theme && state.lang === lang);
    await this.settled();
  }

  // What a screen reader was given to say, once that has these words in it: it is told a moment after the state has
  // changed, and until then keeps what it said of the run before.
  async spoken(selector, words) {
    const says = (id, wanted) => document.querySelector(id).textContent.includes(wanted);
    await this.page.waitForFunction(says, { timeout: patienceMs }, selector, words);
    return this.page.$eval(selector, (element) => element.textContent);
  }
}
