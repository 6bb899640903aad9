// What the page and a first run consist of, by library and folder: `tools/bench --only weight` builds what it reads and
// runs it. A part's compressed size is an estimate: each is compressed apart, and their sum is scaled to what the
// module really weighs. KB are thousands of bytes.

import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { partsOf, readMap, readModule } from '../tools/lib/anatomy.mjs';
import { loads } from '../tools/lib/weight.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const app = readdirSync(dist).find((name) => name.startsWith('app-'));
const kb = (bytes) => (bytes / 1000).toFixed(1);

function modulePart(name, preset) {
  const folder = join(root, 'build', preset, 'named');
  const module = readModule(readFileSync(join(folder, `${name}.wasm`)));
  const parts = partsOf(module, readMap(readFileSync(join(folder, `${name}.map`), 'utf8')));
  const shipped = readFileSync(join(dist, app, `${name}.wasm`));
  const known = [...parts.values()].flat().reduce((sum, bytes) => sum + bytes.length, 0);
  // The names of exports aside, only the names of functions make the two differ.
  const rest = shipped.length - known;
  if (Math.abs(rest - module.rest) > shipped.length / 200) {
    throw new Error(`build/${preset}/named is not the module in dist/: build both from the same sources.`);
  }
  const rows = [...parts].map(([part, pieces]) => {
    const bytes = Buffer.concat(pieces);
    return { part, raw: bytes.length, apart: brotliCompressSync(bytes).length };
  });
  rows.push({ part: 'tables, and what has no name', raw: rest, apart: rest / 3 });
  const packed = readFileSync(join(dist, app, `${name}.wasm.br`)).length;
  const share = packed / rows.reduce((sum, { apart }) => sum + apart, 0);
  return rows.map(({ part, raw, apart }) => ({ part, raw, brotli: apart * share }));
}

const kinds = [
  [/interleave(-nothreads)?\.mjs$/, "the module's script"],
  [/\.ttf$/, 'fonts: Pretendard with Hangul, fetched for Korean'],
  [/\.(mjs|js)$/, "the page's scripts"],
  [/\.css$/, "the page's styles"],
  [/./, 'HTML, icon, list of sizes'],
];

function fileParts(files) {
  const packed = (name) => {
    try {
      return readFileSync(join(dist, `${name}.br`)).length;
    } catch {
      return readFileSync(join(dist, name)).length;
    }
  };
  return files.filter((name) => !name.endsWith('.wasm')).map((name) => ({
    part: kinds.find(([pattern]) => pattern.test(name))[1],
    raw: readFileSync(join(dist, name)).length,
    brotli: packed(name),
  }));
}

function summed(rows) {
  const out = new Map();
  for (const { part, raw, brotli } of rows) {
    const sum = out.get(part) ?? { part, raw: 0, brotli: 0 };
    out.set(part, { part, raw: sum.raw + raw, brotli: sum.brotli + brotli });
  }
  return [...out.values()].sort((one, other) => other.brotli - one.brotli);
}

const page = loads(dist, app).find(({ what }) => /with threads/.test(what) && /Korean/.test(what));
const rows = summed([...modulePart('interleave', 'web'), ...fileParts(page.files)]);
console.log('| part | bytes | brotli, KB |\n|---|---|---|');
for (const { part, raw, brotli } of rows) console.log(`| ${part} | ${raw.toLocaleString('en')} | ${kb(brotli)} |`);
console.log(`| **${page.what}** | ${rows.reduce((sum, { raw }) => sum + raw, 0).toLocaleString('en')} | ${kb(rows.reduce((sum, { brotli }) => sum + brotli, 0))} |`);
