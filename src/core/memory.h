// How much memory is left. One .cpp per platform.
#pragma once

#include <cstddef>

namespace interleave {

// Bytes that this program can still get; on a page, whose memory is fixed, running out ends everything. More than
// anybody wants where the system decides only when memory is touched. On a page it may look through all that has been
// allocated, so not for every object. Safe from every thread.
[[nodiscard]] std::size_t memory_left();

// What is kept free for whoever records and shows a run, when as many participants are made as there is memory for.
inline constexpr std::size_t memory_kept_free = std::size_t{40} * 1024 * 1024;
// And how often it is looked at.
inline constexpr std::size_t participants_between_looks = 4096;
// Whether there is room for the next of so many.
[[nodiscard]] inline bool has_memory_for_more(std::size_t participants) {
  return participants % participants_between_looks != 0 || memory_left() >= memory_kept_free;
}

}  // namespace interleave
