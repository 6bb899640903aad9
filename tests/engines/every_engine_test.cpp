// The same bodies on every engine: a deadlock that must be found, and ten thousand sleeping tasks.
#include <map>

#include <gtest/gtest.h>

#include "engines/registry.h"
#include "support/runs.h"
#include "support/throwaway.h"
#include "trace/each_event.h"

namespace interleave::test {
namespace {

Outcome outcome_of(const trace::Snapshot& end) { return end.outcome.value_or(Outcome{}); }

void expect_the_named_cycle(const Outcome& outcome) {
  EXPECT_EQ(outcome.verdict, Verdict::hang);
  ASSERT_EQ(outcome.cycle.size(), 2U);
  EXPECT_EQ(outcome.cycle[0].en, "thread 1 waits for right fork, which thread 2 holds.");
  EXPECT_EQ(outcome.cycle[1].en, "thread 2 waits for left fork, which thread 1 holds.");
}

TEST(EveryEngine, LiveThreadsThatDeadlockAreFoundAndTold) {
  expect_the_named_cycle(outcome_of(run_live<TwoLocks>({})));
}

TEST(EveryEngine, LiveTasksThatDeadlockAreFoundAndTold) {
  expect_the_named_cycle(outcome_of(run_live<TwoLocks>({.tasks = true})));
}

// The timeline draws an arrow from it. A loop's tasks once recorded the main body as everybody's holder.
TEST(EveryEngine, AWaitForALockIsRecordedWithWhoHasIt) {
  for (const bool tasks : {false, true}) {
    const trace::Snapshot end = run_live<TwoLocks>({.tasks = tasks});
    std::map<std::uint32_t, std::int64_t> holders;
    trace::each_event(*end.trace, end.trace->event_count(), [&](const trace::Event& event) {
      if (event.kind == trace::Kind::wait && event.state == trace::State::waiting_lock)
        holders[event.thread.value] = event.value;
    });
    const std::map<std::uint32_t, std::int64_t> expected{{1, 2}, {2, 1}};
    EXPECT_EQ(holders, expected) << (tasks ? "tasks" : "threads");
  }
}

TEST(EveryEngine, TimedSimulationFindsTheDeadlock) { expect_the_named_cycle(outcome_of(simulated<TwoLocks>({}))); }

TEST(EveryEngine, RandomSimulationFindsTheDeadlockUnderSomeSeedsAndNotUnderOthers) {
  int hangs = 0;
  constexpr int seeds = 50;
  for (int seed = 1; seed <= seeds; ++seed) {
    const Outcome outcome = outcome_of(simulated<TwoLocks>({}, sim::PolicyKind::random, seed));
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
  const trace::ExplorationReport found = explored<TwoLocks>({});
  EXPECT_TRUE(found.exhausted);
  EXPECT_GT(found.hangs, 0U);
  EXPECT_LT(found.hangs, found.executions);

  const trace::ExplorationReport proved = explored<TwoLocks>({.ordered = true});
  EXPECT_TRUE(proved.exhausted);
  EXPECT_EQ(proved.hangs, 0U);
  EXPECT_EQ(proved.failures, 0U);
}

TEST(EveryEngine, LocksTakenInOneOrderNeverHang) {
  for (const bool tasks : {false, true}) {
    EXPECT_EQ(outcome_of(run_live<TwoLocks>({.ordered = true, .tasks = tasks})).verdict, Verdict::ok);
  }
}

TEST(EveryEngine, TenThousandLiveTasksSleepTogetherOnOneThread) {
  const Outcome outcome = outcome_of(run_live<Sleepers>({}));
  EXPECT_EQ(outcome.verdict, Verdict::ok) << outcome.headline.en;
  ASSERT_EQ(outcome.figures.size(), 2U);
  // Together: at least one delay, and far from ten thousand of them (which would be 1,000 s).
  EXPECT_GE(outcome.figures[1].value, 100e6);
  EXPECT_LT(outcome.figures[1].value, 20e9);
}

TEST(EveryEngine, TenThousandSimulatedTasksSleepTogetherUnderEitherPolicy) {
  for (const sim::PolicyKind policy : {sim::PolicyKind::random, sim::PolicyKind::round_robin}) {
    const Outcome outcome = outcome_of(simulated<Sleepers>({}, policy));
    EXPECT_EQ(outcome.verdict, Verdict::ok) << outcome.headline.en;
    ASSERT_EQ(outcome.figures.size(), 2U);
    EXPECT_GE(outcome.figures[1].value, 100e6);
    EXPECT_LT(outcome.figures[1].value, 1e9);
  }
}

TEST(EveryEngine, ExploringThreeSleepersRunsThemInEveryOrderThatMatters) {
  const trace::ExplorationReport report = explored<Sleepers>({.tasks = 3});
  EXPECT_TRUE(report.exhausted);
  // 3! orders of waking, and where among them the outermost body, which joins one after the other, has its turns on
  // the same loop. By brute force: see ExploredLoop.ThreeThatSleepWakeInEveryOrder.
  EXPECT_EQ(report.executions, 13U);
  EXPECT_EQ(report.failures, 0U);
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
