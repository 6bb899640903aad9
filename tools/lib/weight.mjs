// What a reader downloads may weigh so much and no more: with gzip, which every server has, and with brotli, which the
// better ones have.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

export const limitsKb = { gzip: 1200, brotli: 900 };

const compress = {
  gzip: (bytes) => gzipSync(bytes, { level: 9 }),
  brotli: (bytes) => brotliCompressSync(bytes), // at its best quality
};

// { gzip, brotli } in KB of all the files together.
export function weigh(files) {
  const contents = files.map((file) => readFileSync(file));
  const sum = (how) => contents.reduce((total, bytes) => total + how(bytes).length / 1000, 0);
  return { gzip: sum(compress.gzip), brotli: sum(compress.brotli) };
}

// "833 of 900 KB with brotli, ..."; `over` where a limit is passed.
export function verdict(weight) {
  const over = Object.keys(limitsKb).some((how) => weight[how] > limitsKb[how]);
  const text = Object.keys(limitsKb).map((how) => `${weight[how].toFixed(0)} of ${limitsKb[how]} KB with ${how}`).join(', ');
  return { over, text };
}
