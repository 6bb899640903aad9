// What the generated engine files call.
#pragma once

#include <memory>

#include "explore/exploration.h"

namespace interleave::explore {

template <rt::Workload W>
std::unique_ptr<rt::Execution> start(const rt::Start& start) {
  return std::make_unique<ExplorationOf<W>>(start);
}

}  // namespace interleave::explore
