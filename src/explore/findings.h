// What a search has found: counts, outcomes, and the shortest execution that fails.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/outcome.h"
#include "explore/search.h"
#include "trace/snapshot.h"

namespace interleave::explore {

// An execution that fails, so that it can be run again.
struct Counterexample {
  sim::Schedule schedule;  // untimed; sim::ReplayPolicy follows it
  std::uint32_t preemptions = 0;
  std::uint64_t steps = 0;
  bool hang = false;
  // Filled in when it is told (see story.h).
  std::vector<Words> story;
  Outcome outcome;

  [[nodiscard]] std::string text() const { return sim::print_schedule(schedule); }
};

struct Findings {
  struct Count {
    std::uint64_t executions = 0;
    std::uint64_t failures = 0;
  };

  std::uint64_t executions = 0;  // classes of interleavings that were run
  std::uint64_t failures = 0;    // hangs, failed checks and outcomes that are not fine
  std::uint64_t hangs = 0;
  std::uint64_t cut = 0;                   // left because they were too long; nothing is proved then
  std::uint64_t unsure = 0;                // see Execution::unsure; nothing is proved then either
  std::uint64_t blocked = 0;               // see Search::blocked
  bool exhausted = false;                  // every class was run to its end
  std::map<std::int64_t, Count> outcomes;  // by the subject's figure; hangs are not among them
  std::optional<Counterexample> shortest;  // fewest preemptions, then fewest steps, of the failures found

  // The search has run one more execution.
  void add(const Search& search);
  // Nothing failed, and everything was run.
  [[nodiscard]] bool proved() const { return exhausted && failures == 0; }
};

// For views.
[[nodiscard]] trace::ExplorationReport report_of(const Findings& findings);
// In words and figures: "8 of 34 orders fail".
[[nodiscard]] Outcome outcome_of(const Findings& findings);

}  // namespace interleave::explore
