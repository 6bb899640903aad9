// The runtime whose participants are tasks on one event loop, on one thread: awaitables suspend, and the loop resumes
// whoever can go on. Thousands of tasks cost no thread each.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <queue>
#include <vector>

#include "core/rng.h"
#include "live/chunks.h"
#include "live/gauge.h"
#include "live/run.h"
#include "live/threads.h"
#include "rt/suspending.h"

namespace interleave::live {

class Loop {
 public:
  template <class T>
  using Promise = rt::SuspendingPromise<Loop, T>;
  struct Body;

  using Var = live::Var;
  using Gauge = live::Gauge;

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

  class Guard {
   public:
    Guard() = default;
    Guard(Loop* loop, Lock* lock) : loop_(loop), lock_(lock) {}
    Guard(Guard&& other) noexcept : loop_(other.loop_), lock_(std::exchange(other.lock_, nullptr)) {}
    Guard& operator=(Guard&& other) noexcept {
      std::swap(loop_, other.loop_);
      std::swap(lock_, other.lock_);
      return *this;
    }
    ~Guard() {
      if (lock_ != nullptr) loop_->release(*lock_);
    }
    [[nodiscard]] explicit operator bool() const { return lock_ != nullptr; }

   private:
    Loop* loop_ = nullptr;
    Lock* lock_ = nullptr;
  };

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
    Participant* participant = nullptr;
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
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  ~Loop();

  // Runs the outermost body and everything it spawns to their end, on the calling thread.
  void carry(rt::Task<> body);

  // ---- the Runtime ------------------------------------------------------------------------------------------------
  Ready<std::int32_t> load(Var& var, rt::Order order = rt::Order::relaxed) { return {var.cell.load(order)}; }
  Ready<void> store(Var& var, std::int32_t value, rt::Order order = rt::Order::relaxed) {
    var.cell.store(value, order);
    return {};
  }
  Ready<std::int32_t> fetch_add(Var& var, std::int32_t amount, rt::Order = rt::Order::relaxed) {
    return {var.cell.fetch_add(amount)};
  }
  Ready<bool> compare_exchange(Var& var, std::int32_t expected, std::int32_t desired, rt::Order = rt::Order::relaxed) {
    return {var.cell.compare_exchange(expected, desired)};
  }

  struct Acquire {
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
      return taken || loop.current_->got_lock ? Guard{&loop, lock.kind_ == rt::LockKind::none ? nullptr : &lock}
                                              : Guard{};
    }
  };
  Acquire acquire(Lock& lock, rt::Site site = rt::Site::current()) { return {*this, lock, no_limit, site.line()}; }
  Acquire acquire_for(Lock& lock, Nanoseconds limit, rt::Site site = rt::Site::current()) {
    return {*this, lock, limit, site.line()};
  }
  Ready<Guard> try_acquire(Lock& lock) {
    return {lock.kind_ != rt::LockKind::none && try_take(lock) ? Guard{this, &lock} : Guard{}};
  }

  struct Wait {
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

  struct Nap {
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
  [[nodiscard]] Nanoseconds clock() const { return run_.now(); }

  struct Join {
    Loop& loop;
    ThreadId who;
    std::uint16_t line;
    [[nodiscard]] bool await_ready() const { return loop.participant(who).ended; }
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
        return {rt::Participant{beside.participant->id}};
      }
    }
    Body& child = add(options, current_->participant->id);
    child.task = body(*this, std::forward<Args>(args)...);
    child.innermost = child.task.handle();
    // It begins when its spawner next waits, as a task of asyncio does.
    ready_.push_back(&child);
    return {rt::Participant{child.participant->id}};
  }

  Ready<void> safepoint(rt::Safepoint place, std::int64_t done) {
    current_->participant->done.store(done, std::memory_order_relaxed);
    poll(place);
    return {};
  }
  template <class F>
  auto compute(std::int64_t units, Nanoseconds unit_cost, rt::Safepoint place, F work, rt::Site = {}) {
    return in_chunks(units, unit_cost, work, [this, place] { poll(place); });
  }
  [[nodiscard]] ThreadId self() const { return current_->participant->id; }
  std::uint32_t random(std::uint32_t bound) { return current_->rng.below(bound); }
  void check(bool condition, Text text);
  Nanoseconds tell(const Gauge& gauge, std::int64_t value);

  // ---- for the promises and handles -------------------------------------------------------------------------------
  void enter(std::coroutine_handle<> frame) { current_->innermost = frame; }
  void* allocate_frame(std::size_t size);
  void release_frame(void* frame, std::size_t size) noexcept;
  // Of its tasks alone; after its end.
  [[nodiscard]] rt::Usage usage() const;
  [[nodiscard]] Run& run() { return run_; }

 private:
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
    Participant* participant = nullptr;
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
  Body& add(const rt::SpawnOptions& options, ThreadId parent);
  BesideLoop& add_beside(const rt::SpawnOptions& options);
  void start_beside(BesideLoop& beside);
  [[nodiscard]] BesideLoop* beside(ThreadId id);
  [[nodiscard]] Body* body_of(ThreadId id);
  [[nodiscard]] const Participant& participant(ThreadId id);
  void wake_joiners();
  void wait_for_those_beside();
  void poll(rt::Safepoint place);
  void take_gil();
  void drop_gil(bool on_request);
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
  [[nodiscard]] bool cancelled() const;
  [[nodiscard]] std::vector<rt::WaitEdge> waits() const;
  Nanoseconds record(const Body& body, trace::Kind kind, trace::State state, ObjectId object, std::int64_t value);

  Run& run_;
  trace::Stream& stream_;
  std::deque<Body> bodies_;
  std::vector<std::unique_ptr<BesideLoop>> beside_;  // those that were joined are gone
  std::vector<trace::Stream*> spare_streams_;        // of which these are left, for those to come
  std::vector<Body*> by_id_;                         // null for threads beside the loop
  std::unique_ptr<Io> io_;                           // made when it is first wanted
  bool has_gil_ = false;
  std::deque<Body*> ready_;
  std::priority_queue<Timer, std::vector<Timer>, std::greater<>> timers_;
  std::uint64_t timer_count_ = 0;
  std::size_t alive_ = 0;
  Body* current_ = nullptr;
  std::int64_t switches_ = 0;
  std::size_t frame_bytes_ = 0;
  std::size_t most_frame_bytes_ = 0;
  WaitPoint nap_;
  bool dying_ = false;
};

static_assert(rt::Runtime<Loop>);

}  // namespace interleave::live
