// Appended to the program of child processes: runs it in the Worker that loads this file, in a memory of its own, as
// its parent's main thread asks. src/live/children_web.cpp is the other side.
async function runAsChild({ module, memory, block, program, argument }) {
  const instance = await Module({
    parent: { block, words: new Int32Array(memory), bytes: new Uint8Array(memory) },
    // Compiled once, for all children.
    instantiateWasm(imports, receive) {
      WebAssembly.instantiate(module, imports).then((made) => receive(made, module));
      return {};
    },
  });
  return instance.ccall('interleave_run_child', 'number', ['string', 'string'], [program, argument]);
}

const serve = (post) => (order) => runAsChild(order).then((code) => post({ code }), (error) => post({ failed: String(error) }));

// In Node a Worker's messages come from elsewhere.
if (globalThis.WorkerGlobalScope) {
  const answer = serve((message) => globalThis.postMessage(message));
  globalThis.onmessage = ({ data }) => answer(data);
} else {
  import('node:worker_threads').then(({ parentPort }) => {
    parentPort?.once('message', serve((message) => parentPort.postMessage(message)));
  });
}
