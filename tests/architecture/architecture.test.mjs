// The tree obeys its rules, and each rule catches a violation planted for it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { globalsWithReason, mayInclude, rooms, rules } from './rules.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

// What is committed or would be.
function readTree() {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  const paths = list.split('\0').filter((path) => path && existsSync(join(root, path)));
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

const tree = readTree();

describe('the tree', () => {
  for (const [name, rule] of Object.entries(rules)) {
    test(name, () => {
      const found = rule(tree).map(({ path, line, what }) => `${path}:${line}: ${what}`);
      assert.deepEqual(found, [], `\n${found.join('\n')}`);
    });
  }

  test('it was read', () => {
    assert.ok([...tree.keys()].some((path) => path.startsWith('src/core/')));
    for (const path of Object.keys(globalsWithReason)) assert.ok(tree.has(path), `${path} needs no exception any more`);
  });
});

const header = '#pragma once\n';
const graph = readFileSync(join(root, 'src/CMakeLists.txt'), 'utf8');

// For each rule, trees that break it once.
const planted = {
  'include table': [
    ...Object.entries(mayInclude).map(([from, allowed]) => {
      const wrong = Object.keys(mayInclude).find((to) => to !== from && !allowed.includes(to));
      return wrong && { [`src/${wrong}/x.h`]: header, [`src/${from}/y.cpp`]: `#include "${wrong}/x.h"\n` };
    }).filter(Boolean),
    { 'src/live/x.h': header, 'src/sim/y.h': `${header}#include "live/x.h"\n` },
    { 'src/sim/x.h': header, 'src/view/y.cpp': '#include "sim/x.h"\n' },
    { 'src/stages/common/x.h': header, 'src/view/y.cpp': '#include "stages/common/x.h"\n' },
    { 'src/session/x.h': header, 'src/stages/counter/y.cpp': '#include "session/x.h"\n' },
    { 'src/core/y.cpp': '#include "core/missing.h"\n' },
    { 'src/core/y.cpp': '#include "nlohmann/json.hpp"\n' },
    { 'src/trace/y.cpp': '#include "imgui.h"\n' },
    { 'src/view/y.cpp': '#include "SDL.h"\n' },
    { 'src/core/x.h': header, 'src/trace/y.cpp': '#include <core/x.h>\n' },
    { 'src/misc/y.cpp': '#include <vector>\n' },
    { 'src/core/y.cpp': '#include "shaders.h"\n' },
  ],
  rooms: [
    ...Object.entries(rooms.view).map(([from, allowed]) => {
      const wrong = Object.keys(rooms.view).find((to) => to !== from && !allowed.includes(to));
      return wrong && { [`src/view/${wrong}/x.h`]: header, [`src/view/${from}/y.cpp`]: `#include "view/${wrong}/x.h"\n` };
    }).filter(Boolean),
    { 'src/stages/counter/x.h': header, 'src/stages/deadlock/y.cpp': '#include "stages/counter/x.h"\n' },
    { 'src/stages/counter/x.h': header, 'src/stages/process_pool/y.cpp': '#include "stages/counter/x.h"\n' },
    { 'src/stages/counter/x.h': header, 'src/stages/common/y.cpp': '#include "stages/counter/x.h"\n' },
    { 'src/view/shell.h': header, 'src/view/panel/y.cpp': '#include "view/shell.h"\n' },
    { 'src/view/attic/y.cpp': '' },
  ],
  'link graph': [
    { 'src/CMakeLists.txt': graph.replace('interleave_folder(sim USES', 'interleave_folder(sim USES live') },
    { 'src/CMakeLists.txt': graph.replace('interleave_folder(view USES', 'interleave_folder(view USES session') },
    { 'src/CMakeLists.txt': graph.replace('interleave_folder(core)', '') },
  ],
  'engines are generated': [{ 'src/engines/counter.cpp': '' }],
  'threads only in live': [
    { 'src/sim/x.cpp': '#include <thread>\n' },
    { 'src/session/runner.cpp': '#include <mutex>\n' },
    { 'src/view/x.cpp': '#include <condition_variable>\n' },
  ],
  'clocks only in core/clock and live': [
    { 'src/sim/x.cpp': '#include <chrono>\n' },
    { 'src/app/x.cpp': 'auto t = std::chrono::steady_clock::now();\n' },
    { 'src/view/x.cpp': 'auto t = SDL_GetTicks64();\n' },
  ],
  'the platform only in files named after it': [
    { 'src/app/x.cpp': '#ifdef __EMSCRIPTEN__\n#endif\n' },
    { 'src/live/x_native.cpp': '#include <emscripten.h>\n' },
    { 'src/live/x.cpp': '#if defined(__linux__)\n#endif\n' },
  ],
  'no long file': [{ 'src/core/x.cpp': '\n'.repeat(441) }, { 'tools/lib/x.mjs': '\n'.repeat(441) }],
  'no macros': [{ 'src/core/x.h': `${header}#define MAX 3\n` }, { 'src/core/y.h': '#ifndef Y_H\n#  define Y_H\n#endif\n' }],
  'headers are guarded by #pragma once': [{ 'src/core/x.h': 'int f();\n' }],
  'no raw memory': [
    { 'src/core/x.cpp': 'int* f() { return new int; }\n' },
    { 'src/core/x.cpp': 'void f(int* p) { delete p; }\n' },
    { 'src/core/x.cpp': 'void* f() { return std::malloc(3); }\n' },
  ],
  'no mutable globals': [
    { 'src/core/x.cpp': 'namespace a {\nint count = 0;\n}\n' },
    { 'src/core/x.cpp': 'namespace a {\nnamespace {\nstd::vector<int> all;\n}\n}\n' },
    { 'src/core/x.cpp': 'namespace a {\nvoid f() {}\nstd::atomic<int> n{0};\n}\n' },
    { 'src/core/x.h': `${header}inline Registry* registry = nullptr;\n` },
    { 'src/core/x.cpp': 'App& app() {\n  static App one;\n  return one;\n}\n' },
    { 'src/core/x.cpp': 'thread_local int depth = 0;\n' },
    { 'src/core/x.h': `${header}struct A {\n  static inline int count = 0;\n};\n` },
  ],
  'nothing third-party': [
    { 'third_party/a.c': '' },
    { 'src/view/imgui.cpp': '' },
    { 'src/core/x.cpp': '// Copyright (c) 2014-2024 Somebody Else\n' },
    { 'web/x.mjs': `const a = [${'1,'.repeat(600)}];\n` },
    { 'web/font.woff2': '' },
  ],
  'every lesson in both languages': [
    { 'web/lessons/en/counter.md': 'x' },
    { 'web/lessons/ko/counter.md': '카운터' },
    { 'web/lessons/en/counter.md': 'x', 'web/lessons/ko/counter.md': 'not translated' },
  ],
  'no wide comments': [
    { 'tests/core/x_test.cpp': `int one = 1;\n// ${'word '.repeat(24)}\n` },
    { 'tools/lib/x.sh': `# ${'낱말 '.repeat(40)}\n` },
    { 'web/x.css': `/* A sheet.\n * ${'word '.repeat(24)}*/\n` },
    { 'cmake/X.cmake': `  # ${'word '.repeat(24)}\n` },
  ],
  'no file that nobody uses': [
    { 'src/core/x.h': header, 'src/core/x.cpp': '#include "trace/x.h"\n' },
    { 'web/x.mjs': "import './y.mjs';\n", 'web/z.mjs': '' },
    { 'tools/lib/x.sh': '' },
    { 'cmake/X.cmake': '', 'CMakeLists.txt': 'include(Y)\n' },
    { 'shaders/x.vert': '' },
  ],
  'no mark of a conflict': [{ 'web/x.mjs': `a\n${'<'.repeat(7)} HEAD\nb\n` }, { 'src/core/x.cpp': `${'>'.repeat(7)} other\n` }],
  'no place or host of a machine': [{ 'tools/x': `cd /ro${'ot'}/interleave\n` }, { 'README.md': `registry.${'npmjs'}.org\n` }],
};

// What looks like a violation and is none.
const harmless = {
  'include table': { 'src/core/x.h': header, 'src/trace/y.cpp': '#include <vector>\n#include "core/x.h"\n', 'src/live/z_web.cpp': '#include <emscripten/threading.h>\n' },
  'threads only in live': { 'src/live/a.cpp': '#include <thread>\n' },
  rooms: {
    'src/view/kit/x.h': header, 'src/view/run/y.cpp': '#include "view/kit/x.h"\n#include "view/model.h"\n',
    'src/view/shell.cpp': '#include "view/run/y.h"\n', 'src/stages/new_one/stage.cpp': '#include "stages/common/x.h"\n',
  },
  'clocks only in core/clock and live': { 'src/core/clock.cpp': '#include <chrono>\n', 'src/sim/x.cpp': '// as steady_clock does\n' },
  'the platform only in files named after it': { 'src/app/x_web.cpp': '#include <emscripten.h>\n', 'src/app/y.cpp': '// __EMSCRIPTEN__ is elsewhere\n' },
  'no raw memory': {
    'src/core/x.cpp': 'struct A { A(A&&) = delete; static void* operator new(std::size_t n) { return ::operator new(n); } };\n' +
      '// a new run may delete this\nconst char* s = "new";\nvoid f() { pool.free(3); ::new (place) A; }\n' +
      'auto make() { return std::unique_ptr<A>(new A); }\n',
    'src/app/y_web.cpp': 'EM_JS(void, f, (), {\n  const url = new URL(location.href);\n});\n',
  },
  'no mutable globals': {
    'src/core/x.cpp': 'namespace a {\nconstexpr int n = 3;\nstatic const std::array<int, 2> all{1, 2};\nint f(int x = 3);\n' +
      'template <class T>\nconcept C = requires(T t) { t.x; };\nstruct S {\n  int count = 0;\n  static S make();\n};\n' +
      'Result<int> g() {\n  int local = 0;\n  static constexpr int k = 2;\n  return local;\n}\nusing X = int;\n}\n' +
      'std::uint64_t operator""_ns(unsigned long long n) { return n; }\nA::A(int x) : x_{x} {}\nauto h(std::pair<int, int> p = {1, 2}) -> int { return 1; }\n',
  },
  'nothing third-party': { 'src/gpu/gl.h': header, 'bench/sim_bench.cpp': '', 'LICENSE': 'Copyright (c) 2026 Interleave authors' },
  'every lesson in both languages': { 'web/lessons/en/a.md': 'x', 'web/lessons/ko/a.md': '가' },
  'no wide comments': { 'web/x.mjs': `const text = '${'word '.repeat(30)}';\n// ${'x'.repeat(117)}\n`, 'src/core/x.cpp': `#include "${'x'.repeat(120)}"\n` },
  'no file that nobody uses': {
    'src/core/x.h': header, 'src/core/y.cpp': '#include "core/x.h"\n', 'tests/tools/x.test.mjs': '', 'src/workloads/x.py': '',
    'cmake/X.cmake': '', 'CMakeLists.txt': 'include(X)\n', 'shaders/x.vert': '', 'src/gpu/y.cpp': 'shaders::x_vert\n',
  },
};

describe('each rule is itself tested', () => {
  for (const [name, rule] of Object.entries(rules)) {
    test(`${name}: catches what is planted`, () => {
      const trees = planted[name] ?? [];
      assert.ok(trees.length > 0, 'no violation is planted for this rule');
      for (const files of trees) {
        assert.ok(rule(new Map(Object.entries(files))).length > 0, `not caught: ${JSON.stringify(files).slice(0, 200)}`);
      }
    });
    if (harmless[name]) {
      test(`${name}: leaves the harmless alone`, () => {
        assert.deepEqual(rule(new Map(Object.entries(harmless[name]))), []);
      });
    }
  }
});
