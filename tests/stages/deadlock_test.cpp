// What the deadlock's stage says of traces made by hand, and of real runs.
#include <algorithm>
#include <memory>
#include <set>

#include <gtest/gtest.h>

#include "stages/deadlock/scene.h"
#include "support/made_trace.h"
#include "view/seen_run.h"

namespace interleave::stages {
namespace {

using trace::Kind;
using trace::State;
using workloads::Deadlock;

class Seen : public test::SeenRun {
 public:
  using SeenRun::SeenRun;
  DeadlockScene look(std::optional<std::size_t> step = std::nullopt) {
    seek(step);
    return make_deadlock_scene(model, run, ThreadId::none());
  }
};

void expect_consistent(const DeadlockScene& scene) {
  std::set<std::size_t> held;
  for (std::size_t at = 0; at < scene.actors.size(); ++at) {
    const DeadlockActor& actor = scene.actors[at];
    for (const std::size_t lock : actor.holds) {
      EXPECT_TRUE(held.insert(lock).second) << "a lock in two hands";
      EXPECT_EQ(scene.locks[lock].holder, at);
    }
    if (actor.wants) {
      EXPECT_NE(scene.locks[*actor.wants].holder, at) << "waits for itself";
    }
    EXPECT_FALSE(actor.doing.empty());
  }
}

// Three philosophers, simulated, event by event.
class Table : public testing::Test {
 protected:
  Table() {
    const auto add = [this](Text name, int number, trace::ObjectKind kind) {
      return made->trace.add_object({rt::Name{name, number}.words(), kind, 0});
    };
    const Deadlock::Names names = Deadlock::names_in(Deadlock::Scene::philosophers);
    for (const int number : {1, 2, 3}) plates.push_back(add(names.plate, number, trace::ObjectKind::variable));
    for (const int number : {1, 2, 3}) forks.push_back(add(names.lock, number, trace::ObjectKind::lock));
    waiter = add(names.waiter, 0, trace::ObjectKind::lock);
    for (const std::uint32_t thread : {1U, 2U, 3U}) made->add(0, thread, Kind::started, State::running);
    seen.snapshot.phase = trace::Phase::paused;
    seen.snapshot.trace = std::shared_ptr<const trace::Trace>(made, &made->trace);
    seen.model.run = 1;
  }
  void take(std::uint32_t who, std::size_t fork) { made->add(++time, who, Kind::acquire, State::running, forks[fork]); }
  void wait(std::uint32_t who, std::size_t fork) {
    made->add(++time, who, Kind::wait, State::waiting_lock, forks[fork]);
  }
  void put(std::uint32_t who, std::size_t fork) { made->add(++time, who, Kind::release, State::running, forks[fork]); }
  void eat(std::uint32_t who, std::int32_t meals) {
    made->at(++time, who, Kind::store, State::running, trace::pack(meals - 1, meals)).object = plates[who - 1];
    made->stream->record(made->event);
  }

  std::shared_ptr<test::MadeTrace> made = std::make_shared<test::MadeTrace>(3);
  ObjectId waiter;
  std::vector<ObjectId> forks;
  std::vector<ObjectId> plates;
  Nanoseconds time = 0;
  Seen seen{"workload=deadlock&engine=sim&threads=3"};
};

TEST_F(Table, KnowsWhoHasWhichForkAtEveryStep) {
  take(1, 0);
  take(1, 1);
  eat(1, 1);
  put(1, 1);
  put(1, 0);
  const DeadlockScene both = seen.look(3);
  EXPECT_EQ(both.actors[0].holds, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(both.actors[0].doing.en, "eats");
  EXPECT_EQ(both.actors[0].meals, 1);
  EXPECT_EQ(both.sentence.en, "A has eaten: 1 so far.");
  const DeadlockScene first = seen.look(1);
  EXPECT_EQ(first.locks[0].holder, 0U);
  EXPECT_FALSE(first.locks[1].holder);
  EXPECT_EQ(first.sentence.en, "A takes fork 1 and still needs fork 2.");
  EXPECT_EQ(first.sentence.ko, "A가 포크 1을 쥐었다. 포크 2도 있어야 한다.");
  const DeadlockScene end = seen.look();
  EXPECT_TRUE(end.actors[0].holds.empty());
  EXPECT_EQ(end.meals, 1);
  EXPECT_EQ(end.params.expected(), 30);
}

TEST_F(Table, AWaitIsNoCycleUntilItClosesOne) {
  take(1, 0);
  take(2, 1);
  wait(1, 1);
  take(3, 2);
  wait(2, 2);
  wait(3, 0);
  const DeadlockScene open = seen.look(5);
  EXPECT_TRUE(open.cycle.empty());
  EXPECT_EQ(open.actors[0].waits_for, 1U);
  EXPECT_EQ(open.actors[0].doing.en, "waits for fork 2");
  EXPECT_EQ(open.waiting(), 2U);
  EXPECT_EQ(open.sentence.en, "B has fork 2 and waits for fork 3, which C has.");
  const DeadlockScene closed = seen.look();
  EXPECT_EQ(closed.cycle, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(closed.sentence.en, "A waits for B, B for C, C for A. ");
  EXPECT_EQ(closed.sentence.ko, "A는 B를, B는 C를, C는 A를 기다린다. ");
  EXPECT_EQ(closed.emphasis.en, "Deadlock: none of them can ever go on.");
  EXPECT_TRUE(std::ranges::all_of(closed.actors, &DeadlockActor::in_cycle));
}

TEST_F(Table, AForkThatWasPutDownIsNobodysThoughSomebodyStillWaitsForIt) {
  take(1, 0);
  take(1, 1);
  wait(2, 1);
  put(1, 1);
  const DeadlockScene scene = seen.look();
  EXPECT_FALSE(scene.actors[1].wants);
  EXPECT_FALSE(scene.actors[1].waits_for);
  EXPECT_FALSE(scene.locks[1].holder);
}

TEST(DeadlockScene, BeforeRunEverybodySitsThere) {
  Seen seen("workload=deadlock&engine=live&threads=7");
  const DeadlockScene scene = seen.look();
  EXPECT_EQ(scene.actors.size(), 7U);
  EXPECT_EQ(scene.locks.size(), 7U);
  EXPECT_EQ(scene.sentence.en, "7 philosophers, each on a real thread, wait for Run.");
  Seen bank("workload=deadlock&engine=sim&scene=accounts&threads=4");
  EXPECT_EQ(bank.look().locks.size(), 2U);
  EXPECT_EQ(bank.look().money, 2000);
}

TEST(DeadlockScene, ALiveDeadlockIsShownWithEveryHandAndTheWholeCycle) {
  Seen seen("workload=deadlock&engine=live&threads=5&meals=1000000");
  seen.run_to_the_end();
  ASSERT_EQ(seen.snapshot.outcome->verdict, Verdict::hang);
  const DeadlockScene scene = seen.look();
  expect_consistent(scene);
  EXPECT_EQ(scene.cycle, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
  for (std::size_t at = 0; at < 5; ++at) {
    EXPECT_EQ(scene.locks[at].holder, at) << "each has its own fork";
    EXPECT_EQ(scene.actors[at].wants, (at + 1) % 5);
  }
}

TEST(DeadlockScene, ALiveDeadlockOfTransfersNamesTheTwoThatHoldTheAccounts) {
  Seen seen("workload=deadlock&engine=live&scene=accounts&threads=4&meals=1000000");
  seen.run_to_the_end();
  ASSERT_EQ(seen.snapshot.outcome->verdict, Verdict::hang);
  const DeadlockScene scene = seen.look();
  expect_consistent(scene);
  ASSERT_EQ(scene.cycle.size(), 2U);
  EXPECT_EQ(seen.snapshot.outcome->cycle.size(), 2U);
  // The one with the first account sends from it.
  EXPECT_EQ(*scene.locks[0].holder % 2, 0U);
  EXPECT_EQ(*scene.locks[1].holder % 2, 1U);
}

// Every step of simulated runs in every order: nothing is in two hands, money is only ever missing while it is moved,
// and there is a cycle exactly where the run hangs.
TEST(DeadlockScene, EveryStepOfEveryOrderIsConsistent) {
  for (const char* scene_name : {"philosophers", "accounts"}) {
    for (const char* order : {"naive", "ordered", "try", "waiter"}) {
      for (const char* seed : {"1", "2", "3"}) {
        const std::string query = std::string("workload=deadlock&engine=sim&threads=4&meals=2&scene=") + scene_name +
                                  "&order=" + order + "&seed=" + seed;
        SCOPED_TRACE(query);
        Seen seen(query);
        seen.run_to_the_end();
        (void)seen.look();
        for (std::size_t step = 0; step <= seen.run.steps(); ++step) {
          const DeadlockScene scene = seen.look(step);
          expect_consistent(scene);
          EXPECT_FALSE(scene.sentence.empty());
          if (scene.money) {
            EXPECT_LE(*scene.money, 2000);
            EXPECT_GT(*scene.money, 1900);
          }
        }
        EXPECT_EQ(!seen.look().cycle.empty(), seen.snapshot.outcome->verdict == Verdict::hang);
      }
    }
  }
}

}  // namespace
}  // namespace interleave::stages
