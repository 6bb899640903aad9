#include <array>

#include <emscripten.h>

#include "session/host.h"

EM_JS_DEPS(interleave_machine, "$stringToUTF8");

// Both run on whichever thread asks: a page, a worker or Node, so nothing of a page is taken for granted.
// clang-format off
EM_JS(int, interleave_logical_cores, (), {
  if (typeof navigator !== 'undefined' && navigator.hardwareConcurrency) return navigator.hardwareConcurrency;
  if (typeof process !== 'undefined' && typeof require === 'function') return require('os').cpus().length;
  return 1;
});
EM_JS(void, interleave_environment_name, (char* out, int size), {
  const node = typeof process !== 'undefined' && process.versions && process.versions.node;
  const browser = typeof navigator !== 'undefined' ? navigator.userAgent : 'unknown';
  stringToUTF8(node ? 'Node ' + node : browser, out, size);
});
// clang-format on

namespace interleave::session {

int logical_cores() { return interleave_logical_cores(); }

std::string environment_name() {
  std::array<char, 512> name{};
  interleave_environment_name(name.data(), static_cast<int>(name.size()));
  return name.data();
}

}  // namespace interleave::session
