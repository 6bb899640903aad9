// What must hold of every finished run, decided here and not by the workload that is judged. The common rules hold for
// all. What only one workload can break stands in tests/workloads/<id>_invariants.cpp, which the build finds.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "any_workload/configuration.h"

namespace interleave::test {

// One sentence for each rule that is broken.
using Violations = std::vector<std::string>;

struct Invariants {
  // What a run with the defaults may come to, live or simulated.
  std::vector<Verdict> ends = {Verdict::ok};
  // Whether threads race in a simulated run with the defaults, whatever that run comes to.
  bool races = false;
  // Whether this configuration may end with everybody waiting. Where it may not, such an end is a violation.
  std::function<bool(const Configuration&)> may_hang = [](const Configuration&) { return false; };
  // Called for every finished run on every engine, also for those that were cancelled: see Ended::judged().
  std::function<void(const Ended&, Violations&)> check;
};

// By the workload's id. Made by the build.
[[nodiscard]] const std::map<std::string_view, Invariants>& all_invariants();

// Of this workload; null where there are none.
[[nodiscard]] const Invariants* invariants_of(std::string_view id);

// The common rules and the workload's own.
[[nodiscard]] Violations violations(const Ended& ended);

}  // namespace interleave::test
