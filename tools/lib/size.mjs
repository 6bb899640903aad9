// node size.mjs file...: fails when the files together are larger than a reader's download may be.
import { basename } from 'node:path';
import { verdict, weigh } from './weight.mjs';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node size.mjs file...');
  process.exit(2);
}
const { over, text } = verdict(weigh(files));
const names = files.map((file) => basename(file)).join(', ');
if (over) {
  console.error(`error: ${names}: too large, ${text}.`);
  process.exit(1);
}
console.log(`${names}: ${text}`);
