#include "trace/lanes.h"

#include <algorithm>

namespace interleave::trace {
namespace {

// Who woke the thread, or who has what it waits for.
ThreadId cause_of(const Event& event) {
  const bool tells = event.kind == Kind::woken || event.kind == Kind::wait || event.kind == Kind::gil_take;
  return tells && event.value >= 0 ? ThreadId{static_cast<std::uint32_t>(event.value)} : ThreadId::none();
}

}  // namespace

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
    if (!lane.spans.empty() && lane.spans.back().state != State::idle) lane.spans.set_end(end_);
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
  // Not the later of both where it is still open: it was drawn up to the latest instant of any thread.
  Nanoseconds time = event.time;
  if (!lane.spans.empty()) {
    const Span last = lane.spans.back();
    time = std::max(last.begin, time);
    lane.spans.set_end(time);
    if (last.state == event.state && last.object == object) return;
    // A span that lasted no time at all was never to be seen.
    if (last.begin == time && event.state != State::idle) {
      lane.spans.pop();
      // The one before it goes on where it is of the same kind.
      if (!lane.spans.empty() && lane.spans.back().state == event.state && lane.spans.back().object == object) return;
    }
  }
  lane.spans.push(time, event.state, object, cause_of(event));
}

}  // namespace interleave::trace
