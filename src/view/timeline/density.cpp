#include "view/timeline/density.h"

#include <algorithm>

namespace interleave::view {
namespace {

constexpr double narrowest = 2;  // pixels: a span below this is merged with its neighbours

void add(StateTimes& sums, const trace::Spans& spans, std::size_t from, std::size_t to) {
  if (from >= to) return;
  Place begin = spans.begin_of(from);
  for (std::size_t at = from; at < to; ++at) {
    const Place end = spans.end_of(at);
    sums[static_cast<std::size_t>(spans.state_of(at))] += end - begin;
    begin = end;
  }
}

// From the bottom up: running, so that a lane of columns reads as a chart of work done.
constexpr std::array stack_order{trace::State::running, trace::State::ready, trace::State::waiting_lock,
                                 trace::State::waiting_gil, trace::State::blocked};

void add_column(const StateTimes& times, double x0, double x1, std::vector<Piece>& out) {
  Place total = 0;
  for (const Place t : times) total += t;
  if (total <= 0) return;
  double bottom = 1;
  for (const trace::State state : stack_order) {
    const Place own = times[static_cast<std::size_t>(state)];
    if (own <= 0) continue;
    const double top = bottom - static_cast<double>(own) / static_cast<double>(total);
    out.push_back({x0, x1, static_cast<float>(top), static_cast<float>(bottom), state, true});
    bottom = top;
  }
}

}  // namespace

void LaneIndex::update(const trace::Lane& lane) {
  // The last span still grows, and it may vanish, so that the one before it grows on: they belong to no finished block.
  const std::size_t final_spans = std::max<std::size_t>(lane.spans.size(), 2) - 2;
  if (blocks_.empty()) blocks_.push_back({});
  while (blocks_.size() * block <= final_spans) {
    Block next = blocks_.back();
    const std::size_t end = blocks_.size() * block;
    add(next.before, lane.spans, end - block, end);
    next.begin = lane.spans.begin_of(end);
    blocks_.push_back(next);
  }
}

StateTimes LaneIndex::until(const trace::Lane& lane, std::size_t spans) const {
  const std::size_t from = std::min(spans / block, blocks_.empty() ? 0 : blocks_.size() - 1);
  StateTimes sums = blocks_.empty() ? StateTimes{} : blocks_[from].before;
  add(sums, lane.spans, from * block, spans);
  return sums;
}

StateTimes LaneIndex::until_place(const trace::Lane& lane, Place place) const {
  const std::size_t next = first_from(lane, 0, place);
  if (next == 0) return {};
  StateTimes sums = until(lane, next - 1);
  const trace::Span span = lane.spans[next - 1];
  sums[static_cast<std::size_t>(span.state)] += std::max<Place>(std::min(place, span.end) - span.begin, 0);
  return sums;
}

std::size_t LaneIndex::first_from(const trace::Lane& lane, std::size_t from, Place place) const {
  const trace::Spans& spans = lane.spans;
  // Which block: in strides that double, since the next place is mostly near.
  std::size_t low = std::min(from / block, blocks_.empty() ? 0 : blocks_.size() - 1);
  std::size_t stride = 1;
  while (low + stride < blocks_.size() && blocks_[low + stride].begin < place) {
    low += stride;
    stride *= 2;
  }
  while (stride > 1) {
    stride /= 2;
    if (low + stride < blocks_.size() && blocks_[low + stride].begin < place) low += stride;
  }
  // One after the other: halving would wait for the memory at each look.
  const std::size_t last = low + 1 < blocks_.size() ? std::min(spans.size(), (low + 1) * block) : spans.size();
  std::size_t first = std::max(from, low * block);
  while (first < last && spans.begin_of(first) < place) ++first;
  return first;
}

void add_pieces(const trace::Lane& lane, const LaneIndex& index, const Viewport& view, double width,
                std::vector<Piece>& out) {
  const trace::Spans& spans = lane.spans;
  std::size_t at = index.first_from(lane, 0, view.origin() + 1);
  // The one before goes on at the left edge.
  if (at > 0) --at;
  if (at < spans.size() && spans.end_of(at) <= view.origin()) ++at;
  std::size_t summed = spans.size() + 1;  // how many spans `before` holds: none yet
  StateTimes before{};
  while (at < spans.size()) {
    const Place begin = spans.begin_of(at);
    const double x0 = view.x_of(begin, width);
    if (x0 >= width) break;
    const double x1 = view.x_of(spans.end_of(at), width);
    if (x1 - x0 >= narrowest) {
      const trace::State state = spans.state_of(at);
      if (state != trace::State::idle) out.push_back({x0, x1, 0, 1, state, false, at});
      ++at;
      continue;
    }
    // Everything that begins within the next pixels, but for a last one that is wide enough by itself.
    const Place until = std::max(view.place_at(x0 + narrowest, width), begin + 1);
    std::size_t next = index.first_from(lane, at, until);
    if (next - at > 1) {
      const double last = view.x_of(spans.begin_of(next - 1), width);
      if (view.x_of(spans.end_of(next - 1), width) - last >= narrowest) --next;
    }
    if (summed != at) before = index.until(lane, at);
    const StateTimes after = index.until(lane, next);
    StateTimes times = after;
    for (std::size_t state = 0; state < times.size(); ++state) times[state] -= before[state];
    add_column(times, x0, view.x_of(spans.end_of(next - 1), width), out);
    before = after;
    summed = next;
    at = next;
  }
}

std::optional<std::size_t> span_at(const trace::Lane& lane, Place place) {
  const std::size_t begun = lane.spans.begun_by(place);
  if (begun == 0 || place >= lane.spans.end_of(begun - 1)) return std::nullopt;
  return begun - 1;
}

}  // namespace interleave::view
