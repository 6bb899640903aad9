// Real child processes: what they say, how long they take, how they are ended; and nothing of them stays behind.
// Processes of the system natively, Workers in a browser or Node.
#include <gtest/gtest.h>

#include "engines/built.h"
#include "support/live_runs.h"
#include "workloads/subprocess.h"

namespace interleave::test {
namespace {

using workloads::Subprocess;
using Params = Subprocess::Params;
using Job = Subprocess::Job;
using Collect = Subprocess::Collect;

using LiveChildren = LiveRunsOf<Subprocess>;

TEST_F(LiveChildren, TenSleepersSleepAtTheSameTime) {
  // One after the other would take 5 s at least: far off, also where a machine starts processes slowly.
  const auto end = run({.time = 500 * millisecond});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
  EXPECT_GE(figure(end, "elapsed"), 500e6);
  EXPECT_LT(figure(end, "elapsed"), 5000e6);
  EXPECT_GE(figure(run({.children = 3, .mode = Subprocess::Mode::serial, .time = 100 * millisecond}), "elapsed"),
            300e6);
}

TEST_F(LiveChildren, AMegabyteComesBackWithItsHangul) {
  const auto end = run({.job = Job::echo, .children = 3, .payload = 1'048'576});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
  EXPECT_GE(figure(end, "out"), 3 * 1'048'576.0);
}

TEST_F(LiveChildren, JsonComesBackAndAComplaintBesides) {
  const auto end = run({.job = Job::transform, .children = 2, .payload = 300'000});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
  EXPECT_EQ(figure(end, "nonzero"), 2);
  EXPECT_GT(figure(end, "err"), 0);
}

TEST_F(LiveChildren, WaitingBeforeReadingHangsPastThePipesCapacityAndNotBefore) {
  Params params{.job = Job::echo, .children = 1, .payload = 30'000, .collect = Collect::wait_then_read};
  EXPECT_EQ(run(params).outcome->verdict, Verdict::ok);
  for (const Job job : {Job::echo, Job::transform}) {
    params.job = job;
    params.payload = 400'000;
    const Outcome outcome = *run(params).outcome;
    EXPECT_EQ(outcome.verdict, Verdict::hang) << outcome.headline.en;
    ASSERT_EQ(outcome.cycle.size(), 2U);
    EXPECT_EQ(outcome.cycle[1].en, "child 1 waits for room in stdout of child 1, which only main reads.");
  }
}

// A child that is only slow is not taken for one that hangs, whatever its parent waits for.
TEST_F(LiveChildren, ASlowChildIsNoHang) {
  const auto end = run({.children = 2, .time = second, .collect = Collect::wait_then_read});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->headline.en;
}

TEST_F(LiveChildren, ALimitKillsAndReaps) {
  const auto end = run({.children = 3, .time = 2 * second, .limit = 100 * millisecond});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
  EXPECT_EQ(figure(end, "killed"), 3);
  EXPECT_LT(figure(end, "elapsed"), 1900e6);
  const auto stuck = run({.job = Job::echo,
                          .children = 1,
                          .payload = 400'000,
                          .collect = Collect::wait_then_read,
                          .limit = 100 * millisecond});
  EXPECT_EQ(figure(stuck, "killed"), 1);
}

TEST_F(LiveChildren, ARunIsStoppedWithin100MillisecondsAtAnyMoment) {
  stop_at_any_moment(12, 7 * millisecond, [](int round) {
    const bool sleeps = round % 2 == 0;
    return Subprocess::Params{
        .job = sleeps ? Job::sleep : Job::echo, .children = 5, .time = 2 * second, .payload = 1'048'576};
  });
}

}  // namespace
}  // namespace interleave::test
