// What a search has found: counts, outcomes, how likely they are, and the shortest execution that fails.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/outcome.h"
#include "explore/settings.h"
#include "explore/state_graph.h"
#include "explore/walk.h"
#include "trace/snapshot.h"

namespace interleave::explore {

// An execution that fails, so that it can be run again.
struct Counterexample {
  sim::Schedule schedule;  // untimed; sim::ReplayPolicy follows it
  std::uint32_t preemptions = 0;
  std::uint64_t steps = 0;
  bool hang = false;
  bool certain = false;  // none has fewer preemptions, and none with as many has fewer steps
  // Filled in when it is told (see story.h).
  std::vector<trace::StoryLine> story;
  Outcome outcome;

  [[nodiscard]] std::string text() const { return sim::print_schedule(schedule); }
};

// What ended a search before it had seen everything.
enum class Spent : std::uint8_t { nothing, executions, states, time, memory };

struct Findings {
  struct Count {
    std::uint64_t executions = 0;
    std::uint64_t failures = 0;

    friend bool operator==(const Count&, const Count&) = default;
  };

  Method method = Method::every_order;
  std::uint64_t executions = 0;  // classes of interleavings that were run, or random runs
  std::uint64_t failures = 0;    // hangs, failed checks and outcomes that are not fine
  std::uint64_t hangs = 0;
  std::uint64_t cut = 0;      // left because they were too long; nothing is proved then
  std::uint64_t unsure = 0;   // see Ending::unsure; nothing is proved then either
  std::uint64_t blocked = 0;  // see Search::blocked
  Spent spent = Spent::nothing;
  bool exhausted = false;                  // every class was run to its end, or every state was seen
  std::map<std::int64_t, Count> outcomes;  // by the subject's figure; hangs are not among them
  std::optional<Counterexample> shortest;  // fewest preemptions, then fewest steps, of the failures found

  std::uint64_t states = 0;            // that the graph of states knows
  std::uint64_t failing_states = 0;    // of its ends
  std::optional<std::uint32_t> bound;  // all states with at most so many preemptions were seen
  std::optional<Odds> odds;            // once the graph is whole
  // Random runs beside a search of every order, for the chance where the graph is not whole.
  Count sampled;
  double guarantee = 0;     // PCT's, for one run
  std::uint32_t depth = 0;  // PCT's

  // One more execution; `schedule()` is asked for where it is the shortest failure so far.
  template <class ScheduleOf>
  void add(const Ending& ending, ScheduleOf&& schedule) {
    count(ending);
    if (!ending.cut && shorter(ending)) {
      shortest = Counterexample{schedule(), ending.preemptions, ending.steps, ending.hung, false, {}, {}};
    }
  }
  void count(const Ending& ending);
  // Whether it fails, and none that did was as short.
  [[nodiscard]] bool shorter(const Ending& ending) const;
  // The same search's, of other parts of it.
  void merge(const Findings& other);

  [[nodiscard]] bool random() const { return method == Method::pct || method == Method::random_walk; }
  [[nodiscard]] bool fails() const { return failures > 0 || failing_states > 0; }
  // Nothing failed, and everything was run.
  [[nodiscard]] bool proved() const { return exhausted && !fails(); }
  [[nodiscard]] std::optional<trace::Chance> chance() const;
};

// A share of so many runs, with the bounds of Wilson's interval (1927) for a confidence of 95 in 100.
[[nodiscard]] trace::Chance estimate(std::uint64_t failures, std::uint64_t runs);

// For views.
[[nodiscard]] trace::ExplorationReport report_of(const Findings& findings);
// In words and figures: "8 of 34 orders fail". See verdict.cpp.
[[nodiscard]] Outcome outcome_of(const Findings& findings);

}  // namespace interleave::explore
