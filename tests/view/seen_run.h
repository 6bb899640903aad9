// A configured workload as the views see it and, once run, what its run left.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/clock.h"
#include "engines/registry.h"
#include "session/parse.h"
#include "session/runner.h"
#include "view/run/run_view.h"

namespace interleave::test {

class SeenRun {
 public:
  explicit SeenRun(std::string_view query) {
    session::Parsed parsed = session::parse(catalogue_, session::from_query(query));
    EXPECT_TRUE(parsed.problems.empty()) << query;
    setup_ = std::move(parsed.setup);
    model.engine = setup_->engine();
    model.workload = &setup_->workload();
    model.params = {model.workload->params, setup_->params()};
    model.snapshot = &snapshot;
    snapshot.engine = setup_->engine();
  }
  SeenRun(const SeenRun&) = delete;
  SeenRun& operator=(const SeenRun&) = delete;

  void run_to_the_end() {
    session::Runner runner;
    EXPECT_TRUE(runner.start(*setup_).ok());
    const Nanoseconds until = steady_now() + 60 * second;
    while (runner.active() && steady_now() < until) runner.advance(5 * millisecond);
    snapshot = runner.snapshot();
    model.run = 1;
  }
  // Takes so many steps of a simulated run, and no more.
  void step(int steps) {
    session::Runner runner;
    EXPECT_TRUE(runner.start(*setup_, {.paused = true}).ok());
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
  std::optional<session::Setup> setup_;
};

}  // namespace interleave::test
