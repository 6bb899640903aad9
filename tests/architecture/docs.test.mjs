// What the pages for developers name is there: places, names of the code, links. Their tables say what the rules say.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { missingLinks, missingNames, missingPlaces, rowsOf, wordsOf } from './docs.mjs';
import { mayInclude, rooms, rules } from './rules.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
const paths = list.split('\0').filter((path) => path && existsSync(join(root, path)));
const read = (path) => readFileSync(join(root, path), 'utf8');

const isCode = (path) => /^(src|tests|tools|web|cmake|bench)\/|CMakePresets/.test(path) && statSync(join(root, path)).size < 200_000
  && !/\.(webp|png)$/.test(path);
const words = new Set(paths.filter(isCode).flatMap((path) => read(path).match(/[A-Za-z_]\w*/g) ?? []));

// Pages for readers and embedders name what they see, and those that a program writes are its own affair.
const forReaders = /^docs\/(compare-cpython|performance|embedding)\.md$/;
const pages = paths.filter((path) => /^(docs\/[^/]*|[A-Z]+(\.ko)?)\.md$/.test(path));

const told = ({ what, line }) => `line ${line}: ${what}`;

describe('the pages name what is there', () => {
  for (const page of pages.filter((path) => !forReaders.test(path))) {
    const text = read(page);
    test(`${page}: places`, () => assert.deepEqual(missingPlaces(text, paths).map(told), []));
    test(`${page}: names`, () => assert.deepEqual(missingNames(text, words).map(told), []));
  }
  for (const page of pages) {
    test(`${page}: links`, () => assert.deepEqual(missingLinks(read(page), dirname(page), paths), []));
  }
});

// A page's table of names and what each may include, as the rules have it.
function tableOf(text, heading) {
  return Object.fromEntries(rowsOf(text, heading, 'what it is', 'may include').map(([name, , allowed]) => [wordsOf(name)[0], wordsOf(allowed).sort()]));
}
const sorted = (table) => Object.fromEntries(Object.entries(table).map(([name, allowed]) => [name, [...allowed].sort()]));

describe('the tables of docs/design.md and docs/style.md are the rules', () => {
  test('folders, and what each may include', () => {
    assert.deepEqual(tableOf(read('docs/design.md'), 'folder'), sorted(mayInclude));
  });

  test('rooms, and what each may include', () => {
    const wanted = Object.entries(rooms).flatMap(([folder, inside]) =>
      Object.entries(inside).map(([room, allowed]) => [`${folder}/${room === '*' ? '<id>' : room}`, allowed]));
    assert.deepEqual(tableOf(read('docs/design.md'), 'room'), sorted(Object.fromEntries(wanted)));
  });

  test('each rule of the tree has a reason', () => {
    const told = Object.fromEntries(rowsOf(read('docs/style.md'), 'rule', 'why').map(([name, why]) => [name, why]));
    assert.deepEqual(Object.keys(told).sort(), Object.keys(rules).sort());
    for (const [name, why] of Object.entries(told)) assert.ok(why.length > 20, `${name}: "${why}" is no reason`);
  });
});

test('each word of the glossary has one sentence and a place', () => {
  const rows = rowsOf(read('docs/glossary.md'), 'word', 'meaning', 'where');
  assert.ok(rows.length > 50, `${rows.length} words`);
  for (const [word, meaning, where] of rows) {
    assert.match(meaning, /^[A-Z0-9][^.]*(\.[^\s][^.]*)*\.$/, `${word}: "${meaning}" is not one sentence`);
    assert.match(where, /`(src|web|tests|tools)\/|\]\(/, `${word}: "${where}" is no place`);
  }
  const words = rows.map(([word]) => word);
  const twice = words.filter((word, at) => words.indexOf(word) !== at && word !== 'look');
  assert.deepEqual(twice, []);
});

describe('the reading is itself tested', () => {
  const table = '| folder | what it is | may include |\n|---|---|---|\n| `a` | x | |\n| `b` | y | a |\n\n| other |\n|---|\n| `c` |\n';
  test('a table ends where it ends', () => {
    assert.deepEqual(tableOf(table, 'folder'), { a: [], b: ['a'] });
  });
  test('a place that is not there is found', () => {
    const known = ['src/a/x.h', 'src/b/y/z.cpp'];
    const text = '`src/a/x.h` `src/a` `src/b/<id>/z.cpp` `src/a/w.h` `src/c` `src/<id>/none.h` `not/looked/at`';
    assert.deepEqual(missingPlaces(text, known).map(({ what }) => what), ['src/a/w.h', 'src/c', 'src/<id>/none.h']);
  });
  test('a name that is not there is found', () => {
    const text = '`Machine::step` `Machine::stop` `run_it()` `lost_name` `plain` `Odds` `--flag` `a sentence`';
    assert.deepEqual(missingNames(text, new Set(['Machine', 'step', 'run_it'])).map(({ what }) => what), ['stop', 'lost_name', 'Odds']);
  });
  test('a link to nothing is found', () => {
    const text = '[a](design.md) [b](../README.md) [c](gone.md#x) [d](https://example.org/x) [e](#here)';
    assert.deepEqual(missingLinks(text, 'docs', ['docs/design.md', 'README.md']), ['gone.md']);
  });
});
