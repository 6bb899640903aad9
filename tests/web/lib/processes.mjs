// What the browser's worker threads cost, asked of the operating system and not of the page.

import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

const ticksPerSecond = 100;  // what Linux counts processor time in, on every machine Debian runs on

async function processesOf(browser, type) {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter((process) => process.type === type).map(({ id }) => id);
}

export const rendererIds = (browser) => processesOf(browser, 'renderer');

// A graphics card does not take turns with the page's threads on the cores. Here software stands in for it, so its
// threads go first. Needs root; false where that is not to be had.
export async function letGraphicsGoFirst(browser) {
  try {
    for (const process of await processesOf(browser, 'GPU')) {
      for (const thread of tasksOf(process)) setPriority(Number(thread), -15);
    }
    return true;
  } catch {
    return false;
  }
}

// Processor time so far of all worker threads in these processes, in milliseconds.
export function workerTimeMs(processes) {
  let ticks = 0;
  for (const process of processes) {
    for (const thread of tasksOf(process)) {
      const { name, time } = readStat(`/proc/${process}/task/${thread}/stat`);
      if (name.startsWith('DedicatedWorker')) ticks += time;
    }
  }
  return (ticks * 1000) / ticksPerSecond;
}

function tasksOf(process) {
  try {
    return readdirSync(`/proc/${process}/task`);
  } catch {
    return [];  // it has ended
  }
}

function readStat(path) {
  try {
    const [, name, rest] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(path, 'utf8'));
    const fields = rest.split(' ');
    return { name, time: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return { name: '', time: 0 };  // it has ended
  }
}
