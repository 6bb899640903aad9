// A simulated run as session sees it.
#include "sim/simulation.h"

#include <gtest/gtest.h>

#include "engines/built.h"
#include "sim/start.h"
#include "workloads/counter.h"

namespace interleave::test {
namespace {

using sim::PolicyKind;
using sim::Settings;
using workloads::Counter;

std::unique_ptr<rt::Execution> start_counter(Settings settings, std::string schedule = "",
                                             Counter::Protection lock = Counter::Protection::none) {
  Counter::Params params;
  params.threads = 2;
  params.increments = 2;
  params.lock = lock;
  settings.schedule = SharedText(std::move(schedule));
  return sim::start<Counter>({values_of(params), values_of(settings), trace::Trace::default_budget, nullptr});
}

Settings with(PolicyKind policy) {
  Settings out;
  out.policy = policy;
  return out;
}

TEST(Simulation, RunsToItsOutcome) {
  for (const PolicyKind policy : {PolicyKind::random, PolicyKind::round_robin}) {
    const auto run = start_counter(with(policy), "", Counter::Protection::mutex);
    while (!run->finished()) run->advance(millisecond);
    const trace::Snapshot end = run->snapshot();
    ASSERT_TRUE(end.outcome.has_value());
    EXPECT_EQ(end.outcome->verdict, Verdict::ok);
    EXPECT_EQ(end.phase, trace::Phase::finished);
    EXPECT_EQ(end.timed, policy == PolicyKind::round_robin);
    EXPECT_TRUE(end.schedule.ends_with('.'));
  }
}

TEST(Simulation, FollowsAScheduleToTheLostUpdate) {
  const auto run = start_counter(with(PolicyKind::replay), "A3B4A.");
  while (!run->finished()) run->advance(millisecond);
  EXPECT_EQ(run->snapshot().outcome->verdict, Verdict::failure);
  EXPECT_EQ(run->snapshot().schedule, "A3B4A.");
}

TEST(Simulation, TellsWhatIsWrongWithASchedule) {
  for (const char* schedule : {"", "A3", "hello", "A99.", "~A3"}) {
    const auto run = start_counter(with(PolicyKind::replay), schedule);
    run->advance(millisecond);
    EXPECT_TRUE(run->finished()) << schedule;
    EXPECT_TRUE(run->snapshot().problem.has_value()) << schedule;
  }
}

TEST(Simulation, StepsByHand) {
  const auto run = start_counter(with(PolicyKind::by_hand));
  run->advance(millisecond);
  EXPECT_FALSE(run->finished());
  EXPECT_EQ(run->snapshot().phase, trace::Phase::paused);
  EXPECT_FALSE(run->step(ThreadId{0})) << "the main body joins";
  EXPECT_FALSE(run->step(ThreadId{99}));
  for (const std::uint32_t thread : {1U, 1U, 1U, 2U, 2U, 2U, 2U, 1U}) EXPECT_TRUE(run->step(ThreadId{thread}));
  EXPECT_TRUE(run->finished());
  EXPECT_EQ(run->snapshot().schedule, "A3B4A.");
  EXPECT_FALSE(run->step(ThreadId{1}));
}

TEST(Simulation, GoesOnByHandAfterTheFirstStepsOfASchedule) {
  for (const char* beginning : {"A3-", "~@2-"}) {
    const auto run = start_counter(with(PolicyKind::replay), beginning);
    run->advance(millisecond);
    EXPECT_FALSE(run->finished()) << beginning;
    int steps = 0;
    while (!run->finished() && steps < 100 && run->step(ThreadId::none())) ++steps;
    ASSERT_TRUE(run->finished()) << beginning;
    const std::string schedule = run->snapshot().schedule;
    const auto again = start_counter(with(PolicyKind::replay), schedule);
    while (!again->finished()) again->advance(millisecond);
    EXPECT_FALSE(again->snapshot().problem.has_value()) << schedule;
    EXPECT_EQ(trace::hash(*again->snapshot().trace), trace::hash(*run->snapshot().trace)) << schedule;
  }
}

// Anybody may be stepped under a timed policy too; what comes of it replays.
TEST(Simulation, LeavesATimedPolicyByHand) {
  const auto run = start_counter(with(PolicyKind::round_robin), "", Counter::Protection::mutex);
  Rng rng(3);
  for (int step = 0; step < 200 && !run->finished(); ++step) run->step(ThreadId{rng.below(3)});
  while (!run->finished()) run->advance(millisecond);
  const std::string schedule = run->snapshot().schedule;
  const auto again = start_counter(with(PolicyKind::replay), schedule, Counter::Protection::mutex);
  while (!again->finished()) again->advance(millisecond);
  EXPECT_EQ(trace::hash(*again->snapshot().trace), trace::hash(*run->snapshot().trace)) << schedule;
}

TEST(Simulation, IsCancelled) {
  const auto run = start_counter(with(PolicyKind::by_hand));
  run->step(ThreadId{1});
  run->cancel();
  EXPECT_TRUE(run->finished());
  EXPECT_EQ(run->snapshot().outcome->verdict, Verdict::cancelled);
}

}  // namespace
}  // namespace interleave::test
