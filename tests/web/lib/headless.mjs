// The native programs, as built: the headless one, and what the page's tests know of the program.

import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { root } from './server.mjs';

const run = promisify(execFile);

// The newest of this name.
function built(name) {
  const found = ['release', 'debug', 'release-gcc', 'asan']
    .map((preset) => `${root}build/${preset}/bin/${name}`)
    .filter((path) => existsSync(path))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  if (found.length === 0) throw new Error(`the program ${name} is missing: build it in a native preset first`);
  return found[0];
}

// INTERLEAVE_HEADLESS names another one.
export const program = () => process.env.INTERLEAVE_HEADLESS ?? built('interleave');

// Its JSON. That a search has found a failure is an answer, too, and has an exit code of its own.
export async function headless(args) {
  const found = (error) => {
    if (error.code === 1 && error.stdout) return error;
    throw error;
  };
  const { stdout } = await run(program(), args, { maxBuffer: 1 << 26 }).catch(found);
  return JSON.parse(stdout);
}

// What tests/page_facts prints: { ends, catalogue }.
export async function pageFacts() {
  return JSON.parse((await run(built('page_facts'), [], { maxBuffer: 1 << 26 })).stdout);
}
