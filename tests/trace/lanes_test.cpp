// What each participant was doing, from when to when.
#include "trace/lanes.h"

#include <gtest/gtest.h>

#include "core/rng.h"
#include "support/made_trace.h"

namespace interleave::trace {
namespace {

using test::MadeTrace;

TEST(Lanes, FollowAThreadThroughItsStates) {
  MadeTrace made(1);
  made.add(10, 1, Kind::started, State::ready);
  made.add(20, 1, Kind::scheduled, State::running);
  made.add(30, 1, Kind::load, State::running);
  made.add(50, 1, Kind::ended, State::idle);
  Lanes lanes;
  lanes.update(made.trace);
  const Spans& spans = lanes.lanes()[1].spans;
  ASSERT_EQ(spans.size(), 3U);
  EXPECT_EQ(spans[0].state, State::ready);
  EXPECT_EQ(spans[0].end, 20);
  EXPECT_EQ(spans[1].state, State::running);
  EXPECT_EQ(spans[1].begin, 20);
  EXPECT_EQ(spans[1].end, 50);
  EXPECT_EQ(spans[2].state, State::idle);
  EXPECT_EQ(lanes.end(), 50);
}

TEST(Lanes, TellWhichLockWasWaitedForAndWhoWokeTheWaiter) {
  MadeTrace made(2);
  const ObjectId first = made.trace.add_object({Words("fork 1", "포크 1"), ObjectKind::lock, 0});
  const ObjectId second = made.trace.add_object({Words("fork 2", "포크 2"), ObjectKind::lock, 0});
  made.add(0, 1, Kind::wait, State::waiting_lock, first);
  made.add(10, 1, Kind::wait, State::waiting_lock, second);
  made.add(20, 1, Kind::woken, State::ready, 2);
  Lanes lanes;
  lanes.update(made.trace);
  const Spans& spans = lanes.lanes()[1].spans;
  ASSERT_EQ(spans.size(), 3U);
  EXPECT_EQ(spans[0].object, first);
  EXPECT_EQ(spans[1].object, second);
  EXPECT_EQ(spans[2].cause, ThreadId{2});
}

TEST(Lanes, LeaveOutWhatLastedNoTime) {
  MadeTrace made(1);
  made.add(0, 1, Kind::started, State::running);
  made.add(10, 1, Kind::wait, State::waiting_lock, ObjectId{0});
  made.add(10, 1, Kind::woken, State::running, 0);
  made.add(20, 1, Kind::ended, State::idle);
  Lanes lanes;
  lanes.update(made.trace);
  const Spans& spans = lanes.lanes()[1].spans;
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(spans[0].state, State::running);
  EXPECT_EQ(spans[0].end, 20);
}

TEST(Lanes, KeepProgressApart) {
  MadeTrace made(1);
  made.add(0, 1, Kind::started, State::running);
  made.add(10, 1, Kind::progress, State::running, 500);
  made.add(20, 1, Kind::progress, State::running, 1000);
  Lanes lanes;
  lanes.update(made.trace);
  EXPECT_EQ(lanes.lanes()[1].progress_times, (std::vector<Nanoseconds>{10, 20}));
  EXPECT_EQ(lanes.lanes()[1].spans.size(), 1U);
}

TEST(Lanes, CanBeClearedForAnotherTrace) {
  MadeTrace made(1);
  made.add(10, 1, Kind::started, State::running);
  Lanes lanes;
  lanes.update(made.trace);
  lanes.clear();
  EXPECT_TRUE(lanes.lanes().empty());
  EXPECT_EQ(lanes.end(), 0);
  lanes.update(made.trace);
  EXPECT_EQ(lanes.end(), 10);
}

void expect_same(std::span<const Lane> one, std::span<const Lane> other) {
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t lane = 0; lane < one.size(); ++lane) {
    ASSERT_EQ(one[lane].spans.size(), other[lane].spans.size());
    for (std::size_t at = 0; at < one[lane].spans.size(); ++at) {
      const Span a = one[lane].spans[at];
      const Span b = other[lane].spans[at];
      ASSERT_TRUE(a.begin == b.begin && a.end == b.end && a.state == b.state && a.object == b.object);
    }
  }
}

// A view that looks at every frame sees what one sees that looks once, at the end.
TEST(Lanes, ReadAGrowingTraceAsIfItHadBeenWhole) {
  MadeTrace made(4);
  Rng rng(3);
  Lanes growing;
  std::array<Nanoseconds, 5> now{};
  for (int event = 0; event < 5'000; ++event) {
    const std::uint32_t thread = rng.below(5);
    now[thread] += rng.below(4);
    made.add(now[thread], thread, Kind::load, static_cast<State>(1 + rng.below(5)), ObjectId{rng.below(2)});
    if (rng.below(10) == 0) growing.update(made.trace);
  }
  growing.update(made.trace);
  Lanes whole;
  whole.update(made.trace);
  expect_same(growing.lanes(), whole.lanes());

  for (const Lane& lane : whole.lanes()) {
    for (std::size_t at = 1; at < lane.spans.size(); ++at) {
      const Span before = lane.spans[at - 1];
      const Span span = lane.spans[at];
      ASSERT_EQ(before.end, span.begin) << "a gap";
      ASSERT_TRUE(before.state != span.state || before.object != span.object) << "two spans that are one";
    }
  }
}

TEST(Lanes, ASampleOfProgressEndsNoWait) {
  MadeTrace made(1);
  made.add(0, 1, Kind::started, State::running);
  made.add(5, 1, Kind::wait, State::waiting_lock, ObjectId{0});
  made.add(10, 1, Kind::progress, State::running, 3);
  made.add(20, 1, Kind::progress, State::running, 3);
  Lanes lanes;
  lanes.update(made.trace);
  ASSERT_EQ(lanes.lanes()[1].spans.size(), 2U);
  EXPECT_EQ(lanes.lanes()[1].spans.back().state, State::waiting_lock);
  EXPECT_EQ(lanes.lanes()[1].spans.back().end, 20);
}

}  // namespace
}  // namespace interleave::trace
