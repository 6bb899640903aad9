// Locks between real threads: none, a mutex whose waiters sleep, and a spin lock.
#pragma once

#include <atomic>
#include <cstdint>

#include "live/waiting.h"
#include "rt/runtime.h"

namespace interleave::live {

class Threads;

// The mutex has three states (free, held, held and wanted), as in Drepper's "Futexes are tricky" (2011), mutex 2,
// with a condition variable in place of the futex: taking and releasing it uncontended is one atomic exchange each.
class Lock {
 public:
  Lock(Threads& rt, rt::Name name, rt::LockKind lock_kind);
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  [[nodiscard]] rt::LockKind kind() const { return kind_; }
  [[nodiscard]] ObjectId id() const { return id_; }
  [[nodiscard]] bool held() const { return state_.load() != free; }
  // The number of the participant that holds it, or Id's none.
  [[nodiscard]] std::uint32_t owner() const { return owner_.load(std::memory_order_relaxed); }

  bool try_take(std::uint32_t who) {
    std::uint32_t expected = free;
    if (!state_.compare_exchange_strong(expected, taken, std::memory_order_acquire)) return false;
    owner_.store(who, std::memory_order_relaxed);
    return true;
  }

  void release() {
    owner_.store(ThreadId::none_value, std::memory_order_relaxed);
    if (state_.exchange(free, std::memory_order_release) == wanted) {
      const std::lock_guard hold(point_.mutex);
      point_.changed.notify_one();
    }
  }

 private:
  friend class Threads;
  static constexpr std::uint32_t free = 0;
  static constexpr std::uint32_t taken = 1;
  static constexpr std::uint32_t wanted = 2;

  alignas(64) std::atomic<std::uint32_t> state_{free};
  std::atomic<std::uint32_t> owner_{ThreadId::none_value};
  rt::LockKind kind_;
  ObjectId id_;
  WaitPoint point_;
};

}  // namespace interleave::live
