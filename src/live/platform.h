// How many threads this platform offers. One .cpp per platform.
#pragma once

#include <memory>

#include "live/pool.h"

namespace interleave::live {

// The pool for a whole program: threads that every live run uses again. On the web as many workers as the module was
// linked with, begun at once; null in a build without threads. Never blocks.
[[nodiscard]] std::shared_ptr<Pool> make_pool();

}  // namespace interleave::live
