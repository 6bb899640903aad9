// The simulator's settings that follow a schedule.
#pragma once

#include <string>
#include <utility>

#include "sim/settings.h"

namespace interleave::test {

inline sim::Settings replaying(std::string schedule, sim::Settings settings = {}) {
  settings.policy = sim::PolicyKind::replay;
  settings.schedule = SharedText(std::move(schedule));
  return settings;
}

}  // namespace interleave::test
