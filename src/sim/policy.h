// Who goes next. A policy is a small oracle of two questions:
//   Thread* next(Machine&)               who takes the next step; null where it offers nobody
//   bool again(Machine&, const Thread&)  whether the same thread simply goes on (asked after each step)
#pragma once

#include <limits>

#include "core/rng.h"
#include "sim/machine.h"
#include "sim/schedule.h"

namespace interleave::sim {

template <class P>
concept Policy = requires(P policy, Machine& machine, const Thread& thread) {
  { policy.next(machine) } -> std::same_as<Thread*>;
  { policy.again(machine, thread) } -> std::same_as<bool>;
};

// Untimed: uniformly any enabled thread, from a seed.
class RandomPolicy {
 public:
  explicit RandomPolicy(std::uint64_t seed) : rng_(Rng::stream(seed, 0x706f6c69)) {}
  Thread* next(const Machine& machine) {
    const auto enabled = machine.enabled();
    return enabled.empty() ? nullptr : enabled[rng_.below(static_cast<std::uint32_t>(enabled.size()))];
  }
  static bool again(const Machine&, const Thread&) { return false; }

 private:
  Rng rng_;
};

// Untimed: nobody, until a reader steps.
class HandPolicy {
 public:
  static Thread* next(const Machine&) { return nullptr; }
  static bool again(const Machine&, const Thread&) { return false; }
};

// Timed: the thread whose core is free first; when its time slice is over and others are ready, the one that has
// been ready longest. Cores without a thread take the first that is ready.
class RoundRobinPolicy {
 public:
  Thread* next(Machine& machine);
  bool again(const Machine& machine, const Thread& thread) const {
    if (machine.ready_changed() || thread.core == Thread::no_core) return false;
    return machine.cores()[static_cast<std::size_t>(thread.core)].free_at < until_;
  }

 private:
  Nanoseconds until_ = 0;  // up to here nothing but the chosen thread's own steps can matter
};

// Follows a schedule. Where a step cannot be taken as written, it stops and says where.
class ReplayPolicy {
 public:
  explicit ReplayPolicy(Schedule schedule) : schedule_(std::move(schedule)) {}
  Thread* next(Machine& machine);
  static bool again(const Machine&, const Thread&) { return false; }

  [[nodiscard]] bool at_end() const { return run_ == schedule_.choices.size(); }
  // Empty as long as the schedule fits the program.
  [[nodiscard]] const Words& problem() const { return problem_; }
  // Call when the run has ended or the policy offers nobody: steps that are left over are a problem too.
  void check_end(const Machine& machine);

 private:
  Schedule schedule_;
  std::size_t run_ = 0;
  std::uint32_t done_in_run_ = 0;
  std::int64_t step_ = 0;
  Words problem_;
};

static_assert(Policy<RandomPolicy> && Policy<HandPolicy> && Policy<RoundRobinPolicy> && Policy<ReplayPolicy>);

}  // namespace interleave::sim
