// The steps of a simulated run as text, to be read and taken away. Made only when it is opened: it may be long.

import { grouped, make, setAttribute, setHidden, setText, setTextOrHide } from './mirror_dom.mjs';
import { mirrorMessages as messages } from './mirror_messages.mjs';
import { words } from '../messages.mjs';

const mostLines = 2000;  // that are shown; more would make the page slow

export class TranscriptView {
  #app;
  #text = '';
  #shown = '';  // of which state
  #state;

  constructor(app) {
    this.#app = app;
    this.summary = make('summary');
    this.lines = make('pre', { tabindex: 0, role: 'group' });
    this.copy = make('button', { type: 'button' });
    this.said = make('span', { role: 'status' });
    this.note = make('p', { class: 'mirror-hint' });
    this.details = make('details', { class: 'mirror-fold' }, [
      this.summary, this.lines, this.note, make('div', { class: 'mirror-copy' }, [this.copy, this.said]),
    ]);
    this.details.addEventListener('toggle', () => this.#fill());
    this.copy.addEventListener('click', () => this.#copy());
  }

  show(state) {
    const { lang } = state;
    this.#state = state;
    setHidden(this.details, state.engine !== 'sim');
    setText(this.summary, messages.transcript[lang]);
    setAttribute(this.lines, 'aria-label', messages.transcript[lang]);
    setText(this.copy, messages.copy[lang]);
    this.#fill();
  }

  #fill() {
    const { lang, workload, phase, history, events, steps } = this.#state;
    if (!this.details.open || this.details.hidden || phase === 'running') return;
    const now = [lang, workload, phase, history, events, steps.count].join(' ');
    if (now === this.#shown) return;
    this.#shown = now;
    this.#text = this.#app.transcript(lang);
    const lines = this.#text.trimEnd().split('\n');
    const left = Math.max(0, lines.length - mostLines);
    setText(this.lines, this.#text === '' ? messages.noTranscript[lang] : lines.slice(0, mostLines).join('\n'));
    setTextOrHide(this.note, left === 0 ? '' : words(messages.moreLines, lang, { count: grouped(left) }));
    setHidden(this.copy, this.#text === '');
    setText(this.said, '');
  }

  async #copy() {
    const { lang } = this.#state;
    try {
      await navigator.clipboard.writeText(this.#text);
      setText(this.said, messages.copied[lang]);
    } catch {
      getSelection().selectAllChildren(this.lines);
      setText(this.said, messages.copyByHand[lang]);
    }
  }
}
