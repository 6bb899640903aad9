// What the reader prefers: from the address, else from the browser.

export const languages = ['en', 'ko'];
export const themes = ['light', 'dark'];

const darkQuery = matchMedia('(prefers-color-scheme: dark)');
const calmQuery = matchMedia('(prefers-reduced-motion: reduce)');

export const systemTheme = () => (darkQuery.matches ? 'dark' : 'light');
export const reducedMotion = () => calmQuery.matches;

// The first of the browser's languages that we have.
function systemLanguage() {
  const wanted = navigator.languages?.length ? navigator.languages : [navigator.language ?? 'en'];
  const known = wanted.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => languages.includes(tag));
  return known ?? 'en';
}

// Takes out of the query what is the page's own: `lang`, `theme`, `code` (whether the source is open), `embed` (whether
// it stands in somebody else's page), `start` (run at once) and `controls` (which to show there). What the page does
// not know is the program's to judge.
export function readAddress(search) {
  const given = new URLSearchParams(search);
  const wrong = [];
  const choose = (key, allowed) => {
    const value = given.get(key);
    if (value === null || allowed.includes(value)) return value;
    wrong.push({ key, given: value.slice(0, 40), allowed: allowed.join(', ') });
    return null;
  };
  const lang = choose('lang', languages) ?? systemLanguage();
  // An element's "auto" is what happens without a word.
  const chosenTheme = given.get('theme') === 'auto' ? null : choose('theme', themes);
  const flag = (key) => choose(key, ['0', '1']) === '1';
  return {
    lang,
    code: flag('code'),
    embedded: flag('embed'),
    start: flag('start'),
    controls: (given.get('controls') ?? '').slice(0, 400).split(',').map((key) => key.trim()).filter(Boolean),
    theme: chosenTheme ?? systemTheme(),
    themeIsChosen: chosenTheme !== null,
    wrong,
  };
}

// Calls back when the system's colour scheme or wish for less motion changes.
export function watchSystem(changed) {
  darkQuery.addEventListener('change', changed);
  calmQuery.addEventListener('change', changed);
}

// A window that moves to a screen of another density keeps its size, so the program is told as if it had been resized.
export function watchDensity() {
  matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
    dispatchEvent(new Event('resize'));
    watchDensity();
  }, { once: true });
}

export function applyReader({ lang, theme }) {
  document.documentElement.lang = lang;
  document.documentElement.dataset.theme = theme;
}
