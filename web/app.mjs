// The seam between the page and the program: the only file that knows what the module exports.

import { announce } from './announcer.mjs';
import { applyReader } from './reader.mjs';

// `module` is an instance of interleave.mjs.
export class App {
  #module;
  #revision = -1;

  constructor(module) {
    this.#module = module;
  }

  // Starts drawing. Throws where the program says that it cannot.
  start(options) {
    const problem = this.#module.ccall('interleave_start', 'string', ['string'], [JSON.stringify(options)]);
    if (problem) throw new Error(problem);
  }

  // Fonts with the letters of Korean, too, regular and semibold, as bytes; null where they could not be fetched. False
  // where Korean cannot be shown with them.
  useFonts(fonts) {
    const [regular, semibold] = fonts ?? [new Uint8Array(), new Uint8Array()];
    const types = ['array', 'number', 'array', 'number'];
    return this.#module.ccall('interleave_use_fonts', 'number', types, [regular, regular.length, semibold, semibold.length]) !== 0;
  }

  state() {
    return JSON.parse(this.#module.ccall('interleave_state', 'string', [], []));
  }

  // Acts on a control by role and key; false where there is no such control, or it is switched off.
  perform(role, key, value = null) {
    const types = ['string', 'string', value === null ? 'number' : 'string'];
    return this.#module.ccall('interleave_perform', 'number', types, [role, key, value ?? 0]) !== 0;
  }

  // A request of page_requests.h. Returns '' or a sentence that says what was wrong.
  ask(request) {
    return this.#module.ccall('interleave_ask', 'string', ['string'], [JSON.stringify(request)]);
  }

  // Everything that is declared of workloads and engines, and the texts of the form: src/app/form_json.h.
  catalogue() {
    return JSON.parse(this.#module.ccall('interleave_catalogue', 'string', [], []));
  }

  // What was typed for the value that the program asked for with "interleave-edit"; null leaves it as it was.
  answerEdit(text) {
    this.#module.ccall('interleave_answer_edit', null, [text === null ? 'number' : 'string'], [text ?? 0]);
  }

  // The simulated run, a line for each step; '' where there is none.
  transcript(lang) {
    return this.#module.ccall('interleave_transcript', 'string', ['number'], [lang === 'ko' ? 1 : 0]);
  }

  set(options) {
    this.#module.ccall('interleave_set', null, ['string'], [JSON.stringify(options)]);
  }

  // The program cannot go on. It is asked nothing more: what broke off in the middle may never come to an end.
  leave() {
    this.#module = null;
  }

  // Looks once a frame whether something changed that is told in words, and tells it at most four times a second.
  follow(changed) {
    let lookedAt = 0;
    const look = (now) => {
      if (this.#module === null) return;
      if (now - lookedAt >= 250) {
        lookedAt = now;
        const revision = this.#module._interleave_revision();
        if (revision !== this.#revision) {
          this.#revision = revision;
          const state = this.state();
          applyReader(state);
          announce(state);
          changed(state);
        }
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }
}
