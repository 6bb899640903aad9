#include "explore/walk.h"

namespace interleave::explore {

Step Walk::step_of(const sim::Thread& thread) {
  const sim::Parked& parked = *thread.parked;
  const sim::On on = sim::info(parked.op).on;
  ObjectId object;
  if (on == sim::On::lock || on == sim::On::condition) {
    object = sim::lock_of(parked).id;  // what others notice of a wait is that it lets the lock go
  } else if (on == sim::On::pipe) {
    object = sim::pipe_call(thread).child->pipes.front().id;  // a child's three pipes and its end count as one object
  } else {
    object = static_cast<const sim::Var*>(parked.target)->id;
  }
  return {identities_.thread(thread.id), {identities_.object(object, machine_.makers()), access_now(thread)}};
}

Ending ending_on(const sim::Machine& machine, Subject& subject) {
  Ending out;
  out.steps = machine.steps();
  out.hung = machine.hung();
  const Observation seen = subject.observe();
  out.figure = seen.figure;
  out.failed = out.hung || !seen.fine || machine.failed_checks() > 0;
  return out;
}

Ending Walk::result() {
  Ending out;
  if (machine_.enabled().empty()) {
    out = ending_on(machine_, subject_);
  } else {
    out.cut = true;
    out.steps = machine_.steps();
  }
  out.preemptions = preemptions_;
  return out;
}

}  // namespace interleave::explore
