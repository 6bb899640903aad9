// The calls of a run that wait for the outside: when each was made, answered and done, derived from a trace.
#pragma once

#include <vector>

#include "stages/common/view.h"
#include "trace/trace.h"

namespace interleave::stages {

struct IoCallSeen {
  ThreadId thread;
  Nanoseconds begin = 0;
  Nanoseconds asked = 0;  // when it began to wait for the answer; earlier it sent, or waited for the interpreter lock
  Nanoseconds answered = 0;  // while it still waits, the end of what is known
  Nanoseconds end = 0;       // the same; what lies behind `answered` it waited for the interpreter lock, or for a core
  bool done = false;

  [[nodiscard]] Nanoseconds latency() const { return end - begin; }
  // Not spent on the answer.
  [[nodiscard]] Nanoseconds waited() const { return end - answered + asked - begin; }
};

struct IoReading {
  bool lets_gil_go = false;     // whether there is an interpreter lock, and a call lets it go
  bool sends_recorded = false;  // whether each call has an event for sending before the one for the answer
};

// In the order in which they began. Reads at most `events` events of each stream.
[[nodiscard]] std::vector<IoCallSeen> calls_of(const trace::Trace& trace, std::size_t events, const IoReading& how);

}  // namespace interleave::stages
