// node size.mjs --limit-kb N file...: fails when the files are larger than that together, gzipped.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';

const [flag, limit, ...files] = process.argv.slice(2);
if (flag !== '--limit-kb' || !(Number(limit) > 0) || files.length === 0) {
  console.error('usage: node size.mjs --limit-kb N file...');
  process.exit(2);
}
const sizes = files.map((file) => ({ name: basename(file), kb: gzipSync(readFileSync(file), { level: 9 }).length / 1000 }));
const total = sizes.reduce((sum, { kb }) => sum + kb, 0);
const list = sizes.map(({ name, kb }) => `${name} ${kb.toFixed(0)} KB`).join(', ');
if (total > Number(limit)) {
  console.error(`error: ${list}: ${total.toFixed(0)} KB gzipped is over the limit of ${limit} KB.`);
  process.exit(1);
}
console.log(`${list}: ${total.toFixed(0)} of ${limit} KB gzipped`);
