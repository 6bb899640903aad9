#include <limits>

#include "core/memory.h"

namespace interleave {

std::size_t memory_left() { return std::numeric_limits<std::size_t>::max(); }

}  // namespace interleave
