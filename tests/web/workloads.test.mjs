// Every workload from the page, on real threads and simulated, as it looks before and after a run: at three sizes, in
// both themes and both languages. Screenshots go to build/screenshots.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { headless, pageFacts } from './lib/headless.mjs';
import { Playground } from './lib/playground.mjs';
import { colours, decodePng } from './lib/png.mjs';
import { root } from './lib/server.mjs';
import { useSite } from './lib/site.mjs';

const folder = `${root}build/screenshots`;
const looks = [['light', 'en'], ['light', 'ko'], ['dark', 'ko'], ['dark', 'en']];

describe('each workload from the page', { concurrency: 1 }, () => {
  const site = useSite();
  let workloads;
  let ends;
  before(async () => {
    mkdirSync(folder, { recursive: true });
    ({ workloads } = await headless(['list', '--json']));
    ({ ends } = await pageFacts());
  });

  async function lookAt(playground, name, { width, height }) {
    for (const [theme, lang] of looks) {
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

  for (const size of [{ width: 1440, height: 900 }, { width: 1024, height: 768 }, { width: 390, height: 844 }]) {
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
