// The playground once more, as a form, a table and words, for whoever cannot use the canvas: made from the same
// declarations, and always there for a screen reader. It is seen when a key moves the focus into it.

import { make, setAttribute, setText } from './mirror_dom.mjs';
import { FormView } from './mirror_form.mjs';
import { mirrorMessages as messages } from './mirror_messages.mjs';
import { LookView } from './mirror_look.mjs';
import { ResultView } from './mirror_result.mjs';
import { here } from '../place.mjs';

const lookEveryMs = 250;

// The page loads without them: they are needed only here.
const styles = ['mirror/mirror.css', 'mirror/mirror_form.css'];

// Settles when it is there, or cannot be had: words without a style are still words.
function addStyle(name) {
  const link = make('link', { rel: 'stylesheet', href: new URL(name, here) });
  return new Promise((settled) => {
    link.addEventListener('load', settled);
    link.addEventListener('error', settled);
    document.head.append(link);
  });
}

const whenIdle = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 200));

// A canvas takes every Tab for its own controls. After Escape the next Tab is the browser's, so nobody is caught.
function letTabLeave(canvas) {
  let leaving = false;
  addEventListener('keydown', (event) => {
    if (document.activeElement !== canvas) return;
    if (event.key === 'Tab' && leaving) event.stopImmediatePropagation();
    if (event.key !== 'Shift') leaving = event.key === 'Escape';
  }, true);
}

export class Mirror {
  #app;
  #root;
  #catalogue;  // or a function that loads it
  #state = null;
  #parts = null;  // once there is a catalogue
  #loading = false;
  #timer = 0;
  #canvas = document.getElementById('canvas');

  // `catalogue` is what the app gives (src/app/form_json.h), or a function that gets it.
  constructor(app, root, catalogue = () => app.catalogue()) {
    this.#app = app;
    this.#root = root;
    this.#catalogue = catalogue;
    this.entry = make('button', { type: 'button', class: 'mirror-entry' });
    this.title = make('h1', { id: 'mirror-title' });
    this.closeText = make('span');
    this.close = make('button', { type: 'button', class: 'mirror-close', 'aria-keyshortcuts': 'Escape' },
      [this.closeText, make('kbd', { 'aria-hidden': 'true' }, 'Esc')]);
    this.note = make('p', { class: 'mirror-waiting' });
    this.body = make('div', { class: 'mirror-body' }, this.note);
    // It takes the focus where nothing else under the pointer does, so that a click on its text does not close it.
    this.sheet = make('div', { class: 'mirror-sheet', tabindex: -1 }, [
      make('div', { class: 'mirror-head' }, [this.title, this.close]), this.body,
    ]);
    root.classList.add('mirror');
    setAttribute(root, 'aria-labelledby', this.title.id);
    root.replaceChildren(this.entry, this.sheet);
    root.hidden = true;
    Promise.all(styles.map(addStyle)).then(() => {
      root.hidden = false;
    });
    this.#listen();
    if (this.#canvas) letTabLeave(this.#canvas);
  }

  // What the app says now. Called up to four times a second.
  show(state) {
    this.#state = state;
    const { lang } = state;
    setText(this.entry, messages.entry[lang]);
    setText(this.title, messages.entry[lang]);
    setText(this.closeText, messages.close[lang]);
    if (this.#parts) {
      for (const part of this.#parts) part.show(state);
    } else if (state.ready && !this.#loading) {
      this.#loading = true;
      setText(this.note, messages.loading[lang]);
      whenIdle(() => this.#build());
    }
  }

  get isOpen() {
    return this.#root.classList.contains('open');
  }

  #listen() {
    this.entry.addEventListener('click', () => this.#enter());
    this.close.addEventListener('click', () => this.#leave());
    this.sheet.addEventListener('focusin', () => this.#setOpen(true));
    this.sheet.addEventListener('focusout', () => {
      // Where the focus goes is known only after the event. A window that is left keeps its sheet.
      setTimeout(() => {
        if (document.hasFocus() && !this.sheet.contains(document.activeElement)) this.#setOpen(false);
      });
    });
    this.#root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      this.#leave();
    });
  }

  #setOpen(open) {
    if (this.isOpen === open) return;
    this.#root.classList.toggle('open', open);
    if (open) this.#follow();
  }

  #enter() {
    if (this.#parts) {
      this.#parts[0].focusFirst();
    } else {
      // What could not be loaded is tried again.
      this.sheet.focus();
      if (this.#state) this.show(this.#state);
    }
  }

  #leave() {
    this.#setOpen(false);
    if (this.#canvas) this.#canvas.focus({ preventScroll: true });
    else document.activeElement.blur();
  }

  async #build() {
    try {
      if (typeof this.#catalogue === 'function') this.#catalogue = await this.#catalogue();
    } catch {
      this.#loading = false;
      setText(this.note, messages.failed[this.#state.lang]);
      return;
    }
    const form = new FormView(this.#catalogue, (request) => this.#ask(request));
    const result = new ResultView(this.#catalogue, this.#app, () => form.watch());
    const set = (options) => {
      this.#app.set(options);
      this.#follow();
    };
    const look = new LookView(this.#catalogue, set, () => this.#ask({ do: 'share' }));
    this.#parts = [form, result, look];
    this.show(this.#state);
    this.body.replaceChildren(form.form, form.actions, result.section, look.section);
    // Whoever was quicker than the catalogue waits in the empty sheet.
    if (document.activeElement === this.sheet) form.focusFirst();
  }

  #ask(request) {
    const sentence = this.#app.ask(request);
    this.#follow();
    return sentence;
  }

  // The app calls back when its words change; a value, a step or a share of progress may change without. So after
  // whatever is done here, it is looked at until it has stopped drawing.
  #follow() {
    clearTimeout(this.#timer);
    let frame = null;
    const look = () => {
      const state = this.#app.state();
      this.show(state);
      const goesOn = state.frame !== frame || state.phase === 'running' || state.phase === 'starting';
      frame = state.frame;
      if (goesOn && this.isOpen) this.#timer = setTimeout(look, lookEveryMs);
    };
    look();
  }
}
