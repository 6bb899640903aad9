// An event between participants: a flag that is set for all to see, as Python's threading.Event. Made of a lock and a
// condition, and so the same on every engine.
#pragma once

#include <cstdint>

#include "rt/runtime.h"

namespace interleave::rt {

// Its operations are coroutines, to be awaited: `co_await event.wait(rt)`. The event must outlive them.
//
// Costs: each operation takes and releases a lock. Live that is a mutex even where the event is set already; an
// explorer sees three steps of set() where a native event has one, so there are more orders.
// Fairness: set() wakes all that wait, in the order in which they came.
template <Runtime R>
class Event {
 public:
  // Not set at first.
  Event(R& rt, const Name& name)
      : lock_(rt, name, LockKind::mutex),
        set_(rt, Name{{"event", "이벤트"}, name.number, {" to be set", "의 신호"}}, lock_) {}

  // Waits until it is set; not at all where it is. All that wait when it is set go on, even if it is cleared at once.
  Task<> wait(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    const std::uint64_t before = times_set_;
    while (!is_set_ && times_set_ == before) co_await rt.wait(set_, site);
  }

  // Wakes all that wait. From now on nobody waits, until it is cleared. Nothing happens where it is set already.
  Task<> set(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    if (is_set_) co_return;
    is_set_ = true;
    ++times_set_;
    co_await rt.notify_all(set_, site);
  }

  // From now on participants wait, until it is set again.
  Task<> clear(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    is_set_ = false;
  }

  // Whether it is set now; by the time of the answer that may have changed.
  Task<bool> is_set(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    co_return is_set_;
  }

 private:
  typename R::Lock lock_;
  typename R::Condition set_;
  // Guarded by the lock.
  bool is_set_ = false;
  std::uint64_t times_set_ = 0;
};

}  // namespace interleave::rt
