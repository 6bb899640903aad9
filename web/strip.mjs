// A line under the canvas for what the reader should know and need not act on: why there are no threads, a newer
// version.

import { messages, words } from './messages.mjs';

const part = (id) => document.getElementById(id);
let shown = null;

function write(lang) {
  part('strip-text').textContent = words(shown.text, lang);
  part('strip-act').hidden = shown.button === null;
  if (shown.button !== null) part('strip-act').textContent = words(shown.button, lang);
  part('strip-close').setAttribute('aria-label', words(messages.close, lang));
}

// The canvas gives it its height, so that it hides nothing.
new ResizeObserver(() => {
  document.documentElement.style.setProperty('--strip', `${part('strip').offsetHeight}px`);
  dispatchEvent(new Event('resize'));  // the program looks at the canvas's size again
}).observe(part('strip'));

export function closeStrip() {
  part('strip').hidden = true;
  part('canvas').focus({ preventScroll: true });
}

// `button` and `act` may be null: then there is nothing to do about it.
export function tellInStrip(text, { button = null, act = null } = {}) {
  shown = { text, button };
  write(document.documentElement.lang);
  part('strip-act').onclick = act;
  part('strip-close').onclick = closeStrip;
  part('strip').hidden = false;
}

export function translateStrip(lang) {
  if (shown) write(lang);
}
