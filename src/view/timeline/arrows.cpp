#include "view/timeline/arrows.h"

#include <algorithm>

#include "view/kit/icons.h"

namespace interleave::view {

std::optional<Arrow> arrow_of(const StripSource& source, LaneStrip::Hit hit) {
  const trace::Span span = source.lanes[hit.lane].spans[hit.span];
  const bool other = span.cause.valid() && span.cause.index() < source.lanes.size() && span.cause.index() != hit.lane;
  if (!other) return std::nullopt;
  const bool waits = trace::waits_for_object(span.state) || span.state == trace::State::blocked;
  if (waits) return Arrow{hit.lane, span.cause.index(), span.begin, span.state, true};
  return Arrow{span.cause.index(), hit.lane, span.begin, span.state, false};
}

std::optional<Arrow> end_of_wait(const StripSource& source, LaneStrip::Hit hit) {
  const trace::Spans& spans = source.lanes[hit.lane].spans;
  const trace::State state = spans.state_of(hit.span);
  const bool waited = trace::waits_for_object(state) || state == trace::State::blocked;
  if (!waited || hit.span + 1 >= spans.size()) return std::nullopt;
  return arrow_of(source, {hit.lane, hit.span + 1});
}

std::vector<Arrow> arrows_in_sight(const StripSource& source, const LaneStrip& strip, const Viewport& view,
                                   std::size_t most) {
  std::vector<Arrow> out;
  const Place last = view.origin() + static_cast<Place>(view.span());
  for (const LaneStrip::Hit hit : strip.single_spans()) {
    const auto arrow = arrow_of(source, hit);
    if (!arrow || arrow->place < view.origin() || arrow->place > last) continue;
    if (strip.row_of(arrow->from) == nullptr || strip.row_of(arrow->to) == nullptr) continue;
    if (out.size() == most) return {};
    out.push_back(*arrow);
  }
  return out;
}

void draw_arrow(Ui& ui, const Arrow& arrow, const LaneStrip& strip, const Viewport& view, Rect lanes, bool strong) {
  const LaneStrip::Row* from = strip.row_of(arrow.from);
  const LaneStrip::Row* to = strip.row_of(arrow.to);
  if (from == nullptr || to == nullptr) return;
  const float x = lanes.x + static_cast<float>(view.x_of(arrow.place, static_cast<double>(lanes.w)));
  if (x < lanes.x - 1 || x > lanes.right() + 1) return;
  const bool down = to->bar.y > from->bar.y;
  const float start = down ? from->bar.bottom() - 3 : from->bar.y + 3;
  const float end = down ? to->bar.y + 1 : to->bar.bottom() - 1;
  const Color ink = ui.theme.text.faded(strong ? 1 : 0.72F);
  const float width = strong ? 2.0F : 1.25F;
  if (arrow.waits) {
    // A dotted line for what does not happen: it only waits.
    for (float y = std::min(start, end); y < std::max(start, end); y += 4) {
      ui.canvas.fill({x - width / 2, y, width, std::min(2.0F, std::max(start, end) - y)}, ink);
    }
    ui.canvas.ring({x, end}, strong ? 3.5F : 3, ink, width);
  } else {
    ui.canvas.fill({x - width / 2, std::min(start, end), width, std::abs(end - start) - 2}, ink);
    const float size = strong ? 5 : 4;
    const float back = down ? -1.4F * size : 1.4F * size;
    ui.canvas.triangle({x - size, end + back}, {x + size, end + back}, {x, end}, ink);
  }
  ui.canvas.circle({x, start}, strong ? 3 : 2.25F, ink);
}

}  // namespace interleave::view
