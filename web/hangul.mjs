// Fonts with the letters of Korean, which English needs none of: fetched from beside the program where they are to be
// shown.

import { DownloadError } from './download.mjs';
import { messages, words } from './messages.mjs';
import { languages } from './reader.mjs';
import { closeStrip, tellInStrip } from './strip.mjs';

async function fetchFont(name) {
  const response = await fetch(new URL(`../${name}.ttf`, import.meta.url));
  if (!response.ok) throw new DownloadError(`${response.status} ${response.statusText}`.trim());
  return new Uint8Array(await response.arrayBuffer());
}

// Regular and semibold, or the error for which they did not come.
export async function fetchHangul() {
  try {
    return await Promise.all(['pretendard-regular', 'pretendard-semibold'].map(fetchFont));
  } catch (error) {
    return error;
  }
}

// Gives the program what was fetched. Where that is an error, or none of its fonts, English stays, and the strip says
// why.
export function giveHangul(app, fetched) {
  const failed = fetched instanceof Error;
  if (app.useFonts(failed ? null : fetched)) return;
  const detail = failed ? fetched.message : '';
  const text = Object.fromEntries(languages.map((lang) => [lang, words(messages.noHangul, lang, { detail })]));
  const again = () => {
    closeStrip();
    app.set({ lang: 'ko' });
  };
  tellInStrip(text, { button: messages.retryHangul, act: again });
}

// From now on the program gets Hangul whenever it is to draw some.
export function bringHangul(app) {
  document.addEventListener('interleave-hangul', async () => giveHangul(app, await fetchHangul()));
}
