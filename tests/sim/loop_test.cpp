// Tasks in virtual time: they share one thread, and switch where they wait and nowhere else.
#include <gtest/gtest.h>

#include "sim/run.h"

namespace interleave::test {
namespace {

using rt::Task;
using rt::Vehicle;
using sim::Machine;
using sim::PolicyKind;
using sim::Settings;

constexpr PolicyKind policies[] = {PolicyKind::random, PolicyKind::round_robin};

struct Shared {
  explicit Shared(Machine& rt)
      : count(rt, {{"count", "count"}}, 0),
        mutex(rt, {{"mutex", "뮤텍스"}}, rt::LockKind::mutex),
        spin(rt, {{"spin", "스핀락"}}, rt::LockKind::spin),
        changed(rt, {{"changed", "바뀜"}}, mutex) {}
  Machine::Var count;
  Machine::Lock mutex;
  Machine::Lock spin;
  Machine::Condition changed;
  std::vector<int> order;
};

Settings with(PolicyKind policy, std::int64_t seed = 1, Nanoseconds slice = 5 * millisecond) {
  Settings out;
  out.policy = policy;
  out.seed = seed;
  out.slice = slice;
  out.cores = 4;
  return out;
}

using Body = Task<> (*)(Machine&, Shared&, int);

Task<> start_all(Machine& rt, Shared& s, Body body, int tasks, int threads) {
  std::vector<rt::Participant> all;
  for (int at = 0; at < tasks + threads; ++at) {
    const rt::SpawnOptions options{{{"task", "태스크"}, at + 1}, at < tasks ? Vehicle::task : Vehicle::thread};
    const auto run = [](Machine& own, Shared& shared, Body b, int number) { return b(own, shared, number); };
    all.push_back(co_await rt.spawn(options, run, s, body, at));
  }
  for (const rt::Participant one : all) co_await rt.join(one);
}

// Runs it with each policy and a handful of seeds.
template <class Look>
void for_each_run(Body body, int tasks, Look look, int threads = 0, const rt::Interpreting& interpreting = {}) {
  for (const PolicyKind policy : policies) {
    for (const std::int64_t seed : {1, 2, 3, 4, 5, 6, 7, 8}) {
      const Settings settings = with(policy, seed, 20);
      trace::Trace trace;
      sim::FramePool frames;
      Machine machine(settings, policy == PolicyKind::round_robin, &trace, frames);
      machine.interpret(interpreting);
      Shared shared(machine);
      machine.begin(start_all(machine, shared, body, tasks, threads));
      if (policy == PolicyKind::round_robin) {
        sim::RoundRobinPolicy round_robin;
        machine.run(round_robin, no_limit);
      } else {
        sim::RandomPolicy random(static_cast<std::uint64_t>(seed));
        machine.run(random, no_limit);
      }
      ASSERT_TRUE(machine.over()) << "seed " << seed;
      look(shared, machine, trace);
    }
  }
}

Task<> increment(Machine& rt, Shared& s, int) {
  for (int round = 0; round < 20; ++round) {
    const auto value = co_await rt.load(s.count);
    co_await rt.store(s.count, value + 1);
  }
}

TEST(EventLoop, LosesNoUpdateBetweenWaits) {
  for_each_run(increment, 5, [](Shared& s, Machine&, trace::Trace&) { EXPECT_EQ(s.count.peek(), 100); });
}

TEST(EventLoop, LosesUpdatesAcrossAWait) {
  int lost = 0;
  for_each_run(
      [](Machine& rt, Shared& s, int) -> Task<> {
        const auto value = co_await rt.load(s.count);
        co_await rt.sleep(microsecond);
        co_await rt.store(s.count, value + 1);
      },
      5, [&](Shared& s, Machine&, trace::Trace&) { lost += s.count.peek() < 5 ? 1 : 0; });
  EXPECT_GT(lost, 0);
}

// A thread beside the loop runs whenever it likes.
TEST(EventLoop, ThreadsBesideItRunInBetween) {
  int lost = 0;
  for_each_run(increment, 2, [&](Shared& s, Machine&, trace::Trace&) { lost += s.count.peek() < 60 ? 1 : 0; }, 1);
  EXPECT_GT(lost, 0);
}

// Tasks never overlap in virtual time, whatever the cores.
TEST(EventLoop, RunsOneTaskAtATime) {
  for_each_run(
      [](Machine& rt, Shared& s, int number) -> Task<> {
        for (int round = 0; round < 3; ++round) {
          co_await rt.compute(10, 100, rt::Safepoint::back_edge, [](std::int64_t, std::int64_t) {});
          co_await rt.sleep(200 * (number + 1));
          auto held = co_await rt.acquire(s.mutex);
          co_await rt.sleep(100);
        }
      },
      4,
      [](Shared&, Machine&, trace::Trace& trace) {
        Nanoseconds busy_until = 0;
        ThreadId last;
        const auto& events = trace.streams()[0]->events();
        for (std::size_t at = 0; at < events.size(); ++at) {
          if (events[at].state != trace::State::running || events[at].cost == 0) continue;
          if (events[at].thread != last) {
            EXPECT_GE(events[at].time, busy_until);
          }
          last = events[at].thread;
          busy_until = events[at].time + static_cast<Nanoseconds>(events[at].cost);
        }
      });
}

TEST(EventLoop, BeginsTasksInTheOrderOfTheirSpawning) {
  for_each_run(
      [](Machine& rt, Shared& s, int number) -> Task<> {
        s.order.push_back(number);
        co_await rt.sleep(microsecond);
      },
      6, [](Shared& s, Machine&, trace::Trace&) { EXPECT_EQ(s.order, (std::vector<int>{0, 1, 2, 3, 4, 5})); });
}

// A lock goes to whoever has waited longest, and nobody comes in between. A spin lock is no different here.
template <Machine::Lock Shared::* lock>
Task<> in_turn(Machine& rt, Shared& s, int number) {
  for (int round = 0; round < 2; ++round) {
    auto held = co_await rt.acquire(s.*lock);
    s.order.push_back(number);
    co_await rt.sleep(microsecond);
  }
}

TEST(EventLoop, ALockPassesInOrder) {
  for (const Body body : {Body{in_turn<&Shared::mutex>}, Body{in_turn<&Shared::spin>}}) {
    for (const auto interpreter : {rt::Interpreter::none, rt::Interpreter::cpython310}) {
      for_each_run(body, 3,
                   [](Shared& s, Machine&, trace::Trace&) { EXPECT_EQ(s.order, (std::vector<int>{0, 1, 2, 0, 1, 2})); },
                   0, {interpreter});
    }
  }
}

TEST(EventLoop, GivesUpAWaitForALock) {
  for_each_run(
      [](Machine& rt, Shared& s, int number) -> Task<> {
        if (number == 0) {
          auto held = co_await rt.acquire(s.mutex);
          co_await rt.sleep(millisecond);
        } else {
          auto in_time = co_await rt.acquire_for(s.mutex, microsecond);
          co_await rt.fetch_add(s.count, in_time ? 100 : 1);
        }
      },
      2, [](Shared& s, Machine& machine, trace::Trace&) { EXPECT_TRUE(!machine.timed() || s.count.peek() == 1); });
}

TEST(EventLoop, NotifiesInOrder) {
  for_each_run(
      [](Machine& rt, Shared& s, int number) -> Task<> {
        auto held = co_await rt.acquire(s.mutex);
        while (s.count.value == 0 && number < 3) co_await rt.wait(s.changed);
        s.order.push_back(number);
        if (number < 3) co_return;
        co_await rt.store(s.count, 1);
        co_await rt.notify_all(s.changed);
      },
      4, [](Shared& s, Machine&, trace::Trace&) { EXPECT_EQ(s.order, (std::vector<int>{3, 0, 1, 2})); });
}

// The loop's thread has the interpreter lock, not each of its tasks; a thread beside it has to wait for it.
TEST(EventLoop, HasTheInterpreterLockAsOneThread) {
  for_each_run(increment, 3,
               [](Shared& s, Machine&, trace::Trace& trace) {
                 EXPECT_EQ(s.count.peek(), 80);
                 const auto& events = trace.streams()[0]->events();
                 for (std::size_t at = 0; at < events.size(); ++at) {
                   if (events[at].kind != trace::Kind::gil_take) continue;
                   EXPECT_TRUE(events[at].thread.value == 0 || events[at].thread.value == 4) << events[at].thread.value;
                 }
               },
               1, {rt::Interpreter::cpython310});
}

Nanoseconds elapsed_of(Body body, int tasks) {
  return run<Shared>(with(PolicyKind::round_robin), start_all, body, tasks, 0).elapsed;
}

// n are started one after the other, and the last begins when those before it have gone to sleep.
TEST(EventLoop, WaitsForAllAtOnce) {
  const Nanoseconds took =
      elapsed_of([](Machine& rt, Shared&, int) -> Task<> { co_await rt.sleep(100 * millisecond); }, 10'000);
  EXPECT_GE(took, 100 * millisecond);
  EXPECT_LE(took, 100 * millisecond + 10'000 * 3 * Settings{}.cost_task);
}

// Whoever computes keeps everybody waiting: four cores do not help.
TEST(EventLoop, AComputationHoldsAllOthersUp) {
  const Body computes = [](Machine& rt, Shared&, int) -> Task<> {
    co_await rt.compute(1000, microsecond, rt::Safepoint::back_edge, [](std::int64_t, std::int64_t) {});
  };
  const Nanoseconds took = elapsed_of(computes, 4);
  EXPECT_GE(took, 4 * millisecond);
  EXPECT_LE(took, 4 * millisecond + 10 * microsecond);
}

TEST(EventLoop, AReplayDoesTheSame) {
  for (const PolicyKind policy : policies) {
    const Body body = in_turn<&Shared::mutex>;
    const Settings settings = with(policy, 3);
    const RunResult first = run<Shared>(settings, start_all, body, 4, 2);
    ASSERT_TRUE(first.over);
    const RunResult again = replay<Shared>(settings, first.schedule, start_all, body, 4, 2);
    EXPECT_TRUE(again.problem.empty()) << again.problem.en;
    EXPECT_EQ(again.hash, first.hash);
  }
}

}  // namespace
}  // namespace interleave::test
