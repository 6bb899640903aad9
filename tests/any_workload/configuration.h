// Any workload of the registry, on any engine, with any values: for tests that know no workload by name.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rt/execution.h"

namespace interleave::test {

// Everything that decides a run, as session::Setup has it, without the words around it.
struct Configuration {
  const rt::Entry* entry = nullptr;
  Engine engine = Engine::live;
  ParamValues params;    // the workload's, in range and in the order of their declarations
  ParamValues settings;  // the engine's own, likewise

  // By key. A key that the workload does not declare is a bug of the test, and asserts.
  [[nodiscard]] std::int64_t param(std::string_view key) const;
  [[nodiscard]] std::string_view option(std::string_view key) const;  // of a choice: the option's key
  [[nodiscard]] bool declares(std::string_view key) const;
};

// What an engine lets a reader set.
[[nodiscard]] const std::vector<ParamSpec>& settings_of(Engine engine);

// The settings' defaults but for one value.
[[nodiscard]] ParamValues settings_with(Engine engine, std::string_view key, std::int64_t value);

// As the headless program takes it, so that a failure can be run again: "run counter --engine sim --threads 16 ...".
[[nodiscard]] std::string describe(const Configuration& config);

[[nodiscard]] bool exists(const Configuration& config);  // false where this build lacks the engine
[[nodiscard]] std::unique_ptr<rt::Execution> start(const Configuration& config, std::size_t budget,
                                                   std::shared_ptr<rt::Resources> resources = nullptr);

// A run that has finished.
struct Ended {
  Configuration config;
  trace::Snapshot snapshot;

  [[nodiscard]] const Outcome& outcome() const { return *snapshot.outcome; }
  // It came to its end, and its workload judged it.
  [[nodiscard]] bool judged() const {
    return outcome().verdict == Verdict::ok || outcome().verdict == Verdict::failure;
  }
  // Every event is there: only then does what the trace lacks mean anything.
  [[nodiscard]] bool complete() const { return snapshot.trace != nullptr && snapshot.trace->unrecorded() == 0; }
  // NaN where there is no such figure, which no comparison passes.
  [[nodiscard]] double figure(std::string_view key) const;
};

}  // namespace interleave::test
