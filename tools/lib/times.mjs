// Where the minutes of tools/test went: kept in build/test-logs/times.json, and told as a table.
//
//   node tools/lib/times.mjs [--markdown] [times.json]      the table of the last run
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// Of a suite: seconds on the clock that building took and that its tests took, which may be beside each other; of the
// build, seconds of work by kind, summed over commands; processor seconds of both, 0 where the system does not tell.
export function emptyTimes() {
  return { build: 0, compile: 0, link: 0, other: 0, run: 0, processor: 0 };
}

export function add(into, more) {
  for (const [key, value] of Object.entries(more)) if (key in into) into[key] += value;
  return into;
}

const columns = [
  ['suite', ({ name }) => name],
  ['build s', ({ build }) => build],
  ['compile', ({ compile }) => compile],
  ['link', ({ link }) => link],
  ['other', ({ other }) => other],
  ['run s', ({ run }) => run],
  ['processor s', ({ processor }) => processor],
  ['passed', ({ passed }) => String(passed)],
  ['failed', ({ failed }) => String(failed)],
  ['skipped', ({ skipped }) => String(skipped)],
];

export function tableOf({ seconds, suites }, { markdown = false } = {}) {
  const total = { name: 'all', ...emptyTimes(), passed: 0, failed: 0, skipped: 0 };
  for (const suite of suites) add(total, { ...suite, name: 0 });
  total.name = 'all';
  const cells = [...suites, total].map((suite) => columns.map(([, of]) => {
    const value = of(suite);
    return typeof value === 'number' ? value.toFixed(1) : value;
  }));
  const rows = [columns.map(([title]) => title), ...cells];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  const padded = rows.map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))));
  const end = `${(seconds / 60).toFixed(1)} minutes in all. Builds and tests run beside each other, so the columns sum to more; ` +
    'compile, link and other are sums over commands.';
  if (!markdown) return [...padded.map((row) => row.join('  ')), '', end].join('\n');
  const rule = `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  const lines = padded.map((row) => `| ${row.join(' | ')} |`);
  return [lines[0], rule, ...lines.slice(1), '', end].join('\n');
}

export function writeTimes(path, times) {
  writeFileSync(path, `${JSON.stringify(times, null, 2)}\n`);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const file = args.find((one) => !one.startsWith('--')) ?? join(dirname(fileURLToPath(import.meta.url)), '../../build/test-logs/times.json');
  console.log(tableOf(JSON.parse(readFileSync(resolve(file), 'utf8')), { markdown: args.includes('--markdown') }));
}
