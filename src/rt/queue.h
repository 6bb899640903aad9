// A queue between participants, made of a lock and three conditions as Python's queue.Queue is, and so the same on
// every engine: bounded or not, with task_done and join, and a shutdown after which nothing more can be put in.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

#include "rt/runtime.h"

namespace interleave::rt {

// An item with a member queued(Nanoseconds) is told there when it came in, by R::clock().
// Its operations are coroutines, to be awaited: `co_await queue.put(rt, 7)`. The queue must outlive them.
template <Runtime R, class T>
class Queue {
 public:
  // At most `capacity` items; 0 means unbounded.
  Queue(R& rt, Name name, std::size_t capacity)
      : lock_(rt, name, LockKind::mutex),
        item_(rt, Name{{"an item in queue", "큐"}, name.number, {"", "의 항목"}}, lock_),
        room_(rt, Name{{"room in queue", "큐"}, name.number, {"", "의 빈자리"}}, lock_),
        done_(rt, Name{{"the end of the work from queue", "큐"}, name.number, {"", "의 일이 끝나기"}}, lock_),
        depth_told_(rt, name, 0),
        capacity_(capacity) {}

  // Waits for room. False where the queue has been shut down: then the item is not in it.
  Task<bool> put(R& rt, T item, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    while (!shut_ && full()) co_await rt.wait(room_, site);
    if (shut_) co_return false;
    items_.push_back(std::move(item));
    ++unfinished_;
    const Nanoseconds now = note_depth(rt);
    if constexpr (requires(T& one) { one.queued(now); }) items_.back().queued(now);
    co_await rt.notify_one(item_, site);
    co_return true;
  }

  // Waits for an item. None where the queue has been shut down and is empty.
  Task<std::optional<T>> get(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    while (!shut_ && items_.empty()) co_await rt.wait(item_, site);
    if (items_.empty()) co_return std::nullopt;
    std::optional<T> item(pop(rt));
    co_await rt.notify_one(room_, site);
    co_return item;
  }

  struct Taken {
    std::optional<T> item;
    bool over = false;  // there is none, and none will come any more
  };
  // An item if there is one now.
  Task<Taken> get_nowait(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    if (items_.empty()) co_return Taken{std::nullopt, shut_};
    Taken out{pop(rt)};
    co_await rt.notify_one(room_, site);
    co_return out;
  }

  // An item that was taken has been dealt with. Once for each.
  Task<> task_done(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    rt.check(unfinished_ > 0, {"task_done was called too often", "task_done을 너무 많이 불렀다"});
    if (unfinished_ == 0) co_return;
    --unfinished_;
    if (unfinished_ == 0) co_await rt.notify_all(done_, site);
  }

  // Waits until every item that was put in has been dealt with.
  Task<> join(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    while (unfinished_ > 0) co_await rt.wait(done_, site);
  }

  // Nothing more can be put in; what is in it can still be taken. Wakes everybody that waits for an item or for room.
  Task<> shutdown(R& rt, Site site = Site::current()) {
    auto held = co_await rt.acquire(lock_, site);
    shut_ = true;
    co_await rt.notify_all(item_, site);
    co_await rt.notify_all(room_, site);
  }

  // For whoever looks afterwards, when nobody works with it any more.
  [[nodiscard]] std::size_t depth() const { return items_.size(); }
  [[nodiscard]] std::size_t deepest() const { return deepest_; }
  [[nodiscard]] std::size_t unfinished() const { return unfinished_; }
  // How many items were in it, summed over time up to the last change: item-nanoseconds, by R::clock().
  [[nodiscard]] Nanoseconds item_time() const { return item_time_; }

 private:
  [[nodiscard]] bool full() const { return capacity_ > 0 && items_.size() >= capacity_; }

  T pop(R& rt) {
    T item = std::move(items_.front());
    items_.pop_front();
    note_depth(rt);
    return item;
  }

  // After a change: until now there were as many as the last one left.
  Nanoseconds note_depth(R& rt) {
    const Nanoseconds now = rt.tell(depth_told_, static_cast<std::int64_t>(items_.size()));
    item_time_ += static_cast<Nanoseconds>(depth_before_) * (now - changed_);
    changed_ = now;
    depth_before_ = items_.size();
    deepest_ = std::max(deepest_, items_.size());
    return now;
  }

  typename R::Lock lock_;
  typename R::Condition item_;
  typename R::Condition room_;
  typename R::Condition done_;
  typename R::Gauge depth_told_;
  // Guarded by the lock.
  std::deque<T> items_;
  std::size_t capacity_;
  std::size_t unfinished_ = 0;
  bool shut_ = false;
  std::size_t deepest_ = 0;
  std::size_t depth_before_ = 0;
  Nanoseconds changed_ = 0;
  Nanoseconds item_time_ = 0;
};

}  // namespace interleave::rt
