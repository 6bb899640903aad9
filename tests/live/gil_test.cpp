// The interpreter lock between real threads. Times are compared in ratios, on a machine that may be busy with something
// else, so each comparison has a few attempts and says how many it took: support/idle_cores.h.
#include "support/gil.h"

#include <algorithm>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "engines/built.h"
#include "live/start.h"
#include "support/effort.h"
#include "support/idle_cores.h"
#include "support/pool.h"
#include "support/running.h"
#include "trace/metrics.h"
#include "workloads/blocking_io.h"
#include "workloads/counter.h"
#include "workloads/factorize.h"

namespace interleave::test {
namespace {

using rt::Interpreter;
using trace::Kind;
using workloads::BlockingIo;
using workloads::Counter;
using workloads::Factorize;

template <class W>
trace::Snapshot run(const typename W::Params& params) {
  const auto execution = live::start<W>(start_with(params, live::Settings{}, shared_pool()));
  EXPECT_TRUE(wait_until_finished(*execution));
  trace::Snapshot out = execution->snapshot();
  EXPECT_TRUE(out.outcome.has_value());
  return out;
}

double against_serial(Interpreter interpreter) {
  Factorize::Params params{.first = 5'000'000, .last = 5'000'000, .interpreter = interpreter};
  params.mode = Factorize::Mode::serial;
  const double serial = figure(run<Factorize>(params), "elapsed");
  params.mode = Factorize::Mode::threads;
  return figure(run<Factorize>(params), "elapsed") / serial;
}

TEST(LiveGil, TwoThreadsThatComputeGainNothingUnderItAndDoWithoutIt) {
  expect_soon(40, [] { return against_serial(Interpreter::cpython310) > 0.9; });
  if (std::thread::hardware_concurrency() < 2) GTEST_SKIP() << "one core has nothing to give";
  expect_soon(40, [] { return against_serial(Interpreter::freethreaded) < 0.85; });
}

TEST(LiveGil, HasOneHolderAtATime) {
  const auto snapshot =
      run<Factorize>({.numbers = 4, .first = 3'000'000, .last = 3'000'000, .switch_interval = 500 * microsecond});
  std::vector<trace::Event> events;
  for (std::size_t at = 0; at < snapshot.trace->streams().size(); ++at) {
    const auto& log = snapshot.trace->streams()[at]->events();
    for (std::size_t index = 0; index < log.size(); ++index) {
      if (log[index].kind == Kind::gil_take || log[index].kind == Kind::gil_drop) events.push_back(log[index]);
    }
  }
  // Both are recorded while the lock's own mutex is held, so their times are in order; of equal ones the drop is first.
  std::ranges::sort(events, [](const trace::Event& a, const trace::Event& b) {
    return a.time != b.time ? a.time < b.time : a.kind == Kind::gil_drop && b.kind == Kind::gil_take;
  });
  ThreadId holder;
  for (const trace::Event& event : events) {
    if (event.kind == Kind::gil_take) {
      EXPECT_FALSE(holder.valid());
      holder = event.thread;
    } else {
      EXPECT_EQ(holder, event.thread);
      holder = ThreadId::none();
    }
  }
  EXPECT_FALSE(holder.valid());
  EXPECT_GT(figure(snapshot, "handovers"), 4);
}

TEST(LiveGil, BlockingCallsLetItGoUnlessTheyKeepIt) {
  BlockingIo::Params params{.calls = 5, .delay = 40 * millisecond, .mode = BlockingIo::Mode::serial};
  EXPECT_GE(figure(run<BlockingIo>(params), "elapsed"), 200e6);
  for (const auto mode : {BlockingIo::Mode::threads, BlockingIo::Mode::tasks}) {
    params.mode = mode;
    params.gil = rt::GilDuringIo::released;
    expect_soon(40, [&] { return figure(run<BlockingIo>(params), "elapsed") < 120e6; });
    params.gil = rt::GilDuringIo::kept;
    EXPECT_GE(figure(run<BlockingIo>(params), "elapsed"), 200e6) << "each keeps it, so they take turns";
  }
}

// Half of them and more, so the thread must go on computing until the last one: a compiler that sees through what it
// computes would make it end early.
TEST(LiveGil, AThreadThatComputesMakesEveryRoundTripWait) {
  const BlockingIo::Params params{
      .calls = 60, .delay = millisecond, .mode = BlockingIo::Mode::serial, .hogs = 1, .echo = true};
  expect_soon(40, [&] { return figure(run<BlockingIo>(params), "p50") >= 5e6; });
  BlockingIo::Params without = params;
  without.interpreter = Interpreter::freethreaded;
  expect_soon(40, [&] { return figure(run<BlockingIo>(without), "p50") < 5e6; });
}

TEST(LiveGil, ThreadsComputeBesideTheTasksOfALoop) {
  const auto snapshot =
      run<BlockingIo>({.calls = 8, .delay = 5 * millisecond, .mode = BlockingIo::Mode::tasks, .hogs = 2});
  EXPECT_EQ(snapshot.outcome->verdict, Verdict::ok);
  EXPECT_EQ(figure(snapshot, "calls"), 8);
  EXPECT_EQ(snapshot.trace->threads().size(), 11U) << "main, two that compute, eight tasks";
}

Counter::Params counting(Interpreter interpreter, Counter::Increment increment) {
  return {.threads = 4,
          .increments = fewer(2'000'000),
          .interpreter = interpreter,
          .increment = increment,
          .switch_interval = 50 * microsecond};
}

// The same cases as in virtual time and in every order. What loses does so sooner or later, and what cannot never does.
TEST(LiveGil, ABarePlusEqualsLosesNothingSince310) {
  for (const LosingCase& expected : losing_cases) {
    SCOPED_TRACE(expected.name());
    const auto loses = [&] {
      return figure(run<Counter>(counting(expected.interpreter, expected.increment)), "lost") > 0;
    };
    if (expected.loses) {
      expect_soon(50, loses);
    } else {
      for (int attempt = 0; attempt < 5; ++attempt) EXPECT_FALSE(loses());
    }
  }
}

TEST(LiveGil, WithLocksNothingIsLostAndNothingHangs) {
  for (const auto lock : {Counter::Protection::mutex, Counter::Protection::spin}) {
    Counter::Params params = counting(Interpreter::cpython39, Counter::Increment::plain);
    params.lock = lock;
    params.increments = fewer(100'000);
    EXPECT_EQ(run<Counter>(params).outcome->verdict, Verdict::ok);
  }
}

}  // namespace
}  // namespace interleave::test
