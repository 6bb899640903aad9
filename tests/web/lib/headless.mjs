// The native headless program, as built.

import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { root } from './server.mjs';

const run = promisify(execFile);

// INTERLEAVE_HEADLESS names another one.
export function program() {
  if (process.env.INTERLEAVE_HEADLESS) return process.env.INTERLEAVE_HEADLESS;
  const built = ['release', 'debug', 'release-gcc', 'asan']
    .map((preset) => `${root}build/${preset}/bin/interleave`)
    .filter((path) => existsSync(path))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  if (built.length === 0) throw new Error('the headless program is missing: build a native preset first');
  return built[0];
}

// Its JSON. That a search has found a failure is an answer, too, and has an exit code of its own.
export async function headless(args) {
  const found = (error) => {
    if (error.code === 1 && error.stdout) return error;
    throw error;
  };
  const { stdout } = await run(program(), args, { maxBuffer: 1 << 26 }).catch(found);
  return JSON.parse(stdout);
}
