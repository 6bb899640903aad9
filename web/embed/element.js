// <interleave-playground workload="pipeline" threads="4" engine="live" theme="auto" lang="ko" controls="lock,threads"
// height="480">: the playground in a page. A poster until the reader clicks it. What the element has inside is for
// where no script runs, for print and for feed readers.
//
// Events: ready, run, outcome (detail: the message of web/embed/host.mjs). Methods: start(), run(), stop(), reset(),
// set(values), getState(); `state` is what was told last.
(() => {
  'use strict';

  // The build fills in every declared parameter.
  const parameters = JSON.parse('@PARAMETERS@');
  const page = new URL('embed.html', document.currentScript.src);
  const origin = page.origin;
  const patienceMs = 60000;
  const longest = 300;  // letters of a value in a query; longer ones stand in the fragment: see web/fragment.mjs
  const sheet = `:host { display: block; box-sizing: border-box; overflow: hidden; border: 1px solid rgb(128 140 155 / 35%); border-radius: 12px; }
    :host([hidden]) { display: none; }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    slot { display: none; }
    @media print { iframe { display: none; } slot { display: block; } :host { height: auto !important; border: 0; } }`;

  class InterleavePlayground extends HTMLElement {
    static observedAttributes = [...parameters, 'height'];
    #frame = null;
    #asked = new Map();
    #next = 1;
    #ready = null;
    #waiting = false;
    #listen = (event) => this.#hear(event);
    state = null;

    connectedCallback() {
      if (!this.shadowRoot) {
        const shadow = this.attachShadow({ mode: 'open' });
        const style = new CSSStyleSheet();
        style.replaceSync(sheet);
        shadow.adoptedStyleSheets = [style];
        this.#frame = document.createElement('iframe');
        this.#frame.loading = 'lazy';
        this.#frame.allow = 'cross-origin-isolated; clipboard-write; fullscreen';
        shadow.append(this.#frame, document.createElement('slot'));
      }
      addEventListener('message', this.#listen);
      this.#load();
    }

    disconnectedCallback() {
      removeEventListener('message', this.#listen);
    }

    attributeChangedCallback(name, before, now) {
      if (!this.#frame || before === now) return;
      if (name === 'height') return this.#fit();
      // Attributes that are set one after the other open it once.
      if (this.#waiting) return;
      this.#waiting = true;
      queueMicrotask(() => this.#load());
    }

    #load() {
      this.#waiting = false;
      this.#ready = null;
      this.state = null;
      const address = new URL(page);
      const long = new URLSearchParams();
      for (const name of parameters) {
        if (!this.hasAttribute(name)) continue;
        const value = this.getAttribute(name);
        (encodeURIComponent(value).length > longest ? long : address.searchParams).set(name, value);
      }
      if (long.size > 0) address.hash = `q=${long}`;
      this.#frame.title = this.getAttribute('title') ?? 'Interleave';
      this.#frame.src = address;
      this.#fit(480);
    }

    #fit(wanted) {
      const given = Number.parseInt(this.getAttribute('height'), 10);
      const height = given >= 240 ? given : wanted;
      if (height > 0) this.style.height = `${Math.min(height, 2000)}px`;
    }

    #hear({ source, origin: from, data }) {
      if (source !== this.#frame.contentWindow || from !== origin) return;
      if (data === null || typeof data !== 'object' || data.source !== 'interleave' || data.v !== 1) return;
      if (data.type === 'height') return this.#fit(Number(data.height));
      if (data.type === 'answer') {
        this.#asked.get(data.id)?.(data);
        return this.#asked.delete(data.id);
      }
      if (!['ready', 'run', 'outcome'].includes(data.type)) return;
      this.state = { ...this.state, ...data };
      if (data.type === 'ready') this.#ready?.resolve();
      this.dispatchEvent(new CustomEvent(data.type, { detail: data, bubbles: true }));
    }

    // Opens it, as a click on the poster does.
    start() {
      if (this.state) return Promise.resolve();
      if (!this.#ready) {
        this.#ready = {};
        this.#ready.promise = new Promise((resolve, reject) => {
          this.#ready.resolve = resolve;
          setTimeout(reject, patienceMs, new Error('The playground did not open in time.'));
        });
        this.#frame.loading = 'eager';
        const open = () => this.#frame.contentWindow.postMessage({ to: 'interleave', v: 1, type: 'start' }, origin);
        this.#frame.addEventListener('load', open, { once: true });
        open();
      }
      return this.#ready.promise;
    }

    async #ask(message) {
      await this.start();
      const id = this.#next++;
      const answer = new Promise((resolve, reject) => {
        this.#asked.set(id, resolve);
        setTimeout(reject, patienceMs, new Error('The playground did not answer in time.'));
      });
      this.#frame.contentWindow.postMessage({ to: 'interleave', v: 1, id, ...message }, origin);
      const { problem, state } = await answer;
      if (problem) throw new Error(problem);
      return state;
    }

    run() { return this.#ask({ type: 'run' }); }
    stop() { return this.#ask({ type: 'stop' }); }
    reset() { return this.#ask({ type: 'reset' }); }
    set(values) { return this.#ask({ type: 'set', values }); }
    getState() { return this.#ask({ type: 'state' }); }
  }

  if (!customElements.get('interleave-playground')) customElements.define('interleave-playground', InterleavePlayground);
})();
