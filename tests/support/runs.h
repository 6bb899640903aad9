// A workload's type run to its end on each engine, and what that leaves.
#pragma once

#include "explore/start.h"
#include "live/start.h"
#include "sim/start.h"
#include "support/pool.h"
#include "support/running.h"

namespace interleave::test {

[[nodiscard]] inline trace::Snapshot end_of(rt::Execution& execution) {
  EXPECT_TRUE(wait_until_finished(execution)) << "the run did not end";
  trace::Snapshot out = execution.snapshot();
  EXPECT_FALSE(out.problem.has_value()) << out.problem->en;
  return out;
}

// On real threads, or on a loop where the workload's vehicle is a task.
template <rt::Workload W>
[[nodiscard]] trace::Snapshot run_live(const typename W::Params& params) {
  return end_of(*live::start<W>(start_with(params, live::Settings{}, shared_pool())));
}

template <rt::Workload W>
[[nodiscard]] trace::Snapshot simulated(const typename W::Params& params,
                                        sim::PolicyKind policy = sim::PolicyKind::round_robin, std::int64_t seed = 1) {
  sim::Settings settings;
  settings.policy = policy;
  settings.seed = seed;
  return end_of(*sim::start<W>(start_with(params, settings)));
}

template <rt::Workload W>
[[nodiscard]] trace::ExplorationReport explored(const typename W::Params& params,
                                                const explore::Settings& settings = {}) {
  const trace::Snapshot end = end_of(*explore::start<W>(start_with(params, settings)));
  EXPECT_TRUE(end.exploration.has_value());
  return end.exploration.value_or(trace::ExplorationReport{});
}

}  // namespace interleave::test
