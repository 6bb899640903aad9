#include "sim/machine.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "sim/run.h"
#include "sim/simulation.h"

namespace interleave::test {
namespace {

using rt::Task;
using sim::Machine;
using sim::PolicyKind;
using sim::Settings;

Settings with(PolicyKind policy) {
  Settings out;
  out.policy = policy;
  return out;
}

constexpr std::array both_policies{PolicyKind::random, PolicyKind::round_robin};

struct TwoLocks {
  explicit TwoLocks(Machine& rt)
      : count(rt, {{"count", "count"}}, 0),
        a(rt, {{"fork", "포크"}, 1}, rt::LockKind::mutex),
        b(rt, {{"fork", "포크"}, 2}, rt::LockKind::mutex) {}
  Machine::Var count;
  Machine::Lock a;
  Machine::Lock b;
};

// Threads with the given bodies, begun together, by hand.
template <class... Bodies>
Task<> start_all(Machine& rt, TwoLocks& s, Bodies... bodies) {
  std::vector<rt::Participant> started;
  (started.push_back(co_await rt.spawn({{{"thread", "스레드"}, static_cast<int>(started.size()) + 1}}, bodies, s)),
   ...);
  for (const rt::Participant one : started) co_await rt.join(one);
}

// An untimed machine that a test steps by hand.
struct ByHand {
  sim::FramePool frames;
  trace::Trace trace;
  Machine machine{Settings{}, false, &trace, frames};
  TwoLocks shared{machine};

  sim::Thread& thread(std::size_t number) { return *machine.threads()[number]; }
  bool may(std::size_t number) { return machine.may_step(thread(number)); }
  void step(std::size_t number) { machine.step(thread(number)); }
  trace::Kind pending(std::size_t number) { return machine.pending(thread(number)).kind; }
};

constexpr auto take_a = [](Machine& rt, TwoLocks& s) -> Task<> {
  auto held = co_await rt.acquire(s.a);
  co_await rt.fetch_add(s.count, 1);
};

TEST(Untimed, AThreadThatWantsAHeldLockMayNotBeChosen) {
  ByHand run;
  run.machine.begin(start_all(run.machine, run.shared, take_a, take_a));
  EXPECT_TRUE(run.may(1));
  EXPECT_TRUE(run.may(2));
  EXPECT_FALSE(run.may(0)) << "it joins";
  run.step(1);
  EXPECT_TRUE(run.may(1));
  EXPECT_FALSE(run.may(2));
  run.step(1);
  EXPECT_EQ(run.pending(1), trace::Kind::release);
  EXPECT_FALSE(run.may(2)) << "the release is a step of its own";
  run.step(1);
  EXPECT_TRUE(run.thread(1).over);
  EXPECT_TRUE(run.may(2));
  while (!run.machine.enabled().empty()) run.step(2);
  EXPECT_TRUE(run.machine.over());
  EXPECT_EQ(run.shared.count.peek(), 2);
}

TEST(Untimed, ATryAndATimedWaitMayAlwaysBeChosen) {
  ByHand run;
  run.machine.begin(start_all(
      run.machine, run.shared, take_a,
      [](Machine& rt, TwoLocks& s) -> Task<> {
        auto held = co_await rt.try_acquire(s.a);
        co_await rt.store(s.count, held ? 10 : 20);
      },
      [](Machine& rt, TwoLocks& s) -> Task<> {
        auto held = co_await rt.acquire_for(s.a, millisecond);
        co_await rt.fetch_add(s.count, held ? 100 : 200);
      }));
  run.step(1);
  EXPECT_TRUE(run.may(2));
  EXPECT_TRUE(run.may(3));
  run.step(2);
  run.step(2);
  run.step(3);
  run.step(3);
  EXPECT_EQ(run.shared.count.peek(), 220);
  EXPECT_GE(run.machine.now(), millisecond) << "it waited for its time";
  run.step(1);
  run.step(1);
  EXPECT_TRUE(run.machine.over());
}

TEST(Untimed, DestroyedInTheMiddleItLeaksNothing) {
  for (int steps = 0; steps < 8; ++steps) {
    ByHand run;
    run.machine.begin(start_all(run.machine, run.shared, take_a, take_a));
    for (int step = 0; step < steps && !run.machine.enabled().empty(); ++step) {
      run.machine.step(*run.machine.enabled().front());
    }
  }
}

constexpr auto a_then_b = [](Machine& rt, TwoLocks& s) -> Task<> {
  auto first = co_await rt.acquire(s.a);
  co_await rt.sleep(10 * microsecond);
  auto second = co_await rt.acquire(s.b);
};
constexpr auto b_then_a = [](Machine& rt, TwoLocks& s) -> Task<> {
  auto first = co_await rt.acquire(s.b);
  co_await rt.sleep(10 * microsecond);
  auto second = co_await rt.acquire(s.a);
};
constexpr auto deadlock = [](Machine& rt, TwoLocks& s) { return start_all(rt, s, a_then_b, b_then_a); };

TEST(Hangs, ADeadlockIsFoundWithItsCycle) {
  const RunResult result = run<TwoLocks>(with(PolicyKind::round_robin), deadlock);
  EXPECT_FALSE(result.over);
  ASSERT_TRUE(result.hung);
  const Outcome outcome = rt::hang_outcome(result.waits, *result.trace);
  EXPECT_EQ(outcome.verdict, Verdict::hang);
  ASSERT_EQ(outcome.cycle.size(), 2U);
  EXPECT_EQ(outcome.cycle[0].en, "thread 1 waits for fork 2, which thread 2 holds.");
  EXPECT_EQ(outcome.cycle[1].en, "thread 2 waits for fork 1, which thread 1 holds.");
}

TEST(Hangs, OfARandomRunAreFoundAndReplayed) {
  Settings settings = with(PolicyKind::random);
  for (settings.seed = 1; settings.seed < 100; ++settings.seed) {
    const RunResult result = run<TwoLocks>(settings, deadlock);
    ASSERT_NE(result.over, result.hung);
    if (!result.hung) continue;
    EXPECT_TRUE(result.schedule.whole);
    const RunResult again = replay<TwoLocks>(settings, result.schedule, deadlock);
    EXPECT_TRUE(again.hung);
    EXPECT_EQ(again.hash, result.hash);
    return;
  }
  FAIL() << "no seed up to 100 deadlocked";
}

TEST(Hangs, TakingALockTwiceIsOne) {
  const auto twice = [](Machine& rt, TwoLocks& s) -> Task<> {
    auto first = co_await rt.acquire(s.a);
    auto second = co_await rt.acquire(s.a);
  };
  for (const PolicyKind policy : both_policies) {
    const RunResult result = run<TwoLocks>(with(policy), twice);
    EXPECT_TRUE(result.hung);
    ASSERT_EQ(result.waits.size(), 1U);
    EXPECT_EQ(result.waits[0].holder, result.waits[0].who);
  }
}

TEST(Timed, ALockThatIsHeldTooLongIsGivenUp) {
  const auto hold = [](Machine& rt, TwoLocks& s) -> Task<> {
    auto held = co_await rt.acquire(s.a);
    co_await rt.sleep(10 * millisecond);
  };
  const auto impatient = [](Machine& rt, TwoLocks& s) -> Task<> {
    co_await rt.sleep(millisecond);
    auto held = co_await rt.acquire_for(s.a, 2 * millisecond);
    co_await rt.store(s.count, held ? 1 : 2);
  };
  const auto patient = [](Machine& rt, TwoLocks& s) -> Task<> {
    co_await rt.sleep(millisecond);
    auto held = co_await rt.acquire_for(s.a, second);
    co_await rt.store(s.count, held ? 1 : 2);
  };
  const auto last_value = [](const RunResult& result) {
    std::int32_t value = 0;
    const auto& events = result.trace->streams()[0]->events();
    for (std::size_t at = 0; at < events.size(); ++at) {
      if (events[at].kind == trace::Kind::store) value = trace::written(events[at].value);
    }
    return value;
  };
  for (const std::int64_t cores : {1, 4}) {
    Settings settings = with(PolicyKind::round_robin);
    settings.cores = cores;
    const RunResult gave_up =
        run<TwoLocks>(settings, [=](Machine& rt, TwoLocks& s) { return start_all(rt, s, hold, impatient); });
    EXPECT_TRUE(gave_up.over);
    EXPECT_EQ(last_value(gave_up), 2) << cores;
    const RunResult waited =
        run<TwoLocks>(settings, [=](Machine& rt, TwoLocks& s) { return start_all(rt, s, hold, patient); });
    EXPECT_EQ(last_value(waited), 1) << cores;
    EXPECT_LT(waited.elapsed, 11 * millisecond) << cores;
  }
}

struct Nothing {
  explicit Nothing(Machine&) {}
};

Task<> sleepers(Machine& rt, Nothing& shared, int count) {
  std::vector<rt::Participant> started;
  for (int at = 0; at < count; ++at) {
    const auto body = [](Machine& own, Nothing&) -> Task<> { co_await own.sleep(100 * millisecond); };
    started.push_back(co_await rt.spawn({{{"task", "태스크"}, at + 1}, rt::Vehicle::task}, body, shared));
  }
  for (const rt::Participant one : started) co_await rt.join(one);
}

TEST(Sleeping, TenThousandTasksSleepTogether) {
  constexpr int count = 10'000;
  for (const PolicyKind policy : both_policies) {
    const Settings settings = with(policy);
    const RunResult result = run<Nothing>(settings, sleepers, count);
    ASSERT_TRUE(result.over);
    const Nanoseconds overhead = count * (settings.cost_spawn + settings.cost_switch + settings.cost_wake);
    EXPECT_GE(result.elapsed, 100 * millisecond);
    EXPECT_LE(result.elapsed, 100 * millisecond + overhead);
    EXPECT_EQ(result.trace->threads().size(), std::size_t{count} + 1);
  }
}

Task<int> depth(Machine& rt, Machine::Var& var, int levels) {
  if (levels == 0) co_return co_await rt.fetch_add(var, 1);
  const int below = co_await depth(rt, var, levels - 1);
  co_return below + 1;
}

TEST(NestedTasks, CallAndReturnWithoutSteps) {
  ByHand run;
  run.machine.begin(start_all(run.machine, run.shared, [](Machine& rt, TwoLocks& s) -> Task<> {
    const int levels = co_await depth(rt, s.count, 1000);
    rt.check(levels == 1000, {"a thousand calls", "천 번의 호출"});
  }));
  run.step(1);
  EXPECT_TRUE(run.machine.over());
  EXPECT_EQ(run.machine.steps(), 1U);
  EXPECT_EQ(run.machine.failed_checks(), 0);
}

Task<> fails_below(Machine& rt, TwoLocks& s) {
  auto held = co_await rt.acquire(s.a);
  throw std::runtime_error("below");
}

TEST(Exceptions, AreCaughtInTheirOwnBody) {
  for (const PolicyKind policy : both_policies) {
    const RunResult result = run<TwoLocks>(with(policy), [](Machine& rt, TwoLocks& s) -> Task<> {
      bool caught = false;
      try {
        co_await fails_below(rt, s);
      } catch (const std::runtime_error&) {
        caught = true;
      }
      rt.check(caught, {"caught", "잡혔다"});
      auto again = co_await rt.acquire(s.a);  // the guard of the failed call has released it
    });
    EXPECT_TRUE(result.over);
    EXPECT_FALSE(result.hung);
  }
}

TEST(Exceptions, LeaveTheMachineInOrder) {
  ByHand run;
  run.machine.begin(start_all(run.machine, run.shared, take_a, [](Machine& rt, TwoLocks& s) -> Task<> {
    auto held = co_await rt.acquire(s.b);
    throw std::runtime_error("from a body");
  }));
  run.step(1);
  EXPECT_THROW(
      {
        run.step(2);
        run.step(2);
      },
      std::runtime_error);
  run.step(1);
  run.step(1);
}

TEST(Checks, AreCounted) {
  ByHand run;
  run.machine.begin(start_all(run.machine, run.shared, [](Machine& rt, TwoLocks& s) -> Task<> {
    const auto value = co_await rt.load(s.count);
    rt.check(value == 0, {"zero", "영"});
    rt.check(value == 1, {"one", "일"});
  }));
  run.step(1);
  EXPECT_EQ(run.machine.failed_checks(), 1);
}

// Two that are spawned one after another begin together, at the spawner's next operation.
TEST(StartLine, HoldsThoseSpawnedOneAfterAnother) {
  const RunResult result = run<TwoLocks>(
      with(PolicyKind::round_robin), [](Machine& rt, TwoLocks& s) { return start_all(rt, s, take_a, take_a, take_a); });
  std::vector<Nanoseconds> starts;
  const auto& events = result.trace->streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) {
    if (events[at].kind == trace::Kind::started && events[at].thread.value > 0) starts.push_back(events[at].time);
  }
  EXPECT_EQ(starts, std::vector<Nanoseconds>(3, 3 * Settings{}.cost_spawn));
}

// With as many cores as threads, work done at the same time takes the time of one.
TEST(Cores, OverlapComputations) {
  const auto compute = [](Machine& rt, TwoLocks&) -> Task<> {
    co_await rt.compute(1000, microsecond, rt::Safepoint::back_edge, [](std::int64_t, std::int64_t) {});
  };
  for (const std::int64_t cores : {1, 2}) {
    Settings settings = with(PolicyKind::round_robin);
    settings.cores = cores;
    settings.slice = second;
    const RunResult result =
        run<TwoLocks>(settings, [=](Machine& rt, TwoLocks& s) { return start_all(rt, s, compute, compute); });
    const Nanoseconds work = (cores == 1 ? 2 : 1) * 1000 * microsecond;
    EXPECT_GE(result.elapsed, work);
    EXPECT_LE(result.elapsed, work + 50 * microsecond);
  }
}

}  // namespace
}  // namespace interleave::test
