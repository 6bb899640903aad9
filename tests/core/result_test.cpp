#include "core/result.h"

#include <memory>

#include <gtest/gtest.h>

namespace interleave {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return Error{Text{"The number is odd.", "홀수입니다."}};
  return number / 2;
}

TEST(Result, HoldsAValueOrASentence) {
  const Result<int> fine = half(8);
  ASSERT_TRUE(fine);
  EXPECT_EQ(fine.value(), 4);
  const Result<int> wrong = half(7);
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().message.en, "The number is odd.");
  EXPECT_EQ(wrong.error().message.ko, "홀수입니다.");
}

TEST(Result, HandsOverWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(3));
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 3);
}

TEST(Result, OfNothingOnlyTellsWhetherItWorked) {
  const Result<> fine = Nothing{};
  EXPECT_TRUE(fine.ok());
}

#ifndef NDEBUG
TEST(ResultDeathTest, ReadingWhatIsNotThereIsABug) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(static_cast<void>(half(7).value()), "");
}
#endif

}  // namespace
}  // namespace interleave
