// The page as it is read and typed in: on screens of every density, in Korean, by whoever is told by a program what is
// there.

import assert from 'node:assert/strict';
import { readdirSync, existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { letAxeIn, seriousFlaws } from './lib/axe.mjs';
import { browsers } from './lib/browser.mjs';
import { Playground } from './lib/playground.mjs';
import { dist } from './lib/server.mjs';
import { useSite } from './lib/site.mjs';

const languages = existsSync(`${dist}/lessons`) ? readdirSync(`${dist}/lessons`).filter((name) => /^\w\w$/.test(name)) : [];

function tests(name) {
  const site = useSite(name);

  test('the canvas is as sharp as the screen', async () => {
    for (const ratio of [1, 1.5, 2]) {
      const playground = await Playground.open(site.browser, site.server, '?engine=sim', { width: 900, height: 700, ratio });
      const size = await playground.page.evaluate(() => [document.getElementById('canvas').width, document.getElementById('canvas').height]);
      assert.deepEqual(size, [900 * ratio, 700 * ratio]);
      assert.deepEqual((await playground.state()).flaws, []);
      await playground.close();
    }
  });

  async function typing(query, key) {
    const playground = await Playground.open(site.browser, site.server, query);
    await playground.click(key);
    await playground.page.waitForSelector('input.edit');
    return playground;
  }

  test('a value is typed into a field of the browser\'s, and Escape leaves it', async () => {
    const playground = await typing('?engine=sim&threads=2', 'param.threads.entry');
    await playground.page.keyboard.type('5');
    await playground.page.keyboard.press('Enter');
    await playground.until('5 threads', ({ params }) => params.threads === '5');
    assert.equal(await playground.page.evaluate(() => document.activeElement.id), 'canvas');
    await playground.click('param.threads.entry');
    await playground.page.waitForSelector('input.edit');
    await playground.page.keyboard.type('7');
    await playground.page.keyboard.press('Escape');
    await playground.settled();
    assert.equal((await playground.state()).params.threads, '5');
    assert.equal(await playground.page.$('input.edit'), null);
    await playground.close();
  });

  test('Hangul, composed and pasted, comes whole, and what is wrong with it is said', async () => {
    // Only the DevTools protocol can compose.
    for (const how of name === 'firefox' ? ['typed', 'pasted'] : ['composed', 'pasted']) {
      const playground = await Playground.open(site.browser, site.server, '?engine=sim&threads=2&lang=ko');
      await playground.click('identity');
      await playground.click('identity.edit');
      await playground.page.waitForSelector('input.edit');
      if (how === 'composed') {
        const devtools = await playground.page.createCDPSession();
        // As an input method does: a letter grows, and is then there.
        for (const text of ['ㅎ', '하', '한']) await devtools.send('Input.imeSetComposition', { text, selectionStart: 1, selectionEnd: 1 });
        await devtools.send('Input.insertText', { text: '한' });
        for (const text of ['ㄱ', '그', '글']) await devtools.send('Input.imeSetComposition', { text, selectionStart: 1, selectionEnd: 1 });
        await devtools.send('Input.insertText', { text: '글' });
      } else if (how === 'typed') {
        await playground.page.keyboard.type('한글');
      } else {
        await playground.page.evaluate(() => document.execCommand('insertText', false, '한글'));
      }
      const typed = await playground.page.$eval('input.edit', ({ value }) => value);
      assert.equal(typed, '한글');
      await playground.page.keyboard.press('Enter');
      const { problems, schedule, absentCharacters } = await playground.until('a sentence', (state) => state.problems.length > 0);
      assert.match(problems.join(), /\("한"\)/, how);
      assert.deepEqual(absentCharacters, [], 'the sentence can be read');
      assert.ok(!schedule.includes('한'));
      await playground.close();
    }
  });

  test('axe finds nothing serious on any page', async () => {
    const pages = ['', 'v1/embed.html?workload=counter&lang=ko', ...languages.flatMap((lang) => [
      `lessons/${lang}/`, ...readdirSync(`${dist}/lessons/${lang}`, { withFileTypes: true }).filter((one) => one.isDirectory()).map(({ name }) => `lessons/${lang}/${name}/`),
    ])];
    assert.ok(pages.length > 20, `only ${pages.length} pages`);
    const context = await site.browser.createBrowserContext();
    const page = await context.newPage();
    await letAxeIn(page);
    // Firefox has the one that its display has.
    for (const scheme of name === 'firefox' ? ['as it is'] : ['light', 'dark']) {
      if (name !== 'firefox') await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const path of pages) {
        await page.goto(site.server.url + path, { waitUntil: 'load' });
        if (path === '') await page.waitForFunction(() => globalThis.interleave?.state().ready);
        assert.deepEqual(await seriousFlaws(page), [], `${path}, ${scheme}`);
      }
    }
    await context.close();
  });
}

for (const name of Object.keys(browsers)) describe(`reading and typing, ${name}`, { concurrency: 1 }, () => tests(name));
