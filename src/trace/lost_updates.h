// Which store overwrote which: found in a simulated trace, where every access is recorded in order.
#pragma once

#include <vector>

#include "trace/trace.h"

namespace interleave::trace {

// A store made from a value that was no longer current: between the thread's load and this store, others stored.
struct Overwrite {
  std::size_t store = 0;   // index of the store's event in the first stream
  std::size_t victim = 0;  // index of the last store that it overwrote without having seen it
  ThreadId by;
  ThreadId of;
  ObjectId variable;
  std::int32_t written = 0;    // by the store
  std::int32_t destroyed = 0;  // what the victim had written
};

// Every such store of the trace's first stream, in order. Linear in the number of events.
[[nodiscard]] std::vector<Overwrite> overwrites(const Trace& trace);

}  // namespace interleave::trace
