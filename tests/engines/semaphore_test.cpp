// The semaphore on every engine: never are more in than it has permits, and a permit that is kept for ever is found.
#include "rt/semaphore.h"

#include "engines/crowd.h"

namespace interleave::test {
namespace {

// Each takes a permit, counts those that are in, and gives it back.
struct Room : Crowd<Room> {
  enum Variant : std::int64_t { right, forgets_to_release, forgets_to_acquire, tries };

  template <rt::Runtime R>
  struct State {
    rt::Semaphore<R> room;
    typename R::Var inside;
    typename R::Var visits;
    State(R& rt, const Params& params)
        : room(rt, {{"room", "방"}, 1}, params.size),
          inside(rt, {{"inside", "안"}}, 0),
          visits(rt, {{"visits", "방문"}}, 0) {}
  };

  template <rt::Runtime R>
  static rt::Task<> body(R& rt, State<R>& state, std::int64_t number, Params params) {
    for (std::int64_t round = 0; round < params.rounds; ++round) {
      if (params.variant == tries) {
        const bool in = co_await state.room.try_acquire(rt);
        if (!in) continue;
      } else if (params.variant != forgets_to_acquire || number > 0) {
        co_await state.room.acquire(rt);
      }
      const std::int32_t others = co_await rt.fetch_add(state.inside, 1);
      rt.check(others < params.size, {"too many are in", "너무 많이 들어왔다"});
      co_await rt.fetch_add(state.visits, 1);
      co_await rt.fetch_add(state.inside, -1);
      if (params.variant == forgets_to_release) continue;
      co_await state.room.release(rt);
    }
  }

  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.visits.peek()};
  }
  static bool fine(const Params& params, const Facts& facts) {
    return params.variant == tries ? facts.value > 0 : facts.value == params.bodies * params.rounds;
  }
};

TEST(Semaphore, LetsNoMoreInThanItHasPermitsWhereverItRuns) {
  for (const std::int64_t permits : {1, 3}) {
    expect_fine_wherever_it_runs<Room>({.bodies = 6, .rounds = 50, .size = permits});
  }
}

TEST(Semaphore, IsProvedToLetNoMoreInInAnyOrder) {
  expect_fine_in_every_order<Room>({.bodies = 2, .rounds = 2, .size = 1});
  expect_fine_in_every_order<Room>({.bodies = 3, .rounds = 1, .size = 2});
}

TEST(Semaphore, ATryFailsWhereThereIsNoPermitAndNeverWaits) {
  expect_fine_wherever_it_runs<Room>({.bodies = 4, .rounds = 20, .size = 2, .variant = Room::tries});
  const auto report = explored<Room>({.bodies = 2, .rounds = 1, .size = 1, .variant = Room::tries});
  EXPECT_TRUE(report.exhausted);
  EXPECT_EQ(report.failures, 0U);
  // Both came in one after the other, or one of them found the room taken.
  ASSERT_EQ(report.histogram.size(), 2U);
  EXPECT_EQ(report.histogram[0].value, 1);
  EXPECT_EQ(report.histogram[1].value, 2);
}

TEST(Semaphore, AnAcquireThatIsForgottenLetsTooManyIn) {
  const auto report = explored<Room>({.bodies = 2, .size = 1, .variant = Room::forgets_to_acquire});
  EXPECT_GT(report.failures, 0U);
  EXPECT_EQ(report.hangs, 0U);
}

TEST(Semaphore, AReleaseThatIsForgottenIsAHangToldByName) {
  const Room::Params params{.bodies = 2, .size = 1, .variant = Room::forgets_to_release};
  expect_hang_told<Room>(params, "waits for a permit of semaphore 1", "세마포어 1의 허가");
  expect_hang_wherever_it_runs<Room>(params);
}

}  // namespace
}  // namespace interleave::test
