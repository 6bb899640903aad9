// A barrier between participants: each waits until all have arrived, again and again, as at Python's threading.Barrier
// and C++'s std::barrier. Made of a lock and a condition, and so the same on every engine.
#pragma once

#include <cassert>
#include <cstdint>

#include "rt/runtime.h"

namespace interleave::rt {

// Its operation is a coroutine, to be awaited: `co_await barrier.arrive(rt)`. The barrier must outlive it.
//
// Costs: each arrival takes and releases a lock. Live that is a mutex, and each that waited takes it once more before
// it leaves; an explorer sees these steps, and so every order in which they leave.
// Fairness: all are woken in the order in which they came. A participant that is fast may arrive for the next turn
// before all have left this one; it waits there for the others.
template <Runtime R>
class Barrier {
 public:
  // `parties` participants arrive for each turn; at least 1.
  Barrier(R& rt, const Name& name, std::int64_t parties)
      : lock_(rt, name, LockKind::mutex),
        all_(rt, Name{{"the others at barrier", "배리어"}, name.number, {"", "에 모두 모이기"}}, lock_),
        parties_(parties) {
    assert(parties >= 1);
  }

  // Waits until all parties have arrived for this turn. True for one of them, the last: it may do what is to be done
  // once a turn, while the others go on.
  Task<bool> arrive(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    const std::uint64_t turn = turn_;
    if (++arrived_ == parties_) {
      arrived_ = 0;
      ++turn_;
      co_await rt.notify_all(all_, site);
      co_return true;
    }
    while (turn_ == turn) co_await rt.wait(all_, site);
    co_return false;
  }

 private:
  typename R::Lock lock_;
  typename R::Condition all_;
  std::int64_t parties_;
  // Guarded by the lock.
  std::int64_t arrived_ = 0;  // for this turn
  std::uint64_t turn_ = 0;
};

}  // namespace interleave::rt
