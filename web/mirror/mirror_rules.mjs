// What the catalogue's declarations mean: which parameter has an effect, which preset is set, how a choice is offered.
// The program decides the same things in src/core/params.cpp; here they only decide how the form looks.

// The reason why a parameter has no effect beside the others' values, or null.
export function unmetNeed(spec, values) {
  for (const need of spec.needs ?? []) {
    const value = values[need.key];
    if (value === undefined) continue;
    const met = need.values ? need.values.includes(value) : Number(value) >= need.at_least;
    if (!met) return need.reason;
  }
  return null;
}

const nanoseconds = { ns: 1, us: 1e3, 'µs': 1e3, ms: 1e6, s: 1e9 };

// Of a duration as URLs have it: "5ms" is 5,000,000. Null where it is none.
export function durationOf(text) {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ns|us|µs|ms|s)$/.exec(text) ?? [];
  if (unit) return Math.round(Number(number) * nanoseconds[unit]);
  return text === '0' ? 0 : null;
}

// As URLs have it: in the largest unit that needs no fraction.
export function printDuration(count) {
  const unit = ['s', 'ms', 'us'].find((name) => count >= nanoseconds[name] && count % nanoseconds[name] === 0) ?? 'ns';
  return `${count / nanoseconds[unit]}${unit}`;
}

const sameValue = (one, other) => one === other || (durationOf(one) !== null && durationOf(one) === durationOf(other));

// The keys of the presets whose values are set, "" for the engine's defaults. A preset may say what the defaults say.
export function presetsSet(workload, state) {
  const isSet = (engine, given) =>
    engine === state.engine &&
    workload.params.every(({ key, defaults }) => sameValue(state.params[key], given[key] ?? defaults[engine].text)) &&
    // A preset may set the engine, too.
    Object.entries(given).every(([key, value]) => key in state.params || sameValue(state.settings[key] ?? '', value));
  const found = workload.presets.filter(({ engine, values }) => isSet(engine, values)).map(({ key }) => key);
  return isSet(state.engine, {}) ? [...found, ''] : found;
}

// Hangul is twice as wide as Latin.
const widthOf = (text) => [...text].reduce((sum, letter) => sum + (letter > '\u1100' ? 2 : 1), 0);

// Few short options lie side by side. The same in both languages, so that a control does not change its kind.
export function liesOpen(spec) {
  if (spec.options.length > 4) return false;
  const widthIn = (lang) => spec.options.reduce((sum, { label }) => sum + widthOf(label[lang]) + 4, 0);
  return Math.max(widthIn('en'), widthIn('ko')) <= 46;
}

// The whole configuration in which the explorer's schedule is watched: the same parameters, whatever the simulator's
// defaults are.
export function watchQuery(state) {
  const query = new URLSearchParams({ workload: state.workload, engine: 'sim', ...state.params });
  if (state.settings.seed !== undefined) query.set('seed', state.settings.seed);
  query.set('schedule', state.exploration.schedule);
  return query.toString();
}
