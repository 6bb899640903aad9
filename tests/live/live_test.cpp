// Real threads: they contend, they can be stopped, hangs are told from long waits, and nothing is left behind.
#include <gtest/gtest.h>

#include "engines/built.h"
#include "live/start.h"
#include "support/idle_cores.h"
#include "support/pool.h"
#include "support/running.h"
#include "support/throwaway.h"
#include "trace/metrics.h"
#include "workloads/counter.h"

namespace interleave::test {
namespace {

using workloads::Counter;
using Protection = Counter::Protection;

class Live : public testing::Test {
 protected:
  std::unique_ptr<rt::Execution> begin(const Counter::Params& params) {
    return live::start<Counter>(start_with(params, live::Settings{}, pool_));
  }
  trace::Snapshot run(const Counter::Params& params) {
    const auto execution = begin(params);
    EXPECT_TRUE(wait_until_finished(*execution));
    return execution->snapshot();
  }
  void expect_nobody_busy() {
    // The last worker says that it is idle a moment after the run has finished.
    const Nanoseconds give_up = steady_now() + 5 * second;
    while (pool_->busy() > 0 && steady_now() < give_up) std::this_thread::yield();
    EXPECT_EQ(pool_->busy(), 0U);
  }

  std::shared_ptr<live::Pool> pool_ = shared_pool();
};

TEST_F(Live, LocksAndAtomicsLoseNothing) {
  for (const Protection protection : {Protection::mutex, Protection::spin, Protection::atomic}) {
    const auto snapshot = run({.threads = 4, .increments = 50'000, .lock = protection});
    ASSERT_TRUE(snapshot.outcome.has_value());
    EXPECT_EQ(snapshot.outcome->verdict, Verdict::ok) << snapshot.outcome->headline.en;
    EXPECT_DOUBLE_EQ(snapshot.progress, 1.0);
  }
}

TEST_F(Live, OneThreadAloneLosesNothing) {
  EXPECT_EQ(run({.threads = 1, .increments = 100'000, .lock = Protection::none}).outcome->verdict, Verdict::ok);
}

TEST_F(Live, ThreadsWithoutALockLoseUpdatesAndOverlapInTime) {
  // Whether two threads meet is up to the machine, so a few runs are allowed, and their number is told.
  expect_soon(200, [this] {
    const auto snapshot = run({.threads = 6, .increments = 2'000'000, .lock = Protection::none});
    if (snapshot.outcome->verdict != Verdict::failure) return false;
    EXPECT_GE(trace::measure(*snapshot.trace).overlap, 2U);
    return true;
  });
}

TEST_F(Live, ARunIsStoppedHalfWayAndTheNextOneWorks) {
  const auto execution = begin({.threads = 4, .increments = 100'000'000, .lock = Protection::mutex});
  const Nanoseconds give_up = steady_now() + patience;
  while (execution->snapshot().progress <= 0 && steady_now() < give_up) std::this_thread::yield();
  execution->cancel();
  ASSERT_TRUE(wait_until_finished(*execution));
  const trace::Snapshot snapshot = execution->snapshot();
  EXPECT_EQ(snapshot.outcome->verdict, Verdict::cancelled);
  EXPECT_GT(snapshot.progress, 0.0);
  EXPECT_LT(snapshot.progress, 1.0);
  expect_nobody_busy();
  EXPECT_EQ(run({.threads = 4, .increments = 1000, .lock = Protection::mutex}).outcome->verdict, Verdict::ok);
}

TEST_F(Live, ARunCanBeStoppedAtAnyMoment) {
  Rng rng(7);
  for (int round = 0; round < 60; ++round) {
    const auto protection = static_cast<Protection>(rng.below(4));
    const auto execution = begin({.threads = 1 + static_cast<int>(rng.below(6)),
                                  .increments = 1 + static_cast<int>(rng.below(2'000'000)),
                                  .lock = protection});
    const Nanoseconds moment = steady_now() + rng.below(4'000'000);
    while (steady_now() < moment) (void)execution->finished();
    execution->cancel();
    ASSERT_TRUE(wait_until_finished(*execution)) << "round " << round;
    const Verdict verdict = execution->snapshot().outcome->verdict;
    EXPECT_TRUE(protection == Protection::none || verdict != Verdict::failure) << "round " << round;
  }
  expect_nobody_busy();
}

TEST_F(Live, WantingMoreThreadsThanThereAreIsALimitAndNotAFailure) {
  pool_ = std::make_shared<live::Pool>(4, live::Pool::Begin::beforehand);
  const auto snapshot = run({.threads = 16, .increments = 10, .lock = Protection::mutex});
  EXPECT_EQ(snapshot.outcome->verdict, Verdict::limit);
  EXPECT_NE(snapshot.outcome->sentence.en.find('4'), std::string::npos);
  expect_nobody_busy();
  EXPECT_EQ(run({.threads = 2, .increments = 10, .lock = Protection::mutex}).outcome->verdict, Verdict::ok);
}

TEST_F(Live, EventsPastTheBudgetAreCounted) {
  rt::Start start =
      start_with(Counter::Params{.threads = 4, .increments = 1000, .lock = Protection::mutex}, live::Settings{}, pool_);
  start.budget = 0;
  const auto execution = live::start<Counter>(start);
  ASSERT_TRUE(wait_until_finished(*execution));
  const auto snapshot = execution->snapshot();
  EXPECT_EQ(snapshot.trace->event_count(), 0U);
  EXPECT_GE(snapshot.trace->unrecorded(), 4U * 2U) << "every thread starts and ends at least";
}

TEST_F(Live, RunsFollowEachOtherOnTheSameThreads) {
  for (int round = 0; round < 50; ++round) {
    ASSERT_EQ(run({.threads = 4, .increments = 100, .lock = Protection::mutex}).outcome->verdict, Verdict::ok);
  }
}

// What each primitive answers, asked on one participant where nothing can interfere.
struct Primitives : Throwaway {
  struct Params {
    bool tasks = false;
    template <class Visit>
    static void declare(Visit&& visit) {
      visit(toggle("tasks", {"t", "t"}, {"", ""}, {0, 0, 0}), &Params::tasks);
    }
  };
  template <rt::Runtime R>
  struct State {
    typename R::Var value;
    typename R::Lock mutex;
    typename R::Lock none;
    State(R& rt, const Params&)
        : value(rt, rt::Name{{"value", "값"}}, 40),
          mutex(rt, rt::Name{{"mutex", "뮤텍스"}}, rt::LockKind::mutex),
          none(rt, rt::Name{{"none", "없음"}}, rt::LockKind::none) {}
  };
  template <rt::Runtime R>
  static rt::Task<std::int32_t> twice(R& rt, State<R>& state) {
    const std::int32_t value = co_await rt.load(state.value);
    co_return value * 2;
  }
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params&) {
    rt.check(co_await rt.fetch_add(state.value, 1) == 40, {"fetch_add gives what was there", ""});
    const bool wrong = co_await rt.compare_exchange(state.value, 7, 8);
    rt.check(!wrong, {"compare_exchange leaves another value", ""});
    const bool right = co_await rt.compare_exchange(state.value, 41, 42);
    rt.check(right, {"compare_exchange replaces what was expected", ""});
    const std::int32_t doubled = co_await twice(rt, state);
    rt.check(doubled == 84, {"a nested task gives its value", ""});
    {
      auto held = co_await rt.acquire(state.mutex);
      rt.check(static_cast<bool>(held), {"acquire gives the lock", ""});
      auto second_time = co_await rt.try_acquire(state.mutex);
      rt.check(!second_time, {"try_acquire says no where it is held", ""});
      auto in_time = co_await rt.acquire_for(state.mutex, millisecond);
      rt.check(!in_time, {"acquire_for gives up", ""});
    }
    {
      auto again = co_await rt.try_acquire(state.mutex);
      rt.check(static_cast<bool>(again), {"the guard released at its end", ""});
    }
    auto nothing = co_await rt.acquire(state.none);
    const std::int64_t sum =
        co_await rt.compute(1000, 100, rt::Safepoint::back_edge, [](std::int64_t from, std::int64_t to) {
          std::int64_t out = 0;
          for (std::int64_t at = from; at < to; ++at) out += at;
          return out;
        });
    rt.check(sum == 499'500, {"compute adds its chunks", ""});
    rt.check(rt.random(1) == 0, {"random is below its bound", ""});
  }
  static rt::Vehicle vehicle(const Params& params) { return params.tasks ? rt::Vehicle::task : rt::Vehicle::thread; }
  static std::int64_t work(const Params&) { return 0; }
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.value.peek()};
  }
  static bool fine(const Params&, const Facts& facts) { return facts.value == 42; }
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
    return judged(fine(params, facts) && run.failed_checks == 0, facts, run);
  }
};

TEST_F(Live, EveryPrimitiveAnswersAsPromised) {
  for (const bool tasks : {false, true}) {
    const auto execution =
        live::start<Primitives>(start_with(Primitives::Params{.tasks = tasks}, live::Settings{}, pool_));
    ASSERT_TRUE(wait_until_finished(*execution));
    EXPECT_EQ(execution->snapshot().outcome->verdict, Verdict::ok) << (tasks ? "on a loop" : "on threads");
  }
}

TEST_F(Live, SleepingTasksCanBeStopped) {
  const auto execution =
      live::start<Sleepers>(start_with(Sleepers::Params{.tasks = 1000, .delay = second}, live::Settings{}, pool_));
  execution->cancel();
  ASSERT_TRUE(wait_until_finished(*execution));
  EXPECT_EQ(execution->snapshot().outcome->verdict, Verdict::cancelled);
  expect_nobody_busy();
}

}  // namespace
}  // namespace interleave::test
