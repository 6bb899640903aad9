// Arrows between lanes: who woke whom, and who waited for whose lock.
#pragma once

#include <optional>
#include <vector>

#include "view/timeline/lane_strip.h"

namespace interleave::view {

// One thread made another go on, or has what the other waits for.
struct Arrow {
  std::size_t from = 0;  // lanes
  std::size_t to = 0;
  Place place = 0;
  trace::State state = trace::State::ready;  // of the span that it leads to
  bool waits = false;                        // from who waits to who has it; else from who woke to who was woken
};

// The arrow that belongs to a span: none where nobody else had a part in it.
[[nodiscard]] std::optional<Arrow> arrow_of(const StripSource& source, LaneStrip::Hit hit);
// How its wait ended, for a span that waits: the arrow of the span after it.
[[nodiscard]] std::optional<Arrow> end_of_wait(const StripSource& source, LaneStrip::Hit hit);
// Of all spans that are drawn as themselves; none at all where more than `most` would be drawn.
[[nodiscard]] std::vector<Arrow> arrows_in_sight(const StripSource& source, const LaneStrip& strip,
                                                 const Viewport& view, std::size_t most);

// Only between lanes that are in sight.
void draw_arrow(Ui& ui, const Arrow& arrow, const LaneStrip& strip, const Viewport& view, Rect lanes, bool strong);

}  // namespace interleave::view
