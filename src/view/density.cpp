#include "view/density.h"

#include <algorithm>

namespace interleave::view {
namespace {

constexpr double narrowest = 2;  // pixels: a span below this is merged with its neighbours

void add(StateTimes& sums, const trace::Span& span) {
  sums[static_cast<std::size_t>(span.state)] += span.end - span.begin;
}

// From the bottom up: running, so that a lane of columns reads as a chart of work done.
constexpr std::array stack_order{trace::State::running, trace::State::ready, trace::State::waiting_lock,
                                 trace::State::waiting_gil, trace::State::blocked};

void add_column(const StateTimes& times, double x0, double x1, std::vector<Piece>& out) {
  Nanoseconds total = 0;
  for (const Nanoseconds t : times) total += t;
  if (total <= 0) return;
  double bottom = 1;
  for (const trace::State state : stack_order) {
    const Nanoseconds own = times[static_cast<std::size_t>(state)];
    if (own <= 0) continue;
    const double top = bottom - static_cast<double>(own) / static_cast<double>(total);
    out.push_back({x0, x1, static_cast<float>(top), static_cast<float>(bottom), state, true});
    bottom = top;
  }
}

}  // namespace

void LaneIndex::update(const trace::Lane& lane) {
  // The last span still grows, so it belongs to no finished block.
  const std::size_t final_spans = lane.spans.empty() ? 0 : lane.spans.size() - 1;
  if (blocks_.empty()) blocks_.push_back({});
  while (blocks_.size() * block <= final_spans) {
    StateTimes sums = blocks_.back();
    for (std::size_t at = (blocks_.size() - 1) * block; at < blocks_.size() * block; ++at) add(sums, lane.spans[at]);
    blocks_.push_back(sums);
  }
}

StateTimes LaneIndex::until(const trace::Lane& lane, std::size_t spans) const {
  const std::size_t from = std::min(spans / block, blocks_.empty() ? 0 : blocks_.size() - 1);
  StateTimes sums = blocks_.empty() ? StateTimes{} : blocks_[from];
  for (std::size_t at = from * block; at < spans; ++at) add(sums, lane.spans[at]);
  return sums;
}

void add_pieces(const trace::Lane& lane, const LaneIndex& index, const Viewport& view, double width,
                std::vector<Piece>& out) {
  const std::vector<trace::Span>& spans = lane.spans;
  const auto first = std::ranges::upper_bound(spans, view.origin(), {}, &trace::Span::end);
  auto at = static_cast<std::size_t>(first - spans.begin());
  while (at < spans.size()) {
    const double x0 = view.x_of(spans[at].begin, width);
    const double x1 = view.x_of(spans[at].end, width);
    if (x0 >= width) break;
    if (x1 - x0 >= narrowest) {
      if (spans[at].state != trace::State::idle) out.push_back({x0, x1, 0, 1, spans[at].state, false});
      ++at;
      continue;
    }
    // Everything that begins within the next pixels, but for a last one that is wide enough by itself.
    const Nanoseconds until = std::max(view.time_at(x0 + narrowest, width), spans[at].begin + 1);
    const auto begin = spans.begin() + static_cast<std::ptrdiff_t>(at);
    auto end = std::ranges::lower_bound(begin, spans.end(), until, {}, &trace::Span::begin);
    if (end - begin > 1) {
      const trace::Span& last = *std::prev(end);
      if (view.x_of(last.end, width) - view.x_of(last.begin, width) >= narrowest) --end;
    }
    const auto next = static_cast<std::size_t>(end - spans.begin());
    const StateTimes before = index.until(lane, at);
    StateTimes times = index.until(lane, next);
    for (std::size_t state = 0; state < times.size(); ++state) times[state] -= before[state];
    add_column(times, x0, view.x_of(spans[next - 1].end, width), out);
    at = next;
  }
}

const trace::Span* span_at(const trace::Lane& lane, Nanoseconds time) {
  const auto after = std::ranges::upper_bound(lane.spans, time, {}, &trace::Span::begin);
  if (after == lane.spans.begin()) return nullptr;
  const trace::Span& span = *std::prev(after);
  return time < span.end ? &span : nullptr;
}

}  // namespace interleave::view
