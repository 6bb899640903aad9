// node bundle.mjs [root]: lays out what is served, build/web/dist, from both web builds, index.html and web/.
// It is made beside and put in place at the end, so that a page never sees half of it.
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verdict, weigh } from './weight.mjs';

const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '../..'));
const dist = join(root, 'build/web/dist');
const part = `${dist}.part`;

const modules = [
  ['build/web/bin', 'interleave'],
  ['build/web/bin', 'interleave-child'],
  ['build/web-nothreads/bin', 'interleave-nothreads'],
].flatMap(([folder, name]) => [`${folder}/${name}.mjs`, `${folder}/${name}.wasm`]);

for (const file of ['index.html', ...modules]) {
  if (!existsSync(join(root, file))) {
    console.error(`error: ${file} is missing, so there is nothing to serve: build the presets web and web-nothreads.`);
    process.exit(1);
  }
}

rmSync(part, { recursive: true, force: true });
mkdirSync(part, { recursive: true });
cpSync(join(root, 'index.html'), join(part, 'index.html'));
if (existsSync(join(root, 'web'))) cpSync(join(root, 'web'), join(part, 'web'), { recursive: true });
for (const file of modules) cpSync(join(root, file), join(part, file.split('/').pop()));

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]);
}

// What a reader downloads in one mode: all our scripts and one of the two modules, with its children's where it has them.
const files = walk(part).map((file) => ({ file, name: relative(part, file).replaceAll('\\', '/') }));
const isIn = {
  interleave: (name) => !name.startsWith('interleave-nothreads.'),
  'interleave-nothreads': (name) => !/^interleave(-child)?\./.test(name),
};
for (const left of Object.keys(isIn)) {
  const { over, text } = verdict(weigh(files
    .filter(({ name }) => /\.(m?js|wasm)$/.test(name) && isIn[left](name))
    .map(({ file }) => file)));
  if (over) {
    console.error(`error: ${left}: WebAssembly and JavaScript are too large, ${text}.`);
    process.exit(1);
  }
  console.log(`${left}: ${text}`);
}

// Sizes before compression, for the loading bar.
const sizes = Object.fromEntries(files.filter(({ name }) => !name.includes('/')).map(({ file, name }) => [name, statSync(file).size]));
writeFileSync(join(part, 'files.json'), `${JSON.stringify(sizes)}\n`);

rmSync(dist, { recursive: true, force: true });
renameSync(part, dist);
