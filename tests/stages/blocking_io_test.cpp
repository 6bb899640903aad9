// The calls of traces made by hand: what they waited for the answer, and what for the interpreter lock.
#include <gtest/gtest.h>

#include "stages/blocking_io/scene.h"
#include "support/made_trace.h"

namespace interleave::stages {
namespace {

using trace::Kind;
using trace::State;

constexpr std::size_t all = SIZE_MAX;

TEST(Calls, WaitForTheLockAfterTheirAnswer) {
  test::MadeTrace made(1);
  made.add(10, 1, Kind::gil_drop, State::running, 0);
  made.add(11, 1, Kind::io, State::blocked, 100);
  made.add(111, 1, Kind::woken, State::running, 1);
  made.add(112, 1, Kind::wait, State::waiting_gil, 0);
  made.add(150, 1, Kind::gil_take, State::running, 0);
  const auto calls = calls_of(made.trace, all, {.lets_gil_go = true});
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_TRUE(calls[0].done);
  EXPECT_EQ(calls[0].begin, 10);
  EXPECT_EQ(calls[0].asked, 11);
  EXPECT_EQ(calls[0].answered, 111);
  EXPECT_EQ(calls[0].end, 150);
  EXPECT_EQ(calls[0].latency(), 140);
  EXPECT_EQ(calls[0].waited(), 40);
  const auto waiting = calls_of(made.trace, 4, {.lets_gil_go = true});
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_FALSE(waiting[0].done);
  EXPECT_EQ(waiting[0].answered, 111);
  EXPECT_EQ(waiting[0].end, 112);
}

TEST(Calls, WithoutALockAreDoneWhenTheyRunAgain) {
  test::MadeTrace made(1);
  made.add(0, 1, Kind::io, State::blocked, 100);
  made.add(130, 1, Kind::scheduled, State::running, 0);
  made.add(131, 1, Kind::ended, State::idle, 0);
  const auto calls = calls_of(made.trace, all, {});
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].answered, 100) << "it was answered before it got a core";
  EXPECT_EQ(calls[0].end, 130);
}

TEST(Calls, ThatSendFirstBeginBeforeThatWhetherItIsRecordedOrNot) {
  test::MadeTrace made(1);
  made.add(5, 1, Kind::gil_drop, State::running, 0);
  made.add(5, 1, Kind::io, State::blocked, 2);
  made.add(20, 1, Kind::gil_take, State::running, 0);
  made.add(21, 1, Kind::gil_drop, State::running, 0);
  made.add(21, 1, Kind::io, State::blocked, 100);
  made.add(121, 1, Kind::gil_take, State::running, 0);
  const auto calls = calls_of(made.trace, all, {.lets_gil_go = true, .sends_recorded = true});
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].begin, 5);
  EXPECT_EQ(calls[0].asked, 21);
  EXPECT_EQ(calls[0].latency(), 116);

  test::MadeTrace live(1);
  live.add(5, 1, Kind::gil_drop, State::running, 0);
  live.add(20, 1, Kind::gil_take, State::running, 0);
  live.add(21, 1, Kind::gil_drop, State::running, 0);
  live.add(21, 1, Kind::io, State::blocked, 100);
  live.add(121, 1, Kind::woken, State::running, 1);
  live.add(122, 1, Kind::gil_take, State::running, 0);
  const auto same = calls_of(live.trace, all, {.lets_gil_go = true});
  ASSERT_EQ(same.size(), 1U);
  EXPECT_EQ(same[0].begin, 5);
  EXPECT_EQ(same[0].asked, 21);
}

TEST(Calls, OfOneThreadFollowEachOther) {
  test::MadeTrace made(1);
  for (const Nanoseconds at : {0, 200}) {
    made.add(at, 1, Kind::io, State::blocked, 100);
    made.add(at + 100, 1, Kind::woken, State::running, 1);
  }
  const auto calls = calls_of(made.trace, all, {});
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[1].begin, 200);
  EXPECT_EQ(calls[1].end, 300);
}

}  // namespace
}  // namespace interleave::stages
