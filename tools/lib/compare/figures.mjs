// Figures of repeated runs: read from what programs print, summed up, and written for people. All times are in seconds.

// The middle value, or the mean of the two in the middle; null of nothing.
export function median(values) {
  if (values.length === 0) return null;
  const ordered = [...values].sort((a, b) => a - b);
  const middle = Math.floor(ordered.length / 2);
  return ordered.length % 2 === 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
}

// { median, min, max, count } of the runs that have the figure, or null where none has.
export function summary(runs, key) {
  const values = runs.map((figures) => figures[key]).filter((value) => Number.isFinite(value));
  if (values.length === 0) return null;
  return { median: median(values), min: Math.min(...values), max: Math.max(...values), count: values.length };
}

// How many times `one` is `other`; null where that has no meaning.
export function ratio(one, other) {
  return one && other && other.median !== 0 ? one.median / other.median : null;
}

function digits(value) {
  if (value === 0 || Math.abs(value) >= 100) return value.toFixed(0);
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function show(value, unit) {
  switch (unit) {
    case 'seconds': {
      const [scale, name] = [[1, 's'], [1e-3, 'ms'], [1e-6, 'us'], [1e-9, 'ns']].find(([least]) => value >= least) ?? [1e-9, 'ns'];
      return `${digits(value / scale)} ${name}`;
    }
    case 'count': return Math.round(value).toLocaleString('en-US');
    case 'rate': return `${Math.round(value).toLocaleString('en-US')}/s`;
    case 'share': return `${digits(value * 100)} %`;
    case 'times': return digits(value);
    default: throw new Error(`no such unit: ${unit}`);
  }
}

// The median, and the range where runs differ visibly.
export function cell(sum, unit) {
  if (!sum) return '-';
  const [middle, least, most] = [sum.median, sum.min, sum.max].map((value) => show(value, unit));
  return least === most ? middle : `${middle} (${least} .. ${most})`;
}

// A table of Markdown whose columns also line up where it is read as text.
export function table(head, lines) {
  const all = [head, ...lines];
  const widths = head.map((_, at) => Math.max(3, ...all.map((line) => line[at].length)));
  const row = (line) => `| ${line.map((text, at) => text.padEnd(widths[at])).join(' | ')} |`;
  return [row(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.map(row)].join('\n');
}

// What a program of tools/cpython printed: its last line is the report, warnings may come before.
export function fromPython(output) {
  const last = output.trim().split('\n').at(-1);
  let report;
  try {
    report = JSON.parse(last);
  } catch {
    throw new Error(`it printed no JSON but: ${last.slice(0, 200)}`);
  }
  const { implementation, python, gil, ...figures } = report;
  return { implementation, python, gil, figures };
}

// What our `run --json` printed, with the figures that `take` wants: { name here: key there }.
export function fromOurs(output, take) {
  let report;
  try {
    report = JSON.parse(output);
  } catch {
    throw new Error(`it printed no JSON but: ${output.trim().slice(0, 200)}`);
  }
  const { verdict, headline, figures: all, shown } = report.outcome;
  if (!['ok', 'failure'].includes(verdict)) throw new Error(`it ended with: ${headline}`);
  const figures = {};
  for (const [name, key] of Object.entries(take)) {
    if (!(key in all)) throw new Error(`it has no figure "${key}", only ${Object.keys(all).join(', ')}`);
    figures[name] = shown?.[key]?.unit === 'ns' ? all[key] / 1e9 : all[key];
  }
  return { figures, machine: report.machine };
}

// The sentence with which our program refuses arguments, without its name and without the list of what is allowed.
export function refusal(output) {
  const line = output.trim().split('\n')[0] ?? '';
  return line.replace(/^interleave: /, '').replace(/ Allowed: .*/, '').slice(0, 200) || 'it said nothing';
}

// Which of our interpreters stands for a real one.
export function interpreterOf({ python, gil }) {
  if (!gil) return 'freethreaded';
  const [major, minor] = python.split('.').map(Number);
  return major === 3 && minor < 10 ? 'cpython39' : 'cpython310';
}
