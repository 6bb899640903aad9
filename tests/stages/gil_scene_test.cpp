// Who has the interpreter lock, and who waits for it, in traces made by hand.
#include "stages/common/gil_scene.h"

#include <gtest/gtest.h>

#include "support/made_trace.h"

namespace interleave::stages {
namespace {

using trace::Kind;
using trace::State;

class GilSceneTest : public testing::Test {
 protected:
  GilSceneTest() { lock = made.trace.add_object({Words("the GIL", "GIL"), trace::ObjectKind::interpreter, 0}); }

  void add(Nanoseconds time, std::uint32_t thread, Kind kind, State state, std::int64_t value) {
    made.at(time, thread, kind, state, value).object = lock;
    made.stream->record(made.event);
  }
  // Thread 1 has it, thread 2 waits, asks after 5 and is given it at 7.
  void hand_over() {
    add(0, 1, Kind::gil_take, State::running, trace::nobody);
    add(1, 2, Kind::wait, State::waiting_gil, 1);
    add(6, 2, Kind::gil_request, State::waiting_gil, 1);
    add(7, 1, Kind::gil_drop, State::running, 1);
    add(7, 1, Kind::wait, State::waiting_gil, trace::nobody);
    add(8, 2, Kind::gil_take, State::running, 1);
  }

  test::MadeTrace made{2};
  ObjectId lock;
};

TEST_F(GilSceneTest, KnowsWhoHasItAndSinceWhen) {
  hand_over();
  const GilScene first = make_gil_scene(made.trace, 1);
  EXPECT_TRUE(first.present);
  EXPECT_TRUE(first.holds(ThreadId{1}));
  EXPECT_TRUE(first.waiting.empty());
  EXPECT_FALSE(make_gil_scene(made.trace, 4).holder) << "between dropping and taking nobody has it";
  const GilScene last = make_gil_scene(made.trace);
  EXPECT_TRUE(last.holds(ThreadId{2}));
  EXPECT_EQ(last.held_since, 8);
  EXPECT_EQ(last.now, 8);
  EXPECT_EQ(last.handovers, 1U);
  EXPECT_EQ(last.requests, 1U);
}

TEST_F(GilSceneTest, KnowsWhoWaitsAndWhetherItAsked) {
  hand_over();
  const GilScene waiting = make_gil_scene(made.trace, 2);
  ASSERT_NE(waiting.waiter(ThreadId{2}), nullptr);
  EXPECT_EQ(waiting.waiter(ThreadId{2})->since, 1);
  EXPECT_FALSE(waiting.waiter(ThreadId{2})->asked);
  const GilScene asking = make_gil_scene(made.trace, 3);
  ASSERT_NE(asking.waiter(ThreadId{2}), nullptr);
  EXPECT_EQ(asking.waiter(ThreadId{2})->since, 1) << "asking is no new wait";
  EXPECT_TRUE(asking.waiter(ThreadId{2})->asked);
  const GilScene last = make_gil_scene(made.trace);
  EXPECT_EQ(last.waiter(ThreadId{2}), nullptr);
  ASSERT_NE(last.waiter(ThreadId{1}), nullptr);
  EXPECT_FALSE(last.waiter(ThreadId{1})->asked);
}

TEST_F(GilSceneTest, ForgetsARequestOnceSomebodyTookTheLock) {
  hand_over();
  add(9, 1, Kind::gil_request, State::waiting_gil, 2);
  EXPECT_TRUE(make_gil_scene(made.trace).waiter(ThreadId{1})->asked);
  add(10, 2, Kind::gil_drop, State::running, 0);
  add(11, 2, Kind::gil_take, State::running, 2);
  const GilScene scene = make_gil_scene(made.trace);
  EXPECT_FALSE(scene.waiter(ThreadId{1})->asked);
  EXPECT_EQ(scene.handovers, 1U) << "taken again by the one that had it is no hand-over";
}

// A live run has a stream for each thread, and they are read one after the other.
TEST_F(GilSceneTest, ReadsStreamsInAnyOrder) {
  trace::Stream* other = &made.trace.add_stream();
  add(5, 1, Kind::gil_take, State::running, 2);
  made.at(1, 2, Kind::gil_take, State::running, trace::nobody).object = lock;
  other->record(made.event);
  made.at(4, 2, Kind::wait, State::waiting_gil, 1).object = lock;
  other->record(made.event);
  const GilScene scene = make_gil_scene(made.trace);
  EXPECT_TRUE(scene.holds(ThreadId{1}));
  EXPECT_NE(scene.waiter(ThreadId{2}), nullptr);
}

TEST(GilScene, IsAbsentWithoutAnInterpreterLock) {
  test::MadeTrace made(1);
  made.add(0, 1, Kind::started, State::running);
  EXPECT_FALSE(make_gil_scene(made.trace).present);
}

TEST(GilScene, TheClockOfAWaiterRunsThroughItsInterval) {
  const GilWaiter waiter{ThreadId{1}, 100, false};
  EXPECT_FLOAT_EQ(interval_share(waiter, 100, 50), 0);
  EXPECT_FLOAT_EQ(interval_share(waiter, 125, 50), 0.5F);
  EXPECT_FLOAT_EQ(interval_share(waiter, 160, 50), 0.2F) << "it may not ask, so it waits for another interval";
  EXPECT_FLOAT_EQ(interval_share({ThreadId{1}, 100, true}, 125, 50), 1);
}

TEST(Computed, CountsAnInterruptedComputationAsFarAsItCame) {
  test::MadeTrace made(2);
  made.add(0, 1, Kind::compute, State::running, 100);
  made.add(30, 1, Kind::preempted, State::ready, 0);
  made.add(40, 1, Kind::compute, State::running, 70);
  made.add(50, 2, Kind::compute, State::running, 10);
  EXPECT_EQ(computed(made.trace, 1, true)[1], 0);
  EXPECT_EQ(computed(made.trace, 2, true)[1], 30);
  EXPECT_EQ(computed(made.trace, 4, true)[1], 40) << "it is still at it";
  made.add(200, 1, Kind::ended, State::idle, 0);
  EXPECT_EQ(computed(made.trace, 5, true)[1], 100);
  EXPECT_EQ(computed(made.trace, 5, true)[2], 10);
}

TEST(Computed, IsOneStepWhereThePolicyKnowsNoClock) {
  test::MadeTrace made(1);
  made.add(0, 1, Kind::compute, State::running, 100);
  EXPECT_EQ(computed(made.trace, 1, false)[1], 100);
}

TEST(ToldProgress, IsTheMostThatAThreadHasTold) {
  test::MadeTrace made(2);
  made.add(1, 1, Kind::progress, State::running, 10);
  made.add(2, 2, Kind::progress, State::running, 5);
  made.add(3, 1, Kind::ended, State::idle, 64);
  const std::vector<std::int64_t> done = told_progress(made.trace);
  EXPECT_EQ(done[1], 64);
  EXPECT_EQ(done[2], 5);
}

}  // namespace
}  // namespace interleave::stages
