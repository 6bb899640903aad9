// Lets a run go on for a while, and stops it.
#pragma once

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "any_workload/configuration.h"
#include "core/clock.h"
#include "engines/registry.h"
#include "live/pool.h"
#include "support/running.h"

namespace interleave::test {

// Between two looks at a live run. A test that looked without a pause would take a core from the threads it looks at.
inline void rest() { std::this_thread::sleep_for(std::chrono::microseconds(50)); }

// Simulated and explored runs work in here; a live one is looked at.
inline void go_on(rt::Execution& run, Engine engine) {
  run.advance(millisecond / 2);
  if (engine == Engine::live && !run.finished()) rest();
}

// Until it has finished or the time has come.
inline void go_on_until(rt::Execution& run, Engine engine, Nanoseconds time) {
  while (!run.finished() && steady_now() < time) go_on(run, engine);
}

// How long it took to finish, counted from the time at which it was to stop.
inline Nanoseconds stop(rt::Execution& run, Engine engine, Nanoseconds wanted_at) {
  run.cancel();
  go_on_until(run, engine, wanted_at + patience);
  return steady_now() - wanted_at;
}

// Whether something that follows from what has happened is true in a moment. Patience, not a measurement.
template <class Condition>
bool comes_true(Condition condition) {
  const Nanoseconds give_up = steady_now() + 5 * second;
  while (!condition() && steady_now() < give_up) rest();
  return condition();
}

// The last worker says that it is idle a moment after its run has finished.
inline bool nobody_busy(const live::Pool& pool) {
  return comes_true([&] { return pool.busy() == 0; });
}

// For tests that are made once for each workload.
inline std::vector<const rt::Entry*> all_workloads() {
  std::vector<const rt::Entry*> out;
  for (const rt::Entry& entry : engines::registry()) out.push_back(&entry);
  return out;
}
inline std::string workload_name(const testing::TestParamInfo<const rt::Entry*>& tested) {
  return std::string(tested.param->info.id);
}

}  // namespace interleave::test
