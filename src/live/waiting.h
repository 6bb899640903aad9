// Waits that can be cancelled and looked at from outside.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "core/ids.h"
#include "live/interruptible.h"
#include "rt/hang.h"

namespace interleave::live {

// Where waiters of one thing sleep. Whoever makes their condition true, and whoever cancels, notifies under the mutex.
struct WaitPoint {
  std::mutex mutex;
  std::condition_variable changed;

  void notify_all() {
    const std::lock_guard hold(mutex);
    changed.notify_all();
  }
};

class Condition;
class Lock;
struct Member;

// What a participant waits for, as the watcher sees it. Written by the participant, read by the watcher.
struct Waiting {
  // child: a parent, for whatever its child does; pipe: a child, for what its parent alone could do.
  enum class For : std::uint8_t { nothing, lock, condition, end, time, child, pipe };

  std::atomic<For> what{For::nothing};
  std::atomic<WaitPoint*> point{nullptr};
  std::atomic<Interruptible*> io{nullptr};
  std::atomic<const Lock*> lock{nullptr};
  std::atomic<const Condition*> condition{nullptr};
  std::atomic<const Member*> other{nullptr};
  std::atomic<ObjectId> pipe{ObjectId::none()};
  std::atomic<rt::Wanted> wanted{rt::Wanted::itself};
  std::atomic<std::uint64_t> number{0};  // how many waits there were: tells one long wait from two
};

}  // namespace interleave::live
