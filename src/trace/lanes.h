// Events turned into spans: what each participant was doing, from when to when.
#pragma once

#include <span>
#include <vector>

#include "trace/spans.h"
#include "trace/trace.h"

namespace interleave::trace {

struct Lane {
  Spans spans;  // neighbours differ in state or object
  std::vector<Nanoseconds> progress_times;
};

// Follows a growing trace: each update reads only the events that are new.
class Lanes {
 public:
  // Reads what was added to the trace. It must be the same trace each time, until clear().
  void update(const Trace& trace);
  void clear();

  // Indexed by ThreadId. The last span of a thread that has not ended reaches to end().
  [[nodiscard]] std::span<const Lane> lanes() const { return lanes_; }
  // The latest instant seen.
  [[nodiscard]] Nanoseconds end() const { return end_; }

 private:
  void add(const Event& event);

  std::vector<Lane> lanes_;
  std::vector<std::size_t> read_;  // events read of each stream
  Nanoseconds end_ = 0;
};

}  // namespace interleave::trace
