// Whatever stands in the address, the page opens, says what was wrong, and works.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Playground } from './lib/playground.mjs';
import { useSite } from './lib/site.mjs';

// Each with a piece of the sentence that it must get, or null where it is passed over.
const hostile = [
  ['?workload=countr', /counter/],
  ['?engine=lvie', /live/],
  ['?threads=0', /threads/],
  ['?threads=17', /16/],
  ['?threads=-6', /threads/],
  ['?threads=6.5', /threads/],
  ['?threads=99999999999999999999999999', /threads/],
  ['?threads=NaN', /threads/],
  ['?threads=', /threads/],
  ['?thraeds=4', /threads/],
  ['?lock=mutx', /mutex/],
  ['?increments=1e6', /increments/],
  ['?lang=xx', /lang/],
  ['?theme=pink', /theme/],
  ['?engine=sim&seed=-1', /seed/],
  ['?engine=sim&policy=replay&schedule=A4B', null],
  ['?engine=sim&policy=replay&schedule=%00%01%ff', /./],
  ['?%', /./],
  ['?threads=%E0%A4%A', /./],
  ['?threads=6&threads=7', /threads/],
  ['?__proto__=1&constructor=2', /./],
  ['?lock=%3Cscript%3Ealert(1)%3C/script%3E', /lock/],
  [`?lock=${'x'.repeat(5000)}`, /lock/],
  [`?${'a=1&'.repeat(500)}`, /./],
  ['?&&&===&?&', /./],
];

describe('a hostile address', { concurrency: 1 }, () => {
  const site = useSite();

  for (const [query, sentence] of hostile) {
    const shown = query.length > 60 ? `${query.slice(0, 57)}...` : query;
    test(`${shown} is told, and the page works`, async () => {
      const playground = await Playground.open(site.browser, site.server, query);
      const state = await playground.state();
      const told = state.problems.join(' ');
      if (sentence) assert.match(told, sentence);
      else assert.ok(told.length < 2000);
      assert.equal(state.workload, 'counter');
      const threads = Number(state.params.threads);
      assert.ok(threads >= 1 && threads <= 16, `threads became ${threads}`);
      // Alive: it still draws and answers.
      await playground.click('language');
      await playground.until('the other language', ({ lang }) => lang !== state.lang);
      assert.deepEqual(playground.complaints, []);
      await playground.close();
    });
  }
});
