// What a reader takes away of what is on the screen: a link, an element or a frame for a page of theirs, a command.

import { plainAddress, shortAddress } from './fragment.mjs';
import { messages, words } from './messages.mjs';
import { bundle } from './place.mjs';

const part = (id) => document.getElementById(id);
// The folder whose names stay, for pages elsewhere.
const pinned = new URL('v1/', bundle);
const frameHeight = 480;

const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

// The same with the look: what a link says beside the configuration.
function withLook(query, { lang, theme }) {
  const out = new URLSearchParams(query);
  out.set('lang', lang);
  out.set('theme', theme);
  return out;
}

export function wholePage(query, look) {
  return new URL(plainAddress(withLook(query, look)), bundle).href;
}

// The lesson about a workload.
export const lessonOf = (workload, lang) => new URL(`lessons/${lang}/${workload}/`, bundle).href;

// The four forms, by the name that their fields have. `title` is the workload's.
export async function formsOf({ workload, query, command }, look, title) {
  const values = withLook(query, look);
  const address = await shortAddress(values);
  const link = new URL(address, bundle).href;
  const poster = new URL(`poster/${workload}-${look.theme}-${look.lang}.webp`, pinned).href;
  const attributes = [...values].map(([key, value]) => `${key}="${escaped(value)}"`).join(' ');
  return {
    link,
    element: `<script async src="${new URL('interleave-playground.js', pinned).href}"></script>\n`
      + `<interleave-playground ${attributes}><a href="${escaped(link)}"><img src="${poster}" alt="${escaped(title)}"></a></interleave-playground>`,
    frame: `<iframe src="${escaped(new URL(`embed.html${address}`, pinned).href)}" title="${escaped(title)}" width="100%" height="${frameHeight}" loading="lazy" allow="cross-origin-isolated; clipboard-write; fullscreen" style="border: 0"></iframe>`,
    command,
  };
}

async function copy(field, button, lang) {
  let done = true;
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // Without the right to the clipboard: marked, so that a key copies it.
    done = false;
    field.focus();
    field.select();
  }
  button.textContent = words(done ? messages.copied : messages.copyByKey, lang);
}

export async function openShare(shared, look, title) {
  const dialog = part('share');
  const forms = await formsOf(shared, look, title);
  part('share-title').textContent = words(messages.shareTitle, look.lang);
  part('share-note').textContent = words(messages.shareNote, look.lang, { sum: new URLSearchParams(shared.query).get('sum') });
  part('share-close').textContent = words(messages.close, look.lang);
  for (const [name, text] of Object.entries(forms)) {
    const field = part(`share-${name}`);
    const button = part(`share-${name}-copy`);
    field.value = text;
    part(`share-${name}-label`).textContent = words(messages.share[name], look.lang);
    button.textContent = words(messages.copy, look.lang);
    // The link is what most come for.
    button.classList.toggle('quiet', name !== 'link');
    button.onclick = () => copy(field, button, look.lang);
  }
  part('share-close').onclick = () => dialog.close();
  dialog.onclose = () => part('canvas').focus({ preventScroll: true });
  if (!dialog.open) dialog.showModal();
}
