// Tasks of one event loop, explored: fewer interleavings than threads have, and still every one that matters.
#include <gtest/gtest.h>

#include "explore/brute_force.h"
#include "explore/explore.h"

namespace interleave::test {
namespace {

using explore::Findings;
using explore::Shared;
using rt::Task;
using rt::Vehicle;
using sim::Machine;

using Body = Task<> (*)(Machine&, Shared&);

// Tasks, and threads beside their loop, that are joined at the end.
class OnALoop final : public explore::Subject {
 public:
  OnALoop(std::vector<Body> tasks, std::vector<Body> threads)
      : tasks_(std::move(tasks)), threads_(std::move(threads)) {}
  void begin(Machine& machine) override {
    shared_.emplace(machine);
    machine.begin(main(machine, *shared_, tasks_, threads_));
  }
  explore::Observation observe() override { return {shared_->x.peek(), true}; }
  Outcome judge(const rt::RunFacts&) override { return {}; }

 private:
  static Task<> main(Machine& rt, Shared& shared, const std::vector<Body>& tasks, const std::vector<Body>& threads) {
    std::vector<rt::Participant> all;
    const auto run = [](Machine& own, Shared& s, Body body) { return body(own, s); };
    for (const Body body : tasks) {
      all.push_back(co_await rt.spawn({{{"task", "태스크"}}, Vehicle::task}, run, shared, body));
    }
    for (const Body body : threads) {
      all.push_back(co_await rt.spawn({{{"thread", "스레드"}}, Vehicle::thread}, run, shared, body));
    }
    for (const rt::Participant one : all) co_await rt.join(one);
  }

  std::vector<Body> tasks_;
  std::vector<Body> threads_;
  std::optional<Shared> shared_;
};

Findings agree(std::vector<Body> tasks, std::vector<Body> threads, const char* what) {
  OnALoop subject(std::move(tasks), std::move(threads));
  const Findings found = explore::explore(subject);
  const BruteForce all = run_every_schedule(subject, 300'000);
  EXPECT_FALSE(all.gave_up) << what;
  EXPECT_TRUE(found.exhausted) << what;
  EXPECT_EQ(found.blocked, 0U) << what;
  EXPECT_EQ(found.executions, all.classes.size()) << what;
  EXPECT_EQ(found.hangs, all.hanging_classes.size()) << what;
  EXPECT_EQ(found.outcomes.size(), all.outcomes.size()) << what;
  for (const auto& [figure, classes] : all.outcomes) {
    const auto same = found.outcomes.find(figure);
    const std::uint64_t executions = same == found.outcomes.end() ? 0 : same->second.executions;
    EXPECT_EQ(executions, classes.size()) << what << ' ' << figure;
  }
  return found;
}

Task<> increment(Machine& rt, Shared& s) {
  const auto value = co_await rt.load(s.x);
  co_await rt.store(s.x, value + 1);
}
Task<> torn_increment(Machine& rt, Shared& s) {
  const auto value = co_await rt.load(s.x);
  co_await rt.sleep(1);
  co_await rt.store(s.x, value + 1);
}
Task<> locked_increment(Machine& rt, Shared& s) {
  auto held = co_await rt.acquire(s.a);
  co_await torn_increment(rt, s);
}
Task<> sleepy_increment(Machine& rt, Shared& s) {
  co_await rt.sleep(1);
  const auto value = co_await rt.load(s.x);
  co_await rt.store(s.x, value + 1);
}
Task<> a_then_b(Machine& rt, Shared& s) {
  auto first = co_await rt.acquire(s.a);
  co_await rt.sleep(1);
  auto second = co_await rt.acquire(s.b);
}
Task<> b_then_a(Machine& rt, Shared& s) {
  auto first = co_await rt.acquire(s.b);
  co_await rt.sleep(1);
  auto second = co_await rt.acquire(s.a);
}
Task<> impatient(Machine& rt, Shared& s) {
  auto held = co_await rt.acquire_for(s.a, 1);
  if (held) co_await increment(rt, s);
}
Task<> increment_locked(Machine& rt, Shared& s) {
  auto held = co_await rt.acquire(s.a);
  co_await increment(rt, s);
}
Task<> tries(Machine& rt, Shared& s) {
  auto held = co_await rt.try_acquire(s.a);
  if (held) co_await rt.store(s.y, 1);
}

// They begin in order and nothing makes them stop: there is one way.
TEST(ExploredLoop, TasksThatNeverWaitHaveOneOrder) {
  const Findings found = agree({increment, increment, increment}, {}, "increments");
  EXPECT_EQ(found.executions, 1U);
  EXPECT_TRUE(found.outcomes.contains(3));
}

TEST(ExploredLoop, AWaitLetsOthersIn) {
  const Findings found = agree({torn_increment, torn_increment}, {}, "torn");
  // They wake in one order or the other, and the first one's end lets the outermost body go on before the second.
  EXPECT_EQ(found.executions, 3U);
  EXPECT_TRUE(found.outcomes.contains(1) && !found.outcomes.contains(2));
}

// Which of them is first is known to the outermost body too: it waits for the first and has a turn of its own then.
TEST(ExploredLoop, ThreeThatSleepWakeInEveryOrder) {
  const Findings found = agree({sleepy_increment, sleepy_increment, sleepy_increment}, {}, "sleepers");
  EXPECT_EQ(found.executions, 13U);
}

TEST(ExploredLoop, ThreadsBesideItRaceWithIt) {
  const Findings found = agree({increment, increment}, {increment}, "a thread beside");
  EXPECT_TRUE(found.outcomes.contains(2));
  EXPECT_TRUE(found.outcomes.contains(3));
  agree({torn_increment, increment}, {increment}, "a thread beside tasks that wait");
  agree({sleepy_increment, sleepy_increment}, {increment, increment}, "two threads beside");
}

TEST(ExploredLoop, LocksPassInOrder) {
  const Findings found = agree({locked_increment, locked_increment, locked_increment}, {}, "locked");
  EXPECT_EQ(found.executions, 1U);
  EXPECT_TRUE(found.outcomes.contains(3));
}

TEST(ExploredLoop, LocksAreSharedWithThreadsBesideIt) {
  agree({locked_increment}, {locked_increment}, "a lock with a thread");
  agree({locked_increment, sleepy_increment}, {locked_increment}, "a lock with a thread, another sleeps");
  // The second task gets the lock from the first without a step of its own, and still could have come first.
  agree({locked_increment, locked_increment}, {locked_increment}, "a lock of two tasks with a thread");
  agree({locked_increment, increment_locked, locked_increment}, {locked_increment}, "of three");
}

// Whether it gives up before the lock is passed on to it is not tried both ways, so nothing is proved.
TEST(ExploredLoop, ATaskThatMightGiveUpLeavesTheSearchUnsure) {
  OnALoop subject({locked_increment, impatient}, {});
  const Findings found = explore::explore(subject);
  EXPECT_GT(found.unsure, 0U);
  EXPECT_FALSE(found.exhausted);
  EXPECT_FALSE(found.proved());
  // Where nobody waits for it, there is nothing to be unsure of.
  EXPECT_TRUE(agree({impatient}, {}, "alone").exhausted);
}

TEST(ExploredLoop, DeadlocksAreFound) {
  const Findings found = agree({a_then_b, b_then_a}, {}, "opposite orders");
  EXPECT_GT(found.hangs, 0U);
  agree({a_then_b}, {b_then_a}, "opposite orders, one a thread");
}

// Passing a lock on is nothing to a thread that only tries it, so that brute force, which counts it, may find more
// classes; the outcomes are the same.
TEST(ExploredLoop, ATryFindsTheLockTakenWhileItPasses) {
  OnALoop subject({locked_increment, locked_increment}, {tries});
  const Findings found = explore::explore(subject);
  const BruteForce all = run_every_schedule(subject, 300'000);
  EXPECT_TRUE(found.exhausted);
  EXPECT_EQ(found.blocked, 0U);
  EXPECT_EQ(found.outcomes.size(), all.outcomes.size());
  EXPECT_LE(found.executions, all.classes.size());
}

}  // namespace
}  // namespace interleave::test
