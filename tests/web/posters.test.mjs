// The picture of each workload that a page elsewhere shows before anything is run, and that README shows: made by
// looking at the page as it is embedded. They go to build/posters; INTERLEAVE_POSTERS=1 also renews web/posters.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { headless } from './lib/headless.mjs';
import { Playground } from './lib/playground.mjs';
import { root } from './lib/server.mjs';
import { useSite } from './lib/site.mjs';

const folder = `${root}build/posters`;
const kept = `${root}web/posters`;
const size = { width: 760, height: 480 };
// One look of each workload; all of them in full, or to renew them.
const renewing = Boolean(process.env.INTERLEAVE_POSTERS);
const everyLook = [['light', 'en'], ['light', 'ko'], ['dark', 'en'], ['dark', 'ko']];
const looksOf = (at) => (renewing || process.env.INTERLEAVE_FULL === '1' ? everyLook : [everyLook[at % everyLook.length]]);
const most = 24_000;  // bytes: a poster page is to weigh less than 30 KB
// How each is at its most telling: on real threads, except where the simulator shows more.
const queries = {
  counter: 'engine=live&threads=6&lock=none',
  deadlock: 'engine=sim',
  refcount: 'engine=sim',
  pipeline: 'engine=sim',
  fanout: 'engine=sim',
};
// Where that is in the middle of a simulated run: after this share of its steps.
const moments = { pipeline: 0.4, deadlock: 1, fanout: 0.6 };

describe('the posters', { concurrency: 1 }, () => {
  const site = useSite();
  let workloads;
  before(async () => {
    mkdirSync(folder, { recursive: true });
    ({ workloads } = await headless(['list', '--json']));
  });

  test('there is one of each workload, in both themes and languages, and it weighs little', async () => {
    for (const [at, { id }] of workloads.entries()) {
      for (const [theme, lang] of looksOf(at)) await shoot(id, theme, lang);
    }
    if (renewing) cpSync(folder, kept, { recursive: true });
    const names = workloads.flatMap(({ id }) => everyLook.map(([theme, lang]) => `${id}-${theme}-${lang}.webp`)).sort();
    assert.deepEqual(names, readdirSync(kept).sort(), 'web/posters lacks one, or has one of a workload that has gone: INTERLEAVE_POSTERS=1 renews them');
  });

  async function shoot(id, theme, lang) {
    const query = `?workload=${id}&${queries[id] ?? 'engine=live'}&embed=1&theme=${theme}&lang=${lang}`;
    const playground = await Playground.open(site.browser, site.server, query, { ...size, ratio: 1.5, theme, lang });
    await playground.run();
    if (moments[id] < 1) {
      const { steps } = await playground.state();
      await playground.perform('step.scrubber', { value: String(Math.round(steps.count * moments[id])) });
    }
    await playground.page.mouse.move(size.width - 2, size.height - 2);
    await playground.settled();
    const { flaws, absentCharacters } = await playground.state();
    const path = `${folder}/${id}-${theme}-${lang}.webp`;
    // As sharp as the limit allows.
    for (const quality of [55, 40, 30, 20, 14, 9]) {
      await playground.page.screenshot({ path, type: 'webp', quality });
      if (statSync(path).size < most) break;
    }
    await playground.close();
    assert.deepEqual([flaws, absentCharacters, playground.complaints], [[], [], []], path);
    assert.ok(statSync(path).size < most, `${path} has ${statSync(path).size} bytes`);
    assert.ok(statSync(path).size > 4000, `${path} is nearly blank`);
  }
});
