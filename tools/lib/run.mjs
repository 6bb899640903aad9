// Starts programs for tools/test: with a time limit, their output in a file, and nothing left running after them.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const running = new Set();
// Those that make way: see `yields` below.
const yielding = new Set();
let held = false;

function signal(child, what) {
  try {
    // The whole group: a browser or a build has children of its own.
    process.kill(-child.pid, what);
  } catch {
    // It has ended already.
  }
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(name, () => {
    for (const child of running) signal(child, 'SIGKILL');
    process.exit(130);
  });
}

// Whether what yields stands still. A build's compilers that are at it still finish.
export function hold(wanted) {
  held = wanted;
  for (const child of yielding) signal(child, held ? 'SIGSTOP' : 'SIGCONT');
}

// Processor seconds of all programs that this process started and that have ended; 0 where the system does not tell.
function processorSeconds() {
  try {
    const fields = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1).split(' ');
    return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
  } catch {
    return 0;
  }
}
const ticksPerSecond = 100;  // what Linux counts in, on every machine that Debian runs on
let countedSeconds = 0;

// Resolves to { status, signal, timedOut, seconds, processor, output }; never rejects. `echo` shows the output as well;
// what `yields` stands still while hold(true) is in force, and its time limit goes on.
export function run(command, args, { log, cwd, env = {}, limitSeconds = 600, echo = false, yields = false } = {}) {
  mkdirSync(dirname(log), { recursive: true });
  const file = openSync(log, 'w');
  const began = Date.now();
  return new Promise((done) => {
    let timedOut = false;
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', echo ? 'inherit' : file, echo ? 'inherit' : file],
    });
    running.add(child);
    if (yields) yielding.add(child);
    if (yields && held) signal(child, 'SIGSTOP');
    const timer = setTimeout(() => {
      timedOut = true;
      signal(child, 'SIGKILL');
    }, limitSeconds * 1000);
    const finish = (status, killedBy, problem) => {
      clearTimeout(timer);
      running.delete(child);
      yielding.delete(child);
      signal(child, 'SIGKILL');
      closeSync(file);
      // A program is counted when it has ended, with what it started: so all that has come since the last one did is
      // its.
      const all = processorSeconds();
      const processor = all - countedSeconds;
      countedSeconds = all;
      const seconds = (Date.now() - began) / 1000;
      done({ status, signal: killedBy, timedOut, problem, seconds, processor, output: readFileSync(log, 'utf8') });
    };
    child.on('error', (error) => finish(null, null, error.message));
    child.on('exit', (status, killedBy) => finish(status, killedBy, null));
  });
}

// How a run ended, in words, or null where it ended well.
export function problemOf({ status, signal, timedOut, problem, seconds }) {
  if (problem) return problem;
  if (timedOut) return `it was ended after ${seconds.toFixed(0)} s`;
  if (signal) return `it was killed by ${signal}`;
  return status === 0 ? null : `it exited with code ${status}`;
}
