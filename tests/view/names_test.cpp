// What threads are called on the screen.
#include "view/run/names.h"

#include <gtest/gtest.h>

namespace interleave::view {
namespace {

TEST(Letters, AreForPeople) {
  EXPECT_EQ(letter_of(0), "A");
  EXPECT_EQ(letter_of(25), "Z");
  EXPECT_EQ(letter_of(26), "27");
}

TEST(Letters, CallTheMainThreadM) {
  EXPECT_EQ(letter_of_thread(ThreadId{0}), "M");
  EXPECT_EQ(letter_of_thread(ThreadId{1}), "A");
}

}  // namespace
}  // namespace interleave::view
