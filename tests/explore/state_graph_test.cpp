// The graph of states against every order, one by one: how many there are, how likely each end is, which failure is the
// shortest.
#include "explore/state_graph.h"

#include <gtest/gtest.h>

#include "explore/every_walk.h"
#include "explore/explore.h"
#include "explore/random_programs.h"
#include "explore/small_programs.h"

namespace interleave::test {
namespace {

using explore::Odds;
using explore::Program;
using explore::Shared;
using explore::StateGraph;

template <class Body>
void fill(Program<>& program, int threads, int expected) {
  program.threads(threads, Body{});
  program.figure([](const Shared& s) { return s.x.peek(); });
  program.fine([=](const Shared& s) { return s.x.peek() == expected; });
}

struct Whole : StateGraph {
  explicit Whole(explore::Subject& subject) : StateGraph(subject, {}, {}) {
    while (work(1'000)) {
    }
  }
};

// The same program, but states are known by who wrote what instead of by values.
class ByHistory final : public explore::Subject {
 public:
  explicit ByHistory(explore::Subject& subject) : subject_(subject) {}
  void begin(sim::Machine& machine) override { subject_.begin(machine); }
  explore::Observation observe() override { return subject_.observe(); }
  Outcome judge(const rt::RunFacts& run) override { return subject_.judge(run); }

 private:
  explore::Subject& subject_;
};

void expect_same(const Odds& a, const Odds& b, const std::string& what) {
  const auto same = [&](const Odds::End& one, const Odds::End& other) {
    EXPECT_EQ(one.orders, other.orders) << what;
    EXPECT_NEAR(one.probability, other.probability, 1e-9) << what;
  };
  EXPECT_EQ(a.orders, b.orders) << what;
  same(a.failing, b.failing);
  same(a.hanging, b.hanging);
  ASSERT_EQ(a.ends.size(), b.ends.size()) << what;
  for (const auto& [figure, end] : a.ends) same(end, b.ends.at(figure));
}

TEST(StateGraph, CountsTheOrdersThatAreKnown) {
  const auto orders = []<class Body>(int threads, Body) {
    Program<> program;
    fill<Body>(program, threads, 0);
    return Whole(program).odds().orders;
  };
  EXPECT_EQ(orders(2, Increments<1>{}), 6);
  EXPECT_EQ(orders(2, Increments<2>{}), 70);
  EXPECT_EQ(orders(2, Increments<3>{}), 924);
  EXPECT_EQ(orders(3, Increments<1>{}), 90);
  EXPECT_EQ(orders(3, Increments<2>{}), 34'650);
  EXPECT_EQ(orders(4, Increments<1>{}), 2'520);
  EXPECT_EQ(orders(6, Increments<1>{}), 7'484'400);
}

// Both go wrong but in the two orders in which one increment is over before the other begins; each begins and ends with
// a choice of two.
TEST(StateGraph, KnowsHowLikelyALostUpdateIs) {
  Program<> program;
  fill<Increments<1>>(program, 2, 2);
  const Odds odds = Whole(program).odds();
  EXPECT_EQ(odds.failing.orders, 4);
  EXPECT_DOUBLE_EQ(odds.failing.probability, 0.5);
  EXPECT_DOUBLE_EQ(odds.ends.at(1).probability, 0.5);
}

TEST(StateGraph, KnowsTheShortestFailureForCertainOnceItsBoundIsExhausted) {
  Program<> program;
  fill<Increments<1>>(program, 3, 3);
  Whole graph(program);
  const auto found = graph.shortest();
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->preemptions, 1U);
  EXPECT_EQ(found->steps, 6U);
  EXPECT_TRUE(found->certain);
  EXPECT_EQ(sim::print_schedule(graph.schedule_of_shortest()), "AB2AC2.");

  StateGraph bounded(program, {}, {.states = 1'000'000, .preemptions = 0});
  while (bounded.work(1'000)) {
  }
  EXPECT_FALSE(bounded.shortest().has_value());
  EXPECT_FALSE(bounded.complete());
  EXPECT_EQ(bounded.exhausted_below(), 1U);
}

TEST(StateGraph, StopsAtItsLimitAndGoesOnWhenItIsRaised) {
  Program<> program;
  fill<Increments<2>>(program, 3, 6);
  StateGraph graph(program, {}, {.states = 100});
  while (graph.work(50)) {
  }
  EXPECT_FALSE(graph.complete());
  EXPECT_LT(graph.states(), 150U);
  graph.allow_more_states(100'000);
  while (graph.work(50)) {
  }
  EXPECT_TRUE(graph.complete());
  EXPECT_EQ(graph.odds().orders, 34'650);
}

TEST(StateGraph, ValuesAndHistoriesTellTheSame) {
  const auto compare = []<class Body>(int threads, Body, const char* what) {
    Program<> program;
    fill<Body>(program, threads, threads);
    ByHistory by_history(program);
    const Whole values(program);
    const Whole histories(by_history);
    EXPECT_LE(values.states(), histories.states()) << what;
    expect_same(values.odds(), histories.odds(), what);
  };
  compare(3, Increments<2>{}, "increments");
  compare(
      3,
      [](auto& rt, auto& s) -> rt::Task<> {
        auto held = co_await rt.try_acquire(s.a);
        const auto value = co_await rt.load(s.x);
        co_await rt.store(s.x, held ? value + 1 : value + 10);
      },
      "tries");
  compare(
      3,
      [](auto& rt, auto& s) -> rt::Task<> {
        auto held = co_await rt.acquire(s.a);
        co_await rt.fetch_add(s.x, 1);
        auto other = co_await rt.acquire(s.b);
        co_await rt.fetch_add(s.y, 2);
      },
      "locks");
}

TEST(StateGraph, KnowsWhatALoopsTasksDo) {
  Program<> program;
  program.thread([](auto& rt, auto& s) -> rt::Task<> {
    const auto task = [](auto& own, auto& shared) -> rt::Task<> {
      const auto seen = co_await own.load(shared.x);
      co_await own.sleep(1);
      co_await own.store(shared.x, seen + 1);
    };
    const rt::SpawnOptions options{{{"task", "태스크"}}, rt::Vehicle::task};
    const auto one = co_await rt.spawn(options, task, s);
    const auto other = co_await rt.spawn(options, task, s);
    co_await rt.join(one);
    co_await rt.join(other);
  });
  program.thread([](auto& rt, auto& s) -> rt::Task<> { co_await rt.fetch_add(s.x, 10); });
  program.figure([](const Shared& s) { return s.x.peek(); });
  const EveryWalk all = walk_every_order(program, 200'000);
  ASSERT_FALSE(all.gave_up);
  expect_same(Whole(program).odds(), all.odds, "tasks");
}

template <class Body>
void compare_random_programs(std::uint64_t first_seed, int wanted) {
  for (std::uint64_t seed = first_seed; wanted > 0 && !testing::Test::HasFailure(); ++seed) {
    Rng rng = Rng::stream(seed, 0x70726f67);
    const Script script = random_script(rng);
    Program<ScriptState> program([&](sim::Machine& rt) { return ScriptState(rt, script); });
    program.threads(static_cast<int>(script.size()), Body{});
    program.figure([](const ScriptState& s) { return s.figure(); });
    program.fine([](const ScriptState& s) { return s.figure() % 3 != 0; });
    const EveryWalk all = walk_every_order(program, 2'000);
    if (all.gave_up) continue;
    --wanted;
    const std::string what = "seed " + std::to_string(seed) + ": " + print(script);
    const Whole graph(program);
    ASSERT_TRUE(graph.complete()) << what;
    expect_same(graph.odds(), all.odds, what);
    const auto found = graph.shortest();
    ASSERT_EQ(found.has_value(), all.shortest.has_value()) << what;
    if (found) {
      EXPECT_TRUE(found->certain) << what;
      EXPECT_EQ(std::pair(found->preemptions, found->steps), *all.shortest) << what;
    }
  }
}

TEST(StateGraph, AgreesWithEveryOrderOnRandomPrograms) { compare_random_programs<Body>(1, 200); }
TEST(StateGraph, AgreesOnProgramsThatNestTheirLocks) { compare_random_programs<NestingBody>(10'001, 200); }
TEST(StateGraph, AgreesOnProgramsThatWaitForConditions) { compare_random_programs<ConditionsBody>(20'001, 200); }

}  // namespace
}  // namespace interleave::test
