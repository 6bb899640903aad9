// Many workers of the pool at one job that is no run: a search, shared among them.
#pragma once

#include <atomic>
#include <functional>

#include "live/pool.h"

namespace interleave::live {

// Each worker calls the job once, with a number from 0. The job must end soon after it was told to, by whatever means
// it shares with its owner.
class Crew final : public Errand {
 public:
  using Job = std::function<void(std::size_t)>;

  Crew(std::size_t workers, Job job) : wanted_(workers), job_(std::move(job)) {}

  void watch_over(Pool& pool, Signal& signal) override {
    for (std::size_t number = 0; number < wanted_; ++number) {
      ++working_;
      const bool started = pool.try_start([this, &signal, number] {
        job_(number);
        // The last one says so; nothing of the crew is touched after that.
        if (working_.fetch_sub(1) == 1) signal.raise();
      });
      if (started) continue;
      // All are busy, or there are no more.
      --working_;
      break;
    }
    while (working_ > 0) signal.wait();
    finished_.store(true, std::memory_order_release);
  }
  void finish_unbegun() override { finished_.store(true, std::memory_order_release); }

  // Safe from every thread.
  [[nodiscard]] bool finished() const { return finished_.load(std::memory_order_acquire); }

 private:
  std::size_t wanted_;
  Job job_;
  std::atomic<std::size_t> working_{0};
  std::atomic<bool> finished_{false};
};

}  // namespace interleave::live
