// A page with nothing on it but the form beside the canvas and a fake program, and a reader who uses it by role and
// name and by keys only.

import { serve } from '../../../tools/serve.mjs';
import { pageFacts } from './headless.mjs';
import { root } from './server.mjs';

// The page's own rules and style, without its program.
const html = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>The form</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'none'">
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/web/page.css">
  <script type="module" src="/fake.mjs"></script>
</head>
<body>
  <canvas id="canvas" tabindex="0" role="img" aria-label="The playground"></canvas>
  <main id="mirror"></main>
  <p id="status" class="hidden-text" role="status"></p>
</body>
</html>`;

const script = `
import { FakeApp } from '/tests/web/lib/fake_app.mjs';
import { Mirror } from '/web/mirror/mirror.mjs';
import { applyReader } from '/web/reader.mjs';
const options = Object.fromEntries(new URLSearchParams(location.search));
const app = new FakeApp(await (await fetch('/fake_catalogue.json')).json(), options);
async function catalogue() {
  const answer = await fetch('/catalogue.json');
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
const mirror = new Mirror(app, document.getElementById('mirror'), catalogue);
app.listener = (state) => {
  applyReader(state);
  mirror.show(state);
};
app.listener(app.state());
const canvas = document.getElementById('canvas');
// As the program's does, it takes every Tab for its own controls.
canvas.addEventListener('keydown', (event) => event.key === 'Tab' && event.preventDefault());
canvas.focus();
globalThis.app = app;
`;

// `fails(path, true)` makes an address fail from then on.
export async function startMirrorServer() {
  const catalogue = JSON.stringify((await pageFacts()).catalogue);
  const answers = {
    '/': ['text/html', html], '/fake.mjs': ['text/javascript', script],
    '/catalogue.json': ['application/json', catalogue], '/fake_catalogue.json': ['application/json', catalogue],
  };
  const failing = new Set();
  const intercept = (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const found = answers[pathname];
    if (!found) return false;
    response.writeHead(failing.has(pathname) ? 503 : 200, { 'Content-Type': `${found[0]}; charset=utf-8` });
    response.end(failing.has(pathname) ? '' : found[1]);
    return true;
  };
  const fails = (path, wanted) => (wanted ? failing.add(path) : failing.delete(path));
  return Object.assign(await serve({ root, port: 0, intercept }), { fails });
}

export class Reader {
  constructor(page) {
    this.page = page;
  }

  // A tab with the fake program. `query` may hold lang, theme and noLive.
  static async open(browser, url, { query = {}, width = 1440, height = 900, beforeLoad = null, waitFor = '#mirror-form' } = {}) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const reader = new Reader(page);
    reader.context = context;
    reader.complaints = [];
    page.on('console', (message) => message.type() === 'error' && reader.complaints.push(message.text()));
    page.on('pageerror', (error) => reader.complaints.push(error.message));
    page.setDefaultTimeout(20_000);
    await page.setViewport({ width, height });
    if (beforeLoad) await beforeLoad(page);
    await page.goto(`${url}?${new URLSearchParams(query)}`);
    await page.waitForSelector(`#mirror:not([hidden]) ${waitFor}`);
    return reader;
  }

  close() {
    return this.context.close();
  }

  // By what assistive technology is told, and by nothing else.
  find(role, name) {
    return this.page.waitForSelector(`::-p-aria([name="${name}"][role="${role}"])`);
  }

  has(role, name) {
    return this.page.$(`::-p-aria([name="${name}"][role="${role}"])`).then((found) => found !== null);
  }

  press(...keys) {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }

  async pressWith(held, key) {
    await this.page.keyboard.down(held);
    await this.press(key);
    await this.page.keyboard.up(held);
  }

  // Moves the focus to a control as Tab does, so that it shows, and fails where Tab does not come to it.
  async tabTo(role, name, most = 60) {
    const wanted = await this.find(role, name);
    for (let count = 0; count < most; count += 1) {
      if (await wanted.evaluate((node) => node === document.activeElement)) return wanted;
      // The canvas lets nobody go without it.
      if (await this.page.evaluate(() => document.activeElement.id === 'canvas')) await this.press('Escape');
      await this.press('Tab');
    }
    throw new Error(`Tab does not come to ${role} "${name}"`);
  }

  // What a screen reader says of the control besides its name.
  async described(role, name) {
    const found = await this.find(role, name);
    return found.evaluate((node) => {
      const ids = node.getAttribute('aria-describedby')?.split(' ') ?? [];
      return ids.map((id) => document.getElementById(id)?.textContent ?? `#${id} is missing`).join(' ');
    });
  }

  async type(role, name, text) {
    await this.tabTo(role, name);
    await this.pressWith('Control', 'a');
    await this.page.keyboard.type(text);
  }

  // Picks in a list that is not open, by its first letters.
  async pick(name, text) {
    await this.tabTo('combobox', name);
    await this.page.keyboard.type(text);
    await this.press('Enter');
  }

  // The table with this caption, as rows of cells.
  async table(name) {
    const found = await this.find('table', name);
    return found.evaluate((node) => [...node.rows].map((row) => [...row.cells].map(({ innerText }) => innerText)));
  }

  text(selector) {
    return this.page.$eval(selector, ({ innerText }) => innerText);
  }
}
