// Executions drawn at random, where there are too many to run them all.
//
//  - A random walk picks the next step uniformly among the threads that can take one.
//  - PCT (Burckhardt, Kothari, Musuvathi, Nagarakatte, "A randomized scheduler with probabilistic guarantees of finding
//    bugs", ASPLOS 2010) gives the threads random priorities, always runs the highest, and lowers the running one at
//    depth - 1 random steps. A failure that needs `depth` ordered steps is found by one execution of n threads and k
//    steps with a probability of at least 1 / (n k^(depth-1)).
#pragma once

#include <cstdint>
#include <vector>

#include "core/rng.h"
#include "explore/walk.h"

namespace interleave::explore {

enum class Sampling : std::uint8_t { uniform, pct };

// Single-threaded. The subject must outlive it; another search may use it between two executions. The n-th execution
// depends on the seed, on n and, for PCT, on how long those before it were.
class Sampler {
 public:
  Sampler(Subject& subject, const sim::Settings& settings, Sampling how, std::uint64_t seed, std::uint32_t depth = 1)
      : walk_(subject, settings), how_(how), seed_(seed), depth_(depth) {}

  // Only every `of`-th execution, from this number on (0 to of - 1). Before the first.
  void draw_every(std::uint64_t of, std::uint64_t number) {
    every_ = of;
    drawn_ = number + 1 - of;  // wraps round for a moment: next() adds `of` first
  }
  void next();
  [[nodiscard]] const Ending& ending() const { return ending_; }
  [[nodiscard]] sim::Schedule schedule() const { return walk_.schedule(); }
  // PCT's bound for one execution: from the most threads and the most choices seen, which is what n and k are taken
  // for.
  [[nodiscard]] double guarantee() const;
  void leave_execution() { walk_.leave(); }

 private:
  [[nodiscard]] sim::Thread& pick();
  [[nodiscard]] std::uint64_t priority_of(std::uint32_t thread);
  void draw_change_points();

  Walk walk_;
  Sampling how_;
  std::uint64_t seed_;
  std::uint32_t depth_;
  std::uint64_t drawn_ = 0;
  std::uint64_t every_ = 1;
  Rng rng_{0};
  Ending ending_;
  std::uint64_t choices_ = 0;  // in this execution
  std::uint64_t most_choices_ = 1;
  std::size_t most_threads_ = 1;
  std::vector<std::uint64_t> priorities_;     // of each thread, the highest first; 0: not drawn yet
  std::vector<std::uint64_t> change_points_;  // the n-th lowers whoever runs to depth - n
  std::vector<std::uint32_t> names_;          // of those that can take a step
};

}  // namespace interleave::explore
