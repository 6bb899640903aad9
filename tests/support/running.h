// Runs a workload's type on an engine to its end, for tests.
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include <gtest/gtest.h>

#include "core/clock.h"
#include "rt/execution.h"
#include "rt/workload.h"

namespace interleave::test {

// Patience, not a measurement: a run that takes longer is reported as stuck rather than hanging the whole suite.
inline constexpr Nanoseconds patience = 60 * second;

inline bool wait_until_finished(rt::Execution& execution) {
  const Nanoseconds give_up = steady_now() + patience;
  while (!execution.finished() && steady_now() < give_up) {
    execution.advance(10 * millisecond);
    std::this_thread::yield();
  }
  return execution.finished();
}

template <class Params, class Settings>
rt::Start start_with(const Params& params, const Settings& settings,
                     std::shared_ptr<rt::Resources> resources = nullptr) {
  rt::Start out;
  out.params = values_of(params);
  out.settings = values_of(settings);
  out.resources = std::move(resources);
  return out;
}

// A figure that must be there: its value, or NaN, which no comparison passes.
inline double figure(const Outcome& outcome, std::string_view key) {
  const std::optional<double> value = outcome.figure(key);
  if (!value) ADD_FAILURE() << "no figure " << key;
  return value.value_or(std::numeric_limits<double>::quiet_NaN());
}
inline double figure(const trace::Snapshot& snapshot, std::string_view key) {
  return figure(snapshot.outcome.value_or(Outcome{}), key);
}

}  // namespace interleave::test
