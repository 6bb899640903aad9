// A pool of real processes: its results, what it measures, and its end, planned or not. Processes of the system
// natively, Workers in a browser or Node.
#include "workloads/process_pool.h"

#include <gtest/gtest.h>

#include "engines/built.h"
#include "support/live_runs.h"
#include "workloads/factorize.h"

namespace interleave::test {
namespace {

using workloads::Factorize;
using workloads::ProcessPool;
using Params = ProcessPool::Params;
using Mode = ProcessPool::Mode;

using LivePool = LiveRunsOf<ProcessPool>;
using LiveFactorize = LiveRunsOf<Factorize>;

TEST_F(LivePool, ResultsAreRightInEveryMode) {
  for (const Mode mode : {Mode::serial, Mode::threads, Mode::processes}) {
    const auto end = run({.mode = mode, .tasks = 20, .workers = 3, .chunk = 3, .units = 10'000});
    EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
    EXPECT_EQ(figure(end, "tasks"), 20);
    EXPECT_EQ(figure(end, "messages"), mode == Mode::processes ? 14 : 0);
  }
}

// More than a pipe holds, there and back at once.
TEST_F(LivePool, LargePayloadsComeThrough) {
  const auto end = run({.tasks = 12, .workers = 2, .chunk = 4, .units = 10, .sent = 100'000, .returned = 100'000});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
  EXPECT_GT(figure(end, "bytes"), 12 * 200'000.0);
}

// A process says of itself how long it coded and computed, and the time in which its chunks were away is no less.
TEST_F(LivePool, WhatIsMeasuredAddsUp) {
  const auto end = run({.tasks = 16, .workers = 2, .units = 300'000, .sent = 10'000, .returned = 10'000});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
  for (const char* key : {"starting", "encoding", "moving", "computing"}) EXPECT_GT(figure(end, key), 0) << key;
  const double shares = figure(end, "encoding") + figure(end, "moving") + figure(end, "computing");
  EXPECT_LE(shares, 2 * figure(end, "elapsed"));
}

TEST_F(LivePool, AWorkerThatIsKilledIsToldAndTheOthersGoOn) {
  const auto execution = begin({.tasks = 8, .workers = 2, .units = 20'000'000});
  const Nanoseconds give_up = steady_now() + patience;
  while (!execution->finished() && children_left().running == 0 && steady_now() < give_up) rest();
  if (!kill_a_child()) {
    execution->cancel();
    EXPECT_TRUE(wait_until_finished(*execution));
    GTEST_SKIP() << "nobody else can end a child here";
  }
  EXPECT_TRUE(wait_until_finished(*execution));
  const Outcome outcome = *execution->snapshot().outcome;
  EXPECT_EQ(outcome.verdict, Verdict::failure) << outcome.headline.en;
  EXPECT_TRUE(outcome.headline.en.starts_with("A worker is lost")) << outcome.headline.en;
  EXPECT_GE(figure(outcome, "tasks"), 7);
}

TEST_F(LivePool, IsStoppedWithin100MillisecondsAtAnyMoment) {
  stop_at_any_moment(10, 5 * millisecond, [](int round) {
    const bool sends = round % 2 == 0;
    return ProcessPool::Params{.workers = 4, .units = sends ? 100 : 20'000'000, .sent = sends ? 100'000 : 0};
  });
}

TEST_F(LiveFactorize, ProcessesSendBackTheDivisorsThatThreadsFind) {
  Factorize::Params params{.numbers = 4, .first = 720'720, .last = 1'441'440, .mode = Factorize::Mode::threads};
  const auto threads = run(params);
  params.mode = Factorize::Mode::processes;
  const auto processes = run(params);
  EXPECT_EQ(processes.outcome->verdict, Verdict::ok) << processes.outcome->headline.en;
  EXPECT_EQ(figure(processes, "divisors"), figure(threads, "divisors"));
  EXPECT_GT(figure(processes, "parallel"), 0);
}

TEST_F(LiveFactorize, AProcessThatIsKilledLeavesAWrongCount) {
  const auto execution = begin({.last = 200'000'000, .mode = Factorize::Mode::processes});
  const Nanoseconds give_up = steady_now() + patience;
  while (!execution->finished() && children_left().running == 0 && steady_now() < give_up) rest();
  const bool killed = kill_a_child();
  if (!killed) execution->cancel();
  EXPECT_TRUE(wait_until_finished(*execution));
  if (!killed) GTEST_SKIP() << "nobody else can end a child here";
  EXPECT_EQ(execution->snapshot().outcome->verdict, Verdict::failure);
}

}  // namespace
}  // namespace interleave::test
