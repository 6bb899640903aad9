#include "view/source/source_lights.h"

#include <algorithm>

namespace interleave::view {

std::vector<SourceLight> simulated_lights(const Model& model, RunView& run) {
  std::vector<SourceLight> out;
  const std::size_t events = run.events();
  const trace::World& world = run.world();
  const auto& pending = model.snapshot->pending;
  for (std::size_t at = 0; at < world.threads.size(); ++at) {
    const trace::ThreadState& thread = world.threads[at];
    if (!thread.begun || thread.ended) continue;
    const ThreadId id{static_cast<std::uint32_t>(at)};
    int line = 0;
    if (const trace::Event* next = run.replay().next_step_of(id, events)) {
      line = next->line;
    } else {
      // Its step has not been taken yet, so it is the one that it has arrived at.
      const auto found =
          std::ranges::lower_bound(pending, id.value, {}, [](const auto& one) { return one.thread.value; });
      if (found != pending.end() && found->thread == id) line = found->operation.line;
    }
    if (line != 0) out.push_back({id, line, false, thread.state});
  }
  const trace::Event* last = run.replay().last_step(events);
  if (last != nullptr && last->line != 0) {
    const std::size_t at = last->thread.index();
    out.push_back({last->thread, last->line, true, at < world.threads.size() ? world.threads[at].state : last->state});
  }
  return out;
}

void LiveLights::update(const trace::Trace& trace, std::uint64_t run) {
  if (run_ != run) {
    run_ = run;
    read_.clear();
    last_.clear();
  }
  last_.resize(std::max(last_.size(), trace.threads().size()));
  read_.resize(trace.streams().size());
  for (std::size_t at = 0; at < read_.size(); ++at) {
    const auto& log = trace.streams()[at]->events();
    for (const std::size_t count = log.size(); read_[at] < count; ++read_[at]) {
      const trace::Event& event = log[read_[at]];
      if (trace::is_figure(event.kind) || event.thread.index() >= last_.size()) continue;
      last_[event.thread.index()] = {event.line, event.state};
    }
  }
}

std::vector<SourceLight> LiveLights::lights() const {
  std::vector<SourceLight> out;
  for (std::size_t at = 0; at < last_.size(); ++at) {
    const auto& [line, state] = last_[at];
    const bool waits = trace::waits_for_object(state) || state == trace::State::blocked;
    if (waits && line != 0) out.push_back({ThreadId{static_cast<std::uint32_t>(at)}, line, false, state});
  }
  return out;
}

}  // namespace interleave::view
