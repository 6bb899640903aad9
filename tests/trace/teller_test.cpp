// What a simulated run's events say in words.
#include "trace/teller.h"

#include <gtest/gtest.h>

#include "support/made_trace.h"

namespace interleave::trace {
namespace {

class Told : public testing::Test {
 protected:
  Words told(std::uint32_t thread, Kind kind, State state, std::int64_t value) {
    return Teller(made.trace).told(made.at(1, thread, kind, state, value));
  }
  test::MadeTrace made{2};
};

TEST_F(Told, WhoTakesTheGilAndFromWhom) {
  EXPECT_EQ(told(1, Kind::gil_take, State::running, nobody).en, "thread 1 takes the GIL");
  EXPECT_EQ(told(1, Kind::gil_take, State::running, 1).en, "thread 1 takes the GIL") << "its own is nobody else's";
  const Words other = told(2, Kind::gil_take, State::running, 1);
  EXPECT_EQ(other.en, "thread 2 takes the GIL, which thread 1 had before");
  EXPECT_EQ(other.ko, "스레드 1이 쥐었던 GIL을 스레드 2가 얻는다");
}

TEST_F(Told, WhoAsksWhomForTheGil) {
  const Words asks = told(2, Kind::gil_request, State::waiting_gil, 1);
  EXPECT_EQ(asks.en, "thread 2 has waited for a switch interval and asks thread 1 for the GIL");
  EXPECT_EQ(asks.ko, "스레드 2가 전환 간격만큼 기다리고 스레드 1에게 GIL을 달라고 한다");
}

TEST_F(Told, WhyTheGilIsLetGo) {
  EXPECT_EQ(told(1, Kind::gil_drop, State::running, 1).en, "thread 1 was asked for the GIL and lets it go");
  EXPECT_EQ(told(1, Kind::gil_drop, State::running, 0).en, "thread 1 lets the GIL go");
}

TEST_F(Told, WaitsAndComputations) {
  EXPECT_EQ(told(1, Kind::io, State::blocked, 100).en, "thread 1 waits for I/O");
  EXPECT_EQ(told(1, Kind::sleep, State::blocked, 5'000'000).en, "thread 1 sleeps for 5.00 ms");
  EXPECT_EQ(told(1, Kind::sleep, State::blocked, 5'000'000).ko, "스레드 1이 5.00 ms 동안 잔다");
  EXPECT_EQ(told(2, Kind::compute, State::running, 7).en, "thread 2 computes");
}

}  // namespace
}  // namespace interleave::trace
