// What a WebAssembly module consists of: its functions by name, its data by address, and which object file each came
// from, as the linker's map says (wasm-ld -Map, and emcc --profiling-funcs for names that outlast the optimiser).

const text = new TextDecoder();

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  // An integer in LEB128, unsigned. Addresses and sizes stay below 2^32.
  number() {
    let out = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      out += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return out;
    }
  }

  // The constant of an i32.const, as an address.
  constant() {
    let out = 0;
    let shift = 0;
    let byte;
    do {
      byte = this.bytes[this.at++];
      out |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte >= 0x80);
    if (shift < 32 && byte & 0x40) out |= -1 << shift;
    return out >>> 0;
  }

  take(size) {
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  name() {
    return text.decode(this.take(this.number()));
  }
}

const ids = { imports: 2, code: 10, data: 11 };

function readSections(bytes) {
  const reader = new Reader(bytes, 8);
  const out = [];
  while (reader.at < bytes.length) {
    const begin = reader.at;
    const id = reader.take(1)[0];
    const body = reader.take(reader.number());
    const custom = id === 0 ? new Reader(body).name() : null;
    out.push({ id, custom, size: reader.at - begin, body });
  }
  return out;
}

// How many functions are imported: those come first when functions are counted.
function importedFunctions(body) {
  const reader = new Reader(body);
  let functions = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.name();
    reader.name();
    const kind = reader.take(1)[0];
    if (kind === 0) functions += 1;
    if (kind === 0) reader.number();
    else if (kind === 3) reader.take(2);
    else if (kind === 4) reader.take(1), reader.number();
    else {
      if (kind === 1) reader.take(1);
      const flags = reader.take(1)[0];
      reader.number();
      if (flags & 1) reader.number();
    }
  }
  return functions;
}

function readNames(body) {
  const reader = new Reader(body);
  reader.name();
  const out = new Map();
  while (reader.at < body.length) {
    const kind = reader.take(1)[0];
    const end = reader.number() + reader.at;
    if (kind === 1) for (let left = reader.number(); left > 0; left -= 1) out.set(reader.number(), reader.name());
    reader.at = end;
  }
  return out;
}

// Where a passive segment goes is in the code that puts it there: i32.const to, i32.const 0, i32.const size,
// memory.init.
function placedByCode(code, sizes) {
  const places = new Map();
  for (let at = 0; at < code.length; at += 1) {
    if (code[at] !== 0x41) continue;
    const reader = new Reader(code, at + 1);
    const to = reader.constant();
    if (reader.take(1)[0] !== 0x41 || reader.constant() !== 0 || reader.take(1)[0] !== 0x41) continue;
    const size = reader.constant();
    if (reader.take(1)[0] !== 0xfc || reader.number() !== 8) continue;
    const segment = reader.number();
    if (sizes[segment] === size) places.set(segment, to);
  }
  return places;
}

function readSegments(data, code) {
  const reader = new Reader(data);
  const out = [];
  for (let left = reader.number(); left > 0; left -= 1) {
    const kind = reader.number();
    let at = null;
    if (kind !== 1) {
      if (kind === 2) reader.number();
      if (reader.take(1)[0] !== 0x41) throw new Error('A data segment lies at an address that is no constant.');
      at = reader.constant();
      reader.take(1);
    }
    out.push({ at, bytes: reader.take(reader.number()) });
  }
  const places = placedByCode(code, out.map(({ bytes }) => bytes.length));
  out.forEach((segment, number) => {
    segment.at ??= places.get(number) ?? null;
  });
  return out;
}

// { functions: [{ name, bytes }], segments: [{ at, bytes }], rest }: at is null where a segment's address was not
// found; rest is the size of everything else but the names.
export function readModule(bytes) {
  const sections = readSections(bytes);
  const body = (id) => sections.find((section) => section.id === id)?.body ?? new Uint8Array([0]);
  const named = sections.find(({ custom }) => custom === 'name');
  const names = named ? readNames(named.body) : new Map();
  const reader = new Reader(body(ids.code));
  const first = importedFunctions(body(ids.imports));
  const functions = [];
  for (let left = reader.number(); left > 0; left -= 1) {
    const begin = reader.at;
    reader.take(reader.number());
    functions.push({ name: names.get(first + functions.length) ?? '', bytes: reader.bytes.subarray(begin, reader.at) });
  }
  const segments = readSegments(body(ids.data), body(ids.code));
  const known = [...functions, ...segments].reduce((sum, { bytes: part }) => sum + part.length, 0);
  return { functions, segments, rest: bytes.length - known - (named?.size ?? 0) };
}

// { objectOf: Map from a function's name to its object, data: [{ at, size, object, symbol }] in order of address }. An
// object is a file, or archive(file); symbol is a section's name for what has none of its own.
export function readMap(map) {
  const objectOf = new Map();
  const data = [];
  let section = '';
  let object = '';
  for (const line of map.split('\n')) {
    const heading = line.match(/^ +(?:-|[0-9a-f]+) +[0-9a-f]+ +[0-9a-f]+ ([A-Z]+)$/);
    if (heading) section = heading[1];
    const input = line.match(/^ +(-|[0-9a-f]+) +[0-9a-f]+ +([0-9a-f]+) {9}(\S.*):\((.*)\)$/);
    if (input) {
      object = input[3];
      if (section === 'DATA') data.push({ at: parseInt(input[1], 16), size: parseInt(input[2], 16), object, symbol: input[4] });
      continue;
    }
    const symbol = line.match(/^ +- +[0-9a-f]+ +[0-9a-f]+ {17}(\S.*)$/);
    if (symbol && section === 'CODE' && !objectOf.has(symbol[1])) objectOf.set(symbol[1], object);
  }
  return { objectOf, data: data.filter(({ size }) => size > 0).sort((one, other) => one.at - other.at) };
}

// The pieces of data that lie in a segment, each with its bytes. The optimiser leaves out zeros and joins nothing.
export function piecesOf({ at, bytes }, data) {
  if (at === null) return [{ object: '', symbol: '', bytes }];
  const out = [];
  let done = at;
  const end = at + bytes.length;
  const push = (to, object, symbol) => {
    if (to > done) out.push({ object, symbol, bytes: bytes.subarray(done - at, to - at) });
    done = Math.max(done, to);
  };
  for (const piece of data) {
    if (piece.at + piece.size <= at || piece.at >= end) continue;
    push(Math.min(piece.at, end), '', '');
    push(Math.min(piece.at + piece.size, end), piece.object, piece.symbol);
  }
  push(end, '', '');
  return out;
}

// A function's name without its result and parameters, from which its namespace can be read: "void a::b<c>(d)" is
// "a::b<c>".
export function qualified(name) {
  let depth = 0;
  let begin = 0;
  for (let at = 0; at < name.length; at += 1) {
    const letter = name[at];
    if (letter === '<' || letter === '(') {
      if (letter === '(' && depth === 0 && at > begin && !name.startsWith('(anonymous namespace)', at)) return name.slice(begin, at);
      depth += 1;
    } else if (letter === '>' || letter === ')') {
      depth -= 1;
    } else if (letter === ' ' && depth === 0) {
      begin = at + 1;
    }
  }
  return name.slice(begin);
}

const fonts = {
  latin_regular: 'font: Pretendard without Hangul, regular',
  latin_semibold: 'font: Pretendard without Hangul, semibold',
  jetbrains_mono_regular: 'font: JetBrains Mono, regular',
  jetbrains_mono_bold: 'font: JetBrains Mono, bold',
};

const libraries = [
  [/\blibSDL2/, 'SDL2'],
  [/\blibimgui/, 'Dear ImGui'],
  [/\blib(c\+\+|unwind)/, 'C++ library'],
  [/\/sysroot\/lib\//, 'C library and Emscripten'],
];

// Our folders whose namespace has their name.
const folders = ['trace', 'rt', 'live', 'sim', 'explore', 'workloads', 'session', 'gpu', 'view', 'stages', 'cli', 'app'];

// Which part of ours or of which library a function or a piece of data belongs to. A template belongs to whoever wrote
// it, not to the file that made it of our types.
export function partOf({ name = '', symbol = '', object = '' }) {
  const own = qualified(name);
  if (/\bnlohmann::/.test(own) || (own.startsWith('std::') && name.includes('nlohmann::'))) return 'JSON for Modern C++';
  for (const [pattern, part] of libraries) if (pattern.test(object)) return part;
  if (own.startsWith('std::')) return 'C++ library, templates made of our types';
  if (own.startsWith('CLI::')) return 'CLI11';
  for (const [key, part] of Object.entries(fonts)) if (symbol.includes(`${key}_data`)) return part;
  const namespace = own.match(/^interleave::(\w+)::/);
  if (namespace && folders.includes(namespace[1])) return `src/${namespace[1]}`;
  const folder = object.match(/\b(?:libfolder_(\w+)\.a|folder_(\w+)\.dir)/);
  if (folder) return `src/${folder[1] ?? folder[2]}`;
  if (/interleave_(app|named)/.test(object)) return 'src/app';
  if (object === '<internal>' && symbol.startsWith('.rodata')) return 'texts: strings of all files, each once';
  return 'tables, and what has no name';
}

// { part: bytes[] } of a module: what it consists of, each part's bytes in the order in which they lie.
export function partsOf(module, map) {
  const out = new Map();
  const add = (part, bytes) => out.set(part, [...(out.get(part) ?? []), bytes]);
  for (const { name, bytes } of module.functions) {
    // The optimiser numbers what it has copied.
    const object = map.objectOf.get(name) ?? map.objectOf.get(name.replace(/_\d+$/, '')) ?? '';
    add(partOf({ name, object }), bytes);
  }
  for (const segment of module.segments) {
    for (const { object, symbol, bytes } of piecesOf(segment, map.data)) add(partOf({ object, symbol }), bytes);
  }
  return out;
}
