// The runtime whose participants are tasks on one event loop, on one thread: awaitables suspend, and the loop resumes
// whoever can go on. Thousands of tasks cost no thread each.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <queue>
#include <vector>

#include "live/calls.h"
#include "live/threads.h"
#include "rt/guard.h"
#include "rt/suspending.h"

namespace interleave::live {

class Loop : public Calls<Loop> {
 public:
  template <class T>
  using Promise = rt::SuspendingPromise<Loop, T>;
  struct Body;

  // First come, first served: a release hands the lock to the task that has waited longest, as asyncio's does.
  class Lock {
   public:
    Lock(Loop& rt, rt::Name name, rt::LockKind lock_kind);

   private:
    friend class Loop;
    rt::LockKind kind_;
    ObjectId id_;
    Body* owner_ = nullptr;
    std::deque<Body*> waiting_;
  };

  using Guard = rt::Guard<Loop, Lock>;

  // Who is notified is put behind those that wait for the lock.
  class Condition {
   public:
    Condition(Loop& rt, rt::Name name, Lock& lock);

   private:
    friend class Loop;
    Lock& lock_;
    ObjectId id_;
    std::deque<Body*> waiting_;
  };

  // One task and what it waits for.
  struct Body {
    std::coroutine_handle<> innermost;
    rt::Task<> task;
    Member* member = nullptr;
    Rng rng{0};
    std::vector<Body*> joiners;
    Lock* wanted = nullptr;                // the lock it waits for
    const Condition* hoped_for = nullptr;  // the condition it waits for
    ThreadId awaited;                      // whose end it waits for
    std::uint32_t timer = 0;               // counts its timed waits, so that a stale timer is known as one
    bool timer_set = false;
    std::uint16_t line = 0;  // of what it waits at; 0 while it runs
    bool got_lock = false;
    bool begun = false;
  };

  explicit Loop(Run& run);
  ~Loop();

  // Runs the outermost body and everything it spawns to their end, on the calling thread.
  void carry(rt::Task<> body);

  // ---- the Runtime ------------------------------------------------------------------------------------------------
  struct [[nodiscard]] Acquire {
    Loop& loop;
    Lock& lock;
    Nanoseconds limit;  // no_limit: as long as it takes
    std::uint16_t line;
    bool taken = false;
    bool await_ready() {
      taken = lock.kind_ != rt::LockKind::none && loop.try_take(lock);
      return taken || lock.kind_ == rt::LockKind::none;
    }
    void await_suspend(std::coroutine_handle<>) const { loop.at(line).wait_for_lock(lock, limit); }
    [[nodiscard]] Guard await_resume() const {
      const bool has_it = lock.kind_ != rt::LockKind::none && (taken || loop.current_->got_lock);
      return has_it ? Guard{loop, lock} : Guard{};
    }
  };
  Acquire acquire(Lock& lock, rt::Site site = rt::Site::current()) { return {*this, lock, no_limit, site.line()}; }
  Acquire acquire_for(Lock& lock, Nanoseconds limit, rt::Site site = rt::Site::current()) {
    return {*this, lock, limit, site.line()};
  }
  Ready<Guard> try_acquire(Lock& lock) {
    return {lock.kind_ != rt::LockKind::none && try_take(lock) ? Guard{*this, lock} : Guard{}};
  }

  struct [[nodiscard]] Wait {
    Loop& loop;
    Condition& condition;
    std::uint16_t line;
    static constexpr bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<>) const { loop.at(line).wait_for_notice(condition); }
    static void await_resume() {}
  };
  Wait wait(Condition& condition, rt::Site site = rt::Site::current()) { return {*this, condition, site.line()}; }
  Ready<void> notify_one(Condition& condition, rt::Site = {}) { return notify(condition, 1); }
  Ready<void> notify_all(Condition& condition, rt::Site = {}) { return notify(condition, condition.waiting_.size()); }

  struct [[nodiscard]] Nap {
    Loop& loop;
    Nanoseconds time;
    trace::Kind kind;
    std::uint16_t line;
    [[nodiscard]] bool await_ready() const { return kind == trace::Kind::io && time == 0; }
    void await_suspend(std::coroutine_handle<>) const { loop.at(line).nap(kind, time); }
    static void await_resume() {}
  };
  Nap sleep(Nanoseconds time, rt::Site site = rt::Site::current()) {
    return {*this, time, trace::Kind::sleep, site.line()};
  }
  // A task that waits for the outside leaves the loop to the others; one that blocks, or keeps the interpreter lock
  // meanwhile, stops them all.
  Nap io(rt::IoCall call, Nanoseconds time, rt::GilDuringIo gil, rt::Site site = rt::Site::current()) {
    const bool kept = gil == rt::GilDuringIo::kept && run_.gil() != nullptr;
    if (call == rt::IoCall::send || call == rt::IoCall::block || kept) {
      at(site.line()).call_out(call, time, kept);
      at(0);
      time = 0;
    }
    return {*this, time, trace::Kind::io, site.line()};
  }
  struct [[nodiscard]] Join {
    Loop& loop;
    ThreadId who;
    std::uint16_t line;
    [[nodiscard]] bool await_ready() const { return loop.member(who).ended; }
    void await_suspend(std::coroutine_handle<>) const { loop.at(line).wait_for_end(who); }
    void await_resume() const { loop.joined(who); }
  };
  Join join(rt::Participant who, rt::Site site = rt::Site::current()) { return {*this, who.id, site.line()}; }

  // A body that does not need this very runtime may also be carried by a thread beside the loop.
  template <class BodyFunction, class... Args>
    requires rt::BodyFor<BodyFunction, Loop, Args...>
  Ready<rt::Participant> spawn(const rt::SpawnOptions& options, BodyFunction body, Args&&... args) {
    if constexpr (rt::BodyFor<BodyFunction, Threads, Args...>) {
      if (options.vehicle == rt::Vehicle::thread) {
        BesideLoop& beside = add_beside(options);
        beside.body = body(*beside.runtime, std::forward<Args>(args)...);
        start_beside(beside);
        return {rt::Participant{beside.member->id}};
      }
    }
    Body& child = add(options);
    child.task = body(*this, std::forward<Args>(args)...);
    child.innermost = child.task.handle();
    // It begins when its spawner next waits, as a task of asyncio does.
    ready_.push_back(&child);
    return {rt::Participant{child.member->id}};
  }

  // ---- for the promises and handles -------------------------------------------------------------------------------
  void enter(std::coroutine_handle<> frame) { current_->innermost = frame; }
  void* allocate_frame(std::size_t size);
  void release_frame(void* frame, std::size_t size) noexcept;
  // Of its tasks alone; after its end.
  [[nodiscard]] rt::Usage usage() const;

 private:
  friend Calls<Loop>;
  friend Guard;
  static constexpr Nanoseconds no_limit = -1;
  struct Timer {
    Nanoseconds time;
    std::uint64_t order;
    Body* body;
    std::uint32_t number;
    friend bool operator>(const Timer& a, const Timer& b) {
      return a.time != b.time ? a.time > b.time : a.order > b.order;
    }
  };

  // A thread that a task has spawned.
  struct BesideLoop {
    Member* member = nullptr;
    trace::Stream* stream = nullptr;
    std::unique_ptr<Threads> runtime;
    rt::Task<> body;
    Body* joiner = nullptr;
  };

  // What the task that runs now records is told to be of this line, until it goes on after its wait.
  Loop& at(std::uint16_t line) {
    current_->line = line;
    return *this;
  }
  [[nodiscard]] Member& running() { return *current_->member; }
  [[nodiscard]] std::uint16_t line() const { return current_->line; }
  [[nodiscard]] std::uint16_t carrier_line() const { return bodies_.front().line; }
  [[nodiscard]] Rng& rng() { return current_->rng; }
  static void open_start_line() {}  // tasks begin one after the other

  Body& add(const rt::SpawnOptions& options);
  Body& add(Member& member);
  BesideLoop& add_beside(const rt::SpawnOptions& options);
  void start_beside(BesideLoop& beside);
  [[nodiscard]] BesideLoop* beside(ThreadId id);
  [[nodiscard]] Body* body_of(ThreadId id);
  [[nodiscard]] const Member& member(ThreadId id);
  void wake_joiners();
  void wait_for_those_beside();
  void call_out(rt::IoCall call, Nanoseconds time, bool keeps_gil);
  bool try_take(Lock& lock);
  void release(Lock& lock);
  void wait_for_lock(Lock& lock, Nanoseconds limit);
  void wait_for_notice(Condition& condition);
  Ready<void> notify(Condition& condition, std::size_t most);
  void wait_for_end(ThreadId who);
  void joined(ThreadId who);
  void nap(trace::Kind kind, Nanoseconds time);
  void set_timer(Body& body, Nanoseconds at);
  void run_tasks();
  void resume(Body& body);
  void end(Body& body);
  void ring(Nanoseconds now);
  bool wait_for_timer();
  [[nodiscard]] std::vector<rt::WaitEdge> waits() const;

  using Calls::record;
  Nanoseconds record(const Body& body, trace::Kind kind, trace::State state, ObjectId object, std::int64_t value) {
    return record(*body.member, body.line, kind, state, object, value);
  }

  std::deque<Body> bodies_;
  std::vector<std::unique_ptr<BesideLoop>> beside_;  // those that were joined are gone
  std::vector<Body*> by_id_;                         // null for threads beside the loop
  std::deque<Body*> ready_;
  std::priority_queue<Timer, std::vector<Timer>, std::greater<>> timers_;
  std::uint64_t timer_count_ = 0;
  std::size_t alive_ = 0;
  Body* current_ = nullptr;
  std::int64_t switches_ = 0;
  std::size_t frame_bytes_ = 0;
  std::size_t most_frame_bytes_ = 0;
  bool dying_ = false;
};

static_assert(rt::Runtime<Loop>);

}  // namespace interleave::live
