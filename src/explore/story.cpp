#include "explore/story.h"

#include "sim/policy.h"
#include "trace/teller.h"

namespace interleave::explore {

void tell(Counterexample& counterexample, Subject& subject, const sim::Settings& settings) {
  trace::Trace trace;
  sim::FramePool frames;
  sim::Machine machine(settings, false, &trace, frames);
  subject.begin(machine);
  sim::ReplayPolicy replay(counterexample.schedule);
  machine.run(replay, counterexample.steps);
  counterexample.story = trace::Teller(trace).told();
  if (machine.hung()) {
    counterexample.outcome = subject.explained(rt::hang_outcome(machine.waits(), trace));
    for (const Words& edge : counterexample.outcome.cycle) counterexample.story.push_back({edge, false});
  } else {
    counterexample.outcome =
        subject.judge({Engine::simulate, machine.elapsed(), machine.failed_checks(), &trace, false});
  }
}

}  // namespace interleave::explore
