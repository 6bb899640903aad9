#include <cstdlib>

#include <emscripten.h>

#include "session/machine.h"

// Both run on whichever thread asks: a page, a worker or Node, so nothing of a page is taken for
// granted.
// clang-format off
EM_JS(int, interleave_logical_cores, (), {
  if (typeof navigator !== 'undefined' && navigator.hardwareConcurrency) return navigator.hardwareConcurrency;
  if (typeof process !== 'undefined' && typeof require === 'function') return require('os').cpus().length;
  return 1;
});
EM_JS(char*, interleave_environment_name, (), {
  if (typeof process !== 'undefined' && process.versions && process.versions.node) {
    return stringToNewUTF8('Node ' + process.versions.node);
  }
  return stringToNewUTF8(typeof navigator !== 'undefined' ? navigator.userAgent : 'unknown');
});
// clang-format on

namespace interleave::session {

int logical_cores() { return interleave_logical_cores(); }

std::string environment_name() {
  char* name = interleave_environment_name();
  std::string out(name);
  std::free(name);
  return out;
}

}  // namespace interleave::session
