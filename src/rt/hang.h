// A hang: every participant is in a wait without a time limit, and no wake-up is pending. Told in words, with the
// cycle where locks have owners. The engines find it, each in its own way.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/ids.h"
#include "core/outcome.h"
#include "rt/runtime.h"
#include "trace/trace.h"

namespace interleave::rt {

// What is wanted of the thing that is waited for: a lock itself, or room or bytes in a pipe.
enum class Wanted : std::uint8_t { itself, room, bytes };

// One participant that waits, and for what.
struct WaitEdge {
  ThreadId who;
  ObjectId lock;    // or a condition, or a pipe; none where it waits for a participant's end
  ThreadId holder;  // who has the lock, the participant waited for, or who has the pipe's other end; none where nobody
  Wanted wanted = Wanted::itself;
};

// The participants of a cycle of waits, in order, each waiting for the next and the last for the first. Empty where
// there is no cycle. The first is the one with the smallest number.
[[nodiscard]] std::vector<WaitEdge> find_cycle(std::span<const WaitEdge> waits);

// The outcome of a run that hangs: headline, sentence, and the cycle in words.
[[nodiscard]] Outcome hang_outcome(std::span<const WaitEdge> waits, const trace::Trace& trace);

// The outcomes that need no judgement of a workload.
[[nodiscard]] Outcome cancelled_outcome(bool time_limit);
[[nodiscard]] Outcome limit_outcome(const LimitReached& limit);

}  // namespace interleave::rt
