// What the deadlock's stage shows at one instant of a run, worked out from the trace. Pure: no drawing.
//
// A simulated run is known exactly, at every step. On real threads only waits are recorded (a take that need not wait
// is shorter than its record), and what is shown follows from them: who waits for its second lock has its first, and a
// fork that somebody waits for is in the neighbour's hand. A cycle is shown there only once the run was found to hang.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stages/common/view.h"
#include "workloads/deadlock.h"

namespace interleave::stages {

// A philosopher, or a teller who transfers.
struct DeadlockActor {
  ThreadId id;
  std::string letter;
  Words name;
  trace::State state = trace::State::idle;
  Words doing;        // "waits for fork 2"
  Words doing_short;  // "waits", where there is little room
  std::optional<std::int64_t> meals;
  std::vector<std::size_t> holds;        // numbers of locks, from 0; the waiter is not among them
  std::optional<std::size_t> wants;      // the lock that it waits for
  bool wants_waiter = false;             // waits for the waiter
  std::optional<std::size_t> waits_for;  // the actor that has what it waits for, where known
  bool in_cycle = false;
  bool begun = false;
  bool ended = false;
  bool is_next = false;  // the next step of the run is this one's
};

struct DeadlockLock {
  Words name;
  std::optional<std::size_t> holder;    // index of an actor, where known
  std::optional<std::int64_t> balance;  // of an account, where known
};

struct DeadlockScene {
  workloads::Deadlock::Params params;
  bool live = false;
  bool finished = false;
  std::vector<DeadlockActor> actors;
  std::vector<DeadlockLock> locks;           // forks or accounts
  std::optional<std::size_t> waiter_holder;  // whom the waiter serves, where there is a waiter
  std::vector<std::size_t> cycle;            // actors, each waiting for the next and the last for the first
  std::int64_t meals = 0;                    // eaten by all so far
  std::optional<std::int64_t> money;         // in both accounts now
  Words sentence;                            // what just happened
  Words emphasis;                            // what it means
  Tone emphasis_tone = Tone::bad;

  // Else the table.
  [[nodiscard]] bool accounts() const { return params.scene == workloads::Deadlock::Scene::accounts; }
  [[nodiscard]] std::size_t waiting() const;
};

// The chosen thread is the reader's choice for the next step, where there is one.
[[nodiscard]] DeadlockScene make_deadlock_scene(const Model& model, RunView& run, ThreadId chosen);

}  // namespace interleave::stages
