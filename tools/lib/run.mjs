// Starts programs for tools/test: with a time limit, their output in a file, and nothing left running after them.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const running = new Set();

function end(child, signal) {
  try {
    // The whole group: a browser or a build has children of its own.
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of running) end(child, 'SIGKILL');
    process.exit(130);
  });
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
// `kind` lets others go first where the
// processor is wanted by more; not by much, or it would never end beside a program that computes without end.
export function run(command, args, { log, cwd, env = {}, limitSeconds = 600, echo = false, kind = false } = {}) {
  mkdirSync(dirname(log), { recursive: true });
  const file = openSync(log, 'w');
  const began = Date.now();
  return new Promise((done) => {
    let timedOut = false;
    const child = spawn(...kind ? ['nice', ['-n', '3', command, ...args]] : [command, args], {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', echo ? 'inherit' : file, echo ? 'inherit' : file],
    });
    running.add(child);
    const timer = setTimeout(() => {
      timedOut = true;
      end(child, 'SIGKILL');
    }, limitSeconds * 1000);
    const finish = (status, signal, problem) => {
      clearTimeout(timer);
      running.delete(child);
      end(child, 'SIGKILL');
      closeSync(file);
      // A program is counted when it has ended, with what it started: so all that has come since the last one did is
      // its.
      const all = processorSeconds();
      const processor = all - countedSeconds;
      countedSeconds = all;
      const seconds = (Date.now() - began) / 1000;
      done({ status, signal, timedOut, problem, seconds, processor, output: readFileSync(log, 'utf8') });
    };
    child.on('error', (error) => finish(null, null, error.message));
    child.on('exit', (status, signal) => finish(status, signal, null));
  });
}

// How a run ended, in words, or null where it ended well.
export function problemOf({ status, signal, timedOut, problem, seconds }) {
  if (problem) return problem;
  if (timedOut) return `it was ended after ${seconds.toFixed(0)} s`;
  if (signal) return `it was killed by ${signal}`;
  return status === 0 ? null : `it exited with code ${status}`;
}
