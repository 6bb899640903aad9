// A simulated machine where nothing takes time but what a workload asks for.
#pragma once

#include "sim/settings.h"

namespace interleave::test {

inline sim::Settings free_of_charge(int cores) {
  sim::Settings out;
  out.policy = sim::PolicyKind::round_robin;
  out.cores = cores;
  out.cost_access = out.cost_atomic = out.cost_switch = out.cost_wake = out.cost_spawn = out.cost_handover =
      out.cost_task = 0;
  return out;
}

}  // namespace interleave::test
