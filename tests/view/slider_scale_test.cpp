// A slider's place and its value belong together, on narrow and on wide ranges.
#include "view/kit/slider_scale.h"

#include <gtest/gtest.h>

namespace interleave::view {
namespace {

TEST(SliderScale, ReachesBothEnds) {
  for (const SliderScale scale :
       {SliderScale{1, 16}, SliderScale{1, 100'000'000}, SliderScale{0, 1'000'000'000}, SliderScale{5, 5}}) {
    EXPECT_EQ(scale.value_at(0), scale.min);
    EXPECT_EQ(scale.value_at(1), scale.max);
    EXPECT_EQ(scale.share_of(scale.min), 0);
  }
}

TEST(SliderScale, FindsEveryValueOfANarrowRangeAgain) {
  const SliderScale scale{1, 16};
  EXPECT_FALSE(scale.logarithmic());
  for (std::int64_t value = 1; value <= 16; ++value) EXPECT_EQ(scale.value_at(scale.share_of(value)), value);
}

TEST(SliderScale, NeverFallsOnTheWayUp) {
  for (const SliderScale scale : {SliderScale{1, 16}, SliderScale{1, 100'000'000}, SliderScale{0, 4'294'967'295}}) {
    std::int64_t last = scale.min;
    for (int step = 0; step <= 1000; ++step) {
      const std::int64_t value = scale.value_at(static_cast<float>(step) / 1000);
      EXPECT_GE(value, last);
      EXPECT_LE(value, scale.max);
      last = value;
    }
  }
}

TEST(SliderScale, GivesTwoDigitsOnAWideRange) {
  const SliderScale scale{1, 100'000'000};
  EXPECT_TRUE(scale.logarithmic());
  for (int step = 1; step < 100; ++step) {
    std::int64_t value = scale.value_at(static_cast<float>(step) / 100);
    while (value >= 100) {
      EXPECT_EQ(value % 10, 0) << value;
      value /= 10;
    }
  }
}

}  // namespace
}  // namespace interleave::view
