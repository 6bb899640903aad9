// The bundle's service worker: adds the headers that isolate a page where the server does not send them, and answers
// from what was kept where there is no connection. The build fills in the version and the files.
'use strict';

const version = '@VERSION@';
const files = JSON.parse('@FILES@');
const headers = JSON.parse('@HEADERS@');
const cacheName = `interleave-${version}`;
const slowMs = 4000;
const root = new URL('./', self.location.href);

// Nothing is fetched beforehand: where only a poster is seen, nothing heavy is.
self.addEventListener('install', () => {
  // The first one has nobody to wait for.
  if (!self.registration.active) self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('interleave-') && name !== cacheName) await caches.delete(name);
    }
  })());
  // Not waited for, since until it is active no page comes: Firefox asks every worker of every page, and those of a
  // pool do not listen while they wait.
  self.clients.claim().catch(() => {});
});

self.addEventListener('message', (event) => {
  const { keep, take, ask } = event.data ?? {};
  if (take === 'over') self.skipWaiting();
  if (ask === 'version') event.ports[0]?.postMessage(version);
  if (keep === 'threads' || keep === 'nothreads') event.waitUntil(keepAll([...files.all, ...files[keep]]));
});

async function keepAll(names) {
  const cache = await caches.open(cacheName);
  await Promise.all(names.map(async (name) => {
    const url = new URL(name, root);
    if (await cache.match(url)) return;
    const response = await fetch(url).catch(() => null);
    if (response?.ok) await cache.put(url, response);
  }));
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !url.href.startsWith(root.href)) return;
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  // A file whose address has its content's hash in it never changes.
  const fixed = url.pathname.slice(root.pathname.length).startsWith('app-');
  event.respondWith((fixed ? keptFirst(request, url) : networkFirst(event, url)).then(isolating));
});

async function keptFirst(request, url) {
  const kept = await caches.match(url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && response.type === 'basic') {
    const copy = response.clone();
    caches.open(cacheName).then((cache) => cache.put(url, copy)).catch(() => {});
  }
  return response;
}

// What a page is kept as: its query is for its scripts.
function plain(url) {
  const out = new URL(url);
  out.search = out.hash = '';
  return out;
}

async function networkFirst(event, url) {
  const kept = () => caches.match(plain(url));
  const network = fetch(event.request).then((response) => {
    if (response.ok && response.type === 'basic' && !response.redirected) {
      const copy = response.clone();
      event.waitUntil(caches.open(cacheName).then((cache) => cache.put(plain(url), copy)).catch(() => {}));
    }
    return response;
  });
  const slow = new Promise((resolve) => {
    setTimeout(async () => resolve((await kept()) ?? network), slowMs);
  });
  try {
    return await Promise.race([network, slow]);
  } catch (error) {
    const found = await kept();
    if (found) return found;
    throw error;
  }
}

// An opaque answer (a redirection, another origin's) is passed on as it is.
function isolating(response) {
  if (response.status === 0 || response.type === 'opaqueredirect') return response;
  const all = new Headers(response.headers);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  // A body may not go with these.
  const body = [101, 204, 205, 304].includes(response.status) ? null : response.body;
  return new Response(body, { status: response.status, statusText: response.statusText, headers: all });
}
