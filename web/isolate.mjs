// Threads need an isolated page. Where the server does not send the headers for that, our own service worker adds them,
// which takes one reload. It also keeps what is needed without a connection.

import { bundle, here } from './place.mjs';

export const version = new URL('..', here).pathname.split('/').at(-2);

const guardKey = 'interleave-reloaded';
const guardMs = 15_000;  // a reload that did not help is not tried again so soon
const patienceMs = 10_000;

// Storage is refused in some frames and by some settings, so that even asking throws.
const storage = {
  get() {
    try {
      return Number(sessionStorage.getItem(guardKey));
    } catch {
      return 0;
    }
  },
  set(value) {
    try {
      if (value === null) sessionStorage.removeItem(guardKey);
      else sessionStorage.setItem(guardKey, String(value));
      return true;
    } catch {
      return false;
    }
  },
};

function within(limitMs, promise) {
  const late = new Promise((_, reject) => {
    setTimeout(reject, limitMs, new Error('It took too long.'));
  });
  return Promise.race([promise, late]);
}

// Null where this browser, or this frame, has none.
function workers() {
  try {
    return navigator.serviceWorker ?? null;
  } catch {
    return null;
  }
}

export async function register() {
  const container = workers();
  if (container === null) return null;
  try {
    await container.register(new URL('sw.js', bundle), { scope: bundle.pathname, updateViaCache: 'none' });
    return await within(patienceMs, container.ready);
  } catch {
    return null;  // refused by a setting, by the frame, or by the host
  }
}

// To be called where the page is not isolated. True: it is being loaded again, and will be. False: nothing helps.
export async function isolate() {
  // What a service worker of ours has served and is not isolated all the same, will not be.
  if (workers()?.controller) return false;
  if (Date.now() - storage.get() < guardMs) return false;
  if ((await register()) === null) return false;
  if (!storage.set(Date.now())) return false;
  location.reload();
  return true;
}

// The page is isolated: a reload may help again another time.
export function isolated() {
  storage.set(null);
}

async function versionOf(worker) {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  worker.postMessage({ ask: 'version' }, [port2]);
  return within(patienceMs, answer).catch(() => null);
}

// Once the page is shown: keeps what it needs without a connection, and calls `renewed(reload)` when a newer version of
// it is there; `reload(address)` then opens that.
export async function keep(mode, renewed) {
  const registration = await register();
  if (registration === null) return;
  registration.active?.postMessage({ keep: mode });
  let told = false;
  const tell = async (worker) => {
    if (told || worker === null || !registration.active) return;
    // The page may have come from the newer one already, while the older one still serves.
    if ((await versionOf(worker)) === version) return worker.postMessage({ take: 'over' });
    told = true;
    renewed((address) => {
      workers().addEventListener('controllerchange', () => location.replace(address), { once: true });
      worker.postMessage({ take: 'over' });
      setTimeout(() => location.replace(address), patienceMs);
    });
  };
  const follow = (worker) => worker?.addEventListener('statechange', () => {
    if (worker.state === 'installed') tell(worker);
  });
  registration.addEventListener('updatefound', () => follow(registration.installing));
  follow(registration.installing);
  tell(registration.waiting);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => {});
  });
}
