// A condition between real threads: who waits for it sleeps at a place of its own, and is woken in the order of coming.
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>

#include "live/lock.h"

namespace interleave::live {

class Condition {
 public:
  // The lock must be a mutex.
  Condition(Threads& rt, rt::Name name, Lock& lock);
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;

  [[nodiscard]] Lock& lock() const { return lock_; }
  [[nodiscard]] ObjectId id() const { return id_; }

 private:
  friend class Threads;

  // One that waits. It stands on the waiter's stack for as long as it is in the list.
  struct Sleeper {
    Member& who;
    WaitPoint& point;       // the waiter's own
    bool notified = false;  // guarded by the point's mutex
    ThreadId by;            // likewise: who notified it
  };

  Lock& lock_;
  ObjectId id_;
  std::mutex mutex_;
  std::deque<Sleeper*> sleeping_;  // guarded by it; changed by whoever has the lock, and by waiters that are cancelled
};

}  // namespace interleave::live
