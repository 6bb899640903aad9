// The state of a simulated run at any of its events.
#include "trace/replay.h"

#include <gtest/gtest.h>

#include "core/rng.h"
#include "support/made_trace.h"

namespace interleave::trace {
namespace {

using test::MadeTrace;

class ReplayOfACounter : public testing::Test {
 protected:
  ReplayOfACounter() {
    count = made.trace.add_object({Words("count", "count"), ObjectKind::variable, 40});
    lock = made.trace.add_object({Words("lock", "락"), ObjectKind::lock, 0});
  }
  void load(std::uint32_t thread, std::int64_t value) {
    made.at(++time, thread, Kind::load, State::running, value).object = count;
    made.stream->record(made.event);
  }
  void store(std::uint32_t thread, std::int32_t was, std::int32_t now) {
    made.at(++time, thread, Kind::store, State::running, pack(was, now)).object = count;
    made.stream->record(made.event);
  }
  [[nodiscard]] const ObjectState& count_in(const World& world) const { return world.objects[count.index()]; }

  MadeTrace made{2};
  ObjectId count;
  ObjectId lock;
  Nanoseconds time = 0;
};

TEST_F(ReplayOfACounter, KnowsWhichValueIsOutOfDate) {
  load(1, 40);
  load(2, 40);
  store(2, 40, 41);
  store(1, 41, 41);
  Replay replay;
  replay.update(made.trace);
  EXPECT_FALSE(replay.at(2).stale(ThreadId{1}));
  EXPECT_TRUE(replay.at(3).stale(ThreadId{1}));
  EXPECT_FALSE(replay.at(3).stale(ThreadId{2}));
  const World& end = replay.at(4);
  EXPECT_EQ(count_in(end).value, 41);
  EXPECT_EQ(count_in(end).writes, 2U);
  EXPECT_EQ(count_in(end).overwritten, 1U);
  EXPECT_EQ(count_in(end).last_writer, ThreadId{1});
  ASSERT_EQ(replay.overwrites().size(), 1U);
  EXPECT_EQ(replay.overwrites()[0], 3U);
}

TEST_F(ReplayOfACounter, GoesBackToTheInitialValue) {
  load(1, 40);
  store(1, 40, 41);
  Replay replay;
  replay.update(made.trace);
  EXPECT_EQ(count_in(replay.at(2)).value, 41);
  EXPECT_EQ(count_in(replay.at(0)).value, 40);
  EXPECT_FALSE(replay.at(0).threads.size() > 1 && replay.at(0).threads[1].has_value);
}

TEST_F(ReplayOfACounter, FollowsALocksOwner) {
  made.add(1, 1, Kind::acquire, State::running, lock);
  made.add(2, 2, Kind::wait, State::waiting_lock, lock);
  made.add(3, 1, Kind::release, State::running, lock);
  Replay replay;
  replay.update(made.trace);
  EXPECT_EQ(replay.at(2).objects[lock.index()].owner, ThreadId{1});
  EXPECT_EQ(replay.at(2).threads[1].held, std::vector{lock});
  EXPECT_EQ(replay.at(2).threads[2].waits_for, lock);
  EXPECT_FALSE(replay.at(3).objects[lock.index()].owner.valid());
  EXPECT_TRUE(replay.at(3).threads[1].held.empty());
}

TEST_F(ReplayOfACounter, CountsStepsAndNotTheBookkeepingAroundThem) {
  made.add(0, 1, Kind::started, State::ready);
  made.add(0, 1, Kind::scheduled, State::running);
  load(1, 40);
  made.add(2, 1, Kind::preempted, State::ready);
  store(2, 40, 7);
  made.add(4, 1, Kind::ended, State::idle);
  Replay replay;
  replay.update(made.trace);
  EXPECT_EQ(replay.step_count(), 2U);
  EXPECT_EQ(replay.events_of(0), 0U);
  EXPECT_EQ(replay.events_of(1), 3U);
  EXPECT_EQ(replay.events_of(2), 6U);
  EXPECT_EQ(replay.steps_in(2), 0U);
  EXPECT_EQ(replay.steps_in(3), 1U);
  ASSERT_NE(replay.next_step(0), nullptr);
  EXPECT_EQ(replay.next_step(0)->kind, Kind::load);
  EXPECT_EQ(replay.last_step(0), nullptr);
  EXPECT_EQ(replay.next_step_of(ThreadId{2}, 0)->kind, Kind::store);
  EXPECT_EQ(replay.next_step_of(ThreadId{1}, 3), nullptr);
}

// Whatever the way there, the state at an event is the same, across many key frames and while the trace grows.
TEST_F(ReplayOfACounter, IsTheSameForwardsBackwardsAndWhileGrowing) {
  Replay grown;
  Rng rng(5);
  std::vector<std::int64_t> values{40};
  std::int32_t now = 40;
  for (int step = 0; step < 20'000; ++step) {
    const std::uint32_t thread = 1 + rng.below(2);
    if (rng.below(2) == 0) {
      load(thread, now);
    } else {
      const auto next = static_cast<std::int32_t>(rng.below(1000));
      store(thread, now, next);
      now = next;
    }
    values.push_back(now);
    if (rng.below(500) == 0) {
      grown.update(made.trace);
      (void)grown.at(rng.below(static_cast<std::uint32_t>(grown.size() + 1)));
    }
  }
  grown.update(made.trace);
  Replay fresh;
  fresh.update(made.trace);
  ASSERT_EQ(grown.size(), values.size() - 1);
  for (int look = 0; look < 300; ++look) {
    const std::size_t at = rng.below(static_cast<std::uint32_t>(values.size()));
    EXPECT_EQ(count_in(grown.at(at)).value, values[at]);
    EXPECT_EQ(count_in(fresh.at(at)).value, values[at]);
    EXPECT_EQ(grown.at(at).stale(ThreadId{1}), fresh.at(at).stale(ThreadId{1}));
    EXPECT_EQ(count_in(grown.at(at)).overwritten, count_in(fresh.at(at)).overwritten);
  }
}

TEST_F(ReplayOfACounter, FindsTheEventsUpToATime) {
  load(1, 40);
  load(2, 40);
  store(1, 40, 41);
  Replay replay;
  replay.update(made.trace);
  EXPECT_EQ(replay.events_until(0), 0U);
  EXPECT_EQ(replay.events_until(2), 2U);
  EXPECT_EQ(replay.events_until(99), 3U);
}

TEST(Replay, OfNothingIsEmpty) {
  Replay replay;
  const Trace trace;
  replay.update(trace);
  EXPECT_EQ(replay.size(), 0U);
  EXPECT_EQ(replay.events_of(5), 0U);
  EXPECT_EQ(replay.next_step(0), nullptr);
  EXPECT_TRUE(replay.at(0).objects.empty());
}

}  // namespace
}  // namespace interleave::trace
