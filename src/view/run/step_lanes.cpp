#include "view/run/step_lanes.h"

#include <algorithm>

#include "trace/replay.h"

namespace interleave::view {

void StepLanes::update(const trace::Trace& trace) {
  lanes_.resize(std::max(lanes_.size(), trace.threads().size()));
  if (trace.streams().size() == 0) return;
  const auto& events = trace.streams()[0]->events();
  const std::size_t count = events.size();
  for (; read_ < count; ++read_) add(events[read_]);
  for (trace::Lane& lane : lanes_) {
    if (!lane.spans.empty() && lane.spans.back().state != trace::State::idle) lane.spans.set_end(steps_);
  }
}

void StepLanes::add(const trace::Event& event) {
  if (!event.thread.valid()) return;
  // Between its steps a thread that could go on is ready: one step of one thread is taken at a time.
  const trace::State rest = event.state == trace::State::running ? trace::State::ready : event.state;
  if (!trace::is_step(event.kind)) {
    const bool woken = event.kind == trace::Kind::woken && event.value >= 0;
    set(event.thread, steps_, rest, ObjectId::none(),
        woken ? ThreadId{static_cast<std::uint32_t>(event.value)} : ThreadId::none());
    return;
  }
  set(event.thread, steps_, trace::State::running, ObjectId::none());
  ++steps_;
  const bool waits = event.kind == trace::Kind::wait && event.value >= 0;
  set(event.thread, steps_, rest, trace::waits_for_object(rest) ? event.object : ObjectId::none(),
      waits ? ThreadId{static_cast<std::uint32_t>(event.value)} : ThreadId::none());
}

void StepLanes::set(ThreadId thread, Place at, trace::State state, ObjectId object, ThreadId cause) {
  if (thread.index() >= lanes_.size()) lanes_.resize(thread.index() + 1);
  trace::Spans& spans = lanes_[thread.index()].spans;
  bool replaces = false;
  if (!spans.empty()) {
    replaces = spans.back().begin == at;
    spans.set_end(at);
    if (replaces) spans.pop();
  }
  // Two steps in a row stay two spans, so that each can be seen. What was there before a span that is replaced is
  // finished and must not grow again: an index may hold its sum.
  const bool same = !spans.empty() && spans.back().state == state && spans.back().object == object;
  if (same && !replaces && state != trace::State::running) return;
  spans.push(at, state, object, cause);
}

}  // namespace interleave::view
