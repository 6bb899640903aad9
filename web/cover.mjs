// What lies over the canvas: the loading bar, and the sentence where something is missing.

import { messages, words } from './messages.mjs';

const part = (id) => document.getElementById(id);
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

export class Cover {
  #lang;
  #lastShare = null;

  constructor(lang) {
    this.setLanguage(lang);
  }

  // One step of loading. `share` from 0 to 1, or null where it is not known.
  step(message, share, detail = '') {
    part('notice').hidden = true;
    part('loading').hidden = false;
    part('loading-text').textContent = words(message, this.#lang);
    part('loading-detail').textContent = detail;
    const bar = part('loading-bar');
    // The bar of a download never goes back, whatever a server says of the length.
    this.#lastShare = share === null ? null : Math.max(this.#lastShare ?? 0, Math.min(1, share));
    if (this.#lastShare === null) {
      bar.removeAttribute('aria-valuenow');
      part('loading-fill').style.width = '';
    } else {
      bar.setAttribute('aria-valuenow', String(Math.floor(this.#lastShare * 100)));
      part('loading-fill').style.width = `${this.#lastShare * 100}%`;
    }
  }

  downloading(bytes, total) {
    const known = total !== null;
    const detail = words(known ? messages.downloaded : messages.downloadedSoFar, this.#lang, {
      done: megabytes(bytes),
      total: megabytes(total ?? 0),
    });
    this.step(messages.downloading, known ? bytes / total : null, detail);
  }

  // Loading starts again.
  restart() {
    this.#lastShare = null;
    this.step(messages.loading, null);
  }

  // Says what is wrong. `kind` has a title and a text; `detail` is the browser's own words.
  tell(kind, { detail = '', button = null, act = null } = {}) {
    part('cover').hidden = false;
    part('cover').classList.remove('leaving');
    part('loading').hidden = true;
    part('notice').hidden = false;
    part('notice-title').textContent = words(kind.title, this.#lang);
    part('notice-text').textContent = words(kind.text, this.#lang);
    part('notice-detail').textContent = detail;
    const control = part('notice-button');
    control.hidden = button === null;
    if (button !== null) {
      control.textContent = words(button, this.#lang);
      control.onclick = act;
      control.focus();
    }
  }

  setLanguage(lang) {
    this.#lang = lang;
    document.title = words(messages.title, lang);
    part('canvas').setAttribute('aria-label', words(messages.canvas, lang));
  }

  leave() {
    const cover = part('cover');
    const gone = () => {
      if (cover.classList.contains('leaving')) cover.hidden = true;
    };
    cover.classList.add('leaving');
    cover.addEventListener('transitionend', gone, { once: true });
    // No transition runs in a hidden tab or where motion is reduced.
    setTimeout(gone, 300);
  }
}
