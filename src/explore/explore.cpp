#include "explore/explore.h"

#include "explore/exploration.h"
#include "explore/story.h"
#include "sim/policy.h"

namespace interleave::explore {

Findings explore(Subject& subject, const Settings& settings) {
  constexpr Nanoseconds slice = second;
  Exploration exploration(subject, settings);
  while (!exploration.finished()) exploration.advance(slice);
  return exploration.findings();
}

std::optional<Execution> replay(Subject& subject, const sim::Schedule& schedule, const Settings& settings) {
  sim::FramePool frames;
  sim::Machine machine(machine_settings(settings), schedule.timed, nullptr, frames);
  subject.begin(machine);
  sim::ReplayPolicy policy(schedule);
  machine.run(policy, std::numeric_limits<std::uint64_t>::max());
  policy.check_end(machine);
  if (!policy.problem().empty()) return std::nullopt;
  Execution out;
  out.hung = machine.hung();
  out.steps = machine.steps();
  const Observation seen = subject.observe();
  out.figure = seen.figure;
  out.failed = out.hung || !seen.fine || machine.failed_checks() > 0;
  return out;
}

}  // namespace interleave::explore
