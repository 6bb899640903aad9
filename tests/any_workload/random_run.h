// Simulated runs with random parameters and random settings: the same on every platform and in every build.
#pragma once

#include "any_workload/configuration.h"

namespace interleave::test {

// A longer run is cancelled after so many steps.
inline constexpr int longest_random_run = 2000;
inline constexpr std::size_t random_run_budget = 8192;  // events

// Decided by the workload's id and the number alone. Any policy that needs no reader.
[[nodiscard]] Configuration random_configuration(const rt::Entry& entry, std::uint64_t number);

// Step by step on the calling thread, to its end or for so many steps. A run that can neither go on nor has finished is
// given back without an outcome, which violations() tells.
[[nodiscard]] Ended run_by_steps(const Configuration& config);

// Over the trace, the schedule, and the outcome as it is shown.
[[nodiscard]] std::uint64_t hash(const Ended& ended);

}  // namespace interleave::test
