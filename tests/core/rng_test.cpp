#include "core/rng.h"

#include <array>

#include <gtest/gtest.h>

namespace interleave {
namespace {

// From the reference implementation, https://prng.di.unimi.it/splitmix64.c.
TEST(Rng, DrawsWhatTheReferenceImplementationDraws) {
  Rng zero(0);
  EXPECT_EQ(zero.next(), 0xe220a8397b1dcdafULL);
  EXPECT_EQ(zero.next(), 0x6e789e6aa1b965f4ULL);
  EXPECT_EQ(zero.next(), 0x06c45d188009454fULL);
  Rng other(1234567);
  EXPECT_EQ(other.next(), 6457827717110365317ULL);
  EXPECT_EQ(other.next(), 3203168211198807973ULL);
  EXPECT_EQ(other.next(), 9817491932198370423ULL);
}

TEST(Rng, IsAConstantExpression) {
  constexpr auto first = [] {
    Rng rng(0);
    return rng.next();
  }();
  static_assert(first == 0xe220a8397b1dcdafULL);
}

TEST(Rng, StaysBelowItsBound) {
  Rng rng(7);
  for (const std::uint32_t bound : {1U, 2U, 3U, 10U, 1U << 31U, 0xffff'ffffU}) {
    for (int draw = 0; draw < 1000; ++draw) ASSERT_LT(rng.below(bound), bound);
  }
}

TEST(Rng, DrawsEveryNumberBelowASmallBoundEquallyOften) {
  constexpr int draws = 60'000;
  std::array<int, 6> seen{};
  Rng rng(1);
  for (int draw = 0; draw < draws; ++draw) ++seen[rng.below(6)];
  // Six standard deviations of a binomial with n = 60,000 and p = 1/6 are 548.
  for (const int count : seen) EXPECT_NEAR(count, draws / 6, 548);
}

// Without rejection, every third number below 3 x 2^30 would come twice as often as the others.
TEST(Rng, IsUnbiasedWhereTheBoundDoesNotDivideThePowerOfTwo) {
  constexpr int draws = 30'000;
  std::array<int, 3> seen{};
  Rng rng(2);
  for (int draw = 0; draw < draws; ++draw) ++seen[rng.below(3U << 30U) % 3];
  for (const int count : seen) EXPECT_NEAR(count, draws / 3, 490);
}

TEST(Rng, StreamsDoNotDependOnWhatTheOthersDrew) {
  Rng first = Rng::stream(5, 1);
  Rng second = Rng::stream(5, 2);
  const std::uint64_t expected = Rng::stream(5, 2).next();
  for (int draw = 0; draw < 100; ++draw) static_cast<void>(first.next());
  EXPECT_EQ(second.next(), expected);
  EXPECT_NE(Rng::stream(5, 1).next(), Rng::stream(5, 2).next());
  EXPECT_NE(Rng::stream(5, 1).next(), Rng::stream(6, 1).next());
}

}  // namespace
}  // namespace interleave
