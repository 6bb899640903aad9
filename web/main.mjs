// Opens the page: finds out what the browser can do, downloads the build that fits, starts it.

import { announceStatus } from './announcer.mjs';
import { App } from './app.mjs';
import { Cover } from './cover.mjs';
import { DownloadError, downloadModule } from './download.mjs';
import { messages, words } from './messages.mjs';
import { missing, whyNoThreads } from './probe.mjs';
import { applyReader, readAddress, reducedMotion, systemTheme, watchSystem } from './reader.mjs';

const canvas = document.getElementById('canvas');
const reader = readAddress(location.search);
const cover = new Cover(reader.lang);
const reload = { button: messages.reload, act: () => location.reload() };

// From here on web/guard.js leaves errors to us.
document.documentElement.dataset.taken = '';
applyReader(reader);
open();

async function open() {
  cover.restart();
  const lacking = missing();
  if (lacking) return cover.tell(messages[lacking]);
  const reason = await whyNoThreads();
  await load(reason);
}

async function load(reason) {
  const name = reason ? 'interleave-nothreads' : 'interleave';
  const at = (file) => new URL(`../${file}`, import.meta.url);
  cover.restart();
  let create;
  let program;
  try {
    const glue = import(at(`${name}.mjs`)).catch((error) => {
      throw Object.assign(new DownloadError(error.message), { sticks: true });
    });
    const wasm = downloadModule(at(`${name}.wasm`), {
      progress: (bytes, total) => cover.downloading(bytes, total),
      downloaded: () => cover.step(messages.compiling, 1),
    });
    [{ default: create }, program] = await Promise.all([glue, wasm]);
  } catch (error) {
    if (!(error instanceof DownloadError)) return cover.tell(messages.startFailed, { detail: error.message, ...reload });
    // A browser remembers that a module did not load, so then only a reload helps.
    const again = error.sticks ? () => location.reload() : () => load(reason);
    return cover.tell(messages.downloadFailed, { detail: error.message, button: messages.retry, act: again });
  }
  await start(create, program, reason);
}

async function start(create, program, reason) {
  cover.step(reason ? messages.starting : messages.startingThreads, 1);
  let stopped = false;
  const tellStopped = (detail) => {
    if (!stopped) cover.tell(messages.stopped, { detail, ...reload });
    stopped = true;
  };
  canvas.hidden = false;
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    stopped = true;
    cover.tell(messages.contextLost, reload);
  });
  try {
    const module = await create({
      canvas,
      // The module has been compiled while it was downloaded; its threads share it.
      instantiateWasm(imports, receive) {
        WebAssembly.instantiate(program, imports).then((instance) => receive(instance, program), tellStopped);
        return {};
      },
      onAbort: (what) => tellStopped(String(what)),
    });
    run(new App(module), reason);
  } catch (error) {
    if (!stopped) cover.tell(messages.startFailed, { detail: String(error?.message ?? error), ...reload });
    stopped = true;
  }
}

function run(app, reason) {
  const problems = reader.wrong.map((wrong) => pair((lang) => words(messages.badParameter, lang, wrong)));
  app.start({
    query: location.search.slice(1),
    lang: reader.lang,
    theme: reader.theme,
    reducedMotion: reducedMotion(),
    live: reason === null,
    whyNoLive: reason === null ? null : messages.noThreads[reason],
    problems,
  });
  globalThis.interleave = app;  // for tests, and for whoever is curious
  watchSystem(() => {
    app.set({ reducedMotion: reducedMotion(), ...(reader.themeIsChosen ? {} : { theme: systemTheme() }) });
  });
  let covered = true;
  app.follow((state) => {
    cover.setLanguage(state.lang);
    if (!covered || !state.ready) return;
    covered = false;
    cover.leave();
    announceStatus(words(messages.ready, state.lang));
    canvas.focus({ preventScroll: true });
  });
}

function pair(make) {
  return { en: make('en'), ko: make('ko') };
}
