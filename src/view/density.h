// Level of detail: what of a lane is drawn at a given zoom. Spans that a screen can show stay themselves; those
// below a pixel or two are merged into columns that tell each state's share. The work is bounded by the pixels
// shown, however many spans there are.
#pragma once

#include <array>
#include <vector>

#include "trace/lanes.h"
#include "view/time_axis.h"

namespace interleave::view {

using StateTimes = std::array<Nanoseconds, trace::state_count>;

// Time spent in each state up to any instant, without reading all spans before it.
class LaneIndex {
 public:
  static constexpr std::size_t block = 64;

  // Reads what was added to the lane.
  void update(const trace::Lane& lane);
  // The sums of the first `spans` spans.
  [[nodiscard]] StateTimes until(const trace::Lane& lane, std::size_t spans) const;

 private:
  std::vector<StateTimes> blocks_;  // sums of all spans before each block
};

// What is drawn: from x0 to x1 in pixels, and from top to bottom in shares of the lane's height.
struct Piece {
  double x0 = 0;
  double x1 = 0;
  float top = 0;
  float bottom = 1;
  trace::State state = trace::State::idle;
  bool merged = false;  // stands for several spans
};

// Idle time is left out: the lane's track shows there.
void add_pieces(const trace::Lane& lane, const LaneIndex& index, const Viewport& view, double width,
                std::vector<Piece>& out);

// The span at the given time, or null.
[[nodiscard]] const trace::Span* span_at(const trace::Lane& lane, Nanoseconds time);

}  // namespace interleave::view
