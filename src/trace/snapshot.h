// What a view may know of a run. Views read a Snapshot; they never see an engine.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/params.h"
#include "trace/story_line.h"
#include "trace/trace.h"

namespace interleave::trace {

enum class Phase : std::uint8_t {
  idle,      // nothing has been run with this configuration
  starting,  // asked for, not begun
  running,
  paused,  // simulated, between two steps
  finished,
};

// In JSON.
[[nodiscard]] constexpr std::string_view key_of(Phase phase) {
  switch (phase) {
    case Phase::idle: return "idle";
    case Phase::starting: return "starting";
    case Phase::running: return "running";
    case Phase::paused: return "paused";
    case Phase::finished: return "finished";
  }
  return "";
}

// A thread that has not ended, and what it will do next.
struct Pending {
  ThreadId thread;
  Operation operation;
  bool enabled = false;  // may be chosen now
};

// How likely a failure is where each next step is picked uniformly among the threads that can take one.
struct Chance {
  double value = 0;  // a share; where it is no exact one, of the runs
  double low = 0;    // the true one lies in between with a confidence of 95 in 100
  double high = 0;
  std::uint64_t runs = 0;  // random ones that it was taken from; 0 where it is exact
  [[nodiscard]] bool exact() const { return runs == 0; }
};

// What an exploration has found so far.
struct ExplorationReport {
  // Runs to the end: of classes of orders that cannot differ, or at random.
  std::uint64_t executions = 0;
  std::uint64_t failures = 0;
  std::uint64_t hangs = 0;
  bool sampled = false;          // they were random ones
  bool ends = false;             // not executions are counted, but the different states in which they end
  bool exhausted = false;        // every order was run or found to be the same: what holds here is proved
  std::uint64_t states = 0;      // told apart
  std::optional<double> orders;  // all of them, counted singly; where known. Exact up to 2^53
  double failing_orders = 0;
  std::optional<std::uint32_t> bound;  // every order with at most so many interruptions was looked at
  std::optional<Chance> chance;
  double guarantee = 0;           // PCT: how likely one run is to find a failure of its depth, at least
  std::uint32_t depth = 0;        // PCT
  std::string schedule;           // of the shortest failure found, or ""
  std::vector<StoryLine> story;   // that failure, step by step
  std::uint32_t preemptions = 0;  // in it: how often a thread is left that could have gone on
  bool shortest = false;          // no failure has fewer, and none with as many has fewer steps
  bool may_go_on = false;         // it was stopped before its end
  struct Bar {
    std::int64_t value = 0;  // what the workload observed, for example the count found
    std::uint64_t executions = 0;
    bool failure = false;
    std::optional<double> chance;  // at random, where known exactly
  };
  std::vector<Bar> histogram;  // by value, ascending
};

struct Snapshot {
  Phase phase = Phase::idle;
  Engine engine = Engine::live;
  std::shared_ptr<const Trace> trace;  // may be null
  std::vector<Pending> pending;        // simulated; in the order of threads
  std::string policy;                  // simulated: key of the policy
  bool timed = false;                  // simulated: whether the policy obeys the virtual clock
  std::string schedule;                // simulated: the choices so far, as a string
  std::uint64_t seed = 0;
  double progress = 0;             // share done, 0 to 1, where known
  Nanoseconds now = 0;             // virtual or real time since the start
  std::optional<Outcome> outcome;  // once finished
  std::optional<Words> problem;    // why the run could not start or go on
  std::optional<ExplorationReport> exploration;
};

}  // namespace interleave::trace
