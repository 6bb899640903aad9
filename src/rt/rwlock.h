// A read-write lock between participants: many read at a time, or one writes. As C++'s std::shared_mutex, except that
// writers come first. Made of a lock and two conditions, and so the same on every engine.
#pragma once

#include <cstdint>

#include "rt/runtime.h"

namespace interleave::rt {

// Its operations are coroutines, to be awaited: `co_await lock.acquire_read(rt)`, and later `co_await
// lock.release_read(rt)`. A release may have to wait for the inner lock, so that no guard's end could do it. The lock
// must outlive its operations.
//
// Costs: each operation takes and releases an inner lock. Readers are beside each other only between their operations,
// so that it gains nothing where what they read is short.
// Fairness: writers come first. A reader waits while a writer has the lock or waits for it, so that readers never keep
// a writer out, and writers that come often enough keep readers out. Among themselves writers are woken in the order in
// which they came, and all readers at once. Not recursive: a reader that acquires it again while a writer waits hangs.
template <Runtime R>
class RwLock {
 public:
  RwLock(R& rt, const Name& name)
      : lock_(rt, name, LockKind::mutex),
        may_read_(rt, Name{{"read access to read-write lock", "읽기-쓰기 락"}, name.number, {"", "의 읽기 권한"}},
                  lock_),
        may_write_(rt, Name{{"write access to read-write lock", "읽기-쓰기 락"}, name.number, {"", "의 쓰기 권한"}},
                   lock_) {}

  // Waits until nobody writes or waits to write.
  Task<> acquire_read(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    while (writing_ || writers_waiting_ > 0) co_await rt.wait(may_read_, site);
    ++readers_;
  }

  Task<> release_read(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    rt.check(readers_ > 0, {"a read access was released that nobody had", "아무도 갖지 않은 읽기 권한을 놓았다"});
    if (readers_ == 0) co_return;
    if (--readers_ == 0) co_await rt.notify_one(may_write_, site);
  }

  // Waits until nobody reads or writes.
  Task<> acquire_write(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    ++writers_waiting_;
    while (writing_ || readers_ > 0) co_await rt.wait(may_write_, site);
    --writers_waiting_;
    writing_ = true;
  }

  Task<> release_write(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    rt.check(writing_, {"a write access was released that nobody had", "아무도 갖지 않은 쓰기 권한을 놓았다"});
    if (!writing_) co_return;
    writing_ = false;
    if (writers_waiting_ > 0) {
      co_await rt.notify_one(may_write_, site);
    } else {
      co_await rt.notify_all(may_read_, site);
    }
  }

 private:
  typename R::Lock lock_;
  typename R::Condition may_read_;
  typename R::Condition may_write_;
  // Guarded by the lock.
  std::int64_t readers_ = 0;
  std::int64_t writers_waiting_ = 0;
  bool writing_ = false;
};

}  // namespace interleave::rt
