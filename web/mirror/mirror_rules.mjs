// How the form offers a choice, and what it asks for where the canvas has a request of its own.

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
