// Opens the page: finds out what the browser can do, downloads the build that fits, starts it.

import { App } from './app.mjs';
import { Cover } from './cover.mjs';
import { DownloadError, downloadModule } from './download.mjs';
import { editOver } from './edit.mjs';
import { beEmbedded } from './embed/host.mjs';
import { isText, shortAddress, wholeQuery } from './fragment.mjs';
import { bringHangul, fetchHangul, giveHangul } from './hangul.mjs';
import { isolate, isolated, keep, version } from './isolate.mjs';
import { messages, words } from './messages.mjs';
import { missing, whyNoThreads } from './probe.mjs';
import { applyReader, readAddress, reducedMotion, systemTheme, watchDensity, watchSystem } from './reader.mjs';
import { lessonOf, openShare, wholePage } from './share.mjs';
import { tellInStrip, translateStrip } from './strip.mjs';

const canvas = document.getElementById('canvas');
const reader = readAddress(location.search);
const cover = new Cover(reader.lang);
const startLimitMs = 30_000;
let stopped = false;
const inFrame = parent !== window;
// The query that was opened, with the texts of the fragment; and what is wrong with that.
const opened = wholeQuery(location.search, location.hash);
// What a reload is to give again: the address that was opened, until the program has told of another configuration.
let current = null;
// The program's own word, where it can still be asked: `current` lags behind what was set a moment ago.
let latest = () => current;
let app = null;  // once the program is there
const reload = { button: messages.reload, act: () => openAgain(current) };

// Nothing of the address is lost where the program has told of nothing yet.
async function openAgain(query) {
  if (query === null) return location.reload();
  const address = new URL(await shortAddress(query), location.href);
  // Another fragment alone is no other page.
  if (address.search !== location.search) return location.replace(address);
  history.replaceState(null, '', address);
  location.reload();
}

async function open() {
  cover.restart();
  const lacking = missing();
  if (lacking) return cover.tell(messages[lacking]);
  const reason = await whyNoThreads();
  // It takes a reload, which comes by itself.
  if (reason === 'notIsolated' && await isolate()) return;
  if (reason === null) isolated();
  await load(reason === 'notIsolated' && inFrame ? 'embedded' : reason);
}

async function load(reason) {
  const name = reason ? 'interleave-nothreads' : 'interleave';
  const at = (file) => new URL(`../${file}`, import.meta.url);
  cover.restart();
  const attempt = new AbortController();
  let create;
  let program;
  let hangul;
  try {
    const glue = import(at(`${name}.mjs`)).catch((error) => {
      throw Object.assign(new DownloadError(error.message), { sticks: true });
    });
    const wasm = downloadModule(at(`${name}.wasm`), {
      progress: (bytes, total) => cover.downloading(bytes, total),
      downloaded: () => cover.step(messages.compiling, 1),
      signal: attempt.signal,
    });
    [{ default: create }, program, hangul] = await Promise.all([glue, wasm, reader.lang === 'ko' ? fetchHangul() : null]);
  } catch (error) {
    // Whatever of the other file is still on its way would be shown over the notice.
    attempt.abort();
    if (!(error instanceof DownloadError)) return cover.tell(messages.startFailed, { detail: error.message, ...reload });
    // A browser remembers that a module did not load, so then only a reload helps.
    const again = error.sticks ? () => location.reload() : () => load(reason);
    return cover.tell(messages.downloadFailed, { detail: error.message, button: messages.retry, act: again });
  }
  await start(create, program, hangul, reason);
}

async function start(create, program, hangul, reason) {
  cover.step(reason ? messages.starting : messages.startingThreads, 1);
  canvas.hidden = false;
  let module;
  try {
    module = await started(create, program, reason ? 'interleave-nothreads' : 'interleave');
  } catch (error) {
    // The probe's worker came up, but not all that the program wants. There is a build that wants none.
    return reason ? tellNotStarted(error) : load('notStarted');
  }
  try {
    const address = await opened;
    app = new App(module);
    run(hangul, reason, address);
  } catch (error) {
    if (!stopped) tellNotStarted(error);
    stopped = true;
  }
}

// The program, once all of its workers are there. What goes wrong until then is thrown, and later told.
function started(create, program, name) {
  return new Promise((resolve, reject) => {
    let isHere = false;
    let isGivenUp = false;
    const broken = (why) => {
      if (isHere) return tellStopped(why);
      isGivenUp = true;
      reject(why);
    };
    hearErrors(name, broken);
    setTimeout(() => isHere || broken(''), startLimitMs);
    create({
      canvas,
      // The module has been compiled while it was downloaded; its threads share it.
      instantiateWasm(imports, receive) {
        WebAssembly.instantiate(program, imports).then((instance) => receive(instance, program), broken);
        return {};
      },
      onAbort: broken,
    }).then((module) => {
      isHere = !isGivenUp;
      resolve(module);
    }, broken);
  });
}

// What the program throws and nobody catches: in one of its frames, or on one of its workers, whose errors its script
// throws again. Those of the page leave it running, and those of a child process are told by the run.
function hearErrors(name, broken) {
  addEventListener('error', ({ error, filename, message }) => {
    const isOurs = error instanceof WebAssembly.RuntimeError || filename.startsWith('wasm:') || filename.includes(`/${name}.`);
    if (isOurs) broken(error?.message ?? message);
  });
}

const inWords = (why) => String(why?.message ?? why ?? '');

function tellNotStarted(why) {
  cover.tell(messages.startFailed, { detail: inWords(why), ...reload });
}

// The program cannot go on. Only the first reason is told, since the others follow from it; but that memory is short is
// heard from a worker only after what followed.
function tellStopped(why) {
  app?.leave();
  if (inWords(why) === 'OOM') cover.tell(messages.outOfMemory, reload);
  else if (!stopped) cover.tell(messages.stopped, { detail: inWords(why), ...reload });
  stopped = true;
}

canvas.addEventListener('webglcontextlost', (event) => {
  event.preventDefault();
  if (!stopped) cover.tell(messages.contextLost, { ...reload, act: () => openAgain(latest()) });
  stopped = true;
});

function run(hangul, reason, { query, wrong: damage }) {
  const problems = reader.wrong.map((wrong) => pair((lang) => words(messages.badParameter, lang, wrong)));
  if (damage) problems.push(messages[damage]);
  app.start({
    query,
    lang: reader.lang,
    theme: reader.theme,
    code: reader.code,
    embedded: reader.embedded,
    controls: reader.controls,
    reducedMotion: reducedMotion(),
    live: reason === null,
    whyNoLive: reason === null ? null : messages.noThreads[reason],
    problems,
  });
  if (hangul !== null) giveHangul(app, hangul);
  bringHangul(app);
  globalThis.interleave = app;  // for tests, and for whoever is curious
  latest = () => addressOf(app.state());
  watchDensity();
  watchSystem(() => {
    app.set({ reducedMotion: reducedMotion(), ...(reader.themeIsChosen ? {} : { theme: systemTheme() }) });
  });
  // Off the screen nothing is drawn. A tab in the background gets no frames anyway.
  new IntersectionObserver((entries) => app.set({ visible: entries.at(-1).isIntersecting })).observe(canvas);
  document.addEventListener('interleave-share', ({ detail }) => share(detail));
  document.addEventListener('interleave-lesson', ({ detail }) => window.open(lessonOf(detail, app.state().lang), '_blank', 'noopener'));
  editOver(app, canvas);
  const tellHost = reader.embedded && inFrame
    ? beEmbedded(app, canvas, { start: reader.start, threads: reason === null, version })
    : () => {};
  let covered = true;
  let mirror = null;
  app.follow((state) => {
    cover.setLanguage(state.lang);
    translateStrip(state.lang);
    if (!state.ready) return;
    current = addressOf(state);
    if (covered) {
      firstSeen(reason);
      openMirror().then((made) => {
        mirror = made;
      });
    }
    covered = false;
    mirror?.show(state);
    tellHost(state);
  });
}

// The same as a form, which is loaded after the first frame: the page works without it.
async function openMirror() {
  try {
    const { Mirror } = await import('./mirror/mirror.mjs');
    const mirror = new Mirror(app, document.getElementById('mirror'));
    mirror.show(app.state());
    return mirror;
  } catch {
    return null;
  }
}

// The first frame is there.
function firstSeen(reason) {
  performance.mark('first-frame');
  cover.leave();
  if (!reader.embedded || reader.start) canvas.focus({ preventScroll: true });
  if (reader.start) app.ask({ do: 'run' });
  // The canvas says why, until something is run; here it stays, with what helps.
  if (reason === 'embedded') {
    const act = () => window.open(wholePage(app.state().query, app.state()), '_blank', 'noopener');
    tellInStrip(messages.noThreads.embedded, { button: messages.withThreads, act });
  }
  keep(reason === null ? 'threads' : 'nothreads', (reloadTo) => {
    const act = async () => reloadTo(await shortAddress(latest()));
    tellInStrip(messages.renewed, { button: messages.reload, act });
  });
}

// What opens the same again, with what the address says beside the configuration.
function addressOf(state) {
  const out = new URLSearchParams(state.query);
  for (const key of ['embed', 'controls']) {
    const value = new URLSearchParams(location.search).get(key);
    if (value !== null) out.set(key, value);
  }
  if (state.code) out.set('code', '1');
  out.set('lang', state.lang);
  out.set('theme', state.theme);
  return out.toString();
}

function share(shared) {
  const state = app.state();
  if (shared.wholePage) return window.open(wholePage(shared.query, state), '_blank', 'noopener');
  const chosen = state.nodes.find(({ key }) => key === 'title')?.label;
  openShare(shared, state, `Interleave: ${chosen ?? shared.workload}`);
}

function pair(make) {
  return { en: make('en'), ko: make('ko') };
}

// A link to the same page with another text is opened like any other.
addEventListener('hashchange', () => isText(location.hash) && location.reload());

// From here on web/guard.js leaves errors to us.
document.documentElement.dataset.taken = '';
applyReader(reader);
open();
