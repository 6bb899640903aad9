// What axe-core finds on a page, of the two impacts that keep somebody out.

import { readFileSync } from 'node:fs';
import { isFirefox } from './browser.mjs';
import { root } from './server.mjs';

const script = readFileSync(`${root}node_modules/axe-core/axe.min.js`, 'utf8');

// Before the page is opened: its content security policy keeps scripts out, but not those that come over BiDi.
export async function letAxeIn(page) {
  if (!isFirefox(page.browser())) await page.setBypassCSP(true);
}

export async function seriousFlaws(page) {
  await page.evaluate(script);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} (${failureSummary.split('\n').at(-1).trim()})`).join(', ')}`);
}
