// The table and the bank: what deadlocks and what cannot, checked on the trace and not by the workload's own word.
#include "workloads/deadlock.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "engines/built.h"
#include "explore/start.h"
#include "live/start.h"
#include "sim/start.h"
#include "support/pool.h"
#include "support/running.h"

namespace interleave::test {
namespace {

using workloads::Deadlock;
using Order = Deadlock::Order;
using Scene = Deadlock::Scene;
using trace::Kind;

constexpr std::array every_order{Order::naive, Order::ordered, Order::attempt, Order::waiter};
constexpr std::array every_scene{Scene::philosophers, Scene::accounts};

// What the simulator's defaults are, but shorter.
Deadlock::Params simulated(Scene scene, Order order, int threads = 5, int meals = 4) {
  Deadlock::Params out;
  out.scene = scene;
  out.order = order;
  out.threads = threads;
  out.meals = meals;
  out.tries = 100;
  return out;
}

Deadlock::Params explored(Scene scene, Order order, int threads = 2) {
  Deadlock::Params out = simulated(scene, order, threads, 1);
  out.think = out.reach = out.eat = out.back_off = 0;
  out.tries = 2;
  return out;
}

trace::Snapshot simulate(const Deadlock::Params& params, const sim::Settings& settings) {
  const auto run = sim::start<Deadlock>(start_with(params, settings));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

trace::Snapshot simulate(const Deadlock::Params& params, std::int64_t seed,
                         sim::PolicyKind policy = sim::PolicyKind::random) {
  sim::Settings settings;
  settings.seed = seed;
  settings.policy = policy;
  return simulate(params, settings);
}

trace::Snapshot live(const Deadlock::Params& params) {
  const auto run = live::start<Deadlock>(start_with(params, live::Settings{}, shared_pool()));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

trace::Snapshot explore(const Deadlock::Params& params) {
  const auto run = explore::start<Deadlock>(start_with(params, explore::Settings{}));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

// What a simulated trace says happened, kept apart from the workload's judgement.
struct Witness {
  std::map<std::uint32_t, std::uint32_t> holder;    // of locks held at the end
  std::map<std::uint32_t, std::int32_t> variables;  // by object, those that were written
  std::int64_t failed_tries = 0;
  int held_twice = 0;         // takes of a lock that another held
  int used_without_both = 0;  // writes by a thread that did not hold two locks
};

void see_taken(Witness& seen, const trace::Event& event) {
  if (seen.holder.contains(event.object.value)) ++seen.held_twice;
  seen.holder[event.object.value] = event.thread.value;
}

Witness witness(const trace::Trace& trace) {
  Witness out;
  const auto& events = trace.streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) {
    const trace::Event& event = events[at];
    switch (event.kind) {
      case Kind::acquire: see_taken(out, event); break;
      case Kind::try_acquire:
        if (event.value == 1) see_taken(out, event);
        if (event.value == 0) ++out.failed_tries;
        break;
      case Kind::release:
        if (out.holder[event.object.value] != event.thread.value) ++out.held_twice;
        out.holder.erase(event.object.value);
        break;
      case Kind::store: {
        const auto held =
            std::ranges::count_if(out.holder, [&](const auto& lock) { return lock.second == event.thread.value; });
        if (held < 2) ++out.used_without_both;
        out.variables[event.object.value] = trace::written(event.value);
        break;
      }
      default: break;
    }
  }
  return out;
}

// The money in both accounts as the trace leaves it.
std::int64_t money_in(const trace::Trace& trace, const Witness& seen) {
  std::int64_t sum = 0;
  for (std::size_t at = 0; at < trace.objects().size(); ++at) {
    const trace::ObjectInfo& object = trace.objects()[at];
    if (!object.name.en.starts_with("balance")) continue;
    const auto written = seen.variables.find(static_cast<std::uint32_t>(at));
    sum += written == seen.variables.end() ? object.initial : written->second;
  }
  return sum;
}

TEST(DeadlockWorkload, NaiveOrderDeadlocksUnderSomeSeedsAndNamesTheCycle) {
  for (const Scene scene : every_scene) {
    for (const sim::PolicyKind policy : {sim::PolicyKind::random, sim::PolicyKind::round_robin}) {
      int hangs = 0;
      int ends = 0;
      for (std::int64_t seed = 1; seed <= 100; ++seed) {
        const auto snapshot = simulate(simulated(scene, Order::naive, 3, 3), seed, policy);
        const Outcome& outcome = *snapshot.outcome;
        if (outcome.verdict == Verdict::ok) {
          ++ends;
          continue;
        }
        ++hangs;
        ASSERT_EQ(outcome.verdict, Verdict::hang);
        EXPECT_EQ(outcome.headline.en, "Deadlock");
        // All of the table wait in one circle; of the tellers only the two that hold an account each.
        ASSERT_EQ(outcome.cycle.size(), scene == Scene::philosophers ? 3U : 2U);
        if (scene == Scene::philosophers) {
          EXPECT_EQ(outcome.cycle[0].en, "philosopher 1 waits for fork 2, which philosopher 2 holds.");
          EXPECT_EQ(outcome.cycle[2].en, "philosopher 3 waits for fork 1, which philosopher 1 holds.");
          EXPECT_EQ(outcome.cycle[0].ko, "철학자 1: 철학자 2가 쥔 포크 2를 기다린다.");
        }
      }
      EXPECT_GT(hangs, 0) << "scene " << static_cast<int>(scene) << ", policy " << static_cast<int>(policy);
      RecordProperty("hangs-" + std::to_string(static_cast<int>(scene)) + std::to_string(static_cast<int>(policy)),
                     hangs);
      EXPECT_EQ(hangs + ends, 100);
    }
  }
}

TEST(DeadlockWorkload, TheOtherOrdersNeverHang) {
  for (const Scene scene : every_scene) {
    for (const Order order : {Order::ordered, Order::waiter, Order::attempt}) {
      for (std::int64_t seed = 1; seed <= 200; ++seed) {
        const auto policy = seed % 2 == 0 ? sim::PolicyKind::random : sim::PolicyKind::round_robin;
        const auto snapshot = simulate(simulated(scene, order, 4, 3), seed, policy);
        const Outcome& outcome = *snapshot.outcome;
        ASSERT_EQ(outcome.verdict, Verdict::ok) << "seed " << seed << ": " << outcome.headline.en;
        EXPECT_EQ(figure(outcome, "meals"), 12);
        EXPECT_EQ(figure(outcome, "hungriest"), 3);
        EXPECT_EQ(figure(outcome, "luckiest"), 3);
      }
    }
  }
}

// Forks never held twice, nothing done without both, failed tries counted, money kept: all read off the trace.
TEST(DeadlockWorkload, TheTraceShowsThatNothingIsHeldTwiceAndNoMoneyIsLost) {
  for (const Scene scene : every_scene) {
    for (const Order order : every_order) {
      for (std::int64_t seed = 1; seed <= 50; ++seed) {
        const auto policy = seed % 2 == 0 ? sim::PolicyKind::random : sim::PolicyKind::round_robin;
        const auto snapshot = simulate(simulated(scene, order), seed, policy);
        const Witness seen = witness(*snapshot.trace);
        EXPECT_EQ(seen.held_twice, 0);
        EXPECT_EQ(seen.used_without_both, 0);
        if (snapshot.outcome->verdict == Verdict::hang) {
          EXPECT_EQ(order, Order::naive);
          EXPECT_FALSE(seen.holder.empty());
          continue;
        }
        EXPECT_TRUE(seen.holder.empty()) << "a lock was kept";
        EXPECT_EQ(figure(*snapshot.outcome, "failed-tries"), static_cast<double>(seen.failed_tries));
        if (scene != Scene::accounts) continue;
        EXPECT_EQ(money_in(*snapshot.trace, seen), 2000);
        EXPECT_EQ(figure(*snapshot.outcome, "money-after"), 2000);
      }
    }
  }
}

// The preset: two cores that change threads for nothing, so that both philosophers do the same at the same instants.
TEST(DeadlockWorkload, TwoThatMakeWayInStepNeverEat) {
  Deadlock::Params params = simulated(Scene::philosophers, Order::attempt, 2, 2);
  params.jitter = false;
  sim::Settings settings;
  settings.policy = sim::PolicyKind::round_robin;
  settings.cost_switch = 0;
  const auto lockstep = simulate(params, settings);
  EXPECT_EQ(lockstep.outcome->verdict, Verdict::failure);
  EXPECT_EQ(lockstep.outcome->headline.en, "4 meals were missed");
  EXPECT_EQ(figure(*lockstep.outcome, "meals"), 0);
  EXPECT_EQ(figure(*lockstep.outcome, "missed"), 4);
  EXPECT_EQ(figure(*lockstep.outcome, "failed-tries"), 400);
  params.jitter = true;
  EXPECT_EQ(simulate(params, settings).outcome->verdict, Verdict::ok);
}

TEST(DeadlockWorkload, LiveNaiveOrderIsFoundAsAHangWithItsCycle) {
  Deadlock::Params params;
  params.meals = 1'000'000;
  const auto snapshot = live(params);
  ASSERT_TRUE(snapshot.outcome.has_value());
  EXPECT_EQ(snapshot.outcome->verdict, Verdict::hang);
  EXPECT_EQ(snapshot.outcome->cycle.size(), 5U);
}

TEST(DeadlockWorkload, LiveTransfersDeadlockToo) {
  Deadlock::Params params;
  params.scene = Scene::accounts;
  params.meals = 1'000'000;
  params.threads = 4;
  const auto snapshot = live(params);
  ASSERT_TRUE(snapshot.outcome.has_value());
  EXPECT_EQ(snapshot.outcome->verdict, Verdict::hang);
  EXPECT_EQ(snapshot.outcome->cycle.size(), 2U);
}

TEST(DeadlockWorkload, LiveTheOtherOrdersEnd) {
  for (const Scene scene : every_scene) {
    for (const Order order : {Order::ordered, Order::attempt, Order::waiter}) {
      Deadlock::Params params;
      params.scene = scene;
      params.order = order;
      params.meals = 50;
      const auto snapshot = live(params);
      ASSERT_TRUE(snapshot.outcome.has_value());
      EXPECT_EQ(snapshot.outcome->verdict, Verdict::ok) << snapshot.outcome->headline.en;
      EXPECT_EQ(figure(*snapshot.outcome, "meals"), 250);
      if (scene == Scene::accounts) {
        EXPECT_EQ(figure(*snapshot.outcome, "money-after"), 2000);
      }
    }
  }
}

struct Counts {
  std::uint64_t executions;
  std::uint64_t hangs;
  std::uint64_t failures;
};

void expect_explored(const Deadlock::Params& params, const Counts& counts) {
  const auto snapshot = explore(params);
  ASSERT_TRUE(snapshot.exploration.has_value());
  EXPECT_TRUE(snapshot.exploration->exhausted);
  EXPECT_EQ(snapshot.exploration->executions, counts.executions);
  EXPECT_EQ(snapshot.exploration->hangs, counts.hangs);
  EXPECT_EQ(snapshot.exploration->failures, counts.failures);
}

// Written down: who takes each lock first decides an execution, so two philosophers have one that hangs and two that
// do not.
TEST(DeadlockWorkload, ExploringFindsTheHangsAndProvesTheOrders) {
  for (const Scene scene : every_scene) {
    SCOPED_TRACE(static_cast<int>(scene));
    expect_explored(explored(scene, Order::naive), {3, 1, 1});
    expect_explored(explored(scene, Order::ordered), {2, 0, 0});
    expect_explored(explored(scene, Order::waiter), {2, 0, 0});
  }
}

TEST(DeadlockWorkload, ExploringTellsTheShortestDeadlock) {
  const auto snapshot = explore(explored(Scene::philosophers, Order::naive));
  EXPECT_EQ(snapshot.exploration->schedule, "AB.");
  ASSERT_EQ(snapshot.exploration->story.size(), 4U);
  EXPECT_EQ(snapshot.exploration->story[0].words.en, "philosopher 1 takes fork 1");
  EXPECT_EQ(snapshot.exploration->story[1].words.en, "philosopher 2 takes fork 2");
  EXPECT_EQ(snapshot.exploration->story[2].words.en, "philosopher 1 waits for fork 2, which philosopher 2 holds.");
}

// With two tries at most, some orders leave somebody hungry; none hangs.
TEST(DeadlockWorkload, ExploringTriesFindsMissedMealsAndNoHang) {
  for (const Scene scene : every_scene) expect_explored(explored(scene, Order::attempt), {37, 0, 27});
}

TEST(DeadlockWorkload, OneOrderInSevenDeadlocksThree) {
  expect_explored(explored(Scene::philosophers, Order::naive, 3), {7, 1, 1});
  expect_explored(explored(Scene::philosophers, Order::ordered, 3), {6, 0, 0});
}

}  // namespace
}  // namespace interleave::test
