// Work for the processor that means nothing, for workloads that only want some.
#pragma once

#include <cstdint>

#include "core/time.h"

namespace interleave::workloads {

// What a unit takes, about.
inline constexpr Nanoseconds busy_unit = 100;
// Units [begin, end), in the form that compute wants: without a value, so that the simulator need not do it.
void busy(std::int64_t begin, std::int64_t end);

}  // namespace interleave::workloads
