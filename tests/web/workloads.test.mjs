// Every workload from the page, on real threads and simulated, as it looks after a run: at three sizes, in both themes
// and both languages. Each look is seen at the first size and each size in one look; all of them at all sizes in full,
// since the tests of views (fit_test.cpp) try every size in both languages. Screenshots go to build/screenshots.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { headless, pageFacts } from './lib/headless.mjs';
import { Playground } from './lib/playground.mjs';
import { colours, decodePng } from './lib/png.mjs';
import { root } from './lib/server.mjs';
import { useSite } from './lib/site.mjs';

const folder = `${root}build/screenshots`;
const full = process.env.INTERLEAVE_FULL === '1';
const looks = [['light', 'en'], ['light', 'ko'], ['dark', 'ko'], ['dark', 'en']];
const sizes = [{ width: 1440, height: 900 }, { width: 1024, height: 768 }, { width: 390, height: 844 }];
const looksAt = (size) => (full || size === sizes[0] ? looks : [looks[sizes.indexOf(size)]]);

describe('each workload from the page', { concurrency: 1 }, () => {
  const site = useSite();
  let workloads;
  let ends;
  before(async () => {
    mkdirSync(folder, { recursive: true });
    ({ workloads } = await headless(['list', '--json']));
    ({ ends } = await pageFacts());
  });

  async function lookAt(playground, name, size) {
    const { width, height } = size;
    for (const [theme, lang] of looksAt(size)) {
      await playground.lookLike(theme, lang);
      await playground.page.mouse.move(width - 2, height - 2);
      await playground.settled();
      const state = await playground.state();
      const shot = `${name}-${width}x${height}-${theme}-${lang}`;
      const image = decodePng(await playground.page.screenshot({ path: `${folder}/${shot}.png` }));
      assert.deepEqual(state.flaws, [], `${shot}: text that is clipped or lies on other text`);
      assert.deepEqual(state.absentCharacters, [], `${shot}: characters that no font has`);
      assert.ok(colours(image)[0].share < 0.97, `${shot} is nearly blank`);
    }
  }

  for (const size of sizes) {
    for (const engine of ['live', 'sim']) {
      test(`${size.width} x ${size.height}, ${engine}`, async (t) => {
        assert.ok(workloads.length >= 5);
        const playground = await Playground.open(site.browser, site.server, '', size);
        for (const { id } of workloads) {
          await playground.pick(id, engine);
          const { outcome } = await playground.run();
          t.diagnostic(`${id}: ${outcome.verdict}, ${outcome.headline}`);
          assert.ok(ends[id].includes(outcome.verdict), `${id}: ${outcome.verdict}, ${outcome.headline}`);
          await lookAt(playground, `${id}-${engine}`, size);
        }
        assert.deepEqual(playground.complaints, []);
        await playground.close();
      });
    }
  }
});
