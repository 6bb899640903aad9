// The body of tools/test: builds and runs suites, prints what failed and why, where the time went, and the sum on the
// last line.
import { mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { touchedBy } from './changed.mjs';
import { changedSince } from './git.mjs';
import { runInLanes } from './lanes.mjs';
import { readNinjaLog, workBetween } from './ninja_log.mjs';
import { closingLine, emptyResult, failed, merge } from './results.mjs';
import { hold } from './run.mjs';
import { Suites, suiteNames } from './suites.mjs';
import { add, emptyTimes, tableOf, writeTimes } from './times.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        only: { type: 'string', multiple: true, default: [] }, full: { type: 'boolean' }, list: { type: 'boolean' },
        changed: { type: 'boolean' }, plan: { type: 'boolean' }, lanes: { type: 'string', default: '2' },
      },
    });
    if (positionals.length > (values.changed ? 1 : 0)) throw new Error(`Unexpected argument '${positionals.at(-1)}'`);
    if (!/^[1-9]$/.test(values.lanes)) throw new Error(`--lanes wants a number from 1 to 9, not "${values.lanes}"`);
    return { ...values, base: positionals[0] };
  } catch (error) {
    throw new Error(`${error.message.split('. ')[0]}: tools/test knows --only SUITE, --full, --changed [BASE], --plan, --lanes N, --list and --no-install.`);
  }
}

function chosenFrom(only) {
  const names = only.flatMap((list) => list.split(','));
  for (const name of names) {
    if (!suiteNames.includes(name)) throw new Error(`there is no suite "${name}": choose from ${suiteNames.join(', ')}.`);
  }
  return names.length > 0 ? suiteNames.filter((name) => names.includes(name)) : suiteNames;
}

// What a change can touch, said; null where that is everything.
function narrow(base) {
  const { from, paths, commit } = changedSince(root, base);
  console.log(`Changed since ${from}: ${paths.length} files.`);
  const touched = touchedBy(root, paths);
  for (const line of touched.why) console.log(`    ${line}`);
  return { ...touched, since: commit };
}

// The result of a suite: what it came to, and its times.
class Tally {
  constructor(name) {
    this.name = name;
    this.result = emptyResult();
    this.times = emptyTimes();
    this.left = 0;
    this.broken = new Set();
  }

  told(job, { failures, skips }, seconds) {
    console.log(`==> ${this.name}${job === this.name ? '' : `: ${job}`} (${seconds.toFixed(1)} s)`);
    for (const { name, reason } of skips) console.log(`    skipped ${name}: ${reason}`);
    for (const { name, text } of failures) console.log(`    FAILED ${name}\n${text.replace(/^/gm, '      ')}`);
  }

  take(job, result, ran) {
    this.told(job, result, ran?.seconds ?? 0);
    this.result = merge([this.result, result]);
    add(this.times, { run: ran?.seconds ?? 0, processor: ran?.processor ?? 0 });
  }

  // A build that failed is told once to each suite that needs it.
  takeBroken(key, failure) {
    if (this.broken.has(key)) return;
    this.broken.add(key);
    this.take(`build ${key}`, failure, null);
  }
}

// The builds that jobs need, in the order in which they are needed, each charged to the suite that needs it first.
function buildsOf(suites, plan) {
  const builds = new Map();
  for (const { tally, jobs } of plan) {
    for (const need of jobs.flatMap(({ needs }) => needs)) {
      const key = need.join(' ');
      if (builds.has(key)) continue;
      const build = { key, failure: null };
      build.run = async () => {
        const folder = join(root, 'build', need[0]);
        const before = readNinjaLog(folder);
        const { failure, ran } = await suites.build(need).catch((error) => ({ failure: failed(`build ${key}`, error.stack), ran: null }));
        build.failure = failure;
        const work = need[0] === 'bundle' ? { other: ran?.seconds ?? 0 } : workBetween(before, readNinjaLog(folder));
        add(tally.times, { ...work, build: ran?.seconds ?? 0, processor: ran?.processor ?? 0 });
        console.log(`--> ${failure ? 'could not build' : 'built'} ${key} (${(ran?.seconds ?? 0).toFixed(1)} s)`);
      };
      builds.set(key, build);
    }
  }
  return builds;
}

function jobsOf(plan, builds) {
  return plan.flatMap(({ tally, jobs }) => jobs.map(({ name, needs, run, beside, alone }) => {
    const keys = needs.map((need) => need.join(' '));
    return {
      needs: keys,
      beside,
      alone,
      run: async () => {
        const broken = keys.filter((key) => builds.get(key).failure);
        for (const key of broken) tally.takeBroken(key, builds.get(key).failure);
        if (broken.length > 0) return;
        const { result, ran } = await run().catch((error) => ({ result: failed(name, error.stack), ran: null }));
        tally.take(name, result, ran);
      },
    };
  }));
}

async function main() {
  const { only, full, list, changed, plan: planOnly, lanes, base } = options();
  if (list) return console.log(suiteNames.join('\n'));
  const began = Date.now();
  let names = chosenFrom(only);
  const touched = changed ? narrow(base) : null;
  if (touched) names = names.filter((name) => touched.suites.has(name));
  const suites = new Suites(root, { full, ...touched ? { narrowed: touched } : {} });
  const plan = names.map((name) => ({ tally: new Tally(name), jobs: suites.jobs(name) })).filter(({ jobs }) => jobs.length > 0);
  if (planOnly) return plan.forEach(({ tally, jobs }) => console.log(`${tally.name}: ${jobs.map(({ name }) => name).join(', ')}`));
  mkdirSync(join(root, 'build/test-logs'), { recursive: true });
  const builds = buildsOf(suites, plan);
  await runInLanes([...builds.values()], jobsOf(plan, builds), { lanes: Number(lanes), hold });

  const bootstrap = Number(process.env.INTERLEAVE_BOOTSTRAP_SECONDS ?? 0);
  const times = {
    started: new Date(began).toISOString(),
    cores: cpus().length,
    full: Boolean(full),
    seconds: bootstrap + (Date.now() - began) / 1000,
    suites: [
      { name: 'bootstrap', ...emptyTimes(), other: bootstrap, build: bootstrap, passed: 0, failed: 0, skipped: 0 },
      ...plan.map(({ tally: { name, times: its, result } }) => ({
        name, ...its, passed: result.passed, failed: result.failures.length, skipped: result.skips.length,
      })),
    ],
  };
  writeTimes(join(root, 'build/test-logs/times.json'), times);
  const results = plan.map(({ tally }) => tally.result);
  // What failed is also said at the end, where it is read first.
  const lost = results.flatMap(({ failures }) => failures);
  for (const { name, text } of lost) console.log(`FAILED ${name}: ${text.split('\n')[0]}`);
  console.log(`\n${tableOf(times)}\n\nLogs are in build/test-logs.\n${closingLine(results)}`);
  process.exitCode = lost.length > 0 ? 1 : 0;
}

main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exit(2);
});
