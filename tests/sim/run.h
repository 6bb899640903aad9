// Runs a small program on a simulated machine and keeps what it left.
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <variant>

#include "sim/policy.h"
#include "sim/settings.h"

namespace interleave::test {

struct RunResult {
  std::unique_ptr<trace::Trace> trace = std::make_unique<trace::Trace>();
  sim::Schedule schedule;
  std::uint64_t hash = 0;
  Nanoseconds elapsed = 0;
  bool over = false;
  bool hung = false;
  std::vector<rt::WaitEdge> waits;
  Words problem;  // of a replay
};

constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

// Main makes the outermost body from (machine, shared, args...).
template <class Shared, class Main, class P, class... Args>
RunResult run_with(const sim::Settings& settings, bool timed, P& policy, Main main, Args... args) {
  RunResult out;
  sim::FramePool frames;
  sim::Machine machine(settings, timed, out.trace.get(), frames);
  Shared shared(machine);
  machine.begin(main(machine, shared, args...));
  machine.run(policy, no_limit);
  out.schedule = sim::schedule_of(machine);
  out.hash = trace::hash(*out.trace);
  out.elapsed = machine.elapsed();
  out.over = machine.over();
  out.hung = machine.hung();
  out.waits = machine.waits();
  if constexpr (std::is_same_v<P, sim::ReplayPolicy>) {
    policy.check_end(machine);
    out.problem = policy.problem();
  }
  return out;
}

// With the policy that the settings name: random or round-robin.
template <class Shared, class Main, class... Args>
RunResult run(const sim::Settings& settings, Main main, Args... args) {
  if (settings.policy == sim::PolicyKind::round_robin) {
    sim::RoundRobinPolicy policy;
    return run_with<Shared>(settings, true, policy, main, args...);
  }
  sim::RandomPolicy policy(static_cast<std::uint64_t>(settings.seed));
  return run_with<Shared>(settings, false, policy, main, args...);
}

template <class Shared, class Main, class... Args>
RunResult replay(const sim::Settings& settings, const sim::Schedule& schedule, Main main, Args... args) {
  sim::ReplayPolicy policy(schedule);
  return run_with<Shared>(settings, schedule.timed, policy, main, args...);
}

}  // namespace interleave::test
