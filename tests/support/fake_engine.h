// Workloads that do next to nothing, on engines that do as they are told: so that what surrounds a run can be tested
// without one. Their parameters decide what happens.
#pragma once

#include <span>

#include "rt/execution.h"

namespace interleave::test {

// Two workloads:
//   counter   threads, increments (steps until its end), lock, delay, gentle, ending (its verdict)
//   pipeline  stages; cannot be explored in this build
[[nodiscard]] std::span<const rt::Entry> fake_workloads();

// How many executions there are now that have not been destroyed.
[[nodiscard]] int fake_executions();

}  // namespace interleave::test
