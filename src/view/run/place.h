// Where something lies on the axis of a run, which counts time or steps.
#pragma once

#include <cstdint>

namespace interleave::view {

// Time: nanoseconds since the start of the run. Steps: of the run, where its policy does not obey the clock.
enum class AxisUnit : std::uint8_t { time, steps };

// Counted from the start of the run, in the unit of its axis: see RunView::unit(). How far two places lie apart is
// counted likewise. It is an int64 as Nanoseconds is, and lanes over steps have it in the spans of trace::Lane.
using Place = std::int64_t;

}  // namespace interleave::view
