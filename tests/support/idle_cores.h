// For tests of what happens only where threads really run at the same time: whether this machine lets them, right now.
// It may be busy with something else, and then such a test says so instead of failing.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/clock.h"

namespace interleave::test {

// Threads that the end of their scope waits for. std::jthread does so, too, but Emscripten's library has none.
class JoinedThreads {
 public:
  JoinedThreads() = default;
  JoinedThreads(const JoinedThreads&) = delete;
  JoinedThreads& operator=(const JoinedThreads&) = delete;
  ~JoinedThreads() {
    for (std::thread& thread : threads_) thread.join();
  }
  // Throws std::system_error where no more threads can be made.
  template <class Body>
  void start(Body&& body) {
    threads_.emplace_back(std::forward<Body>(body));
  }

 private:
  std::vector<std::thread> threads_;
};

// From here on two cores count as idle: on two that nobody else wants, two threads that compute get 1.9 and more.
inline constexpr double two_idle_cores = 1.6;

// How many cores `threads` threads that compute have between them at this moment, from 0 to about `threads`. Takes 30
// ms where they are idle. Where no more threads can be made, which a test under Node may find, it is as many as asked
// for.
inline double cores_to_be_had(int threads = 2) {
  // Some 20 us of work that no compiler sees through; each step waits for the one before, so that it takes the same
  // time on half of a core with two threads.
  const auto compute = [] {
    std::uint32_t x = 2463534242;
    for (int step = 0; step < 10'000; ++step) {
      x ^= x << 13;
      x ^= x >> 17;
      x ^= x << 5;
    }
    volatile std::uint32_t kept = x;
    static_cast<void>(kept);
  };
  constexpr int pieces = 200;
  const auto compute_all = [&] {
    for (int piece = 0; piece < pieces; ++piece) compute();
  };
  const auto timed = [](auto work) {
    const Nanoseconds began = steady_now();
    work();
    return static_cast<double>(steady_now() - began);
  };
  // Of so many short pieces one at least is not interrupted, however busy the machine is.
  double piece = timed(compute);
  for (int again = 0; again < pieces; ++again) piece = std::min(piece, timed(compute));
  std::array<double, 5> together{};
  try {
    for (double& time : together) {
      time = timed([&] {
        JoinedThreads all;
        for (int thread = 0; thread < threads; ++thread) all.start(compute_all);
      });
    }
  } catch (const std::system_error&) {
    return threads;
  }
  std::ranges::nth_element(together, together.begin() + together.size() / 2);
  return threads * pieces * piece / together[together.size() / 2];
}

// Tries until the condition holds, which it does sooner or later on two idle cores, and records how often it took.
// Attempts during which the machine is busy with something else do not count; where they last, the test says so and is
// skipped.
template <class Attempt>
void expect_soon(int attempts, Attempt attempt) {
  constexpr Nanoseconds longest = 20 * second;
  const Nanoseconds give_up = steady_now() + longest;
  double least = 2;
  double most = 0;
  for (int tried = 1, fair = 0; fair < attempts; ++tried) {
    if (attempt()) {
      testing::Test::RecordProperty("attempts", tried);
      return;
    }
    const double cores = cores_to_be_had();
    least = std::min(least, cores);
    most = std::max(most, cores);
    fair += cores >= two_idle_cores ? 1 : 0;
    if (steady_now() > give_up && 2 * fair < tried) {
      GTEST_SKIP() << "it needs two idle cores, and after " << tried - fair << " of " << tried
                   << " attempts there were none: two threads had " << least << " to " << most << " of them";
    }
  }
  FAIL() << "not once in " << attempts << " attempts on two idle cores";
}

}  // namespace interleave::test
