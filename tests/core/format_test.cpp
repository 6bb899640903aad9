#include "core/format.h"

#include <cmath>
#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

#include "core/outcome.h"

namespace interleave {
namespace {

TEST(FormatCount, SeparatesThousands) {
  EXPECT_EQ(format_count(0), "0");
  EXPECT_EQ(format_count(999), "999");
  EXPECT_EQ(format_count(1'000), "1,000");
  EXPECT_EQ(format_count(6'000'000), "6,000,000");
  EXPECT_EQ(format_count(-123'456), "-123,456");
}

TEST(FormatCount, HoldsTheSmallestAndTheLargestInteger) {
  EXPECT_EQ(format_count(INT64_MAX), "9,223,372,036,854,775,807");
  EXPECT_EQ(format_count(INT64_MIN), "-9,223,372,036,854,775,808");
}

TEST(FormatNumber, KeepsThreeSignificantDigits) {
  EXPECT_EQ(format_number(0.284), "0.284");
  EXPECT_EQ(format_number(12.34), "12.3");
  EXPECT_EQ(format_number(123.4), "123");
  EXPECT_EQ(format_number(1234.6), "1,235");
  EXPECT_EQ(format_number(0.000284), "0.000284");
  EXPECT_EQ(format_number(-1.234), "-1.23");
  EXPECT_EQ(format_number(0), "0");
}

TEST(FormatNumber, RoundsIntoTheNextPowerOfTenWithoutAFourthDigit) {
  EXPECT_EQ(format_number(9.996), "10.0");
  EXPECT_EQ(format_number(99.96), "100");
  EXPECT_EQ(format_number(999.6), "1,000");
  EXPECT_EQ(format_number(0.9996), "1.00");
}

TEST(FormatNumber, NamesWhatIsNoNumber) {
  EXPECT_EQ(format_number(std::numeric_limits<double>::quiet_NaN()), "-");
  EXPECT_EQ(format_number(std::numeric_limits<double>::infinity()), "∞");
  EXPECT_EQ(format_number(1e30).size(), 41U);  // 31 digits and 10 separators
}

TEST(FormatDuration, ChoosesTheUnitThatFits) {
  EXPECT_EQ(format_duration(0), "0 ns");
  EXPECT_EQ(format_duration(7), "7 ns");
  EXPECT_EQ(format_duration(3'840), "3.84 µs");
  EXPECT_EQ(format_duration(642'000'000), "642 ms");
  EXPECT_EQ(format_duration(24'100'000'000), "24.1 s");
  EXPECT_EQ(format_duration(3'600'000'000'000), "3,600 s");
  EXPECT_EQ(format_duration(-5'000'000), "-5.00 ms");
}

TEST(FormatDuration, TakesTheLargerUnitWhereRoundingReachesIt) {
  EXPECT_EQ(format_duration(999'400), "999 µs");
  EXPECT_EQ(format_duration(999'600), "1.00 ms");
}

TEST(FormatDuration, HoldsTheSmallestInteger) { EXPECT_EQ(format_duration(INT64_MIN), "-9,223,372,037 s"); }

TEST(PrintDuration, IsExactAndShort) {
  EXPECT_EQ(print_duration(0), "0ns");
  EXPECT_EQ(print_duration(5'000'000), "5ms");
  EXPECT_EQ(print_duration(1'500'000), "1500us");
  EXPECT_EQ(print_duration(1'000'000'000), "1s");
  EXPECT_EQ(print_duration(1'000'000'001), "1000000001ns");
}

TEST(FormatBytes, TakesThePowerOf1024ThatFits) {
  EXPECT_EQ(format_bytes(0), "0 B");
  EXPECT_EQ(format_bytes(613), "613 B");
  EXPECT_EQ(format_bytes(1023.6), "1.00 KiB");
  EXPECT_EQ(format_bytes(8.0 * 1024 * 1024), "8.00 MiB");
  EXPECT_EQ(format_bytes(80e9), "74.5 GiB");
  EXPECT_EQ(format_bytes(1e18), "909,495 TiB");
}

TEST(FormatPercent, HasOneDecimal) {
  EXPECT_EQ(format_percent(0.4803), "48.0 %");
  EXPECT_EQ(format_percent(1), "100.0 %");
}

TEST(ShowFigure, FollowsTheUnit) {
  const auto show = [](FigureUnit unit, double value) { return show_figure({"key", {"", ""}, unit, value}); };
  EXPECT_EQ(show(FigureUnit::count, 6'000'000), "6,000,000");
  EXPECT_EQ(show(FigureUnit::count, 1.5), "1.50");
  EXPECT_EQ(show(FigureUnit::nanoseconds, 0.584), "0.584 ns");
  EXPECT_EQ(show(FigureUnit::nanoseconds, 1'234'567), "1.23 ms");
  EXPECT_EQ(show(FigureUnit::share, 0.5), "50.0 %");
  EXPECT_EQ(show(FigureUnit::bytes, 2048), "2.00 KiB");
}

TEST(ShowFigure, SurvivesAnyNumber) {
  const double infinite = std::numeric_limits<double>::infinity();
  for (const FigureUnit unit : {FigureUnit::count, FigureUnit::nanoseconds}) {
    EXPECT_EQ(show_figure({"key", {"", ""}, unit, infinite}).substr(0, 3), "∞");
    EXPECT_FALSE(show_figure({"key", {"", ""}, unit, 1e300}).empty());
    EXPECT_FALSE(show_figure({"key", {"", ""}, unit, std::nan("")}).empty());
  }
}

}  // namespace
}  // namespace interleave
