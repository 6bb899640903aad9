// What must hold of every finished run, decided here and not by the workload that is judged. The common rules hold for
// all; each workload has a file tests/workloads/<id>_invariants.cpp for what only it can break, and a line in the list below.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "any_workload/configuration.h"

namespace interleave::test {

// One sentence for each rule that is broken.
using Violations = std::vector<std::string>;

struct Invariants {
  std::string_view id;  // the workload's
  // Whether this configuration may end with everybody waiting. Where it may not, such an end is a violation.
  std::function<bool(const Configuration&)> may_hang = [](const Configuration&) { return false; };
  // Called for every finished run on every engine, also for those that were cancelled: see Ended::judged().
  std::function<void(const Ended&, Violations&)> check;
};

// ---- the list: one for each workload, in the order of workloads/all.h -----------------------------------------------
[[nodiscard]] Invariants counter_invariants();
[[nodiscard]] Invariants deadlock_invariants();
[[nodiscard]] Invariants factorize_invariants();
[[nodiscard]] Invariants blocking_io_invariants();
[[nodiscard]] Invariants refcount_invariants();
[[nodiscard]] Invariants pipeline_invariants();
[[nodiscard]] Invariants fanout_invariants();
[[nodiscard]] Invariants coroutines_invariants();
[[nodiscard]] Invariants subprocess_invariants();
[[nodiscard]] Invariants process_pool_invariants();

[[nodiscard]] inline std::vector<Invariants> all_invariants() {
  return {counter_invariants(),    deadlock_invariants(),    factorize_invariants(), blocking_io_invariants(),
          refcount_invariants(),   pipeline_invariants(),    fanout_invariants(),    coroutines_invariants(),
          subprocess_invariants(), process_pool_invariants()};
}

// Of this workload; null where the list has none.
[[nodiscard]] const Invariants* invariants_of(std::string_view id);

// The common rules and the workload's own.
[[nodiscard]] Violations violations(const Ended& ended);

}  // namespace interleave::test
