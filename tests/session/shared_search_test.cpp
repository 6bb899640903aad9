// A search that several threads share finds what one alone finds.
#include "session/shared_search.h"

#include <thread>

#include <gtest/gtest.h>

#include "core/clock.h"
#include "explore/settings.h"
#include "explore/start.h"
#include "support/roomy_pool.h"
#include "workloads/counter.h"

namespace interleave::test {
namespace {

using session::SharedSearch;
using workloads::Counter;

constexpr std::size_t workers = 3;

class SharedSearches : public testing::Test {
 protected:
  static rt::Start start_of(int threads, int increments, const explore::Settings& settings) {
    Counter::Params params;
    params.threads = threads;
    params.increments = increments;
    rt::Start start;
    start.params = values_of(params);
    start.settings = values_of(settings);
    return start;
  }
  std::unique_ptr<SharedSearch> search(const rt::Start& start) {
    return std::make_unique<SharedSearch>(&explore::start<Counter>, start, pool_, workers);
  }
  static trace::ExplorationReport end_of(rt::Execution& run) {
    while (!run.finished()) run.advance(millisecond);
    return run.snapshot().exploration.value();
  }

  std::shared_ptr<live::Pool> pool_ = roomy_pool();
};

TEST_F(SharedSearches, FindTheSameAsOneAlone) {
  const rt::Start start = start_of(6, 1, {});
  const auto alone = explore::start<Counter>(start);
  const trace::ExplorationReport one = end_of(*alone);
  const auto shared = search(start);
  const trace::ExplorationReport many = end_of(*shared);
  EXPECT_EQ(one.executions, 518'400U);
  EXPECT_EQ(many.executions, one.executions);
  EXPECT_EQ(many.failures, one.failures);
  EXPECT_TRUE(many.exhausted);
  EXPECT_EQ(many.orders, one.orders);
  EXPECT_EQ(many.schedule, one.schedule);
  ASSERT_EQ(many.histogram.size(), one.histogram.size());
  for (std::size_t at = 0; at < one.histogram.size(); ++at) {
    EXPECT_EQ(many.histogram[at].executions, one.histogram[at].executions) << at;
  }
}

TEST_F(SharedSearches, StopAtOnceAndGoOn) {
  const auto shared = search(start_of(6, 2, {}));
  while (shared->snapshot().exploration->executions == 0) shared->advance(millisecond);
  shared->cancel();
  while (!shared->finished()) shared->advance(millisecond);
  EXPECT_EQ(shared->snapshot().outcome->verdict, Verdict::cancelled);
  const std::uint64_t before = shared->snapshot().exploration->executions;
  ASSERT_TRUE(shared->go_on());
  while (shared->snapshot().exploration->executions < before + 1'000) shared->advance(millisecond);
  shared->cancel();
  while (!shared->finished()) shared->advance(millisecond);
}

TEST_F(SharedSearches, ProveNothingWithASpentBudgetAndGoOnToTheEnd) {
  explore::Settings settings;
  settings.executions = 100'000;
  const auto shared = search(start_of(6, 1, settings));
  trace::ExplorationReport report = end_of(*shared);
  EXPECT_GE(report.executions, 100'000U);
  EXPECT_LT(report.executions, 518'400U);
  EXPECT_FALSE(report.exhausted);
  // Each time as much again.
  for (int times = 0; times < 10 && !report.exhausted; ++times) {
    ASSERT_TRUE(report.may_go_on);
    ASSERT_TRUE(shared->go_on());
    report = end_of(*shared);
  }
  EXPECT_TRUE(report.exhausted);
  EXPECT_EQ(report.executions, 518'400U);
  EXPECT_FALSE(report.may_go_on);
}

TEST_F(SharedSearches, ShareRandomRunsToo) {
  explore::Settings settings;
  settings.method = explore::Method::random_walk;
  settings.runs = 200'000;
  const trace::ExplorationReport report = end_of(*search(start_of(4, 2, settings)));
  EXPECT_EQ(report.executions, 200'000U);
  EXPECT_LE(report.chance->low, 0.999392);
  EXPECT_GE(report.chance->high, 0.999392);
}

TEST_F(SharedSearches, AreLetGoInTheMiddle) {
  auto shared = search(start_of(6, 2, {}));
  const Nanoseconds until = steady_now() + 200 * millisecond;
  while (steady_now() < until) shared->advance(millisecond);
  shared.reset();
  // The workers come back.
  const auto next = search(start_of(2, 1, {}));
  EXPECT_EQ(end_of(*next).executions, 4U);
  while (pool_->busy() > 0) std::this_thread::yield();
}

}  // namespace
}  // namespace interleave::test
