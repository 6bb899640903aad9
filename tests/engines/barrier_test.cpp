// The barrier on every engine: nobody leaves before all have arrived, one of them is the last each turn, and a party
// that never comes is found.
#include "rt/barrier.h"

#include "engines/crowd.h"

namespace interleave::test {
namespace {

// Each arrives once a round, and looks how many have arrived by then.
struct Parties : Crowd<Parties> {
  template <rt::Runtime R>
  struct State {
    rt::Barrier<R> barrier;
    typename R::Var arrived;
    typename R::Var lasts;
    State(R& rt, const Params& params)
        : barrier(rt, {{"barrier", "배리어"}, 1}, params.size),
          arrived(rt, {{"arrived", "도착"}}, 0),
          lasts(rt, {{"lasts", "마지막"}}, 0) {}
  };

  template <rt::Runtime R>
  static rt::Task<> body(R& rt, State<R>& state, std::int64_t /*number*/, Params params) {
    for (std::int64_t round = 1; round <= params.rounds; ++round) {
      co_await rt.fetch_add(state.arrived, 1);
      const bool last = co_await state.barrier.arrive(rt);
      if (last) co_await rt.fetch_add(state.lasts, 1);
      const std::int32_t arrived = co_await rt.load(state.arrived);
      rt.check(arrived >= round * params.bodies, {"somebody has left too early", "너무 일찍 떠났다"});
    }
  }

  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.lasts.peek()};
  }
  static bool fine(const Params& params, const Facts& facts) { return facts.value == params.rounds; }
};

TEST(Barrier, LetsNobodyLeaveBeforeAllHaveArrivedWhereverItRuns) {
  for (const std::int64_t parties : {1, 5}) {
    expect_fine_wherever_it_runs<Parties>({.bodies = parties, .rounds = 40, .size = parties});
  }
}

TEST(Barrier, IsProvedToLetAllLeaveTogetherInEveryOrder) {
  expect_fine_in_every_order<Parties>({.bodies = 2, .rounds = 2, .size = 2});
  expect_fine_in_every_order<Parties>({.bodies = 3, .rounds = 1, .size = 3});
}

// The check above can fail: with one party less somebody leaves early.
TEST(Barrier, OfTooFewPartiesLetsSomebodyLeaveTooEarly) {
  const auto report = explored<Parties>({.bodies = 2, .rounds = 1, .size = 1});
  EXPECT_GT(report.failures, 0U);
  EXPECT_EQ(report.hangs, 0U);
}

TEST(Barrier, APartyThatNeverComesIsAHangToldByName) {
  const Parties::Params params{.bodies = 2, .size = 3};
  expect_hang_told<Parties>(params, "waits for the others at barrier 1", "배리어 1에 모두 모이기");
  expect_hang_wherever_it_runs<Parties>(params);
}

}  // namespace
}  // namespace interleave::test
