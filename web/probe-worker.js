// The other half of web/probe.mjs: waits until the page changes the shared cell.
'use strict';
onmessage = ({ data: { cell, limitMs } }) => {
  postMessage('waiting');
  // "not-equal": the page was faster. The memory is shared all the same.
  postMessage(Atomics.wait(cell, 0, 0, limitMs) === 'timed-out' ? 'timed out' : 'woken');
};
