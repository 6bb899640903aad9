// The interpreter lock between real threads: a mutex and two condition variables, as CPython's Python/ceval_gil.c has
// it, with the same rules for who asks, who hands over and who waits.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>

#include "core/time.h"
#include "live/run.h"
#include "live/waiting.h"
#include "trace/event.h"

namespace interleave::live {

// Tells what happens as it happens: tell(kind, state, value), see trace/event.h. It is called with the lock's mutex
// held, so it must not wait.
template <class T>
concept GilListener = requires(T tell) { tell(trace::Kind::gil_take, trace::State::running, std::int64_t{}); };

class Gil {
 public:
  Gil(ObjectId object, Nanoseconds switch_interval) : object_(object), interval_(switch_interval) {}
  Gil(const Gil&) = delete;
  Gil& operator=(const Gil&) = delete;

  [[nodiscard]] ObjectId object() const { return object_; }

  // Waits until the lock is free. A waiter that has waited for the switch interval asks the holder to hand over,
  // through flag_gil, unless the lock has passed to another meanwhile. False where the participant is cancelled: then
  // it does not have the lock.
  template <GilListener Tell>
  [[nodiscard]] bool take(Member& self, Tell tell) {
    std::unique_lock hold(point_.mutex);
    if (holder_ != nullptr) {
      tell(trace::Kind::wait, trace::State::waiting_gil, static_cast<std::int64_t>(holder_->id.value));
      if (!wait_for_turn(self, hold, tell)) return false;
    }
    const std::int64_t before = last_holder_ != nullptr ? std::int64_t{last_holder_->id.value} : trace::nobody;
    holder_ = &self;
    requested_ = false;
    self.flags.fetch_and(~std::uint32_t{flag_gil});
    if (last_holder_ != &self) {
      last_holder_ = &self;
      ++switches_;
      switched_.notify_all();
    }
    tell(trace::Kind::gil_take, trace::State::running, before);
    return true;
  }

  // For its holder. On request it waits until another has taken the lock; otherwise it does not.
  template <GilListener Tell>
  void drop(Member& self, bool on_request, Tell tell) {
    std::unique_lock hold(point_.mutex);
    holder_ = nullptr;
    self.flags.fetch_and(~std::uint32_t{flag_gil});
    tell(trace::Kind::gil_drop, trace::State::running, on_request ? 1 : 0);
    point_.changed.notify_one();
    if (!on_request) return;
    // The one that asked may be cancelled, and cancelling wakes nobody here, so this looks up from time to time.
    while (last_holder_ == &self && waiters_ > 0 && !cancelled(self)) switched_.wait_for(hold, look_up_every);
  }

 private:
  static constexpr std::chrono::milliseconds look_up_every{5};

  static bool cancelled(const Member& self) { return (self.flags.load() & flag_cancel) != 0; }

  template <GilListener Tell>
  bool wait_for_turn(Member& self, std::unique_lock<std::mutex>& hold, Tell& tell) {
    // It has a time limit, so that it is no part of a hang: whoever has the lock can go on.
    const WaitInSight wait(self, Waiting::For::time, point_);
    ++waiters_;
    while (holder_ != nullptr && !cancelled(self)) {
      const std::uint64_t seen = switches_;
      const bool timed_out =
          point_.changed.wait_for(hold, std::chrono::nanoseconds(interval_)) == std::cv_status::timeout;
      if (!timed_out || holder_ == nullptr || switches_ != seen || requested_) continue;
      requested_ = true;
      holder_->flags.fetch_or(flag_gil);
      tell(trace::Kind::gil_request, trace::State::waiting_gil, static_cast<std::int64_t>(holder_->id.value));
    }
    --waiters_;
    if (!cancelled(self)) return true;
    switched_.notify_all();
    point_.changed.notify_one();  // a wake-up that was meant for another must not be lost with us
    return false;
  }

  ObjectId object_;
  Nanoseconds interval_;
  WaitPoint point_;
  std::condition_variable switched_;
  // Guarded by the point's mutex.
  Member* holder_ = nullptr;
  const Member* last_holder_ = nullptr;
  std::uint64_t switches_ = 0;
  std::size_t waiters_ = 0;
  bool requested_ = false;
};

}  // namespace interleave::live
