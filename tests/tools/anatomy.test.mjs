// What a module consists of is read off its bytes and the linker's map: here off a module small enough to write by
// hand.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partOf, partsOf, piecesOf, qualified, readMap, readModule } from '../../tools/lib/anatomy.mjs';

const utf8 = (text) => [...new TextEncoder().encode(text)];
const counted = (bytes) => [bytes.length, ...bytes];
const name = (text) => counted(utf8(text));
const section = (id, bytes) => [id, ...counted(bytes)];

// One function imported and two of its own, one segment at 1024 and a passive one that the second function puts at 16.
const first = [0, 0x41, 7, 0x1a, 0x0b];
const second = [0, 0x41, 16, 0x41, 0, 0x41, 3, 0xfc, 8, 1, 0, 0x0b];
const moduleBytes = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  ...section(1, [1, 0x60, 0, 0]),
  ...section(2, [1, ...name('env'), ...name('imported'), 0, 0]),
  ...section(3, [2, 0, 0]),
  ...section(12, [2]),
  ...section(10, [2, ...counted(first), ...counted(second)]),
  ...section(11, [2, 0, 0x41, 0x80, 8, 0x0b, ...counted([1, 2, 3, 4, 5, 6]), 1, ...counted([7, 8, 9])]),
  ...section(0, [...name('name'), 1, ...counted([2, 1, ...name('demo::first()'), 2, ...name('void nlohmann::second<int>(int)')])]),
]);

const map = `    Addr      Off     Size Out     In      Symbol
       -      77c       20 CODE
       -      84a       58         lib/libfolder_core.a(demo.o):(_ZN4demo5firstEv)
       -      84a       58                 demo::first()
       -     a324     1be8 DATA
     400     a5c2        6 .rodata
     400     a5c2        4         lib/libSDL2_web.a(SDL.o):(.rodata.names)
     400     a5c2        4                 names
     404     a5c6        1         <internal>:(.rodata.str)
       0     a5c8        0         lib/libSDL2_web.a(SDL.o):(.rodata.nothing)
`;

test('functions have their names and bytes, and segments their addresses', () => {
  const { functions, segments, rest } = readModule(moduleBytes);
  assert.deepEqual(functions.map((one) => [one.name, one.bytes.length]), [
    ['demo::first()', first.length + 1], ['void nlohmann::second<int>(int)', second.length + 1],
  ]);
  assert.deepEqual(segments.map(({ at, bytes }) => [at, [...bytes]]), [[1024, [1, 2, 3, 4, 5, 6]], [16, [7, 8, 9]]]);
  const names = moduleBytes.length - rest - first.length - second.length - 2 - 9;
  assert.equal(names, 2 + name('name').length + 2 + 3 + name('demo::first()').length + name('void nlohmann::second<int>(int)').length);
});

test('the map says which object a function and a piece of data come from', () => {
  const { objectOf, data } = readMap(map);
  assert.deepEqual([...objectOf], [['demo::first()', 'lib/libfolder_core.a(demo.o)']]);
  assert.deepEqual(data, [
    { at: 1024, size: 4, object: 'lib/libSDL2_web.a(SDL.o)', symbol: '.rodata.names' },
    { at: 1028, size: 1, object: '<internal>', symbol: '.rodata.str' },
  ]);
});

test('a segment is cut where the map has another symbol, and what lies between them is kept', () => {
  const pieces = piecesOf({ at: 1022, bytes: new Uint8Array(8) }, readMap(map).data);
  assert.deepEqual(pieces.map(({ symbol, bytes }) => [symbol, bytes.length]), [['', 2], ['.rodata.names', 4], ['.rodata.str', 1], ['', 1]]);
});

test('a function is known by its namespace, whatever it returns and takes', () => {
  for (const [full, own] of [
    ['main', 'main'],
    ['void a::b<c (d)>(e)', 'a::b<c (d)>'],
    ['int (anonymous namespace)::x(int)', '(anonymous namespace)::x'],
    ['std::function<void (int)>::operator()(int) const', 'std::function<void (int)>::operator'],
    ['interleave::rt::start(nlohmann::json const&)', 'interleave::rt::start'],
  ]) assert.equal(qualified(full), own);
});

test('what is made of a template belongs to who wrote the template', () => {
  const object = 'src/libfolder_session.a(run_json.cpp.o)';
  assert.equal(partOf({ name: 'nlohmann::json::dump() const', object }), 'JSON for Modern C++');
  assert.equal(partOf({ name: 'void std::vector<nlohmann::json>::push_back(nlohmann::json&&)', object }), 'JSON for Modern C++');
  assert.equal(partOf({ name: 'interleave::session::told(nlohmann::json const&)', object }), 'src/session');
  assert.equal(partOf({ name: 'std::vector<int>::push_back(int)', object }), 'C++ library, templates made of our types');
  assert.equal(partOf({ symbol: '.rodata._ZL18latin_regular_data', object: 'libinterleave_fonts.a(fonts.cpp.o)' }), 'font: Pretendard without Hangul, regular');
});

test('every byte of code and data is in one part', () => {
  const parts = partsOf(readModule(moduleBytes), readMap(map));
  const sizes = Object.fromEntries([...parts].map(([part, pieces]) => [part, pieces.reduce((sum, { length }) => sum + length, 0)]));
  assert.deepEqual(sizes, {
    'src/core': first.length + 1,
    'JSON for Modern C++': second.length + 1,
    SDL2: 4,
    'texts: strings of all files, each once': 1,
    'tables, and what has no name': 1 + 3,
  });
});
