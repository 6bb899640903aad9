// The rows that a thread's card shows: the three steps of `count += 1`, with what a lock or an interpreter adds.
#pragma once

#include <vector>

#include "stages/common/view.h"
#include "stages/counter/scene.h"

namespace interleave::stages {

struct CounterRow {
  CounterStep step = CounterStep::none;
  Text label{"", ""};
  Text short_label{"", ""};  // where there is little room
  bool hands_over = false;   // after it the interpreter may let another thread run
};

[[nodiscard]] std::vector<CounterRow> counter_rows(const CounterScene& scene);

}  // namespace interleave::stages
