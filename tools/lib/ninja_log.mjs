// What ninja kept of a build in its .ninja_log: how long each command took, told apart by what it made.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// By output, the line of the log that tells of it last: "start, end, mtime, output, hash of the command".
export function readNinjaLog(folder) {
  const path = join(folder, '.ninja_log');
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.split('\t')[3], line]));
}

export function kindOf(output) {
  if (/\.(o|obj|gch|pch)$/.test(output)) return 'compile';
  if (/\.(a|so|mjs|js|wasm)$/.test(output) || /(^|\/)bin\/[^/]+$/.test(output)) return 'link';
  return 'other';
}

// Seconds of the commands that ran between two readings, by kind. They are summed over commands, which run side by
// side, so that they are more than the build took.
export function workBetween(before, after) {
  const out = { compile: 0, link: 0, other: 0, commands: 0 };
  const counted = new Set();
  for (const [output, line] of after) {
    if (before.get(output) === line) continue;
    const [start, end, , , hash] = line.split('\t');
    // A command with several outputs has a line for each.
    const command = `${start} ${end} ${hash}`;
    if (counted.has(command)) continue;
    counted.add(command);
    out[kindOf(output)] += (end - start) / 1000;
    out.commands += 1;
  }
  return out;
}
