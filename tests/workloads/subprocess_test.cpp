// Child processes in virtual time: what is known of pipes and times, exactly.
#include "workloads/subprocess.h"

#include <gtest/gtest.h>

#include "engines/built.h"
#include "explore/start.h"
#include "sim/start.h"
#include "support/running.h"

namespace interleave::test {
namespace {

using workloads::Subprocess;
using Params = Subprocess::Params;

trace::Snapshot simulated(const Params& params, sim::PolicyKind policy = sim::PolicyKind::round_robin) {
  sim::Settings settings;
  settings.policy = policy;
  const auto run = sim::start<Subprocess>(start_with(params, settings));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

TEST(Subprocess, SleepersTakeAsLongAsOneTogetherAndAddUpInTurn) {
  Params params;
  EXPECT_LT(figure(simulated(params), "elapsed"), 1.01e9);
  params.mode = Subprocess::Mode::serial;
  const double serial = figure(simulated(params), "elapsed");
  EXPECT_GE(serial, 10e9);
  EXPECT_LT(serial, 10.1e9);
}

TEST(Subprocess, AMegabyteComesBackWithItsHangul) {
  for (const sim::PolicyKind policy : {sim::PolicyKind::round_robin, sim::PolicyKind::random}) {
    const auto end = simulated({.job = Subprocess::Job::echo, .children = 2, .payload = 1'048'576}, policy);
    EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
    EXPECT_GE(figure(end, "out"), 2 * 1'048'576.0);
  }
}

TEST(Subprocess, WaitingBeforeReadingHangsPastThePipesCapacityAndNotBefore) {
  for (const sim::PolicyKind policy : {sim::PolicyKind::round_robin, sim::PolicyKind::random}) {
    Params params{
        .job = Subprocess::Job::echo, .children = 1, .payload = 65'000, .collect = Subprocess::Collect::wait_then_read};
    EXPECT_EQ(simulated(params, policy).outcome->verdict, Verdict::ok);
    params.payload = 65'536;
    const Outcome outcome = *simulated(params, policy).outcome;
    EXPECT_EQ(outcome.verdict, Verdict::hang);
    ASSERT_EQ(outcome.cycle.size(), 2U);
    EXPECT_EQ(outcome.cycle[0].en, "main waits for child 1 to end.");
    EXPECT_EQ(outcome.cycle[1].en, "child 1 waits for room in stdout of child 1, which only main reads.");
  }
}

TEST(Subprocess, ALimitKillsAndWhatFollowsIsStillHeard) {
  const auto end = simulated({.job = Subprocess::Job::echo,
                              .children = 1,
                              .payload = 100'000,
                              .collect = Subprocess::Collect::wait_then_read,
                              .limit = 10 * millisecond});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
  EXPECT_EQ(figure(end, "killed"), 1);
  EXPECT_EQ(figure(end, "out"), 65'536);
  EXPECT_EQ(figure(simulated({.children = 3, .limit = 100 * millisecond}), "killed"), 3);
}

TEST(Subprocess, JsonIsDoubledAndAWordIsComplainedAbout) {
  const auto made = Subprocess::transformed("[1, 20, \"안녕\", -3]");
  EXPECT_EQ(made.document, "[2, 40, -6]\n");
  EXPECT_EQ(made.complaint, "not a number: \"안녕\"\n");
  EXPECT_EQ(figure(simulated({.job = Subprocess::Job::transform, .children = 3, .payload = 200'000}), "nonzero"), 3);
}

// However steps are ordered; and a limit may be over at any of them.
TEST(Subprocess, EveryOrderIsExploredWithoutOneThatIsGivenUp) {
  for (const Nanoseconds limit : {Nanoseconds{0}, Nanoseconds{1}}) {
    const auto run = explore::start<Subprocess>(start_with(
        Params{.job = Subprocess::Job::echo, .children = limit == 0 ? 2 : 1, .limit = limit}, explore::Settings{}));
    EXPECT_TRUE(wait_until_finished(*run));
    const auto end = run->snapshot();
    ASSERT_TRUE(end.exploration.has_value());
    EXPECT_TRUE(end.exploration->exhausted);
    EXPECT_EQ(end.exploration->failures, 0U);
    EXPECT_GT(end.exploration->executions, 1U);
    RecordProperty("orders", static_cast<int>(end.exploration->executions));
  }
}

}  // namespace
}  // namespace interleave::test
