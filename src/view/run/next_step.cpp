#include "view/run/next_step.h"

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

}  // namespace interleave::view
