// A semaphore between participants: permits that are taken and given back, as Python's threading.Semaphore and C++'s
// std::counting_semaphore have them. Made of a lock and a condition, and so the same on every engine.
#pragma once

#include <cassert>
#include <cstdint>

#include "rt/runtime.h"

namespace interleave::rt {

// Its operations are coroutines, to be awaited: `co_await semaphore.acquire(rt)`. The semaphore must outlive them.
//
// Costs: each operation takes and releases a lock, and a release notifies. Live that is a mutex where a native
// semaphore is one atomic operation; an explorer sees three steps where a native semaphore has one, so there are more
// orders.
// Fairness: a release wakes the participant that has waited longest, but one that comes by meanwhile may take the
// permit before it, as with Python's.
template <Runtime R>
class Semaphore {
 public:
  // How many participants may have a permit at a time: `permits`, at least 0.
  Semaphore(R& rt, const Name& name, std::int64_t permits)
      : lock_(rt, name, LockKind::mutex),
        permit_(rt, Name{{"a permit of semaphore", "세마포어"}, name.number, {"", "의 허가"}}, lock_),
        permits_(permits) {
    assert(permits >= 0);
  }

  // Waits for a permit, and takes it. A participant may take several; whoever forgets to give them back starves others.
  Task<> acquire(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    while (permits_ == 0) co_await rt.wait(permit_, site);
    --permits_;
  }

  // Takes a permit if there is one now. False where there is none.
  Task<bool> try_acquire(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    if (permits_ == 0) co_return false;
    --permits_;
    co_return true;
  }

  // Gives a permit back, or adds one: any participant may do so, whether it has taken one or not.
  Task<> release(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    ++permits_;
    co_await rt.notify_one(permit_, site);
  }

  // For a look afterwards, when nobody uses it any more.
  [[nodiscard]] std::int64_t permits() const { return permits_; }

 private:
  typename R::Lock lock_;
  typename R::Condition permit_;
  std::int64_t permits_;  // that nobody has; guarded by the lock
};

}  // namespace interleave::rt
