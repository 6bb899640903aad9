// What a reader takes away gives exactly what was on the screen: a link, an element, a frame, a command.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { appIn, outcomeIn, posterOf, pressPoster, frameOf } from './lib/embedded.mjs';
import { program } from './lib/headless.mjs';
import { startBlog, startHost } from './lib/hosts.mjs';
import { Playground } from './lib/playground.mjs';
import { useSite } from './lib/site.mjs';

const run = promisify(execFile);

describe('sharing', { concurrency: 1 }, () => {
  const site = useSite();

  // Opens it, does something, opens the dialog by its button, and returns what its fields have.
  async function shared(query, act = () => {}) {
    const playground = await Playground.open(site.browser, site.server, query);
    await act(playground);
    await playground.settled();
    const state = await playground.state();
    await playground.click('share');
    await playground.page.waitForSelector('#share[open]');
    const forms = await playground.page.evaluate(() => Object.fromEntries(
      ['link', 'element', 'frame', 'command'].map((name) => [name, document.getElementById(`share-${name}`).value]),
    ));
    return { playground, state, forms };
  }

  async function opened(link) {
    const playground = await Playground.open(site.browser, { url: link });
    return playground;
  }

  test('the link gives the same run again, and says nothing', async () => {
    const { playground, state, forms } = await shared('?engine=sim&threads=3&increments=4&seed=11', (it) => it.run());
    await playground.close();
    const other = await opened(forms.link);
    const again = await other.run();
    assert.deepEqual([again.hash, again.query, again.problems], [state.hash, state.query, []]);
    await other.close();
  });

  test('a run that was stepped by hand is handed on as its order of steps', async () => {
    const { playground, forms } = await shared('?engine=sim&threads=2&increments=1&policy=by-hand', async (it) => {
      // One thread reads; then the other one does all of its steps; then the first writes over it.
      for (let count = 0; count < 200; count += 1) {
        const { phase, pending } = await it.state();
        if (phase === 'finished') break;
        const able = pending.filter(({ enabled }) => enabled);
        const wanted = able.find(({ name }) => name === (count % 2 === 0 ? 'thread 1' : 'thread 2')) ?? able[0];
        await it.page.evaluate((thread) => globalThis.interleave.ask({ do: 'forward', thread }), wanted?.thread);
      }
      await it.until('the end', ({ phase }) => phase === 'finished');
    });
    const state = await playground.state();
    await playground.close();
    assert.match(forms.link, /schedule=/);
    const other = await opened(forms.link);
    const again = await other.run();
    assert.deepEqual([again.outcome.headline, again.problems], [state.outcome.headline, []]);
    await other.close();
  });

  test('the command gives the same run on the command line', async () => {
    const { playground, state, forms } = await shared('?engine=sim&threads=3&increments=4&seed=11', (it) => it.run());
    await playground.close();
    const words = forms.command.split(' ');
    assert.equal(words[0], 'interleave');
    const { stdout } = await run('bash', ['-c', `"$0" ${words.slice(1).join(' ')} --json`, program()], { maxBuffer: 1 << 26 }).catch((error) => error);
    assert.equal(JSON.parse(stdout).hash, state.hash);
  });

  test('the element and the frame, pasted into a blog, show it', async (t) => {
    const host = await startHost();
    t.after(host.close);
    const { playground, state, forms } = await shared('?engine=sim&threads=3&increments=4&seed=11', (it) => it.run());
    await playground.close();
    for (const form of ['element', 'frame']) {
      // The bundle was served from one place and is pasted with another one's address.
      const text = forms[form].replaceAll(site.server.url, host.url);
      assert.ok(!text.includes(site.server.url));
      const blog = await startBlog({ '/': `<!doctype html><title>A blog</title>${text}` });
      const context = await site.browser.createBrowserContext();
      const tab = await context.newPage();
      await tab.goto(`${blog.url}/`, { waitUntil: 'load' });
      const poster = await posterOf(tab, host);
      await poster.evaluate(() => navigator.serviceWorker.ready);
      await pressPoster(poster);
      const app = await frameOf(tab, host);
      const seen = await appIn(app);
      assert.deepEqual([seen.query, seen.lang, seen.theme], [state.query, state.lang, state.theme], form);
      assert.equal((await outcomeIn(app)).headline, state.outcome.headline);
      await context.close();
      await blog.close();
    }
  });

  test('a link of another version, or one that was changed, says what it cannot keep', async () => {
    const { playground, forms } = await shared('?engine=sim&threads=3&increments=4&seed=11', (it) => it.run());
    await playground.close();
    const changed = new URL(forms.link);
    changed.searchParams.set('seed', '12');
    const one = await opened(changed.href);
    assert.match((await one.state()).problems.join(' '), /changed after it was made/);
    await one.close();
    const old = new URL(forms.link);
    old.searchParams.set('v', '0.0.9');
    old.searchParams.set('sum', `${old.searchParams.get('sum').split('-')[0]}-00000000`);
    const two = await opened(old.href);
    assert.deepEqual((await two.state()).problems, []);
    const { problems } = await two.run().then(() => two.until('the sentence', ({ problems: told }) => told.length > 0));
    assert.match(problems.join(' '), /not the run that was shared[^]*0\.0\.9/);
    await two.close();
  });

  test('the link is the main thing to copy, and everything else is quiet', async () => {
    for (const theme of ['light', 'dark']) {
      const { playground } = await shared(`?engine=sim&theme=${theme}`);
      const accented = await playground.page.evaluate(() => {
        const accent = document.createElement('i');
        accent.style.background = 'var(--accent)';
        document.body.append(accent);
        const colour = (element) => getComputedStyle(element).backgroundColor;
        return [...document.querySelectorAll('#share button')].filter((one) => colour(one) === colour(accent)).map(({ id }) => id);
      });
      assert.deepEqual(accented, ['share-link-copy'], theme);
      await playground.close();
    }
  });

  test('by keys only, in Korean, and it closes with Escape', async () => {
    const { playground } = await shared('?engine=sim&lang=ko');
    const { page } = playground;
    assert.equal(await page.$eval('#share-title', ({ textContent }) => textContent), '지금 보는 것 공유하기');
    await site.browser.defaultBrowserContext().overridePermissions(site.server.url, []).catch(() => {});
    await page.focus('#share-link-copy');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => ['복사함', 'Ctrl+C로 복사'].includes(document.getElementById('share-link-copy').textContent));
    await page.keyboard.press('Escape');
    await page.waitForSelector('#share:not([open])');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'canvas');
    await playground.close();
  });
});
