// Time is a count of nanoseconds in 64 bits: since the start of the run for instants. Virtual on the simulator,
// the steady clock's on live.
#pragma once

#include <cstdint>

namespace interleave {

using Nanoseconds = std::int64_t;

inline constexpr Nanoseconds microsecond = 1'000;
inline constexpr Nanoseconds millisecond = 1'000'000;
inline constexpr Nanoseconds second = 1'000'000'000;

}  // namespace interleave
