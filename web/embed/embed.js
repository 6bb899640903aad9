// The poster: shows the workload's picture, prepares the service worker meanwhile, and opens the playground in its
// place at a click. A classic script, which loads also in a frame that may keep nothing of its own (a sandbox).
(function () {
  'use strict';

  // The build fills in what the program knows of workloads, { id: { en, ko } }, and of languages, and the function of
  // web/embed/host.mjs.
  const titles = JSON.parse('@TITLES@');
  const languages = JSON.parse('@LANGUAGES@');
  const wantedHeight = '@HEIGHT@';
  const words = {
    run: { en: 'Run {title}', ko: '{title} 실행' },
    tab: { en: 'Run {title} in a new tab', ko: '새 탭에서 {title} 실행' },
  };
  const root = new URL('../', location.href);
  const assets = new URL('../', document.currentScript.src);
  const given = new URLSearchParams(location.search);
  const pick = (key, allowed, otherwise) => (allowed.includes(given.get(key)) ? given.get(key) : otherwise);
  const first = (navigator.languages || [navigator.language || 'en'])
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((tag) => languages.includes(tag)) || languages[0];
  const lang = pick('lang', languages, first);
  const theme = pick('theme', ['dark', 'light'], matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const workload = pick('workload', Object.keys(titles), 'counter');
  const start = document.getElementById('start');

  // A frame that may keep nothing cannot have the playground in it.
  function sealed() {
    return window.origin === 'null';
  }

  function address(extra) {
    const query = new URLSearchParams(given);
    query.set('lang', lang);
    if (given.has('theme') && given.get('theme') !== 'auto') query.set('theme', theme);
    Object.entries(extra).forEach(([key, value]) => query.set(key, value));
    // Long texts stand in the fragment: see web/fragment.mjs.
    return new URL(`?${query}${location.hash}`, root).href;
  }

  document.documentElement.lang = lang;
  document.documentElement.dataset.theme = theme;
  const here = !sealed();
  const say = words[here ? 'run' : 'tab'][lang].replace('{title}', titles[workload][lang]);
  document.getElementById('press').textContent = say;
  document.title = `Interleave: ${titles[workload][lang]}`;
  const picture = document.getElementById('picture');
  picture.src = new URL(`posters/${workload}-${theme}-${lang}.webp`, assets).href;
  start.href = address(here ? { embed: '1', start: '1' } : {});
  if (here) {
    start.removeAttribute('target');
    start.removeAttribute('rel');
  }

  // What adds the headers for threads is ready by the time that the reader clicks; nothing heavy is fetched before.
  if (here && navigator.serviceWorker) {
    navigator.serviceWorker.register(new URL('sw.js', root), { scope: root.pathname, updateViaCache: 'none' }).catch(() => {});
  }

  // The page around may fit the frame's height, and may ask for a start without a click on the poster.
  if (window.parent !== window) {
    const tell = (message) => window.parent.postMessage({ source: 'interleave', v: 1, ...message }, '*');
    tell({ type: 'poster', workload });
    tell({ type: 'height', height: wantedHeight(innerWidth) });
    addEventListener('message', ({ source, data }) => {
      if (source !== window.parent || !here || data === null || typeof data !== 'object') return;
      if (data.to === 'interleave' && data.v === 1 && data.type === 'start') location.href = start.href;
    });
  }
  // ?start=1: whoever made the address wants it to begin at once.
  if (here && given.get('start') === '1') {
    const go = () => location.replace(start.href);
    if (!navigator.serviceWorker) go();
    else Promise.race([navigator.serviceWorker.ready, new Promise((late) => setTimeout(late, 3000))]).then(go, go);
  }
})();
