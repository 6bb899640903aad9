#include "session/exports.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>

#include <gtest/gtest.h>

namespace interleave::session {
namespace {

TEST(CsvNumber, IsWrittenOutWithAsFewDigitsAsNameIt) {
  EXPECT_EQ(csv_number(0), "0");
  EXPECT_EQ(csv_number(12), "12");
  EXPECT_EQ(csv_number(-1200), "-1200");
  EXPECT_EQ(csv_number(0.1), "0.1");
  EXPECT_EQ(csv_number(-0.00025), "-0.00025");
  EXPECT_EQ(csv_number(1616.359), "1616.359");
  EXPECT_EQ(csv_number(999999999999999), "999999999999999");
  EXPECT_EQ(csv_number(1.0 / 3), "0.3333333333333333");
}

TEST(CsvNumber, HasAnExponentWhereItIsLong) {
  EXPECT_EQ(csv_number(1e15), "1e+15");
  EXPECT_EQ(csv_number(-2.5e20), "-2.5e+20");
  EXPECT_EQ(csv_number(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(csv_number(-std::numeric_limits<double>::infinity()), "-inf");
  EXPECT_EQ(csv_number(std::nan("")), "nan");
}

TEST(CsvNumber, ReadsBackAsTheSameNumber) {
  std::uint64_t bits = 88172645463325252;
  for (int round = 0; round < 2000; ++round) {
    bits ^= bits << 13U;
    bits ^= bits >> 7U;
    bits ^= bits << 17U;
    const auto value = std::bit_cast<double>(bits);
    if (!std::isfinite(value)) continue;
    EXPECT_EQ(std::strtod(csv_number(value).c_str(), nullptr), value);
  }
}

}  // namespace
}  // namespace interleave::session
