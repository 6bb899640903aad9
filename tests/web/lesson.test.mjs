// A lesson as a reader takes it: from the course to the page, a guess, the reason, and what there is to try beside it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { browsers } from './lib/browser.mjs';
import { appIn, frameOf, hasThreads, outcomeIn, until } from './lib/embedded.mjs';
import { isolation, startHost } from './lib/hosts.mjs';
import { dist } from './lib/server.mjs';

const lessons = readdirSync(join(dist, 'lessons/en'), { withFileTypes: true }).filter((one) => one.isDirectory()).map(({ name }) => name);

for (const name of Object.keys(browsers)) {
  describe(`a lesson, ${name}`, { concurrency: 1 }, () => {
    let browser;
    let host;
    before(async () => {
      browser = await browsers[name]();
      host = await startHost({ headers: isolation });
    });
    after(async () => {
      await browser?.close();
      await host?.close();
    });

    async function open(t, path) {
      const context = await browser.browser.createBrowserContext();
      t.after(() => context.close());
      const tab = await context.newPage();
      await tab.setViewport({ width: 1280, height: 900 });
      await tab.goto(`${host.url}${path}`, { waitUntil: 'load' });
      return tab;
    }
    const shown = (tab, selector) => tab.$eval(selector, (element) => element.checkVisibility());
    const text = (tab, selector) => tab.$eval(selector, (element) => element.innerText);
    // What follows the guess, and what is to be tried, lie in the page; the answer is not seen before.
    const closed = async (tab) => {
      assert.equal(await shown(tab, 'form.guess .answer'), false, 'the answer is hidden before the guess');
      assert.equal(await tab.$eval('#rest', ({ open: isOpen }) => isOpen), false, 'and so is what follows from it');
    };

    test('from the course to a lesson; a wrong guess by the mouse is told, with the right one and its reason', async (t) => {
      const tab = await open(t, 'lessons/en/');
      const link = await tab.$('main a[href$="counter/"]');
      await Promise.all([tab.waitForNavigation(), link.click()]);
      assert.match(await text(tab, 'h1'), /^Lost updates/);
      await closed(tab);
      const choices = await tab.$$('form.guess label');
      await choices[0].click();
      await (await tab.$('form.guess button')).click();
      assert.equal(await text(tab, 'form.guess .answer summary'), 'Not quite');
      assert.equal(await shown(tab, 'label[data-right] .mark'), true);
      assert.match(await text(tab, 'form.guess .answer'), /no place inside it/);
      assert.equal(await tab.$eval('#rest', ({ open: isOpen }) => isOpen), true);
      assert.match(await text(tab, '#guessed'), /^By luck/);
    });

    test('a right guess by the keyboard alone', async (t) => {
      const tab = await open(t, 'lessons/ko/counter/');
      await closed(tab);
      await tab.focus('form.guess input');
      // The last of four.
      await tab.keyboard.press(' ');
      for (let count = 0; count < 3; count += 1) await tab.keyboard.press('ArrowDown');
      await tab.keyboard.press('Enter');
      const right = await tab.$eval('form.guess .answer summary', (summary) => [summary.innerText, summary.dataset.right]);
      assert.equal(right[0], right[1]);
      assert.equal(await tab.evaluate(() => document.activeElement.tagName), 'SUMMARY', 'the reader stands at the answer');
    });

    test('what is to be tried runs beside the text, the first through the poster, the next at once, and its result is told', async (t) => {
      const tab = await open(t, 'lessons/en/counter/');
      const links = await tab.$$('a.try');
      const queries = await tab.$$eval('a.try', (all) => all.map(({ dataset }) => dataset.query));
      const at = queries.findIndex((query) => /engine=sim/.test(query));
      await links[at].click();
      const frame = await frameOf(tab, host);
      const state = await appIn(frame);
      assert.equal(state.engine, 'sim');
      assert.equal(state.params.threads, '2');
      await outcomeIn(frame);
      const told = await until('the result beside the text', () => tab.evaluate(() => {
        const said = document.getElementById('this-run').innerText;
        return said === 'Not run yet' ? null : said;
      }));
      assert.ok(told.length > 20, told);
      const proof = queries.findIndex((query) => /engine=explore/.test(query) && !/call/.test(query) && /cpython310/.test(query));
      await links[proof].click();
      await until('the proof beside the text', () => tab.evaluate(() => /None of 35 orders fails/.test(document.getElementById('this-run').innerText)));
      assert.equal(await tab.$$eval('a.try[aria-current]', (all) => all.length), 1);
    });

    if (name !== 'chromium') return;
    for (const lang of ['en', 'ko']) {
      test(`every link of every lesson, ${lang}: the program takes its settings as they are`, async (t) => {
        const tab = await open(t, `?lang=${lang}`);
        const state = await appIn(tab.mainFrame());
        assert.equal(hasThreads(state), true);
        let links = 0;
        for (const lesson of lessons) {
          const source = readFileSync(join(dist, 'lessons', lang, lesson, 'index.html'), 'utf8');
          for (const [, query] of source.matchAll(/data-query="([^"]*)"/g)) {
            const plain = query.replaceAll('&amp;', '&');
            const problem = await tab.evaluate((wanted) => globalThis.interleave.ask({ configure: wanted }), plain);
            assert.equal(problem, '', `${lesson}: ${plain}`);
            const now = await tab.evaluate(() => globalThis.interleave.state());
            for (const [key, value] of new URLSearchParams(plain)) {
              if (key === 'workload' || key === 'engine') assert.equal(now[key], value, `${lesson}: ${plain}`);
              else if (key in now.params) assert.equal(now.params[key], value, `${lesson}: ${plain}`);
            }
            links += 1;
          }
        }
        assert.ok(links > 50, `${links} links`);
      });
    }
  });
}
