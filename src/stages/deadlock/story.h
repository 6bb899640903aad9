// The deadlock's stage in words: what just happened, and what it means.
#pragma once

#include "stages/common/view.h"
#include "stages/deadlock/scene.h"

namespace interleave::stages {

// Which of a trace's objects is what, by the names that the workload gives them. None stands for one that is missing.
struct DeadlockObjects {
  ObjectId waiter;
  Words waiter_name;
  std::vector<ObjectId> locks;
  std::vector<ObjectId> plates;    // of each actor
  std::vector<ObjectId> balances;  // of each account

  [[nodiscard]] std::optional<std::size_t> lock_of(ObjectId object) const;
};
[[nodiscard]] DeadlockObjects find_deadlock_objects(const trace::Trace& trace,
                                                    const workloads::Deadlock::Params& params);

// Whether the thread's last try failed, and it has not eaten since.
[[nodiscard]] bool gave_way(const DeadlockScene& scene, const RunView& run, ThreadId thread);

// Fills in the sentence and its emphasis. Without a trace, what Run would do.
void tell_deadlock(DeadlockScene& scene, const Model& model, const RunView& run, const DeadlockObjects& objects);

}  // namespace interleave::stages
