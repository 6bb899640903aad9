// Live runs of a workload with child processes, of which none may stay behind.
#pragma once

#include <memory>

#include <gtest/gtest.h>

#include "live/start.h"
#include "support/children_left.h"
#include "support/drive.h"
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

 private:
  ChildrenLeft before_;
};

}  // namespace interleave::test
