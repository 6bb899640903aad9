// Waits that nobody will end, planted, and long waits that somebody will: the first are found as hangs, on real
// threads, on the loop and simulated; the others are not. (A circle of two locks: every_engine_test.cpp.)
#include <gtest/gtest.h>

#include "live/start.h"
#include "sim/start.h"
#include "support/drive.h"
#include "support/pool.h"
#include "support/throwaway.h"

namespace interleave::test {
namespace {

// What the planted programs share: two locks, and a place where a guard stays after the body that took it.
struct Planted : TwoLocks {
  template <rt::Runtime R>
  struct State : TwoLocks::State<R> {
    typename R::Guard kept;  // let go of before the locks are
    State(R& rt, const Params& params) : TwoLocks::State<R>(rt, params) {}
  };
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.done.peek()};
  }
  static bool fine(const Params&, const Facts& facts) { return facts.value == 1; }
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
    return judged(fine(params, facts), facts, run);
  }
  template <rt::Runtime R>
  static rt::Task<> take_and_count(R& rt, State<R>& state) {
    auto held = co_await rt.acquire(state.left);
    co_await rt.fetch_add(state.done, 1);
  }
  template <rt::Runtime R>
  static auto spawn_counting(R& rt, State<R>& state, const Params& params) {
    const auto body = [](R& own, State<R>& shared) { return take_and_count(own, shared); };
    return rt.spawn({{{"thread", "스레드"}, 1}, vehicle(params)}, body, state);
  }
};

// A gate that is never opened: whoever closed it has ended, so that there is no circle. It is to locks what a queue
// that nobody closes is to its consumers.
struct Unopened : Planted {
  template <rt::Runtime R>
  static rt::Task<> close_and_leave(R& rt, State<R>& state) {
    state.kept = co_await rt.acquire(state.left);
  }
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    const auto body = [](R& own, State<R>& shared) { return close_and_leave(own, shared); };
    const rt::Participant closer = co_await rt.spawn({{{"thread", "스레드"}, 1}, vehicle(params)}, body, state);
    co_await rt.join(closer);
    auto through = co_await rt.acquire(state.left);
    co_await rt.fetch_add(state.done, 1);
  }
};

// The outermost body waits for a participant's end while it holds what that one needs to end.
struct JoinsUnderALock : Planted {
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    auto held = co_await rt.acquire(state.left);
    const rt::Participant other = co_await spawn_counting(rt, state, params);
    co_await rt.join(other);
  }
};

// One participant that takes what it already has.
struct TakesTwice : Planted {
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params&) {
    auto held = co_await rt.acquire(state.left);
    auto again = co_await rt.acquire(state.left);
    co_await rt.fetch_add(state.done, 1);
  }
};

// A lock that is held for 2 s, while everybody else waits for it without a limit of time.
struct LongHold : Planted {
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    rt::Participant other;
    {
      auto held = co_await rt.acquire(state.left);
      other = co_await spawn_counting(rt, state, params);
      co_await rt.sleep(2 * second);
    }
    co_await rt.join(other);
  }
};

// Waiting for a lock that never comes, but not for ever.
struct GivesUp : Planted {
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params&) {
    auto held = co_await rt.acquire(state.left);
    auto again = co_await rt.acquire_for(state.left, 100 * millisecond);
    if (!again) co_await rt.fetch_add(state.done, 1);
  }
};

Outcome outcome_of(std::unique_ptr<rt::Execution> run) {
  EXPECT_TRUE(wait_until_finished(*run)) << "the run did not end";
  return run->snapshot().outcome.value_or(Outcome{});
}

// On threads, on the loop, and simulated under both kinds of policies.
template <class W>
std::vector<Outcome> everywhere() {
  std::vector<Outcome> out;
  for (const bool tasks : {false, true}) {
    out.push_back(
        outcome_of(live::start<W>(start_with(TwoLocks::Params{.tasks = tasks}, live::Settings{}, shared_pool()))));
    EXPECT_TRUE(nobody_busy(*shared_pool()));
  }
  for (const sim::PolicyKind policy : {sim::PolicyKind::random, sim::PolicyKind::round_robin}) {
    sim::Settings settings;
    settings.policy = policy;
    out.push_back(outcome_of(sim::start<W>(start_with(TwoLocks::Params{}, settings))));
  }
  return out;
}

TEST(PlantedHangs, AWaitThatNobodyIsLeftToEndIsFoundAndHasNoCircle) {
  for (const Outcome& outcome : everywhere<Unopened>()) {
    EXPECT_EQ(outcome.verdict, Verdict::hang) << outcome.headline.en;
    EXPECT_TRUE(outcome.cycle.empty());
    EXPECT_EQ(outcome.headline.en, "Nothing can go on");
  }
}

TEST(PlantedHangs, JoiningUnderALockThatTheOtherNeedsIsFoundAndTold) {
  for (const Outcome& outcome : everywhere<JoinsUnderALock>()) {
    EXPECT_EQ(outcome.verdict, Verdict::hang) << outcome.headline.en;
    ASSERT_EQ(outcome.cycle.size(), 2U);
    EXPECT_EQ(outcome.cycle[1].en, "thread 1 waits for left fork, which main holds.");
  }
}

TEST(PlantedHangs, TakingALockTwiceIsFoundAndTold) {
  for (const Outcome& outcome : everywhere<TakesTwice>()) {
    EXPECT_EQ(outcome.verdict, Verdict::hang) << outcome.headline.en;
    ASSERT_EQ(outcome.cycle.size(), 1U);
    EXPECT_EQ(outcome.cycle[0].en, "main waits for left fork, which main holds.");
  }
}

TEST(PlantedHangs, ALockHeldForTwoSecondsIsNone) {
  for (const Outcome& outcome : everywhere<LongHold>()) {
    EXPECT_EQ(outcome.verdict, Verdict::ok) << outcome.headline.en;
  }
}

TEST(PlantedHangs, AWaitWithALimitOfTimeIsNone) {
  for (const Outcome& outcome : everywhere<GivesUp>()) {
    EXPECT_EQ(outcome.verdict, Verdict::ok) << outcome.headline.en;
  }
}

}  // namespace
}  // namespace interleave::test
