#include "trace/append_log.h"

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace interleave::trace {
namespace {

TEST(AppendLog, BeginsEmpty) {
  const AppendLog<int> log;
  EXPECT_EQ(log.size(), 0U);
}

TEST(AppendLog, KeepsWhatWasAppendedAcrossItsChunks) {
  AppendLog<std::size_t, 4> log;
  for (std::size_t at = 0; at < 1'000; ++at) {
    log.push(at * 3);
    ASSERT_EQ(log.size(), at + 1);
  }
  for (std::size_t at = 0; at < 1'000; ++at) ASSERT_EQ(log[at], at * 3);
}

TEST(AppendLog, NeverMovesAnElement) {
  AppendLog<int, 2> log;
  log.push(1);
  const int* first = &log[0];
  for (int at = 0; at < 500; ++at) log.push(at);
  EXPECT_EQ(first, &log[0]);
}

TEST(AppendLog, HandsOutWholeRunsUpToALimit) {
  AppendLog<std::size_t, 4> log;
  for (std::size_t at = 0; at < 100; ++at) log.push(at);
  for (const std::size_t limit : {1U, 4U, 5U, 12U, 13U, 99U, 100U}) {
    std::size_t next = 0;
    while (next < limit) {
      const auto [first, count] = log.run(next, limit);
      ASSERT_GT(count, 0U);
      for (std::size_t k = 0; k < count; ++k) ASSERT_EQ(first[k], next + k);
      next += count;
    }
    ASSERT_EQ(next, limit);
  }
}

TEST(AppendLog, HoldsWhatCanOnlyBeMoved) {
  AppendLog<std::unique_ptr<std::string>, 2> log;
  for (int at = 0; at < 10; ++at) log.push(std::make_unique<std::string>(std::to_string(at)));
  EXPECT_EQ(*log[7], "7");
}

// The sanitizer build proves that this needs no lock.
TEST(AppendLog, IsReadByOthersWhileItGrows) {
  constexpr std::size_t count = 50'000;
  AppendLog<std::size_t, 4> log;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 2; ++reader) {
    readers.emplace_back([&log] {
      std::size_t seen = 0;
      while (seen < count) {
        const std::size_t size = log.size();
        ASSERT_GE(size, seen);
        for (; seen < size; ++seen) ASSERT_EQ(log[seen], seen);
        std::this_thread::yield();
      }
    });
  }
  for (std::size_t at = 0; at < count; ++at) log.push(at);
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace interleave::trace
