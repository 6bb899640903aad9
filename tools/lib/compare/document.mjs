// The comparison as text: a table for each row of rows.mjs, and the document around them.
import { cell, ratio, show, summary, table } from './figures.mjs';
import { engineFlags } from './rows.mjs';

export const engines = ['live', 'sim'];

// `result` of a row: [{ variant, groups: [{ interpreter, real: [{ name, runs, problem }],
// ours: { live: { runs, problem }, sim } }] }]. A problem is a sentence, told below the table.
export function tableOf(row, result) {
  const compared = row.columns.find(({ key }) => key === row.compared);
  const hasVariants = Boolean(row.variants);
  const head = [...(hasVariants ? [''] : []), 'interpreter', 'runs', ...row.columns.map(({ title }) => title),
    ...engines.map((engine) => `${compared.title}: CPython / ${engine}`)];
  const lines = [];
  const problems = new Map();
  for (const { variant, groups } of result) {
    const lead = hasVariants ? [variant.name] : [];
    const told = (name, { runs, problem }, ratios) => {
      if (problem) problems.set(problem, [...problems.get(problem) ?? [], name]);
      if (runs.length === 0) return;
      const figures = row.columns.map(({ key, unit }) => cell(summary(runs, key), unit));
      lines.push([...lead, name, String(runs.length), ...figures, ...ratios]);
    };
    for (const { interpreter, real, ours } of groups) {
      for (const one of real) {
        const ratios = engines.map((engine) => {
          const times = ratio(summary(one.runs, row.compared), summary(ours[engine].runs, row.compared));
          return times === null ? '-' : show(times, 'times');
        });
        told(one.name, one, ratios);
      }
      for (const engine of engines) told(`ours, ${interpreter}, ${engine}`, ours[engine], engines.map(() => ''));
    }
  }
  const oursInAll = result[0].groups.length * engines.length;
  const reasons = [...problems].map(([problem, names]) => {
    const different = [...new Set(names)];
    const allOurs = different.length === oursInAll && different.every((name) => name.startsWith('ours, '));
    return `${allOurs ? 'Ours, every interpreter and engine' : different.join('; ')}: ${problem}`;
  });
  return [table(head, lines), ...reasons].join('\n\n');
}

function call(command, args) {
  return [command, ...args].join(' ');
}

// How the figures of a row come about, with the interpreter and the switch interval left open.
export function commandsOf(row) {
  const variant = row.variants ? ['--switch-interval', '...'] : [];
  const lines = [call(`python3 tools/cpython/${row.program}`, [...row.args, ...variant])];
  for (const engine of engines) {
    for (const { args } of row.ours(engine)) {
      lines.push(call('interleave run', [...args, '--interpreter', '...', ...variant, '--engine', engine, ...engineFlags[engine]]));
    }
  }
  return lines.map((line) => `    ${line}`).join('\n');
}

// How many times as fast our compiled loops turn as bytecode, over all interpreters: from the rows that compare what
// one turn costs, but for those whose price is that of a lock. Null where nothing was measured.
export function loopsOf(sections) {
  const times = sections.filter(({ row }) => row.compared === 'each' && !row.key.includes('lock')).flatMap(({ row, result }) => result
    .flatMap(({ groups }) => groups.flatMap(({ real, ours }) => real.map(({ runs }) => ratio(summary(runs, row.compared),
      summary(ours.live.runs, row.compared))))))
    .filter((value) => value !== null);
  return times.length === 0 ? null : [Math.min(...times), Math.max(...times)];
}

function speedText(sections) {
  const loops = loopsOf(sections);
  if (loops === null) return 'a loop turns faster than in bytecode';
  const range = [...new Set(loops.map((value) => show(value, 'times')))].join(' to ');
  return `a loop turns ${range} times as fast as in bytecode here`;
}

export function documentOf({ sections, machine, repeat }) {
  const parts = [
    '# Beside the real CPython',
    'Written by `tools/compare-cpython`, which also holds the explanations; do not edit it by hand. It runs the programs of ' +
    '`tools/cpython` on each CPython that it is given and the same workloads on our engines, in turns, and shows the ' +
    `median of ${repeat} runs with the smallest and the largest in brackets.`,
    machineText(machine),
    'Read ratios rather than seconds. On `live` our threads run compiled C++ under a GIL with the rules of CPython\'s, so ' +
    `${speedText(sections)}, while whatever the operating system does (waking a thread, ` +
    'blocking, a time limit running out) takes the same time on both sides. On `sim` time is virtual: it depends on the ' +
    'simulator\'s costs and the seed, not on this machine. The last two columns say how many times ours the figure of ' +
    'CPython is; 1 is agreement where the figure itself is a ratio or a wait.',
  ];
  for (const { row, text } of sections) {
    parts.push(`## ${row.title}`, text, row.why, commandsOf(row));
  }
  return `${parts.join('\n\n')}\n`;
}

function machineText({ cores, model, system, pythons, missing, ours, loads, date }) {
  const load = loads.map((value) => value.toFixed(1)).join(' to ');
  const lines = [
    `Machine: ${cores} cores (${model}), ${system}. Load while it ran: ${load}${Math.max(...loads) > 1
      ? ', so other programs were competing for the cores and single figures are noisy' : ''}.`,
    `Interpreters: ${pythons.join(', ')}${missing.length > 0 ? `; none here that is like our ${missing.join(', ')}` : ''}. ` +
    `Interleave: ${ours}. ${date}.`,
  ];
  return lines.join('\n');
}
