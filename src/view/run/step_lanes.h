// Lanes over steps instead of time: where a policy does not obey the clock, the order of steps is what happened, and
// times would tell nothing. Their spans begin and end at steps.
#pragma once

#include <span>
#include <vector>

#include "trace/lanes.h"
#include "view/run/place.h"

namespace interleave::view {

// Follows the first stream of a growing simulated trace.
class StepLanes {
 public:
  void update(const trace::Trace& trace);
  void clear() { *this = StepLanes{}; }

  [[nodiscard]] std::span<const trace::Lane> lanes() const { return lanes_; }
  [[nodiscard]] Place end() const { return steps_; }

 private:
  void add(const trace::Event& event);
  void set(ThreadId thread, Place at, trace::State state, ObjectId object, ThreadId cause = ThreadId::none());

  std::vector<trace::Lane> lanes_;
  std::size_t read_ = 0;
  Place steps_ = 0;
};

}  // namespace interleave::view
