#include <emscripten/heap.h>
#include <malloc.h>

#include "core/memory.h"

namespace interleave {

std::size_t memory_left() {
  const std::size_t never_used = emscripten_get_heap_max() - *emscripten_get_sbrk_ptr();
  if (never_used >= memory_kept_free) return never_used;
  // What was freed may be had again, in pieces.
  return never_used + static_cast<std::size_t>(mallinfo().fordblks);
}

}  // namespace interleave
