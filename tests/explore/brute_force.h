// The oracle of the explorer's tests: every schedule there is, one after another, and the classes that they fall into,
// found without anything of src/explore but the Subject.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "explore/subject.h"

namespace interleave::test {

struct BruteForce {
  std::uint64_t schedules = 0;
  std::set<std::string> classes;  // Mazurkiewicz traces, each in its canonical form
  std::set<std::string> hanging_classes;
  std::map<std::int64_t, std::set<std::string>> outcomes;  // by figure; hangs are not among them
  bool gave_up = false;                                    // there were more schedules than allowed
};

// Sleeps and computations count as steps here. Threads must all be started by the outermost body, which has no steps
// of its own.
BruteForce run_every_schedule(explore::Subject& subject, std::uint64_t most_schedules);

}  // namespace interleave::test
