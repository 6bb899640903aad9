// What an acquired lock is held through, on every engine.
#pragma once

#include <utility>

namespace interleave::rt {

// Lets the lock go at its end, by engine.release(lock). Empty where there is no lock to let go. Both must outlive it.
template <class Engine, class Lock>
class [[nodiscard]] Guard {
 public:
  Guard() = default;
  Guard(Engine& engine, Lock& lock) : engine_(&engine), lock_(&lock) {}
  Guard(Guard&& other) noexcept : engine_(other.engine_), lock_(std::exchange(other.lock_, nullptr)) {}
  Guard& operator=(Guard&& other) noexcept {
    std::swap(engine_, other.engine_);
    std::swap(lock_, other.lock_);
    return *this;
  }
  ~Guard() {
    if (lock_ != nullptr) engine_->release(*lock_);
  }
  [[nodiscard]] explicit operator bool() const { return lock_ != nullptr; }

 private:
  Engine* engine_ = nullptr;
  Lock* lock_ = nullptr;
};

}  // namespace interleave::rt
