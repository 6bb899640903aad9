#include "view/timeline/measure.h"

#include <algorithm>
#include <cmath>

#include "core/format.h"
#include "view/kit/widgets.h"

namespace interleave::view {
namespace {

constexpr double snap = 6;  // points
constexpr std::size_t shares_told = 3;

}  // namespace

void Measure::begin(Place at) {
  anchor_ = at;
  other_ = at;
  dragging_ = true;
}

void Measure::set(Place from, Place to) {
  anchor_ = from;
  other_ = to;
  dragging_ = false;
}

std::optional<Measure::Range> Measure::range() const {
  if (!anchor_ || *anchor_ == other_) return std::nullopt;
  return Range{std::min(*anchor_, other_), std::max(*anchor_, other_)};
}

void Measure::draw(Ui& ui, Rect axis, Rect lanes, const Viewport& view, std::string_view length) const {
  const auto measured = range();
  if (!measured) return;
  const double width = static_cast<double>(lanes.w);
  const auto x_of = [&](Place place) {
    return lanes.x + static_cast<float>(std::clamp(view.x_of(place, width), -2.0, width + 2));
  };
  const float x0 = x_of(measured->from);
  const float x1 = x_of(measured->to);
  if (x1 < lanes.x || x0 > lanes.right()) return;
  const Rect band{std::max(x0, lanes.x), lanes.y, std::min(x1, lanes.right()) - std::max(x0, lanes.x), lanes.h};
  ui.canvas.fill(band, ui.theme.accent.faded(0.14F));
  for (const float x : {x0, x1}) {
    if (x >= lanes.x - 1 && x <= lanes.right() + 1)
      ui.canvas.fill({x - 0.75F, axis.y + 4, 1.5F, axis.h - 4 + lanes.h}, ui.theme.accent);
  }
  const float needed = ui.canvas.measure(Type::label_strong, length) + 2 * gap_2;
  const float middle = std::clamp(band.center().x, axis.x + needed / 2, std::max(axis.x, axis.right() - needed / 2));
  const Rect label{middle - needed / 2, axis.y, needed, 20};
  ui.canvas.fill(label, ui.theme.accent, 10);
  // Ticks of the axis may lie below it, so it is on a layer of its own for whoever looks for overlaps.
  ui.canvas.text(label, Type::label_strong, ui.theme.on_accent, length, Align::center);
}

std::string Measure::shares(const Ui& ui, LaneStrip& strip, const StripSource& source) {
  const auto measured = range();
  if (!measured) return {};
  if (*measured != summed_ || source.stamp != summed_stamp_) {
    summed_ = *measured;
    summed_stamp_ = source.stamp;
    times_ = strip.between(source, measured->from, measured->to);
  }
  struct Share {
    trace::State state;
    Place time;
  };
  std::vector<Share> order;
  Place total = 0;
  for (std::size_t at = 0; at < times_.size(); ++at) {
    const auto state = static_cast<trace::State>(at);
    if (state == trace::State::idle || times_[at] <= 0) continue;
    order.push_back({state, times_[at]});
    total += times_[at];
  }
  std::ranges::sort(order, std::greater<>(), &Share::time);
  std::string out;
  for (std::size_t at = 0; at < std::min(order.size(), shares_told); ++at) {
    out.append(out.empty() ? "" : " · ").append(ui.say(label_of(order[at].state))).append(" ");
    out.append(format_percent(static_cast<double>(order[at].time) / static_cast<double>(total)));
  }
  return out;
}

Place snapped(const LaneStrip& strip, const StripSource& source, const Viewport& view, Rect lanes, Point pointer) {
  const double width = static_cast<double>(lanes.w);
  const double x = std::clamp(static_cast<double>(pointer.x - lanes.x), 0.0, width);
  const Place place = view.place_at(x, width);
  const auto hit = strip.hit(pointer, source, view);
  if (!hit) return place;
  const trace::Span span = source.lanes[hit->lane].spans[hit->span];
  const double before = std::abs(view.x_of(span.begin, width) - x);
  const double after = std::abs(view.x_of(span.end, width) - x);
  if (std::min(before, after) > snap) return place;
  return before <= after ? span.begin : span.end;
}

}  // namespace interleave::view
