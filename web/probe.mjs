// What this browser can really do, found out by doing it.

// A function with a try block: exceptions in WebAssembly.
const withExceptions = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6, 64, 25, 11, 11];
// A shared memory and an atomic load.
const withThreads = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1,
  10, 11, 1, 9, 0, 65, 0, 254, 16, 2, 0, 26, 11,
];
const validates = (bytes) => WebAssembly.validate(new Uint8Array(bytes));

// The key of the message for what is missing and cannot be done without, or null.
export function missing() {
  if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiate !== 'function') return 'noWebAssembly';
  if (!validates(withExceptions)) return 'oldWebAssembly';
  if (!hasWebGL2()) return 'noWebGL';
  return null;
}

function hasWebGL2() {
  try {
    const context = document.createElement('canvas').getContext('webgl2');
    // Browsers allow few contexts at a time: give this one back at once.
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return Boolean(context);
  } catch {
    return false;
  }
}

// Why this page cannot have threads, as a key of messages.noThreads, or null where it can. crossOriginIsolated
// alone proves nothing: some browsers say yes and have no shared memory, or no worker comes up.
export async function whyNoThreads({ limitMs = 2000 } = {}) {
  if (!globalThis.isSecureContext) return 'insecure';
  if (!globalThis.crossOriginIsolated) return 'notIsolated';
  if (typeof SharedArrayBuffer !== 'function' || typeof Atomics !== 'object') return 'noSharedMemory';
  if (!validates(withThreads)) return 'noWasmThreads';
  return (await workerWaits(limitMs)) ? null : 'noWorker';
}

// Whether a worker comes up, waits in Atomics.wait and is woken through shared memory within the limit.
function workerWaits(limitMs) {
  return new Promise((resolve) => {
    let worker = null;
    const finish = (answer) => {
      clearTimeout(timer);
      worker?.terminate();
      resolve(answer);
    };
    const timer = setTimeout(finish, limitMs, false);
    try {
      const cell = new Int32Array(new SharedArrayBuffer(4));
      worker = new Worker(new URL('probe-worker.js', import.meta.url));
      worker.onerror = () => finish(false);
      worker.onmessage = ({ data }) => {
        if (data !== 'waiting') return finish(data === 'woken');
        Atomics.store(cell, 0, 1);
        Atomics.notify(cell, 0);
      };
      worker.postMessage({ cell, limitMs });
    } catch {
      finish(false);
    }
  });
}
