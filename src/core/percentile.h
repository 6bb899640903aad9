// Percentiles by the nearest rank: always one of the values.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>

namespace interleave {

// The value that the given share of all, 0 to 100, is at or below. The values are sorted and there is at least one.
[[nodiscard]] inline std::int64_t percentile(std::span<const std::int64_t> sorted, std::size_t percent) {
  assert(!sorted.empty());
  const std::size_t rank = (sorted.size() * percent + 99) / 100;
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

}  // namespace interleave
