#include "view/next_step.h"

namespace interleave::view {

ThreadId next_thread(const Model& model, const RunView& run, ThreadId chosen) {
  if (const trace::Event* event = run.replay().next_step(run.events())) return event->thread;
  if (chosen.valid()) return chosen;
  ThreadId only;
  for (const trace::Pending& pending : model.snapshot->pending) {
    if (!pending.enabled) continue;
    if (only.valid()) return ThreadId::none();
    only = pending.thread;
  }
  return only;
}

Words numbered_thread(std::size_t number) {
  return fill({"thread {n}", "스레드 {n}"}, {{"n", static_cast<std::int64_t>(number)}});
}

Words thread_name(const RunView& run, std::size_t number) {
  const bool known = run.has_trace() && number < run.trace()->threads().size();
  return known ? run.trace()->threads()[number].name : numbered_thread(number);
}

}  // namespace interleave::view
