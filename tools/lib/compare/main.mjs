// The body of tools/compare-cpython: runs both sides of every row in turns, prints the tables and writes the document.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, type } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problemOf, run } from '../run.mjs';
import { documentOf, engines, tableOf } from './document.mjs';
import { fromOurs, fromPython, interpreterOf, refusal } from './figures.mjs';
import { optionsFrom, usage } from './options.mjs';
import { engineFlags, rows } from './rows.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const interpreters = ['cpython39', 'cpython310', 'freethreaded'];
const limitSeconds = 300;

const log = (name) => join(root, 'build/compare-logs', `${name.replace(/[^a-z0-9.]+/gi, '-')}.log`);

// Which Python a command starts, or an Error.
function identify(path) {
  const script = 'import json, platform, sys; print(json.dumps({"implementation": platform.python_implementation(), ' +
    '"python": platform.python_version(), "gil": getattr(sys, "_is_gil_enabled", lambda: True)()}))';
  const { status, stdout, error } = spawnSync(path, ['-c', script], { encoding: 'utf8', timeout: 20_000 });
  if (error?.code === 'ENOENT') return null;
  if (status !== 0) throw new Error(`"${path}" does not run Python programs.`);
  const found = fromPython(stdout);
  return { path, ...found, name: `${found.implementation} ${found.python}${found.gil ? '' : ' free-threaded'}` };
}

// python3 where it is there, and those asked for, each version once.
function pythonsOf(asked) {
  const found = asked.map((path) => identify(path) ?? (() => { throw new Error(`there is no "${path}".`); })());
  const usual = identify('python3');
  const all = usual ? [usual, ...found] : found;
  const byVersion = (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true });
  return all.filter(({ name }, at) => all.findIndex((other) => other.name === name) === at).sort(byVersion);
}

async function runPython(python, row, variant) {
  const args = [join(root, 'tools/cpython', row.program), ...row.args, ...(variant.python ?? [])].map(String);
  const ran = await run(python.path, args, { cwd: root, log: log(`${row.key} ${python.name}`), limitSeconds });
  const problem = problemOf(ran);
  if (problem) throw new Error(`${row.program}: ${problem}`);
  return fromPython(ran.output).figures;
}

// Each command gives a part of the figures. Seeds differ between repetitions, or the simulator would repeat itself.
async function runOurs(program, row, variant, { interpreter, engine, repetition }) {
  const figures = {};
  let machine = null;
  for (const { args, take } of row.ours(engine)) {
    const all = ['run', ...args, '--interpreter', interpreter, ...(variant.ours ?? []), '--engine', engine,
      ...engineFlags[engine], '--seed', repetition + 1, '--json'].map(String);
    const ran = await run(program, all, { cwd: root, log: log(`${row.key} ours ${engine}`), limitSeconds });
    if (ran.status === 2) throw new Error(`not there yet: ${refusal(ran.output)}`);
    const problem = problemOf(ran);
    if (problem) throw new Error(problem);
    const read = fromOurs(ran.output, take);
    Object.assign(figures, read.figures);
    machine = read.machine;
  }
  return { figures, machine };
}

// In turns rather than one after another, so that what else the machine does hits all of them alike.
async function runRow(context, row) {
  const result = [];
  for (const variant of row.variants ?? [{}]) {
    const groups = interpreters.map((interpreter) => ({
      interpreter,
      real: context.pythons.filter((python) => interpreterOf(python) === interpreter)
        .map((python) => ({ name: python.name, python, runs: [], problem: null })),
      ours: Object.fromEntries(engines.map((engine) => [engine, { runs: [], problem: null }])),
    }));
    for (let repetition = 0; repetition < context.repeat; repetition += 1) {
      for (const { interpreter, real, ours } of groups) {
        for (const subject of real) await attempt(subject, row, () => runPython(subject.python, row, variant));
        for (const engine of engines) {
          await attempt(ours[engine], row, async () => {
            const { figures, machine } = await runOurs(context.program, row, variant, { interpreter, engine, repetition });
            context.machine = machine;
            return figures;
          });
        }
      }
    }
    result.push({ variant, groups });
  }
  return result;
}

async function attempt(subject, row, action) {
  if (subject.problem) return;
  try {
    const figures = await action();
    subject.runs.push({ ...figures, ...row.derive?.(figures) });
  } catch (error) {
    subject.problem = error.message;
  }
}

function build() {
  const script = '. tools/lib/common.sh && . tools/lib/build.sh && mkdir -p build && build_preset release interleave';
  const { status } = spawnSync('bash', ['-c', script], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error('building the headless program failed; what the compiler said is above.');
}

async function main() {
  const options = optionsFrom(process.argv.slice(2), rows.map(({ key }) => key));
  if (options.help) return console.log(usage);
  const pythons = pythonsOf(options.pythons);
  if (pythons.length === 0) return console.log('skipped: there is no python3 here, so there is nothing to compare with.');
  const program = resolve(options.program ?? join(root, 'build/release/bin/interleave'));
  if (!options.program) build();
  if (!existsSync(program)) throw new Error(`there is no "${options.program}".`);

  const context = { pythons, program, repeat: options.repeat, machine: null };
  const loads = [loadavg()[0]];
  const sections = [];
  for (const row of rows.filter(({ key }) => options.only.length === 0 || options.only.includes(key))) {
    const result = await runRow(context, row);
    const text = tableOf(row, result);
    loads.push(loadavg()[0]);
    sections.push({ row, result, text });
    console.log(`${row.title}\n\n${text}\n`);
  }
  const output = options.output ?? (options.only.length === 0 ? join(root, 'docs/compare-cpython.md') : null);
  if (!output) return undefined;
  const ours = context.machine;
  writeFileSync(output, documentOf({
    sections,
    repeat: options.repeat,
    machine: {
      cores: cpus().length,
      model: cpus()[0].model.trim(),
      system: `${type()} ${release().split('-')[0]}`,
      pythons: pythons.map(({ name }) => name),
      missing: interpreters.filter((interpreter) => !pythons.some((python) => interpreterOf(python) === interpreter)),
      ours: ours ? `${ours.version}, ${ours.compiler}` : 'no run succeeded',
      loads: [Math.min(...loads), Math.max(...loads)],
      date: new Date().toISOString().slice(0, 10),
    },
  }));
  return undefined;
}

main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exit(1);
});
