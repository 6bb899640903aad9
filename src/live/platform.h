// How many threads this platform offers. One .cpp per platform.
#pragma once

#include <cstdint>
#include <memory>

#include "live/pool.h"

namespace interleave::live {

// The pool for a whole program: threads that every live run uses again. On the web as many workers as the module was
// linked with, begun at once; null in a build without threads. Never blocks.
[[nodiscard]] std::shared_ptr<Pool> make_pool();

// Bytes set aside for the stack of each thread of a pool; asked by one of them. They need not be in use: natively the
// system gives memory to what is touched.
[[nodiscard]] std::int64_t stack_size();

}  // namespace interleave::live
