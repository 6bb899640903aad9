// Live runs of a workload with child processes, of which none may stay behind.
#pragma once

#include <algorithm>
#include <memory>

#include <gtest/gtest.h>

#include "live/start.h"
#include "support/children_left.h"
#include "support/drive.h"
#include "support/effort.h"
#include "support/idle_cores.h"
#include "support/pool.h"

namespace interleave::test {

template <class W>
class LiveRunsOf : public testing::Test {
 protected:
  void SetUp() override {
    static_cast<void>(shared_pool());
    before_ = children_left();
  }
  void TearDown() override {
    EXPECT_TRUE(nobody_busy(*shared_pool()));
    // The watcher lets a run go, and its pipes with it, a moment after it has finished.
    comes_true([this] { return children_left() == before_; });
    EXPECT_EQ(children_left(), before_);
  }
  static std::unique_ptr<rt::Execution> begin(const typename W::Params& params) {
    return live::start<W>(start_with(params, live::Settings{}, shared_pool()));
  }
  static trace::Snapshot run(const typename W::Params& params) {
    const auto execution = begin(params);
    EXPECT_TRUE(wait_until_finished(*execution));
    return execution->snapshot();
  }

  // Begins so many runs, `params(round)` each, and stops each later than the one before: within 100 ms. On a machine
  // that has other things to do one of them may take longer, as in cancel_test.cpp, and none a second. Node takes tens
  // of milliseconds to start a Worker, and lets nobody end it before that.
  template <class ParamsOf>
  static void stop_at_any_moment(int rounds, Nanoseconds step, ParamsOf params) {
    Nanoseconds longest = 0;
    int late = 0;
    for (int round = 0; round < rounds; ++round) {
      const auto execution = begin(params(round));
      go_on_until(*execution, Engine::live, steady_now() + round * step);
      const Nanoseconds took = stop(*execution, Engine::live, steady_now());
      longest = std::max(longest, took);
      late += took > 100 * millisecond ? 1 : 0;
    }
    EXPECT_LT(longest, second);
    if (!natively || late <= 1) return;
    const double cores = cores_to_be_had();
    if (cores < two_idle_cores) GTEST_SKIP() << late << " stops were late, and two threads had " << cores << " cores";
    EXPECT_LE(late, 1);
  }

 private:
  ChildrenLeft before_;
};

}  // namespace interleave::test
