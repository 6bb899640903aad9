// Long computations in pieces, with a poll after each.
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "core/time.h"
#include "live/ready.h"

namespace interleave::live {

// Calls work(begin, end) over [0, units) in pieces of about 20 us (long against a poll, short against every limit on
// cancelling) and poll() after each. Values that work returns are added.
template <class F, class Poll>
auto in_chunks(std::int64_t units, Nanoseconds unit_cost, F& work, Poll poll) {
  const std::int64_t chunk = std::max<std::int64_t>(1, 20 * microsecond / std::max<Nanoseconds>(1, unit_cost));
  using Value = decltype(work(std::int64_t{}, std::int64_t{}));
  if constexpr (std::is_void_v<Value>) {
    for (std::int64_t begin = 0; begin < units; begin += chunk) {
      work(begin, std::min(units, begin + chunk));
      poll();
    }
    return Ready<void>{};
  } else {
    Value sum{};
    for (std::int64_t begin = 0; begin < units; begin += chunk) {
      sum += work(begin, std::min(units, begin + chunk));
      poll();
    }
    return Ready<Value>{sum};
  }
}

}  // namespace interleave::live
