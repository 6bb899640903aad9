// A run in figures.
#include "trace/metrics.h"

#include <gtest/gtest.h>

#include "support/made_trace.h"

namespace interleave::trace {
namespace {

using test::MadeTrace;

TEST(Metrics, OfNothingAreNothing) {
  const Trace trace;
  const Metrics metrics = measure(trace);
  EXPECT_EQ(metrics.elapsed, 0);
  EXPECT_EQ(metrics.overlap, 0U);
  EXPECT_EQ(metrics.wait_mean(), 0);
  EXPECT_TRUE(metrics.threads.empty());
}

TEST(Metrics, OfThreadsThatNeverBeganAreNothing) {
  const MadeTrace made(2);
  const Metrics metrics = measure(made.trace);
  EXPECT_EQ(metrics.elapsed, 0);
  EXPECT_EQ(metrics.threads.size(), 3U);
}

// One thread computes, waits 30 ns for a lock that the other holds, and computes again.
class AWait : public ::testing::Test {
 protected:
  AWait() {
    const ObjectId lock = made.trace.add_object({Words("lock", "락"), ObjectKind::lock, 0});
    made.add(100, 1, Kind::started, State::running);
    made.add(100, 2, Kind::started, State::ready);
    made.add(110, 1, Kind::acquire, State::running, lock);
    made.add(120, 2, Kind::scheduled, State::running);
    made.add(130, 2, Kind::wait, State::waiting_lock, lock);
    made.add(160, 1, Kind::release, State::running, lock);
    made.add(160, 2, Kind::woken, State::ready, 1);
    made.add(165, 2, Kind::scheduled, State::running);
    made.add(180, 1, Kind::ended, State::idle);
    made.add(200, 2, Kind::ended, State::idle);
  }
  MadeTrace made{2};
};

TEST_F(AWait, IsMeasured) {
  const Metrics metrics = measure(made.trace);
  EXPECT_EQ(metrics.waits, 1U);
  EXPECT_EQ(metrics.wait_total, 30);
  EXPECT_EQ(metrics.wait_max, 30);
  EXPECT_DOUBLE_EQ(metrics.wait_mean(), 30);
  EXPECT_EQ(metrics.threads[2].waits, 1U);
  EXPECT_EQ(metrics.threads[1].waits, 0U);
}

TEST_F(AWait, LeavesEachStateItsTime) {
  const Metrics metrics = measure(made.trace);
  const ThreadMetrics& waiter = metrics.threads[2];
  EXPECT_EQ(waiter.in(State::ready), 20 + 5);
  EXPECT_EQ(waiter.in(State::running), 10 + 35);
  EXPECT_EQ(waiter.in(State::waiting_lock), 30);
  EXPECT_EQ(metrics.threads[1].in(State::running), 80);
}

TEST_F(AWait, AddsUpToTheThreadsLifetime) {
  const Metrics metrics = measure(made.trace);
  for (const std::size_t thread : {1U, 2U}) {
    const ThreadMetrics& one = metrics.threads[thread];
    Nanoseconds sum = 0;
    for (const Nanoseconds time : one.in_state) sum += time;
    EXPECT_EQ(sum, one.end - one.begin);
    EXPECT_TRUE(one.ended);
  }
}

TEST_F(AWait, GoesFromTheFirstStartToTheLastEnd) { EXPECT_EQ(measure(made.trace).elapsed, 100); }

TEST_F(AWait, CountsHowOftenAThreadStoppedRunning) {
  const Metrics metrics = measure(made.trace);
  EXPECT_EQ(metrics.threads[2].switches, 1U);
  EXPECT_EQ(metrics.threads[1].switches, 0U);
  EXPECT_EQ(metrics.switches, 1U);
}

TEST_F(AWait, SeesTwoThreadsAtOnce) { EXPECT_EQ(measure(made.trace).overlap, 2U); }

TEST(Overlap, IsOneWhereThreadsTakeTurns) {
  MadeTrace made(3);
  for (std::uint32_t thread = 1; thread <= 3; ++thread) {
    made.add(thread * 10, thread, Kind::started, State::running);
    made.add(thread * 10 + 10, thread, Kind::ended, State::idle);
  }
  EXPECT_EQ(measure(made.trace).overlap, 1U);
}

// Live threads have a stream each, so the streams are one behind the other and not in time order.
TEST(Overlap, IsFoundAcrossStreams) {
  MadeTrace made(3);
  for (std::uint32_t thread = 1; thread <= 3; ++thread) {
    Stream& own = made.trace.add_stream();
    own.record(made.at(100 - thread, thread, Kind::started, State::running));
    own.record(made.at(200 + thread, thread, Kind::ended, State::idle));
  }
  const Metrics metrics = measure(made.trace);
  EXPECT_EQ(metrics.overlap, 3U);
  EXPECT_EQ(metrics.elapsed, 203 - 97);
  EXPECT_EQ(metrics.events, 6U);
}

TEST(Metrics, OfARunThatGoesOnReachToItsLatestEvent) {
  MadeTrace made(1);
  made.add(0, 1, Kind::started, State::running);
  made.at(40, 1, Kind::compute, State::running).cost = 10;
  made.stream->record(made.event);
  const Metrics metrics = measure(made.trace);
  EXPECT_FALSE(metrics.threads[1].ended);
  EXPECT_EQ(metrics.threads[1].end, 50);
  EXPECT_EQ(metrics.threads[1].in(State::running), 50);
  EXPECT_EQ(metrics.elapsed, 50);
}

TEST(Metrics, CountWhatWasNotRecorded) {
  MadeTrace made(1);
  Stream& small = made.trace.add_stream(2);
  for (Nanoseconds time = 0; time < 7; ++time) small.record(made.at(time, 1, Kind::load, State::running));
  const Metrics metrics = measure(made.trace);
  EXPECT_EQ(metrics.events, 2U);
  EXPECT_EQ(metrics.unrecorded, 5U);
}

TEST(Metrics, PassOverEventsOfNobody) {
  MadeTrace made(1);
  made.add(5, 77, Kind::started, State::running);
  made.add(5, ThreadId::none_value, Kind::started, State::running);
  EXPECT_EQ(measure(made.trace).elapsed, 0);
}

TEST(Metrics, ASampleOfProgressIsNoChangeOfState) {
  MadeTrace made(1);
  made.add(0, 1, Kind::started, State::running);
  made.add(10, 1, Kind::wait, State::waiting_lock, ObjectId{0});
  made.add(50, 1, Kind::progress, State::running, 3);
  made.add(90, 1, Kind::acquire, State::running, ObjectId{0});
  made.add(100, 1, Kind::ended, State::idle);
  const Metrics metrics = measure(made.trace);
  EXPECT_EQ(metrics.threads[1].wait_max, 80);
  EXPECT_EQ(metrics.threads[1].waits, 1U);
  EXPECT_EQ(metrics.threads[1].in(State::running), 20);
}

}  // namespace
}  // namespace interleave::trace
