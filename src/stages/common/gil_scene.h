// Who has the interpreter lock, who waits for it and since when: derived from a trace, live or simulated.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "stages/common/view.h"
#include "trace/trace.h"

namespace interleave::stages {

struct GilWaiter {
  ThreadId thread;
  Nanoseconds since = 0;  // when it last began to wait
  bool asked = false;     // it has asked the holder to hand over, and nobody has taken the lock since
};

struct GilScene {
  bool present = false;  // whether the run has an interpreter lock
  ObjectId lock;
  std::optional<ThreadId> holder;
  Nanoseconds held_since = 0;      // of the holder
  std::vector<GilWaiter> waiting;  // who waits longest comes first
  std::uint64_t handovers = 0;     // from one thread to another
  std::uint64_t requests = 0;
  Nanoseconds now = 0;               // the latest instant at which something happened
  std::vector<trace::State> states;  // by ThreadId

  [[nodiscard]] const GilWaiter* waiter(ThreadId thread) const;
  [[nodiscard]] bool holds(ThreadId thread) const { return holder == thread; }
};

// Reads at most `events` events of each stream: at a cursor in a simulated run, which has one stream, those before it.
// The time that this takes grows with their number: about 3 ms for a million.
inline constexpr std::size_t all_events = SIZE_MAX;
[[nodiscard]] GilScene make_gil_scene(const trace::Trace& trace, std::size_t events = all_events);

// How much of its interval a waiter has waited, from 0 to 1. CPython's waiter begins another one when it may not ask.
[[nodiscard]] float interval_share(const GilWaiter& waiter, Nanoseconds now, Nanoseconds interval);

// What one thread has computed in a simulated run, in virtual nanoseconds, at the cursor. Under a policy that obeys the
// clock a computation may be interrupted, and counts as far as it has come; otherwise it is one step.
[[nodiscard]] std::vector<Nanoseconds> computed(const trace::Trace& trace, std::size_t events, bool timed);

// How many units of work each thread has told of in a live run: value by ThreadId.
[[nodiscard]] std::vector<std::int64_t> told_progress(const trace::Trace& trace);

}  // namespace interleave::stages
