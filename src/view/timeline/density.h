// Level of detail: what of a lane is drawn at a given zoom. Spans that a screen can show stay themselves; those
// below a pixel or two are merged into columns that tell each state's share. The work is bounded by the pixels
// shown, however many spans there are.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "trace/lanes.h"
#include "view/timeline/time_axis.h"

namespace interleave::view {

// How long a lane is in each state, in the unit of its axis.
using StateTimes = std::array<Place, trace::state_count>;

// Time spent in each state up to any place, and which span lies there, without reading all spans before it. It keeps
// less than a byte a span.
class LaneIndex {
 public:
  static constexpr std::size_t block = 32;

  // Reads what was added to the lane.
  void update(const trace::Lane& lane);
  // The sums of the first `spans` spans.
  [[nodiscard]] StateTimes until(const trace::Lane& lane, std::size_t spans) const;
  // The sums of what lies before `place`, of the span that goes on there only its part.
  [[nodiscard]] StateTimes until_place(const trace::Lane& lane, Place place) const;
  // The first span from `from` on that begins at `place` or later; spans.size() where there is none.
  [[nodiscard]] std::size_t first_from(const trace::Lane& lane, std::size_t from, Place place) const;
  [[nodiscard]] std::size_t bytes() const { return blocks_.capacity() * sizeof(Block); }

 private:
  struct Block {
    StateTimes before{};  // of all spans before this block
    Place begin = 0;
  };
  std::vector<Block> blocks_;
};

// What is drawn: from x0 to x1 in pixels, and from top to bottom in shares of the lane's height.
struct Piece {
  double x0 = 0;
  double x1 = 0;
  float top = 0;
  float bottom = 1;
  trace::State state = trace::State::idle;
  bool merged = false;   // stands for several spans
  std::size_t span = 0;  // its number, where it is one
};

// Idle time is left out: the lane's track shows there.
void add_pieces(const trace::Lane& lane, const LaneIndex& index, const Viewport& view, double width,
                std::vector<Piece>& out);

// The number of the span at the given place, or none.
[[nodiscard]] std::optional<std::size_t> span_at(const trace::Lane& lane, Place place);

}  // namespace interleave::view
