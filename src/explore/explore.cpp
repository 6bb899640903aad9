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

std::optional<Ending> replay(Subject& subject, const sim::Schedule& schedule, const Settings& settings) {
  sim::FramePool frames;
  sim::Machine machine(machine_settings(settings), schedule.timed, nullptr, frames);
  subject.begin(machine);
  sim::ReplayPolicy policy(schedule);
  machine.run(policy, std::numeric_limits<std::uint64_t>::max());
  policy.check_end(machine);
  if (!policy.problem().empty()) return std::nullopt;
  return ending_on(machine, subject);
}

}  // namespace interleave::explore
