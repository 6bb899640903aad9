// The page looks right at every size, in both themes and both languages, and stays sharp when the window changes. Each
// look is seen at the first size and each size in one look; all of them at all sizes in full.
// Screenshots go to build/screenshots. INTERLEAVE_DOCS_SCREENSHOT=1 also renews docs/screenshot.png.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { Playground } from './lib/playground.mjs';
import { colours, decodePng } from './lib/png.mjs';
import { root } from './lib/server.mjs';
import { useSite } from './lib/site.mjs';

const folder = `${root}build/screenshots`;
const docs = { name: 'simulate-1440x900-light-en', path: `${root}docs/screenshot.png` };
const stepsTaken = 7;  // with the seed below, one thread is about to write over another's update then
const sizes = [[1440, 900], [1024, 768], [390, 844]];
const looks = [['light', 'en'], ['light', 'ko'], ['dark', 'ko'], ['dark', 'en']];
const looksAt = (at) => (process.env.INTERLEAVE_FULL === '1' || at === 0 ? looks : [looks[at]]);

describe('the look', { concurrency: 1 }, () => {
  const site = useSite();
  before(async () => {
    mkdirSync(folder, { recursive: true });
  });

  // Brings the page into a state worth looking at, and looks.
  const scenes = {
    // Stepping, up to where an update is about to be overwritten.
    async simulate(playground) {
      // A step takes along what follows from it without a choice, so the cursor may move by more than one.
      for (let taken = 0; taken < stepsTaken; taken += 1) {
        const { cursor } = (await playground.state()).steps;
        await playground.perform('step.next');
        await playground.until(`step ${taken + 1}`, ({ steps }) => steps.cursor > cursor);
      }
    },
    async live(playground) {
      await playground.run();
    },
    async explore(playground) {
      await playground.run();
    },
  };
  const queries = {
    simulate: '?engine=sim&threads=2&increments=3&seed=7',
    live: '?engine=live&threads=6&lock=none',
    explore: '?engine=explore&threads=2&increments=2',
  };

  async function shoot(scene, width, height, theme, lang, ratio = 1) {
    const playground = await Playground.open(site.browser, site.server, queries[scene], { width, height, theme, lang, ratio });
    await scenes[scene](playground);
    await playground.page.mouse.move(width - 2, height - 2);
    await playground.settled();
    const state = await playground.state();
    const name = `${scene}-${width}x${height}-${theme}-${lang}${ratio === 1 ? '' : `-${ratio}x`}`;
    const path = `${folder}/${name}.png`;
    const image = decodePng(await playground.page.screenshot({ path }));
    if (name === docs.name && process.env.INTERLEAVE_DOCS_SCREENSHOT) copyFileSync(path, docs.path);
    await playground.close();

    assert.deepEqual(state.flaws, [], `${name}: text that is clipped or lies on other text`);
    assert.deepEqual([image.width, image.height], [width * ratio, height * ratio]);
    assert.ok(colours(image)[0].share < 0.97, `${name} is nearly blank`);
    assert.deepEqual(playground.complaints, [], name);
  }

  sizes.forEach(([width, height], at) => {
    for (const [theme, lang] of looksAt(at)) {
      test(`${width} x ${height}, ${theme}, ${lang}: no text is clipped or overlaps`, async () => {
        for (const scene of Object.keys(scenes)) await shoot(scene, width, height, theme, lang);
      });
    }
  });

  test('1440 x 900 on a screen with two pixels to each', () => shoot('simulate', 1440, 900, 'light', 'ko', 2));

  test('the canvas fills the window and stays sharp while the window changes', async () => {
    const playground = await Playground.open(site.browser, site.server, queries.simulate, { width: 1200, height: 800 });
    for (const [width, height, ratio] of [[800, 600, 1], [390, 844, 2], [1440, 900, 1], [1280, 800, 2], [320, 480, 1]]) {
      await playground.page.setViewport({ width, height, deviceScaleFactor: ratio });
      await playground.page.waitForFunction((wide, high) => {
        const { width: w, height: h } = document.getElementById('canvas');
        return w === wide && h === high;
      }, { timeout: 20_000 }, width * ratio, height * ratio);
      await playground.settled();
      const canvas = await playground.page.evaluate(() => {
        const element = document.getElementById('canvas');
        const { left, top, width: w, height: h } = element.getBoundingClientRect();
        return { box: [left, top, w, h], pixels: [element.width, element.height] };
      });
      assert.deepEqual(canvas.box, [0, 0, width, height]);
      assert.deepEqual(canvas.pixels, [width * ratio, height * ratio]);
      const { width: w, height: h } = decodePng(await playground.page.screenshot());
      assert.deepEqual([w, h], [width * ratio, height * ratio]);
    }
    assert.deepEqual(playground.complaints, []);
    await playground.close();
  });
});
