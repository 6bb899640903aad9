// What the generated engine files call.
#pragma once

#include "sim/simulation.h"

namespace interleave::sim {

template <rt::Workload W>
std::unique_ptr<rt::Execution> start(const rt::Start& start) {
  return std::make_unique<SimulationOf<W>>(start);
}

}  // namespace interleave::sim
