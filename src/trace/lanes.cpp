#include "trace/lanes.h"

#include <algorithm>

namespace interleave::trace {

void Lanes::clear() { *this = Lanes{}; }

void Lanes::update(const Trace& trace) {
  lanes_.resize(std::max(lanes_.size(), trace.threads().size()));
  read_.resize(trace.streams().size());
  for (std::size_t at = 0; at < read_.size(); ++at) {
    const auto& events = trace.streams()[at]->events();
    const std::size_t count = events.size();
    while (read_[at] < count) {
      const auto [first, run] = events.run(read_[at], count);
      for (std::size_t k = 0; k < run; ++k) add(first[k]);
      read_[at] += run;
    }
  }
  for (Lane& lane : lanes_) {
    if (!lane.spans.empty() && lane.spans.back().state != State::idle) lane.spans.back().end = end_;
  }
}

void Lanes::add(const Event& event) {
  end_ = std::max(end_, event.time + static_cast<Nanoseconds>(event.cost));
  if (!event.thread.valid()) return;
  if (event.thread.index() >= lanes_.size()) lanes_.resize(event.thread.index() + 1);
  Lane& lane = lanes_[event.thread.index()];
  // The watcher's sample: it tells how far the thread is, and not what it is doing.
  if (event.kind == Kind::progress) lane.progress_times.push_back(event.time);
  if (is_figure(event.kind)) return;
  const ObjectId object = waits_for_object(event.state) ? event.object : ObjectId::none();
  if (!lane.spans.empty()) {
    Span& last = lane.spans.back();
    // Not the later of both: an open span was drawn up to the latest instant of any thread.
    last.end = std::max(last.begin, event.time);
    if (last.state == event.state && last.object == object) return;
    // A span that lasted no time at all was never to be seen.
    if (last.begin == event.time && event.state != State::idle) {
      lane.spans.pop_back();
      // The one before it goes on where it is of the same kind.
      if (!lane.spans.empty() && lane.spans.back().state == event.state && lane.spans.back().object == object) {
        return;
      }
    }
  }
  Span next{event.time, event.time, ThreadId::none(), object, event.state};
  if (event.kind == Kind::woken) next.cause = ThreadId{static_cast<std::uint32_t>(event.value)};
  lane.spans.push_back(next);
}

}  // namespace interleave::trace
