// A configured workload as the views see it and, once run, what its run left.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/clock.h"
#include "engines/registry.h"
#include "session/runner.h"
#include "view/run/run_view.h"

namespace interleave::test {

class SeenRun {
 public:
  explicit SeenRun(std::string_view query) {
    session::Parsed parsed = session::parse(catalogue_, session::from_query(query));
    EXPECT_TRUE(parsed.problems.empty()) << query;
    config_ = std::move(parsed.config);
    model.engine = config_.engine;
    model.workload = &catalogue_.find(config_.workload)->info;
    model.params = {model.workload->params, config_.params};
    model.snapshot = &snapshot;
    snapshot.engine = config_.engine;
  }
  SeenRun(const SeenRun&) = delete;
  SeenRun& operator=(const SeenRun&) = delete;

  void run_to_the_end() {
    session::Runner runner{catalogue_};
    EXPECT_TRUE(runner.start(config_).ok());
    const Nanoseconds until = steady_now() + 60 * second;
    while (runner.active() && steady_now() < until) runner.advance(5 * millisecond);
    snapshot = runner.snapshot();
    model.run = 1;
  }
  // Takes so many steps of a simulated run, and no more.
  void step(int steps) {
    session::Runner runner{catalogue_};
    EXPECT_TRUE(runner.start(config_, {.paused = true}).ok());
    for (int at = 0; at < steps; ++at) runner.step(ThreadId::none());
    snapshot = runner.snapshot();
    model.run = 1;
  }
  // The ids of all workloads.
  [[nodiscard]] std::vector<std::string_view> workloads() const { return catalogue_.ids(); }
  // After so many steps; at the end where none are given.
  void seek(std::optional<std::size_t> step) {
    run.update(model);
    run.follow_end();
    if (step) run.seek(*step);
  }

  trace::Snapshot snapshot;
  view::Model model;
  view::RunView run;

 private:
  session::Catalogue catalogue_{engines::registry()};
  session::Config config_;
};

}  // namespace interleave::test
