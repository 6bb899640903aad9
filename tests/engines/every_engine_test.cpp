// The same bodies on every engine: a deadlock that must be found, and ten thousand sleeping tasks.
#include <map>

#include <gtest/gtest.h>

#include "engines/registry.h"
#include "explore/start.h"
#include "live/start.h"
#include "sim/start.h"
#include "support/pool.h"
#include "support/running.h"
#include "support/throwaway.h"
#include "trace/each_event.h"

namespace interleave::test {
namespace {

Outcome outcome_of(rt::Execution& execution) {
  EXPECT_TRUE(wait_until_finished(execution)) << "the run did not end";
  const trace::Snapshot snapshot = execution.snapshot();
  EXPECT_FALSE(snapshot.problem.has_value()) << snapshot.problem->en;
  return snapshot.outcome.value_or(Outcome{});
}

void expect_the_named_cycle(const Outcome& outcome) {
  EXPECT_EQ(outcome.verdict, Verdict::hang);
  ASSERT_EQ(outcome.cycle.size(), 2U);
  EXPECT_EQ(outcome.cycle[0].en, "thread 1 waits for right fork, which thread 2 holds.");
  EXPECT_EQ(outcome.cycle[1].en, "thread 2 waits for left fork, which thread 1 holds.");
}

TEST(EveryEngine, LiveThreadsThatDeadlockAreFoundAndTold) {
  auto run = live::start<TwoLocks>(start_with(TwoLocks::Params{}, live::Settings{}, shared_pool()));
  expect_the_named_cycle(outcome_of(*run));
}

TEST(EveryEngine, LiveTasksThatDeadlockAreFoundAndTold) {
  auto run = live::start<TwoLocks>(start_with(TwoLocks::Params{.tasks = true}, live::Settings{}, shared_pool()));
  expect_the_named_cycle(outcome_of(*run));
}

// The timeline draws an arrow from it. A loop's tasks once recorded the main body as everybody's holder.
TEST(EveryEngine, AWaitForALockIsRecordedWithWhoHasIt) {
  for (const bool tasks : {false, true}) {
    auto run = live::start<TwoLocks>(start_with(TwoLocks::Params{.tasks = tasks}, live::Settings{}, shared_pool()));
    static_cast<void>(outcome_of(*run));
    const trace::Snapshot end = run->snapshot();
    std::map<std::uint32_t, std::int64_t> holders;
    trace::each_event(*end.trace, end.trace->event_count(), [&](const trace::Event& event) {
      if (event.kind == trace::Kind::wait && event.state == trace::State::waiting_lock)
        holders[event.thread.value] = event.value;
    });
    const std::map<std::uint32_t, std::int64_t> expected{{1, 2}, {2, 1}};
    EXPECT_EQ(holders, expected) << (tasks ? "tasks" : "threads");
  }
}

TEST(EveryEngine, TimedSimulationFindsTheDeadlock) {
  sim::Settings settings;
  settings.policy = sim::PolicyKind::round_robin;
  auto run = sim::start<TwoLocks>(start_with(TwoLocks::Params{}, settings));
  expect_the_named_cycle(outcome_of(*run));
}

TEST(EveryEngine, RandomSimulationFindsTheDeadlockUnderSomeSeedsAndNotUnderOthers) {
  int hangs = 0;
  constexpr int seeds = 50;
  for (int seed = 1; seed <= seeds; ++seed) {
    sim::Settings settings;
    settings.seed = seed;
    auto run = sim::start<TwoLocks>(start_with(TwoLocks::Params{}, settings));
    const Outcome outcome = outcome_of(*run);
    if (outcome.verdict == Verdict::hang) {
      ++hangs;
      expect_the_named_cycle(outcome);
    } else {
      EXPECT_EQ(outcome.verdict, Verdict::ok);
    }
  }
  EXPECT_GT(hangs, 0);
  EXPECT_LT(hangs, seeds);
}

TEST(EveryEngine, ExploringFindsTheDeadlockAndProvesTheOrderedLocksFree) {
  auto naive = explore::start<TwoLocks>(start_with(TwoLocks::Params{}, explore::Settings{}));
  (void)outcome_of(*naive);
  const trace::Snapshot found = naive->snapshot();
  ASSERT_TRUE(found.exploration.has_value());
  EXPECT_TRUE(found.exploration->exhausted);
  EXPECT_GT(found.exploration->hangs, 0U);
  EXPECT_LT(found.exploration->hangs, found.exploration->executions);

  auto ordered = explore::start<TwoLocks>(start_with(TwoLocks::Params{.ordered = true}, explore::Settings{}));
  (void)outcome_of(*ordered);
  const trace::Snapshot proved = ordered->snapshot();
  ASSERT_TRUE(proved.exploration.has_value());
  EXPECT_TRUE(proved.exploration->exhausted);
  EXPECT_EQ(proved.exploration->hangs, 0U);
  EXPECT_EQ(proved.exploration->failures, 0U);
}

TEST(EveryEngine, LocksTakenInOneOrderNeverHang) {
  auto threads = live::start<TwoLocks>(start_with(TwoLocks::Params{.ordered = true}, live::Settings{}, shared_pool()));
  EXPECT_EQ(outcome_of(*threads).verdict, Verdict::ok);
  auto tasks = live::start<TwoLocks>(
      start_with(TwoLocks::Params{.ordered = true, .tasks = true}, live::Settings{}, shared_pool()));
  EXPECT_EQ(outcome_of(*tasks).verdict, Verdict::ok);
}

TEST(EveryEngine, TenThousandLiveTasksSleepTogetherOnOneThread) {
  auto run = live::start<Sleepers>(start_with(Sleepers::Params{}, live::Settings{}, shared_pool()));
  const Outcome outcome = outcome_of(*run);
  EXPECT_EQ(outcome.verdict, Verdict::ok) << outcome.headline.en;
  ASSERT_EQ(outcome.figures.size(), 2U);
  // Together: at least one delay, and far from ten thousand of them (which would be 1,000 s).
  EXPECT_GE(outcome.figures[1].value, 100e6);
  EXPECT_LT(outcome.figures[1].value, 20e9);
}

TEST(EveryEngine, TenThousandSimulatedTasksSleepTogetherUnderEitherPolicy) {
  for (const sim::PolicyKind policy : {sim::PolicyKind::random, sim::PolicyKind::round_robin}) {
    sim::Settings settings;
    settings.policy = policy;
    auto run = sim::start<Sleepers>(start_with(Sleepers::Params{}, settings));
    const Outcome outcome = outcome_of(*run);
    EXPECT_EQ(outcome.verdict, Verdict::ok) << outcome.headline.en;
    ASSERT_EQ(outcome.figures.size(), 2U);
    EXPECT_GE(outcome.figures[1].value, 100e6);
    EXPECT_LT(outcome.figures[1].value, 1e9);
  }
}

TEST(EveryEngine, ExploringThreeSleepersRunsThemInEveryOrderThatMatters) {
  auto run = explore::start<Sleepers>(start_with(Sleepers::Params{.tasks = 3}, explore::Settings{}));
  (void)outcome_of(*run);
  const trace::Snapshot snapshot = run->snapshot();
  ASSERT_TRUE(snapshot.exploration.has_value());
  EXPECT_TRUE(snapshot.exploration->exhausted);
  // 3! orders of waking, and where among them the outermost body, which joins one after the other, has its turns on
  // the same loop. By brute force: see ExploredLoop.ThreeThatSleepWakeInEveryOrder.
  EXPECT_EQ(snapshot.exploration->executions, 13U);
  EXPECT_EQ(snapshot.exploration->failures, 0U);
}

TEST(EveryEngine, TheRegistryHasEveryWorkloadOnEveryEngine) {
  ASSERT_FALSE(engines::registry().empty());
  for (const rt::Entry& entry : engines::registry()) {
    for (const rt::StartFunction start : entry.start) EXPECT_NE(start, nullptr) << entry.info.id;
    EXPECT_FALSE(entry.info.params.empty());
  }
}

}  // namespace
}  // namespace interleave::test
