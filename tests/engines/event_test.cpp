// The event on every engine: it wakes all that wait, nobody waits for what has happened, and one that is never set is
// found.
#include "rt/event.h"

#include "engines/crowd.h"

namespace interleave::test {
namespace {

// The first sets the event after it has written a value; the others wait for it and read that.
struct Start : Crowd<Start> {
  enum Variant : std::int64_t { right, never_set, set_and_cleared, set_and_cleared_late };

  template <rt::Runtime R>
  struct State {
    rt::Event<R> event;
    typename R::Var written;
    typename R::Var went_on;
    State(R& rt, const Params&)
        : event(rt, {{"start", "출발"}, 1}),
          written(rt, {{"written", "쓴 값"}}, 0),
          went_on(rt, {{"count", "수"}}, 0) {}
  };

  template <rt::Runtime R>
  static rt::Task<> body(R& rt, State<R>& state, std::int64_t number, Params params) {
    if (number > 0) {
      co_await state.event.wait(rt);
      const std::int32_t found = co_await rt.load(state.written);
      rt.check(found == 1, {"woken too early", "너무 일찍 깨어났다"});
      co_await rt.fetch_add(state.went_on, 1);
      co_return;
    }
    // In virtual time all others are asleep by then.
    if (params.variant == set_and_cleared_late) co_await rt.sleep(second);
    co_await rt.store(state.written, 1);
    if (params.variant == never_set) co_return;
    co_await state.event.set(rt);
    const bool set = co_await state.event.is_set(rt);
    rt.check(set, {"it is not set", "켜져 있지 않다"});
    if (params.variant == right) co_return;
    co_await state.event.clear(rt);
    const bool still = co_await state.event.is_set(rt);
    rt.check(!still, {"it is not clear", "꺼져 있지 않다"});
  }

  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.went_on.peek()};
  }
  static bool fine(const Params& params, const Facts& facts) { return facts.value == params.bodies - 1; }
};

TEST(Event, WakesAllThatWaitWhereverItRuns) { expect_fine_wherever_it_runs<Start>({.bodies = 6}); }

TEST(Event, IsProvedToWakeAllInEveryOrder) {
  expect_fine_in_every_order<Start>({.bodies = 2});
  expect_fine_in_every_order<Start>({.bodies = 3});
}

TEST(Event, LetsAllGoOnThatWaitWhenItIsSetThoughItIsClearedAtOnce) {
  for (const bool tasks : {false, true}) {
    expect_ok(simulated<Start>({.bodies = 5, .variant = Start::set_and_cleared_late, .tasks = tasks}));
  }
}

TEST(Event, OneThatIsClearedTooEarlyMakesALateWaiterHang) {
  const auto report = explored<Start>({.bodies = 2, .variant = Start::set_and_cleared});
  EXPECT_TRUE(report.exhausted);
  EXPECT_GT(report.hangs, 0U);
  EXPECT_LT(report.hangs, report.executions) << "not where it waits before the event is set";
  EXPECT_EQ(report.failures, report.hangs);
}

TEST(Event, OneThatIsNeverSetIsAHangToldByName) {
  const Start::Params params{.bodies = 3, .variant = Start::never_set};
  expect_hang_told<Start>(params, "waits for event 1 to be set", "이벤트 1의 신호");
  expect_hang_wherever_it_runs<Start>(params);
}

}  // namespace
}  // namespace interleave::test
