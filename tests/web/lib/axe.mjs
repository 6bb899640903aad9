// What axe-core finds on a page, of the two impacts that keep somebody out.

import { readFileSync } from 'node:fs';
import { root } from './server.mjs';

const script = readFileSync(`${root}node_modules/axe-core/axe.min.js`, 'utf8');

// The page must have been opened with its content security policy bypassed: setBypassCSP(true).
export async function seriousFlaws(page) {
  await page.evaluate(script);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} (${failureSummary.split('\n').at(-1).trim()})`).join(', ')}`);
}
