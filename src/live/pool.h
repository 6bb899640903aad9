// The operating system's threads, made once and used again by every live run: on the web a Worker takes tens of
// milliseconds to start, and none can be started while the main thread is busy.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "live/signal.h"
#include "rt/execution.h"

namespace interleave::live {

class Pool;

// What the pool's watcher carries out, one after the other.
class Errand {
 public:
  Errand() = default;
  Errand(const Errand&) = delete;
  Errand& operator=(const Errand&) = delete;
  virtual ~Errand() = default;
  // On the watcher's thread: begins it and returns when it has ended and no worker is left in it.
  virtual void watch_over(Pool& pool, Signal& signal) = 0;
  // It was replaced before it began, or the pool closes. On any thread.
  virtual void finish_unbegun() = 0;
};

// `workers` threads that carry bodies, and one that watches over the errand that is going on.
class Pool final : public rt::Resources {
 public:
  enum class Begin : std::uint8_t { beforehand, on_demand };

  // On the web all threads begin at once (the module must have been linked with a pool of workers + 1); natively they
  // begin when they are first wanted. Never blocks.
  Pool(std::size_t workers, Begin begin);
  // Ends all threads: waits for them, so never to be called on a browser's main thread.
  ~Pool() override;
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Hands over an errand. It begins as soon as the one before it has ended. Never blocks; for one thread.
  void submit(std::shared_ptr<Errand> errand);

  // Gives the job to an idle worker, or false where all are busy. For the watcher and the workers.
  bool try_start(std::function<void()> job);

  [[nodiscard]] std::size_t capacity() const override { return capacity_; }
  // How many workers have a job now. Safe from every thread.
  [[nodiscard]] std::size_t busy() const override { return busy_.load(); }
  // Wakes the watcher, which looks after the run. Never blocks; safe from every thread.
  void nudge() { watcher_signal_.raise(); }

 private:
  struct Worker;
  void watch();
  void add_worker();
  static void work(Pool& pool, Worker& worker);

  std::size_t capacity_;
  std::atomic<std::size_t> busy_{0};
  std::atomic<bool> closing_{false};
  Signal watcher_signal_;
  // The next errand. The slot owns it while it is not null.
  std::atomic<std::shared_ptr<Errand>*> next_{nullptr};
  std::mutex mutex_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<Worker*> idle_;
  std::thread watcher_;
};

}  // namespace interleave::live
