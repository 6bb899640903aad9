// Relacy's full search, which reduces nothing, on the programs of the explorer's benchmark. In a file of its own, since
// its headers have macros that others' do not survive.
#pragma once

#include <cstdint>

namespace interleave::bench {

enum class RelacyProgram : std::uint8_t { increments_2x1, increments_3x2, mutex_3, philosophers_3 };

// Runs every interleaving; how many there were, or 0 where Relacy found a failure.
std::uint64_t search_with_relacy(RelacyProgram program);

}  // namespace interleave::bench
