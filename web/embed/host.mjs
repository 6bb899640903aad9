// In somebody else's page: wheel and keys stay that page's until the reader has clicked in, and what happens is told to
// it.
//
// To the embedding page: { source: 'interleave', v: 1, type, ... } with the types
//   ready    version, workload, engine, query, threads (whether real ones are possible)
//   run      workload, engine, query: one begins
//   outcome  workload, engine, query, verdict, headline, sentence, figures
//   height   height: how many pixels it would like to have
//   answer   id, problem ('' or a sentence), state (for the type state)
// From it: { to: 'interleave', v: 1, id, type } with the types
//   run      like the button; also stop and reset
//   set      values: an object of parameters, or query: a whole configuration
//   state    asks for the state

const out = (message) => parent.postMessage({ source: 'interleave', v: 1, ...message }, '*');
const brief = ({ workload, engine, query }) => ({ workload, engine, query });

function carryOut(app, data) {
  switch (data.type) {
    case 'run':
    case 'stop':
    case 'reset':
      return app.ask({ do: data.type });
    case 'set':
      if (typeof data.query === 'string') return app.ask({ configure: data.query });
      if (data.values && typeof data.values === 'object') return app.ask({ set: { ...data.values } });
      return 'set wants values or query.';
    case 'state':
      return '';
    default:
      return 'The types are run, stop, reset, set and state.';
  }
}

function listen(app) {
  addEventListener('message', (event) => {
    const { data } = event;
    // Anybody may post a message; only the page that embeds this one is answered, and only what has the form.
    if (event.source !== parent || parent === window) return;
    if (typeof data !== 'object' || data === null || data.to !== 'interleave' || data.v !== 1) return;
    const id = Number.isFinite(data.id) ? data.id : null;
    const problem = carryOut(app, data);
    const { nodes, runs, flaws, absentCharacters, ...state } = data.type === 'state' ? app.state() : {};
    out({ type: 'answer', id, problem, ...(data.type === 'state' ? { state } : {}) });
  });
}

// Until the reader clicks in, the wheel scrolls the page around, and so does a finger.
function guardInput(canvas, activeAtOnce) {
  let active = false;
  const activate = (on) => {
    active = on;
    canvas.style.touchAction = on ? 'none' : 'pan-y';
  };
  activate(activeAtOnce);
  const stop = (event) => {
    if (!active) event.stopImmediatePropagation();
  };
  for (const type of ['wheel', 'touchstart', 'touchmove', 'touchend']) {
    addEventListener(type, stop, { capture: true, passive: true });
  }
  // A finger that lands may be about to scroll: only a tap is meant for the canvas.
  const clicksIn = (event, touch) => event.target === canvas && (event.pointerType === 'touch') === touch;
  addEventListener('pointerdown', (event) => {
    if (clicksIn(event, false)) activate(true);
  }, true);
  addEventListener('pointerup', (event) => {
    if (clicksIn(event, true)) activate(true);
  }, true);
  addEventListener('focusin', () => activate(true));
  addEventListener('blur', () => activate(false));
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    activate(false);
    canvas.blur();
    parent.focus();
  }, true);
}

// How high it would like to be at a width.
export const wantedHeight = (width) => (width < 560 ? 600 : Math.round(Math.min(640, Math.max(480, width * 0.62))));

export function tellHeight() {
  let told = 0;
  new ResizeObserver(() => {
    const height = wantedHeight(innerWidth);
    if (height !== told) out({ type: 'height', height });
    told = height;
  }).observe(document.documentElement);
}

// Returns what is to be called with each new state.
export function beEmbedded(app, canvas, { start, threads, version }) {
  guardInput(canvas, start);
  listen(app);
  tellHeight();
  let ready = false;
  let before = { phase: 'idle', latestRun: 0 };
  return (state) => {
    if (!ready) out({ type: 'ready', version, threads, ...brief(state) });
    ready = true;
    if (state.phase === 'running' && before.phase !== 'running') out({ type: 'run', ...brief(state) });
    if (state.outcome && state.phase === 'finished' && state.latestRun !== before.latestRun) {
      const { verdict, headline, sentence, figures } = state.outcome;
      out({ type: 'outcome', ...brief(state), verdict, headline, sentence, figures });
    }
    before = { phase: state.phase, latestRun: state.latestRun };
  };
}
