// A run in figures, from its trace.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "trace/trace.h"

namespace interleave::trace {

struct ThreadMetrics {
  Nanoseconds begin = 0;  // since the run's start
  Nanoseconds end = 0;    // of its body, or of the trace where it has not ended
  bool ended = false;
  std::array<Nanoseconds, state_count> in_state{};  // by State, from begin to end
  std::uint64_t switches = 0;                       // times it stopped running before its end
  std::uint64_t waits = 0;                          // times it waited for a lock or for the interpreter
  Nanoseconds wait_total = 0;
  Nanoseconds wait_max = 0;

  [[nodiscard]] Nanoseconds in(State state) const { return in_state[static_cast<std::size_t>(state)]; }
};

struct Metrics {
  Nanoseconds elapsed = 0;             // from the first body's start to the last one's end
  std::vector<ThreadMetrics> threads;  // indexed by ThreadId
  std::uint32_t overlap = 0;           // how many threads were running at one instant, at most
  std::uint64_t switches = 0;
  std::uint64_t waits = 0;
  Nanoseconds wait_total = 0;
  Nanoseconds wait_max = 0;
  std::uint64_t gil_takes = 0;      // times a thread took the interpreter lock,
  std::uint64_t gil_handovers = 0;  // times it had been another's before,
  std::uint64_t gil_requests = 0;   // times a waiter had to ask for it
  std::uint64_t events = 0;
  std::uint64_t unrecorded = 0;  // events past the trace's budget; then the other figures leave something out

  // 0 where nobody waited.
  [[nodiscard]] double wait_mean() const {
    return waits == 0 ? 0.0 : static_cast<double>(wait_total) / static_cast<double>(waits);
  }
};

// One pass over the events, and a sort of the running spans where a trace's streams are not in time
// order. Safe while the trace grows: it reads what was there.
[[nodiscard]] Metrics measure(const Trace& trace);

}  // namespace interleave::trace
