// The rules of the tree. Each takes a Map of path -> text and returns the violations: [{ path, line, what }].
import { codeOf, statementsAtNamespaceScope } from './scan.mjs';
import { upkeep } from './upkeep.mjs';

// What each folder of src/ may include: the table of the design. src/CMakeLists.txt says the same as a link graph.
const below = {
  core: [],
  trace: ['core'],
  rt: ['trace', 'core'],
  live: ['rt', 'trace', 'core'],
  sim: ['rt', 'trace', 'core'],
  explore: ['sim', 'rt', 'trace', 'core'],
  workloads: ['rt', 'trace', 'core'],
  gpu: ['core'],
  view: ['trace', 'gpu', 'core'],
};
below.engines = ['workloads', 'live', 'sim', 'explore', 'rt', 'trace', 'core'];
below.session = ['engines', ...below.engines];
below.cli = ['session', ...below.session];
below.stages = ['view', 'workloads', 'rt', 'trace', 'gpu', 'core'];
below.app = ['session', ...below.session, 'stages', 'view', 'gpu'];
export const mayInclude = below;

// The rooms of a folder, and which other rooms of it each may include. What lies in no room is for every room, but what
// puts the rooms together (the shell of the view).
export const rooms = {
  view: {
    kit: [],
    run: ['kit'],
    timeline: ['run', 'kit'],
    panel: ['run', 'kit'],
    source: ['run', 'kit'],
    compare: ['timeline', 'panel', 'run', 'kit'],
    bars: ['compare', 'panel', 'source', 'run', 'kit'],
  },
  // A stage is about one workload: it shares what is common, and leaves other stages alone.
  stages: { common: [], process_pool: ['common', 'subprocess'], '*': ['common'] },
};
const aboveRooms = ['view/shell.h'];

const thirdParty = {
  workloads: /^stb_image_resize2\.h$/,
  session: /^nlohmann\//,
  // The operating system's sleep: it reads no clock.
  cli: /^((nlohmann|CLI)\/|time\.h$)/,
  gpu: /^GLES3\//,
  view: /^imgui(_internal)?\.h$/,
  app: /^(SDL|imgui|GLES3\/|nlohmann\/|stb_image_write\.h$)/,
};
// Headers that the build makes, and who may see them.
const generated = {
  'shaders.h': ['gpu', 'app'], 'fonts.h': ['app'], 'stages/all.h': ['stages', 'app'],
  'engines/registry.h': ['session', 'cli', 'app'],
};

const isSource = (path) => /^src\/.+\.(h|cpp)$/.test(path);
const folderOf = (path) => path.split('/')[1];
const isWeb = (path) => path.endsWith('_web.cpp');

function each(files, wanted, look) {
  const found = [];
  for (const [path, text] of files) {
    if (wanted(path)) look(path, text, (line, what) => found.push({ path, line, what }));
  }
  return found;
}

function eachLine(files, wanted, look, { code = true } = {}) {
  return each(files, wanted, (path, text, report) => {
    (code ? codeOf(text) : text).split('\n').forEach((line, at) => look(path, line, (what) => report(at + 1, what)));
  });
}

function includes(files, look) {
  return eachLine(files, isSource, (path, line, report) => {
    const match = line.match(/^\s*#\s*include\s*([<"])([^>"]+)[>"]/);
    if (match) look(path, match[2], match[1] === '"', report);
  }, { code: false });
}

export const rules = {
  // A folder includes itself, what the table allows, and headers that exist.
  'include table'(files) {
    return includes(files, (path, name, quoted, report) => {
      const from = folderOf(path);
      const to = name.split('/')[0];
      if (!(from in mayInclude)) return report(`src/${from} is not in the table of folders`);
      if (name in generated) return generated[name].includes(from) ? undefined : report(`${from} may not include "${name}"`);
      if (to in mayInclude) {
        if (!quoted) report(`<${name}>: our own headers are included with quotes`);
        else if (to !== from && !mayInclude[from].includes(to)) report(`${from} may not include ${to} ("${name}")`);
        else if (!files.has(`src/${name}`)) report(`"${name}" does not exist`);
        return undefined;
      }
      const ours = thirdParty[from]?.test(name) || isWeb(path) && /^(emscripten|GLES3|malloc\.h$)/.test(name) || /^[a-z_0-9]+$/.test(name);
      // The operating system's own, where a file is named after it.
      const system = path.endsWith('_native.cpp');
      return ours || system ? undefined : report(`${from} may not include "${name}"`);
    });
  },

  'rooms'(files) {
    // 'view/kit/ui.h' lies in the room kit of the folder view, 'view/shell.h' in none.
    const roomOf = (path) => path.split('/').length > 2 ? path.split('/')[1] : '';
    const allowed = (folder, room) => rooms[folder][room] ?? rooms[folder]['*'];
    const unknown = each(files, (path) => isSource(path) && folderOf(path) in rooms, (path, text, report) => {
      const room = roomOf(path.slice('src/'.length));
      if (room && !allowed(folderOf(path), room)) report(1, `src/${folderOf(path)}/${room} is not in the table of rooms`);
    });
    return unknown.concat(includes(files, (path, name, quoted, report) => {
      const folder = folderOf(path);
      const from = roomOf(path.slice('src/'.length));
      if (!from || !(folder in rooms) || !quoted || name in generated) return undefined;
      if (aboveRooms.includes(name)) return report(`${folder}/${from} may not include "${name}": it puts the rooms together`);
      const to = name.startsWith(`${folder}/`) ? roomOf(name) : '';
      if (!to || to === from || !allowed(folder, from) || allowed(folder, from).includes(to)) return undefined;
      return report(`${folder}/${from} may not include ${folder}/${to} ("${name}")`);
    }));
  },

  // CMake's link graph is the same table.
  'link graph'(files) {
    const path = 'src/CMakeLists.txt';
    const found = [];
    const text = files.get(path) ?? '';
    const seen = new Map();
    for (const [, name, rest] of text.matchAll(/^interleave_folder\((\w+)([^)]*)\)/gm)) {
      const uses = rest.match(/USES((?: [a-z]+)+)/)?.[1].trim().split(' ') ?? [];
      seen.set(name, uses);
    }
    const reach = (name) => new Set((seen.get(name) ?? []).flatMap((next) => [next, ...reach(next)]));
    for (const [name, allowed] of Object.entries(mayInclude)) {
      if (!seen.has(name)) found.push({ path, line: 1, what: `the folder ${name} is missing` });
      for (const used of reach(name)) {
        if (!allowed.includes(used)) found.push({ path, line: 1, what: `${name} may not link ${used}` });
      }
    }
    return found;
  },

  'engines are generated'(files) {
    return each(files, (path) => path.startsWith('src/engines/'), (path, text, report) => {
      report(1, 'nobody writes code here: the build makes it from workloads/all.h');
    });
  },

  'threads only in live'(files) {
    const headers = /^(thread|mutex|shared_mutex|condition_variable|future|semaphore|barrier|latch|stop_token|pthread\.h)$/;
    return includes(files, (path, name, quoted, report) => {
      if (headers.test(name) && !/^src\/live\//.test(path)) report(`<${name}> belongs to live`);
    });
  },

  'clocks only in core/clock and live'(files) {
    const clocks = /\b(steady_clock|system_clock|high_resolution_clock|clock_gettime|gettimeofday|emscripten_get_now|SDL_GetTicks\w*|SDL_GetPerformanceCounter)\b|\bstd::time\(|#\s*include\s*<(chrono|ctime)>/;
    return eachLine(files, isSource, (path, line, report) => {
      const match = line.match(clocks);
      if (match && !/^src\/(live\/|core\/clock)/.test(path)) report(`${match[1] ?? match[2]}: ask core/clock.h`);
    });
  },

  'the platform only in files named after it'(files) {
    return eachLine(files, isSource, (path, line, report) => {
      if (/__EMSCRIPTEN|<emscripten|\bEM_(JS|ASM|ASYNC_JS)|EMSCRIPTEN_KEEPALIVE/.test(line) && !isWeb(path)) {
        report('Emscripten belongs into a file named *_web.cpp');
      }
      if (/\b(__linux__|__APPLE__|_WIN32|__unix__)\b/.test(line) && !path.endsWith('_native.cpp')) {
        report('the operating system belongs into a file named *_native.cpp');
      }
    });
  },

  'no long file'(files) {
    const code = /\.(h|cpp|c|mjs|js|py|sh|cmake|vert|frag|css)$|^tools\/[a-z]+$|CMakeLists\.txt$/;
    return each(files, (path) => code.test(path), (path, text, report) => {
      const lines = text.split('\n').length - 1;
      if (lines > 440) report(440, `${lines} lines: split it, files stay near 400`);
    });
  },

  'no macros'(files) {
    return eachLine(files, isSource, (path, line, report) => {
      if (/^\s*#\s*define\b/.test(line)) report('a constant, a template or a function instead of #define');
    });
  },

  'headers are guarded by #pragma once'(files) {
    return each(files, (path) => isSource(path) && path.endsWith('.h'), (path, text, report) => {
      if (!/^#pragma once$/m.test(text)) report(1, '#pragma once is missing');
    });
  },

  'no raw memory'(files) {
    return eachLine(files, isSource, (path, line, report) => {
      // A private constructor leaves make_unique out; the owner is on the same line.
      const owned = /\bstd::unique_ptr<[^;()]*>\s*\w*\(\s*new\b/g;
      const plain = line.replace(/^\s*#.*/, '').replace(owned, '').replace(/\boperator\s+(new|delete)\b(\[\])?/g, '').replace(/=\s*delete\b/g, '');
      // Placement new makes an object where memory is owned already.
      if (/\bnew\b(?!\s*\()/.test(plain)) report('an owner (std::make_unique, a container) instead of new');
      if (/\bdelete\b/.test(plain)) report('an owner instead of delete');
      if (/\b(malloc|calloc|realloc|free)\s*\(/.test(plain.replace(/(\.|->|::)(free)\s*\(/g, ''))) report('an owner instead of malloc and free');
    });
  },

  'no mutable globals'(files) {
    const constant = /\b(const|constexpr|constinit const|consteval)\b/;
    return each(files, (path) => isSource(path) && !(path in globalsWithReason), (path, text, report) => {
      const code = codeOf(text);
      for (const { text: statement, line } of statementsAtNamespaceScope(code)) {
        if (/^(using|typedef|class|struct|union|enum|template|friend|namespace|extern|static_assert|concept|requires|export|asm)\b|^$|^#/.test(statement)) continue;
        const head = statement.split(/[={]/)[0];
        if (head.includes('(') || /\boperator\b/.test(head) || constant.test(head) || !/\w[\s*&>]+\w+(\[\w*\])?\s*$/.test(head)) continue;
        report(line, `a mutable variable at namespace scope: ${statement.slice(0, 60)}`);
      }
      code.split('\n').forEach((line, at) => {
        const local = line.match(/^\s*(?:inline\s+)?(?:static|thread_local)\s+(?:static\s+|thread_local\s+|inline\s+)?([^=;{]*)([=;{])/);
        if (local && !constant.test(local[1]) && !local[1].includes('(') && !/^\s*assert/.test(local[1])) {
          report(at + 1, `state that outlives its owner: ${line.trim().slice(0, 60)}`);
        }
      });
    });
  },

  'nothing third-party'(files) {
    return each(files, () => true, (path, text, report) => {
      if (/(^|\/)(node_modules|third_party|vendor|external)\//.test(path)) report(1, 'third-party code is fetched, not committed');
      if (/(^|\/)(imgui|imstb|stb|SDL|gtest|benchmark)[A-Za-z0-9_]*\.(h|hpp|c|cpp)$/.test(path) && !path.startsWith('cmake/')) {
        report(1, 'this looks like a file of a library');
      }
      if (/\.(woff2?|ttf|otf|wasm|a|so|o|tar|gz|xz|zip)$/.test(path)) report(1, 'what is built or fetched is not committed');
      if (/\.(h|cpp|c|mjs|js|css)$/.test(path)) {
        const owner = text.slice(0, 3000).match(/copyright\s*(?:\(c\)|©)?\s*\d{4}.*/i);
        if (owner && !/Interleave authors/.test(owner[0])) report(1, `code under another's copyright: ${owner[0].slice(0, 60)}`);
        if (text.split('\n').some((line) => line.length > 1000)) report(1, 'a line of more than 1000 characters: minified code?');
      }
    });
  },

  'every lesson in both languages'(files) {
    const found = [];
    const paths = [...files.keys()];
    for (const [language, other] of [['en', 'ko'], ['ko', 'en']]) {
      for (const path of paths.filter((name) => name.startsWith(`web/lessons/${language}/`))) {
        const twin = path.replace(`/lessons/${language}/`, `/lessons/${other}/`);
        if (!files.has(twin)) found.push({ path, line: 1, what: `${twin} is missing` });
      }
    }
    return found.concat(each(files, (path) => path.startsWith('web/lessons/ko/'), (path, text, report) => {
      if (!/[가-힣]/.test(text)) report(1, 'no Korean in it');
    }));
  },

  'no place or host of a machine'(files) {
    // Put together here, so that this file does not break its own rule.
    const hosts = [['registry', 'npmjs'], ['deb', 'debian'], ['snapshot', 'debian'], ['security', 'debian']].map((words) => words.join('.'));
    const places = ['/wo' + 'rk/', '/ro' + 'ot/', '/ho' + 'me/'];
    return eachLine(files, () => true, (path, line, report) => {
      for (const word of [...hosts, ...places]) if (line.includes(word)) report(`"${word}" names one machine or a registry`);
    }, { code: false });
  },

  // A merge that was not finished.
  'no mark of a conflict'(files) {
    return eachLine(files, () => true, (path, line, report) => {
      if (/^(<{7}|>{7}|\|{7}) /.test(line)) report('two versions stand here: choose');
    }, { code: false });
  },

  ...upkeep,
};

// Files that may keep a mutable variable outside an owner, and why.
export const globalsWithReason = {
  'src/app/platform_web.cpp': 'the functions that the page calls have no argument to carry the application',
};
