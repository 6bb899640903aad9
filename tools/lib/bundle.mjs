// node bundle.mjs [root] [--site ADDRESS]: lays out what is served, dist/, from both web builds, index.html and web/.
// It works from any path of any static host; who knows which one says so as `--site`, for those who read whole
// addresses only:
//
//   index.html, lessons/     the whole page, and the course
//   app-<hash>/              everything that these use, under an address that changes with its content
//   v1/                      names that stay, for pages elsewhere: the element's script, the poster page, the posters
//   sw.js                    the service worker, which must lie at the top
//   _headers                 for hosts that read it; licences.txt
//
// Beside each text and program lie its .br and .gz. It is made beside and put in place at the end, so that a page never
// sees half of it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { buildSync, transformSync } from 'esbuild';
import { wantedHeight } from '../../web/embed/host.mjs';
import { isolation } from '../serve.mjs';
import { renderLessons } from './lessons.mjs';
import { checkWeights } from './weight.mjs';

const { positionals, values: { site: given } } = parseArgs({ allowPositionals: true, options: { site: { type: 'string' } } });
const root = resolve(positionals[0] ?? join(dirname(fileURLToPath(import.meta.url)), '../..'));
const site = given === undefined ? null : wholeAddress(given);
const dist = join(root, 'dist');
const part = `${dist}.part`;
const program = join(root, 'build/web/bin/interleave-cli.mjs');

const modules = [
  ['build/web/bin', 'interleave'],
  ['build/web/bin', 'interleave-child'],
  ['build/web-nothreads/bin', 'interleave-nothreads'],
].flatMap(([folder, name]) => [`${folder}/${name}.mjs`, `${folder}/${name}.wasm`]);

// With the letters of Korean, beside the program: both builds make the same.
const fonts = ['pretendard-regular', 'pretendard-semibold'].map((name) => `build/web/bin/${name}.ttf`);

// Where the bundle will lie, as a folder.
function wholeAddress(text) {
  try {
    const { protocol, search, hash, href } = new URL(text);
    if (/^https?:$/.test(protocol) && !search && !hash) return href.replace(/\/?$/, '/');
  } catch {
    // Said below.
  }
  console.error(`error: --site wants the address where the pages will lie, such as https://example.org/interleave/, not "${text}".`);
  process.exit(1);
}

function checkInputs() {
  for (const file of ['index.html', relative(root, program), ...modules, ...fonts]) {
    if (existsSync(join(root, file))) continue;
    console.error(`error: ${file} is missing, so there is nothing to serve: build the presets web and web-nothreads.`);
    process.exit(1);
  }
}

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]);
}

const read = (...path) => readFileSync(join(...path), 'utf8');
const nameOf = (file) => relative(part, file).replaceAll('\\', '/');

// A JSON value inside a single-quoted string of a script.
const inScript = (value) => JSON.stringify(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'");

// A value takes the place of its @NAME@; code that of its whole string, '@NAME@'.
function filled(text, values) {
  let out = text;
  for (const [name, value] of Object.entries(values)) {
    const place = name.includes('@') ? name : `@${name}@`;
    if (!out.includes(place)) throw new Error(`There is no ${place} to fill in.`);
    out = out.replaceAll(place, () => value);
  }
  return out;
}

// What the posters and the element must know of the workloads, said by the program itself.
function catalogue() {
  return JSON.parse(execFileSync(process.execPath, [program, 'list', '--json'], { encoding: 'utf8', maxBuffer: 1 << 26 }));
}

// The attributes of the element: every key that an address may have.
function parametersOf({ engines, workloads }) {
  const keys = new Set(['workload', 'engine', 'lang', 'theme', 'controls', 'start', 'code', 'v', 'sum']);
  for (const { params } of workloads) for (const { key } of params) keys.add(key);
  for (const { settings } of engines) for (const { key } of settings) keys.add(key);
  return [...keys];
}

// Everything under the address with the hash. Returns that folder's name.
function layOutApp(listed) {
  const folder = join(part, 'app');
  cpSync(join(root, 'web'), join(folder, 'web'), {
    recursive: true,
    filter: (from) => !/web\/(lessons|sw\.js|embed\/element\.js|embed\/embed\.html|licences\.txt)/.test(from.replaceAll('\\', '/')),
  });
  const titles = Object.fromEntries(listed.workloads.map(({ id, title }) => [id, title]));
  writeFileSync(join(folder, 'web/embed/embed.js'), filled(read(root, 'web/embed/embed.js'), {
    TITLES: inScript(titles), LANGUAGES: inScript(listed.languages.map(({ key }) => key)), "'@HEIGHT@'": String(wantedHeight),
  }));
  for (const file of [...modules, ...fonts]) cpSync(join(root, file), join(folder, file.split('/').pop()));
  joinModules(join(folder, 'web'));
  shorten(folder);
  // Sizes before compression, for the loading bar.
  const sizes = modules.map((file) => file.split('/').pop()).map((name) => [name, statSync(join(folder, name)).size]);
  writeFileSync(join(folder, 'files.json'), `${JSON.stringify(Object.fromEntries(sizes))}\n`);

  const hash = createHash('sha256');
  for (const file of walk(folder).sort()) hash.update(`${nameOf(file)}\0`).update(readFileSync(file));
  const name = `app-${hash.digest('hex').slice(0, 10)}`;
  renameSync(folder, join(part, name));
  return name;
}

function layOutPages(app, listed) {
  const into = (text, up) => text.replaceAll('"web/', `"${up}${app}/web/`);
  writeFileSync(join(part, 'index.html'), into(read(root, 'index.html'), ''));
  mkdirSync(join(part, 'v1'));
  writeFileSync(join(part, 'v1/embed.html'), into(read(root, 'web/embed/embed.html'), '../'));
  writeFileSync(join(part, 'v1/interleave-playground.js'),
    filled(read(root, 'web/embed/element.js'), { PARAMETERS: inScript(parametersOf(listed)) }));
  // A snippet in a page elsewhere names its picture for good.
  cpSync(join(root, 'web/posters'), join(part, 'v1/poster'), { recursive: true });
  renderLessons({
    root,
    out: part,
    app,
    version: listed.version,
    site,
    posters: (workload, theme, lang = 'en') => {
      const poster = `${app}/web/posters/${workload}-${theme}-${lang}.webp`;
      return existsSync(join(part, poster)) ? poster : null;
    },
  });
  cpSync(join(root, 'web/licences.txt'), join(part, 'licences.txt'));
}

// What a page without a connection needs, by mode.
function layOutWorker(app) {
  const own = walk(join(part, app)).map(nameOf).filter((name) => !/\/posters\//.test(name));
  const isThreads = (name) => /\/interleave(-child)?\.(mjs|wasm)$/.test(name);
  const isNone = (name) => /\/interleave-nothreads\./.test(name);
  const files = {
    all: ['./', 'index.html', ...own.filter((name) => !isThreads(name) && !isNone(name))],
    threads: own.filter(isThreads),
    nothreads: own.filter(isNone),
  };
  writeFileSync(join(part, 'sw.js'), filled(read(root, 'web/sw.js'), {
    VERSION: app, FILES: inScript(files), HEADERS: inScript(isolation),
  }));
}

function layOutHeaders() {
  const lines = (headers) => Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`).join('\n');
  writeFileSync(join(part, '_headers'), [
    '# For hosts that read this file, as Netlify does. The four that isolate the page, and what may be kept for how long.',
    `/*\n${lines({ ...isolation, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' })}`,
    `/app-*\n  ! Cache-Control\n${lines({ 'Cache-Control': 'public, max-age=31536000, immutable' })}`,
    '',
  ].join('\n'));
}

// The page's modules, as one file of what the first frame needs and one of what comes after it; and each page's style
// with what it imports.
function joinModules(folder) {
  const out = `${folder}.joined`;
  buildSync({
    entryPoints: ['main.mjs', 'course/lesson.mjs'].map((name) => join(folder, name)).filter((file) => existsSync(file)),
    outdir: out,
    outbase: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });
  const sheets = walk(folder).filter((file) => file.endsWith('.css'));
  buildSync({ entryPoints: sheets, outdir: out, outbase: folder, bundle: true, logLevel: 'error' });
  for (const file of walk(folder)) if (/\.(mjs|css)$/.test(file)) rmSync(file);
  cpSync(out, folder, { recursive: true });
  for (const imported of ['tokens.css', 'button.css', 'course/text.css']) rmSync(join(folder, imported));
  rmSync(out, { recursive: true });
}

// Without comments and long names. The guard must keep the syntax of the oldest browsers.
function shorten(folder) {
  for (const file of walk(folder)) {
    if (!/\.(m?js|css)$/.test(file)) continue;
    const { code } = transformSync(readFileSync(file, 'utf8'), {
      minify: true,
      loader: file.endsWith('.css') ? 'css' : 'js',
      target: file.endsWith('guard.js') ? 'es5' : 'es2022',
    });
    writeFileSync(file, code);
  }
}

// Kept from build to build: the best compression takes seconds.
function compressAll() {
  const kept = join(root, 'build/compressed');
  mkdirSync(kept, { recursive: true });
  for (const file of walk(part)) {
    if (!/\.(html|m?js|css|json|svg|txt|ttf|wasm)$/.test(file)) continue;
    const bytes = readFileSync(file);
    const key = join(kept, createHash('sha256').update(bytes).digest('hex'));
    if (!existsSync(`${key}.br`)) {
      writeFileSync(`${key}.gz`, gzipSync(bytes, { level: 9 }));
      writeFileSync(`${key}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
    }
    for (const end of ['br', 'gz']) cpSync(`${key}.${end}`, `${file}.${end}`);
  }
}

checkInputs();
rmSync(part, { recursive: true, force: true });
mkdirSync(part, { recursive: true });
const listed = catalogue();
const app = layOutApp(listed);
layOutPages(app, listed);
layOutWorker(app);
layOutHeaders();
shorten(join(part, 'v1'));
compressAll();
const { lines, over } = checkWeights(part, app);
for (const line of lines) console.log(line);
if (over) {
  console.error('error: the bundle is too heavy for its readers; the limits are in tools/lib/weight.mjs.');
  process.exit(1);
}
rmSync(dist, { recursive: true, force: true });
renameSync(part, dist);
