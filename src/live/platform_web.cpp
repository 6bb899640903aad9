#include <emscripten/stack.h>

#include "live/platform.h"

namespace interleave::live {
namespace {

// INTERLEAVE_POOL_SIZE is what the module was linked with. One carries the watcher; one is left for a program that runs
// its main function on a worker, as the headless one does.
[[maybe_unused]] constexpr std::size_t workers = INTERLEAVE_POOL_SIZE - 2;

}  // namespace

std::shared_ptr<Pool> make_pool() {
#ifdef __EMSCRIPTEN_PTHREADS__
  return std::make_shared<Pool>(workers, Pool::Begin::beforehand);
#else
  return nullptr;
#endif
}

std::int64_t stack_size() {
  return static_cast<std::int64_t>(emscripten_stack_get_base() - emscripten_stack_get_end());
}

}  // namespace interleave::live
