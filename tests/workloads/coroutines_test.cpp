// Many tasks that wait: what the wait takes on threads, on a loop and with a pool, what carries them, and what they
// count.
#include "workloads/coroutines.h"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "engines/built.h"
#include "explore/settings.h"
#include "explore/start.h"
#include "live/start.h"
#include "sim/start.h"
#include "support/free_of_charge.h"
#include "support/pool.h"
#include "support/running.h"

namespace interleave::test {
namespace {

using workloads::Coroutines;
using Params = Coroutines::Params;
using Mode = Coroutines::Mode;
using Call = Coroutines::Call;
using Count = Coroutines::Count;

trace::Snapshot simulate(const Params& params) {
  const auto run = sim::start<Coroutines>(start_with(params, free_of_charge(2)));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

trace::Snapshot run_live(const Params& params) {
  const auto run = live::start<Coroutines>(start_with(params, live::Settings{}, shared_pool()));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

trace::ExplorationReport explore_all(const Params& params) {
  explore::Settings settings;
  settings.executions = 20'000;
  const auto run = explore::start<Coroutines>(start_with(params, settings));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot().exploration.value();
}

// How many threads there were at once, at most, that are not the main body's.
std::int64_t most_threads_at_once(const trace::Trace& trace) {
  std::vector<std::pair<Nanoseconds, int>> changes;
  for (std::size_t stream = 0; stream < trace.streams().size(); ++stream) {
    const auto& events = trace.streams()[stream]->events();
    for (std::size_t at = 0; at < events.size(); ++at) {
      const trace::Event& event = events[at];
      if (event.thread.value == 0 || trace.threads()[event.thread.index()].vehicle != trace::Vehicle::thread) continue;
      if (event.kind == trace::Kind::started) changes.emplace_back(event.time, 1);
      if (event.kind == trace::Kind::ended) changes.emplace_back(event.time, -1);
    }
  }
  std::ranges::sort(changes);
  std::int64_t now = 0;
  std::int64_t most = 0;
  for (const auto& [time, change] : changes) most = std::max(most, now += change);
  return most;
}

TEST(CoroutinesWorkload, OnlyBlockingCallsOnALoopAreWaitedForInTurn) {
  const Params each{.tasks = 12, .delay = 10 * millisecond, .rounds = 2, .work = 0, .workers = 4};
  const auto elapsed = [&](Mode mode, Call call) {
    Params params = each;
    params.mode = mode;
    params.call = call;
    const auto end = simulate(params);
    EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
    return figure(end, "elapsed");
  };
  for (const Call call : {Call::awaits, Call::blocks}) EXPECT_EQ(elapsed(Mode::threads, call), 20e6);
  for (const Mode mode : {Mode::loop, Mode::pool}) EXPECT_EQ(elapsed(mode, Call::awaits), 20e6);
  EXPECT_EQ(elapsed(Mode::loop, Call::blocks), 240e6) << "24 calls, one at a time";
  EXPECT_EQ(elapsed(Mode::pool, Call::blocks), 60e6) << "24 calls, four at a time";
}

TEST(CoroutinesWorkload, ComputingIsNotSharedOutOnALoop) {
  Params params{.mode = Mode::loop, .tasks = 8, .delay = microsecond, .rounds = 1, .work = 10 * millisecond};
  EXPECT_GE(figure(simulate(params), "elapsed"), 80e6);
  params.mode = Mode::threads;
  EXPECT_LT(figure(simulate(params), "elapsed"), 45e6) << "on two cores";
}

TEST(CoroutinesWorkload, ThousandsShareOneLiveThread) {
  constexpr std::int64_t tasks = 3'000;
  const auto end = run_live({.mode = Mode::loop, .tasks = tasks, .delay = 5 * millisecond, .rounds = 2});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
  EXPECT_GE(figure(end, "elapsed"), 10e6);
  EXPECT_LT(figure(end, "elapsed"), 5e9) << "30 s in turn";
  EXPECT_GE(figure(end, "switches"), 2.0 * tasks);
  // Each has a frame at least and no stack.
  EXPECT_GT(figure(end, "bytes"), 64);
  EXPECT_LT(figure(end, "bytes"), 2'048);
  EXPECT_GE(figure(end, "stack"), 16'384);
  EXPECT_EQ(end.trace->unrecorded(), 0U);
}

TEST(CoroutinesWorkload, ABlockingCallStopsALiveLoop) {
  const auto end =
      run_live({.mode = Mode::loop, .tasks = 6, .call = Call::blocks, .delay = 4 * millisecond, .rounds = 1});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok);
  EXPECT_GE(figure(end, "elapsed"), 24e6);
}

TEST(CoroutinesWorkload, ALivePoolMakesAsManyCallsAtATimeAsItHasThreads) {
  const auto end = run_live(
      {.mode = Mode::pool, .tasks = 20, .call = Call::blocks, .delay = 2 * millisecond, .rounds = 2, .workers = 3});
  EXPECT_EQ(end.outcome->verdict, Verdict::ok) << end.outcome->sentence.en;
  EXPECT_GE(figure(end, "elapsed"), 28e6) << "40 calls, three at a time";
  EXPECT_LE(most_threads_at_once(*end.trace), 3);
  // Main, 20 tasks and 40 calls; and no stream for each call, but for each that is there at once.
  EXPECT_EQ(end.trace->threads().size(), 61U);
  EXPECT_LE(end.trace->streams().size(), 5U) << "the watcher's, the loop's and the pool's";
}

TEST(CoroutinesWorkload, MoreThreadsThanThereAreIsALimit) {
  const auto end = run_live({.mode = Mode::threads, .tasks = 10'000});
  ASSERT_EQ(end.outcome->verdict, Verdict::limit);
  EXPECT_NE(end.outcome->sentence.en.find(std::to_string(shared_pool()->capacity())), std::string::npos);
}

TEST(CoroutinesWorkload, AHundredThousandTasksFitIntoTheTracesBudget) {
  const auto end = run_live({.mode = Mode::loop, .tasks = 100'000, .delay = microsecond, .rounds = 1});
  ASSERT_TRUE(end.outcome);
  if (end.outcome->verdict == Verdict::limit) GTEST_SKIP() << end.outcome->sentence.en;
  EXPECT_EQ(end.outcome->verdict, Verdict::ok);
  EXPECT_LE(end.trace->event_count(), trace::Trace::default_budget);
}

TEST(CoroutinesWorkload, ThousandsAreTooManyToExplore) {
  for (const Mode mode : {Mode::threads, Mode::loop}) {
    for (const int tasks : {1'000, 100'000}) {
      const auto run =
          explore::start<Coroutines>(start_with(Params{.mode = mode, .tasks = tasks}, explore::Settings{}));
      EXPECT_TRUE(wait_until_finished(*run));
      EXPECT_EQ(run->snapshot().outcome->verdict, Verdict::limit) << tasks;
    }
  }
}

TEST(CoroutinesWorkload, OnALoopOnlyAWaitInBetweenLosesACount) {
  const Params base{.tasks = 2, .rounds = 1, .workers = 1};
  for (const Mode mode : {Mode::threads, Mode::loop, Mode::pool}) {
    for (const Count count : {Count::at_once, Count::across}) {
      for (const Call call : {Call::awaits, Call::blocks}) {
        Params params = base;
        params.mode = mode;
        params.count = count;
        params.call = call;
        const auto report = explore_all(params);
        // A blocking call lets nobody else have a turn, so that even what is around it cannot come apart.
        const bool in_between = count == Count::across && !(mode == Mode::loop && call == Call::blocks);
        const bool may_lose = mode == Mode::threads || in_between;
        SCOPED_TRACE(testing::Message() << static_cast<int>(mode) << static_cast<int>(count) << static_cast<int>(call));
        EXPECT_EQ(report.failures > 0, may_lose);
        EXPECT_EQ(report.hangs, 0U);
        EXPECT_TRUE(report.exhausted) << report.executions;
      }
    }
  }
}

}  // namespace
}  // namespace interleave::test
