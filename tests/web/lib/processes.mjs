// What the browser's worker threads cost, asked of the operating system and not of the page.

import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;  // what Linux counts processor time in, on every machine Debian runs on

export async function rendererIds(browser) {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
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
