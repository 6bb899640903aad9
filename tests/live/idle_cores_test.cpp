// What the tests of real threads go by: whether the machine has cores for them.
#include "support/idle_cores.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "support/effort.h"

namespace interleave::test {
namespace {

TEST(IdleCores, AreNotThereBesideThreadsThatComputeForever) {
  if (!natively) GTEST_SKIP() << "Node has no threads to spare, and a sanitizer's are tested as natively";
  std::atomic<bool> over = false;
  JoinedThreads endless;
  for (unsigned thread = 0; thread < 4 * std::max(1U, std::thread::hardware_concurrency()); ++thread) {
    endless.start([&] {
      while (!over.load(std::memory_order_relaxed)) continue;
    });
  }
  EXPECT_LT(cores_to_be_had(2), two_idle_cores);
  over = true;
}

TEST(IdleCores, WhatHoldsAtOnceIsTriedOnce) {
  int tried = 0;
  expect_soon(3, [&] { return ++tried > 0; });
  EXPECT_EQ(tried, 1);
}

TEST(IdleCores, WhatHoldsLaterIsTriedAgain) {
  int tried = 0;
  expect_soon(30, [&] { return ++tried == 3; });
  EXPECT_EQ(tried, 3);
}

}  // namespace
}  // namespace interleave::test
