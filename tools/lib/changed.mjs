// What a change can touch: from paths to the suites that must run, and of GoogleTest's programs and Node's test files
// which part. It errs towards too much: a path that no rule knows runs everything, and nothing is narrowed that is not
// told apart by an include or by the link graph in src/CMakeLists.txt.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suiteNames } from './suites.mjs';

const programs = { unit_tests: ['unit', 'wasm', 'sanitizers'], view_tests: ['unit', 'sanitizers'] };
// Folders of src/ and tests/ whose tests are in view_tests.
const onScreen = /^(gpu|view|app|stages)$/;
const sources = ['format', 'architecture'];
const everyView = ['sanitizers', 'unit', 'desktop', 'web'];
const everyRun = ['unit', 'desktop', 'web', 'golden', 'wasm', 'sanitizers', 'tools'];

// The first that fits decides. `suites` run; `tests: program` is all of it; `file: folder` is one test file of Node's.
const rules = [
  [/^src\/([^/]+)\/(.*\/)?[^/]+\.(cpp|h)$/, ([, folder]) => ({ suites: [...sources, 'tidy', ...ofSource(folder)], source: folder })],
  [/^src\/workloads\/.*\.py$/, () => ({ suites: ['architecture', ...everyRun], tests: ['view_tests'] })],
  [/^tests\/(support|any_workload|main)\//, () => ({ suites: [...sources, ...everyRun], tests: ['unit_tests', 'view_tests'] })],
  [/^tests\/random_hashes\//, () => ({ suites: [...sources, 'golden'] })],
  [/^tests\/planted\//, () => ({ suites: [...sources, 'sanitizers'] })],
  [/^tests\/architecture\//, () => ({ suites: ['architecture'] })],
  [/^tests\/web\/([^/]+\.test\.mjs)$/, ([, file]) => ({ suites: ['architecture', 'web'], files: ['web', file] })],
  [/^tests\/web\//, () => ({ suites: ['architecture', 'web'], files: ['web', null] })],
  [/^tests\/tools\/((golden|perfetto|desktop)?[^/]*\.test\.mjs)$/, ([, file, kind]) => ({
    suites: ['architecture', kind === 'desktop' ? 'desktop' : kind ? 'golden' : 'tools'], files: ['tools', file],
  })],
  [/^tests\/tools\//, () => ({ suites: ['architecture', 'tools', 'desktop', 'golden'], files: ['tools', null] })],
  [/^tests\/([^/]+)\/(.*\/)?[^/]+_test\.cpp$/, ([, folder]) => ({
    suites: [...sources, ...programs[onScreen.test(folder) ? 'view_tests' : 'unit_tests']], testFile: true,
  })],
  [/^tests\/([^/]+)\/(.*\/)?[^/]+\.(cpp|h)$/, ([, folder]) => {
    const program = onScreen.test(folder) ? 'view_tests' : 'unit_tests';
    // A workload's invariants lie among its tests, and judge the random runs, too.
    return { suites: [...sources, ...programs[program], 'golden'], tests: [program] };
  }],
  [/^bench\//, () => ({ suites: [...sources, 'tools'], files: ['tools', null] })],
  [/^shaders\//, () => ({ suites: ['architecture', ...everyView], tests: ['view_tests'] })],
  [/^web\/lessons\//, () => ({ suites: ['architecture', 'tools', ...everyView], tests: ['view_tests'], files: ['tools', null] })],
  [/^(web\/|index\.html$)/, () => ({ suites: ['architecture', 'tools', 'web'], files: ['tools', null] })],
  [/^(docs\/[^/]+\.md|[^/]+\.md|LICENSE)$/, () => ({ suites: ['architecture', 'tools'], files: ['tools', null] })],
  [/^docs\//, () => ({ suites: ['architecture', 'tools', 'web'], files: ['tools', null] })],
  [/^tools\/(lib\/(lesson|bundle|weight|fonts|npm)|serve\.mjs$)/, () => ({ suites: ['architecture', 'tools', 'web'], files: ['tools', null] })],
  [/^tools\/(cpython\/|compare-cpython$|lib\/compare\/|bench$|play$)/, () => ({ suites: ['architecture', 'tools'], files: ['tools', null] })],
  [/^tools\/format$|^\.clang-format$/, () => ({ suites: ['architecture', 'format', 'tools'], files: ['tools', null] })],
  [/^tools\/lib\/tidy\.mjs$|^\.clang-tidy$/, () => ({ suites: ['architecture', 'tidy', 'tools'], files: ['tools', null] })],
];

function ofSource(folder) {
  return onScreen.test(folder) ? everyView : everyRun;
}

const filesOf = (folder) => (existsSync(folder)
  ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  : []);

// Which folders of src/ each one can see, itself included: USES in src/CMakeLists.txt, followed to its end.
export function visibleFolders(cmake) {
  const uses = new Map();
  for (const [, name, rest] of cmake.matchAll(/^interleave_folder\((\w+)([^)]*)\)/gm)) {
    uses.set(name, rest.match(/\bUSES ((?:[a-z_]+\s*)+)/)?.[1].trim().split(/\s+/) ?? []);
  }
  const seen = new Map();
  const follow = (name) => {
    if (!seen.has(name)) {
      seen.set(name, new Set([name]));
      for (const used of uses.get(name) ?? []) for (const one of follow(used)) seen.get(name).add(one);
    }
    return seen.get(name);
  };
  for (const name of uses.keys()) follow(name);
  return seen;
}

export const suitesIn = (text) => [...new Set([...text.matchAll(/^\s*(?:TYPED_)?TEST(?:_[FP])?\(\s*(\w+)/gm)].map(([, name]) => name))];

// GoogleTest's names: a suite's own, and those that it is given with parameters or types.
const filterOf = (suites) => [...suites].sort().flatMap((name) => [`${name}.*`, `*/${name}.*`, `${name}/*.*`, `*/${name}/*.*`]).join(':');

class Tests {
  #root;
  #visible;

  constructor(root) {
    this.#root = root;
    this.#visible = visibleFolders(readFileSync(join(root, 'src/CMakeLists.txt'), 'utf8'));
  }

  // The folders of src/ that a file of tests/ reaches: through its includes, those of the tests' own headers, and the
  // .cpp files beside these.
  #reached(file, done = new Set()) {
    const out = new Set();
    if (done.has(file) || !existsSync(file)) return out;
    done.add(file);
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/^#include "([^"]+)"/gm)) {
      const own = join(this.#root, 'tests', name);
      if (existsSync(own)) {
        const beside = filesOf(dirname(own)).filter((path) => path.endsWith('.cpp') && path.startsWith(own.replace(/\.h$/, '')));
        for (const next of [own, ...beside]) for (const folder of this.#reached(next, done)) out.add(folder);
      } else {
        const folder = name.split('/')[0];
        for (const one of this.#visible.get(folder) ?? [folder]) out.add(one);
      }
    }
    return out;
  }

  // The GoogleTest suites of unit_tests that reach a folder of src/.
  reaching(folder) {
    const out = new Set();
    for (const file of filesOf(join(this.#root, 'tests'))) {
      const of = file.slice(join(this.#root, 'tests').length + 1).split('/')[0];
      if (!file.endsWith('_test.cpp') || onScreen.test(of)) continue;
      if (of !== folder && !this.#reached(file).has(folder)) continue;
      for (const name of suitesIn(readFileSync(file, 'utf8'))) out.add(name);
    }
    return out;
  }
}

// { suites: Set, programs: Map of program -> filter ('' is none of it), files: Map of folder -> Set, why: lines }
export function touchedBy(root, paths) {
  const tests = new Tests(root);
  const suites = new Set();
  const whole = { programs: new Set(), files: new Set() };
  const parts = { programs: new Map(), files: new Map() };
  const why = [];
  const note = (kind, name, part) => parts[kind].set(name, new Set([...parts[kind].get(name) ?? [], ...part]));
  for (const path of paths) {
    const [pattern, of] = rules.find(([one]) => one.test(path)) ?? [];
    if (!pattern) return everything(path);
    const found = of(path.match(pattern));
    for (const name of found.suites) suites.add(name);
    why.push(`${path}: ${suiteNames.filter((name) => found.suites.includes(name)).join(' ')}`);
    for (const program of found.tests ?? []) whole.programs.add(program);
    if (found.source) {
      whole.programs.add('view_tests');
      if (!onScreen.test(found.source)) note('programs', 'unit_tests', tests.reaching(found.source));
    }
    if (found.testFile) {
      const program = onScreen.test(path.split('/')[1]) ? 'view_tests' : 'unit_tests';
      const file = join(root, path);
      // One that has gone takes its tests with it.
      note('programs', program, existsSync(file) ? suitesIn(readFileSync(file, 'utf8')) : []);
    }
    // Suites of Node's that no file narrows run whole.
    const [folder, file] = found.files ?? [null, null];
    for (const one of ['web', 'tools']) {
      if (folder === one && file) note('files', one, [file]);
      else if (found.suites.some((name) => foldersOf[name] === one)) whole.files.add(one);
    }
  }
  const narrowed = { programs: new Map(), files: new Map() };
  for (const program of Object.keys(programs)) {
    if (!whole.programs.has(program)) narrowed.programs.set(program, filterOf(parts.programs.get(program) ?? []));
  }
  narrowed.programs.set('thread_tests', narrowed.programs.get('unit_tests'));
  if (narrowed.programs.get('thread_tests') === undefined) narrowed.programs.delete('thread_tests');
  for (const [folder, files] of parts.files) if (!whole.files.has(folder)) narrowed.files.set(folder, files);
  return { suites, ...narrowed, why };
}

const foldersOf = { web: 'web', tools: 'tools', desktop: 'tools', golden: 'tools' };

function everything(path) {
  return { suites: new Set(suiteNames), programs: new Map(), files: new Map(), why: [`${path}: everything`] };
}
