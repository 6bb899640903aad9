// A run from its start to its place in the history, seen by someone who polls and never waits.
#include "session/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/clock.h"
#include "session/parse.h"
#include "support/fake_engine.h"

namespace interleave::session {
namespace {

using ::testing::HasSubstr;
using trace::Phase;

class Runners : public ::testing::Test {
 protected:
  [[nodiscard]] Setup setup(std::string_view query) const {
    Parsed parsed = parse(catalogue, from_query(query));
    EXPECT_TRUE(parsed.problems.empty()) << query;
    return parsed.setup;
  }
  void start(std::string_view query, const RunOptions& options = {}) {
    EXPECT_TRUE(runner.start(setup(query), options));
  }
  // Advances until nothing is left to do; how often that took.
  int run_to_end() {
    int looks = 0;
    for (; runner.active() && looks < 10'000; ++looks) runner.advance(millisecond);
    EXPECT_FALSE(runner.active());
    return looks;
  }

  Catalogue catalogue{test::fake_workloads()};
  Runner runner{Host{}};
};

TEST_F(Runners, IsIdleBeforeTheFirstRun) {
  EXPECT_EQ(runner.phase(), Phase::idle);
  EXPECT_EQ(runner.snapshot().phase, Phase::idle);
  EXPECT_FALSE(runner.active());
  EXPECT_EQ(runner.setup(), nullptr);
  EXPECT_EQ(runner.latest(), nullptr);
  EXPECT_FALSE(runner.step());
  EXPECT_FALSE(runner.pause());
  EXPECT_FALSE(runner.resume());
  runner.advance(millisecond);
  runner.cancel();
  runner.reset();
}

TEST_F(Runners, RunsToTheEndAndKeepsARecord) {
  start("engine=sim&increments=5&lock=mutex&seed=7");
  EXPECT_EQ(runner.phase(), Phase::running);
  EXPECT_FALSE(runner.outcome().has_value());
  EXPECT_EQ(run_to_end(), 5);
  EXPECT_EQ(runner.phase(), Phase::finished);
  ASSERT_TRUE(runner.outcome().has_value());
  EXPECT_EQ(runner.outcome()->verdict, Verdict::ok);

  ASSERT_NE(runner.latest(), nullptr);
  const RunRecord& record = *runner.latest();
  EXPECT_EQ(record.number, 1U);
  EXPECT_EQ(record.setup, setup("engine=sim&increments=5&lock=mutex&seed=7"));
  EXPECT_EQ(record.schedule, "A2BA.");
  EXPECT_EQ(record.elapsed, runner.elapsed());
  EXPECT_EQ(record.metrics.threads.size(), 3U);
  EXPECT_EQ(record.metrics.elapsed, 60);
  EXPECT_EQ(record.hash, trace::hash(*record.trace));
  EXPECT_FALSE(record.timed_out);
}

TEST_F(Runners, OnlySimulatedRunsHaveAHash) {
  start("increments=2");
  run_to_end();
  EXPECT_FALSE(runner.latest()->hash.has_value());
  start("engine=explore");
  run_to_end();
  EXPECT_FALSE(runner.latest()->hash.has_value());
  EXPECT_EQ(runner.latest()->exploration->executions, 34U);
}

TEST_F(Runners, TheSameSeedGivesTheSameHashAndAnotherSeedAnother) {
  std::vector<std::uint64_t> hashes;
  for (const char* query : {"engine=sim&seed=1", "engine=sim&seed=1", "engine=sim&seed=2"}) {
    start(query);
    run_to_end();
    hashes.push_back(*runner.latest()->hash);
  }
  EXPECT_EQ(hashes[0], hashes[1]);
  EXPECT_NE(hashes[0], hashes[2]);
}

TEST_F(Runners, CanBeWatchedWhileItGoesOn) {
  start("increments=10");
  for (int look = 0; look < 4; ++look) runner.advance(millisecond);
  const trace::Snapshot snapshot = runner.snapshot();
  EXPECT_EQ(snapshot.phase, Phase::running);
  EXPECT_EQ(snapshot.engine, Engine::live);
  EXPECT_DOUBLE_EQ(snapshot.progress, 0.4);
  EXPECT_FALSE(snapshot.outcome.has_value());
}

TEST_F(Runners, StepsASimulatedRunAndPausesIt) {
  start("engine=sim&increments=3", {.paused = true});
  EXPECT_EQ(runner.phase(), Phase::paused);
  runner.advance(millisecond);
  EXPECT_EQ(runner.snapshot().now, 0);
  EXPECT_TRUE(runner.step(ThreadId{2}));
  EXPECT_FALSE(runner.step(ThreadId{9}));
  EXPECT_EQ(runner.snapshot().now, 10);
  EXPECT_EQ(runner.snapshot().phase, Phase::paused);
  EXPECT_TRUE(runner.resume());
  EXPECT_EQ(run_to_end(), 2);
  EXPECT_FALSE(runner.step());
}

TEST_F(Runners, AStepInARunningOnePausesIt) {
  start("engine=sim&increments=9");
  runner.advance(millisecond);
  EXPECT_TRUE(runner.step());
  EXPECT_EQ(runner.phase(), Phase::paused);
  EXPECT_FALSE(runner.active());
}

TEST_F(Runners, TheLastStepFinishesTheRun) {
  start("engine=sim&increments=2", {.paused = true});
  EXPECT_TRUE(runner.step());
  EXPECT_TRUE(runner.step());
  EXPECT_EQ(runner.phase(), Phase::finished);
  EXPECT_EQ(runner.history().size(), 1U);
}

TEST_F(Runners, ARunThatNobodyDrivesIsPausedAndNotBusy) {
  start("engine=sim&policy=by-hand&increments=2");
  EXPECT_EQ(run_to_end(), 1);
  EXPECT_EQ(runner.phase(), Phase::paused);
  EXPECT_TRUE(runner.step());
  EXPECT_TRUE(runner.step());
  EXPECT_EQ(runner.phase(), Phase::finished);
}

TEST_F(Runners, LiveRunsAreNeitherSteppedNorPaused) {
  start("increments=9", {.paused = true});
  EXPECT_EQ(runner.phase(), Phase::running);
  EXPECT_FALSE(runner.step());
  EXPECT_FALSE(runner.pause());
}

TEST_F(Runners, CancellingALiveRunTakesEffectAtTheNextLook) {
  start("increments=1000000");
  runner.advance(millisecond);
  runner.cancel();
  EXPECT_EQ(runner.phase(), Phase::running);
  EXPECT_EQ(run_to_end(), 1);
  EXPECT_EQ(runner.outcome()->verdict, Verdict::cancelled);
  EXPECT_FALSE(runner.latest()->timed_out);
}

TEST_F(Runners, APausedRunCanBeCancelled) {
  start("engine=sim", {.paused = true});
  runner.cancel();
  EXPECT_EQ(runner.phase(), Phase::finished);
  EXPECT_EQ(runner.outcome()->verdict, Verdict::cancelled);
}

TEST_F(Runners, ATimeLimitCancelsAndSaysSo) {
  start("ending=hang", {.timeout = 2 * millisecond});
  const Nanoseconds begun = steady_now();
  while (runner.active() && steady_now() - begun < 10 * second) runner.advance(millisecond);
  EXPECT_EQ(runner.outcome()->verdict, Verdict::cancelled);
  EXPECT_EQ(runner.outcome()->sentence.en, "It was stopped at its time limit of 2ms.");
  EXPECT_EQ(runner.snapshot().outcome->sentence, runner.outcome()->sentence);
  EXPECT_TRUE(runner.latest()->timed_out);
  EXPECT_GE(runner.elapsed(), 2 * millisecond);
}

TEST_F(Runners, TimeStandsStillWhilePaused) {
  start("engine=sim&increments=100", {.paused = true});
  const Nanoseconds begun = steady_now();
  while (steady_now() - begun < 3 * millisecond) {
  }
  EXPECT_LT(runner.elapsed(), millisecond);
}

TEST_F(Runners, ANewRunWaitsForTheOldOneToEnd) {
  start("increments=1000000");
  runner.advance(millisecond);
  start("increments=3");
  EXPECT_EQ(runner.phase(), Phase::starting);
  EXPECT_EQ(*runner.setup(), setup("increments=3"));
  EXPECT_EQ(test::fake_executions(), 1);
  runner.advance(millisecond);
  EXPECT_EQ(runner.phase(), Phase::running);
  EXPECT_EQ(test::fake_executions(), 1);
  run_to_end();
  // What was cut off came to no outcome of its own.
  EXPECT_EQ(runner.history().size(), 1U);
  EXPECT_EQ(runner.latest()->setup, setup("increments=3"));
}

TEST_F(Runners, OfSeveralImpatientStartsTheLastOneCounts) {
  start("increments=1000000");
  for (const char* query : {"increments=4", "increments=5", "increments=6"}) start(query);
  run_to_end();
  ASSERT_EQ(runner.history().size(), 1U);
  EXPECT_EQ(runner.latest()->setup, setup("increments=6"));
}

TEST_F(Runners, AStartThatHasNotBegunCanBeCancelled) {
  start("increments=1000000");
  start("increments=4");
  runner.cancel();
  EXPECT_EQ(runner.phase(), Phase::idle);
  run_to_end();
  EXPECT_TRUE(runner.history().empty());
  EXPECT_EQ(test::fake_executions(), 0);
}

TEST_F(Runners, ResetForgetsTheRunAndKeepsTheHistory) {
  start("increments=2");
  run_to_end();
  runner.reset();
  EXPECT_EQ(runner.phase(), Phase::idle);
  EXPECT_FALSE(runner.outcome().has_value());
  EXPECT_EQ(runner.snapshot().trace, nullptr);
  EXPECT_EQ(runner.history().size(), 1U);
}

TEST_F(Runners, AnEngineThatTheBuildLacksChangesNothing) {
  start("increments=2");
  run_to_end();
  const Result<> no_engine = runner.start(setup("workload=pipeline&engine=explore"));
  ASSERT_FALSE(no_engine.ok());
  EXPECT_THAT(no_engine.error().message.en, HasSubstr("no engine \"explore\""));
  EXPECT_EQ(runner.phase(), Phase::finished);
  EXPECT_EQ(runner.history().size(), 1U);
}

TEST_F(Runners, AProblemEndsARunWithoutAnOutcome) {
  start("engine=sim&increments=2&ending=problem");
  run_to_end();
  EXPECT_EQ(runner.phase(), Phase::finished);
  EXPECT_FALSE(runner.outcome().has_value());
  ASSERT_TRUE(runner.problem().has_value());
  EXPECT_EQ(runner.problem()->en, "The schedule does not fit.");
  EXPECT_TRUE(runner.history().empty());
  start("engine=sim&increments=2");
  EXPECT_FALSE(runner.problem().has_value());
}

TEST_F(Runners, TheHistoryIsBounded) {
  for (std::size_t run = 0; run < History::kept_records + 5; ++run) {
    start("engine=sim&increments=1");
    run_to_end();
  }
  EXPECT_EQ(runner.history().size(), History::kept_records);
  EXPECT_EQ(runner.history().front().number, 6U);
}

TEST_F(Runners, OldTracesAreLetGoBeforeTheyFillTheMemory) {
  for (int run = 0; run < 3; ++run) {
    start("engine=sim&increments=500000");
    for (int look = 0; runner.active() && look < 600'000; ++look) runner.advance(millisecond);
  }
  ASSERT_EQ(runner.history().size(), 3U);
  EXPECT_EQ(runner.history()[0].trace, nullptr);
  EXPECT_EQ(runner.history()[1].trace, nullptr);
  EXPECT_NE(runner.history()[2].trace, nullptr);
  // Nor does a large one stay beside the next.
  start("engine=sim&increments=500000");
  EXPECT_EQ(runner.history()[2].trace, nullptr);
  EXPECT_TRUE(runner.history()[2].metrics.threads.empty());
  EXPECT_TRUE(runner.history()[0].hash.has_value());
}

TEST_F(Runners, EndsItsExecutions) {
  {
    Runner other{Host{}};
    EXPECT_TRUE(other.start(setup("increments=1000000")));
    other.advance(millisecond);
  }
  EXPECT_EQ(test::fake_executions(), 0);
}

TEST(Machines, AreDescribed) {
  const Machine machine = describe_machine();
  EXPECT_GE(machine.cores, 1);
  EXPECT_FALSE(machine.compiler.empty());
  EXPECT_FALSE(machine.environment.empty());
  EXPECT_GE(machine.clock_resolution, 1);
  EXPECT_LE(machine.clock_resolution, 5 * millisecond);
  EXPECT_EQ(machine.version, program_version);
}

}  // namespace
}  // namespace interleave::session
