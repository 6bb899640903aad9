// What the simulator knows of each participant, core, variable and lock.
#pragma once

#include <coroutine>
#include <cstdint>
#include <deque>
#include <vector>

#include "core/rng.h"
#include "rt/interpreter.h"
#include "rt/runtime.h"
#include "sim/operations.h"
#include "trace/trace.h"

namespace interleave::sim {

class Machine;

struct Loop;
struct Thread;

// A shared variable.
class Var {
 public:
  Var(Machine& machine, const rt::Name& name, std::int32_t initial);
  [[nodiscard]] std::int32_t peek() const { return value; }

  std::int32_t value;
  ObjectId id;
};

// Those that wait for one lock, in order. A thread waits for at most one, so the list needs no memory of its own.
class Waiters {
 public:
  class Iterator {
   public:
    explicit Iterator(Thread* at) : at_(at) {}
    Thread* operator*() const { return at_; }
    inline Iterator& operator++();
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    Thread* at_;
  };

  [[nodiscard]] bool empty() const { return first_ == nullptr; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Iterator begin() const { return Iterator(first_); }
  [[nodiscard]] Iterator end() const { return Iterator(nullptr); }
  // Counted from the one that came first.
  [[nodiscard]] inline Thread& operator[](std::size_t number) const;
  // It must be in no other list.
  inline void push_back(Thread& thread);
  // Nothing happens where it is not in the list.
  inline void remove(const Thread& thread);

 private:
  Thread* first_ = nullptr;
  Thread* last_ = nullptr;
  std::size_t size_ = 0;
};

class Lock {
 public:
  Lock(Machine& machine, const rt::Name& name, rt::LockKind lock_kind);
  Lock(Machine& machine, const rt::Name& name, rt::LockKind lock_kind, trace::ObjectKind object);
  explicit Lock(ObjectId number) : kind(rt::LockKind::mutex), id(number) {}

  rt::LockKind kind;
  ObjectId id;
  Thread* owner = nullptr;
  std::uint16_t line = 0;  // where its owner asked for it: a guard's release is told of that line
  // Untimed: every thread whose next operation is to acquire this lock. Timed: those that found it held and sleep.
  Waiters waiting;
};

class Condition {
 public:
  Condition(Machine& machine, const rt::Name& name, Lock& its_lock);

  Lock& lock;
  ObjectId id;
  std::vector<Thread*> waiting;  // not yet notified; who has waited longest comes first
};

// A figure that a workload tells.
class Gauge {
 public:
  Gauge(Machine& machine, const rt::Name& name, std::int64_t initial);

  ObjectId id;
};

// An operation with its operands, parked until the policy chooses its thread. It stands in the awaiting body's own
// frame: copying it would cost more than performing it.
struct Parked {
  void* target = nullptr;     // a Var, a Lock, a Condition or a PipeCall
  std::int64_t operand = 0;   // value, amount, nanoseconds, or a thread's number; once performed, the result
  std::int32_t expected = 0;  // compare_exchange; compute: nanoseconds of a unit
  std::uint16_t line = 0;
  Op op = Op::none;
  trace::Order order = trace::Order::none;
  rt::Safepoint place = rt::Safepoint::back_edge;  // compute: between its units
};

// The lock that the operation is about: its target, or that of the condition.
[[nodiscard]] inline Lock& lock_of(const Parked& parked) {
  if (info(parked.op).on == On::condition) return static_cast<Condition*>(parked.target)->lock;
  return *static_cast<Lock*>(parked.target);
}

struct Thread {
  Thread() = default;
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  static constexpr std::int32_t no_core = -1;
  static constexpr std::uint32_t not_listed = 0xffff'ffffU;

  std::coroutine_handle<> innermost;      // resumed next; none once the body has ended
  Parked* parked = &own;                  // null while the body runs
  std::int32_t core = no_core;            // where it is resident
  std::uint32_t enabled_at = not_listed;  // its place in the list of enabled threads (untimed)
  bool blocked = false;                   // cannot go on until something else happens
  bool has_more = false;                  // releases to perform or children to start, before its next operation
  std::uint16_t line = 0;                 // of the operation that it performs or performed last
  bool alarm_set = false;                 // timed: a timer will make it ready
  std::uint32_t failed_spins = 0;
  std::uint32_t alarm = 0;     // counts its timed waits, so that a stale timer is known as one
  Nanoseconds ready_at = 0;    // when it could have had a core, if it has none
  Nanoseconds blocked_at = 0;  // when it last began to wait
  ThreadId id;

  Parked own;                        // of what no body awaits: the beginning, the end
  Parked releasing;                  // of releases
  Parked gil_op;                     // of taking and dropping the interpreter lock
  Parked* after_gil = nullptr;       // what it goes on with once that is done; null: the body
  Parked loop_op;                    // of having its turn on an event loop, and leaving it
  Parked* after_loop = nullptr;      // what it goes on with once that is done; null: the body
  Parked* after_releases = nullptr;  // what it arrived at, behind the releases
  Thread* next_waiter = nullptr;     // for the same lock
  std::vector<Lock*> releases;       // of guards that ended; each release is a step of its own
  std::vector<Thread*> joiners;
  std::vector<Thread*> held_children;  // spawned, waiting at the start line
  rt::Task<> body;
  Loop* loop = nullptr;       // the event loop that it is a task of, or that its tasks are on
  std::uint64_t entered = 0;  // untimed: its place among those that are ready on the loop
  bool handed = false;        // a task of its loop let a lock go and it owns that already
  Rng rng{0};
  bool over = false;
  bool has_gil = false;
  bool own_interpreter = false;     // a child process: its interpreter, and so its lock, is not its parent's
  bool handing_over = false;        // drops the interpreter lock because it was asked to
  bool computing = false;           // timed: on its core, in the middle of a computation
  Nanoseconds computing_since = 0;  // what it has left then stands in its operand
  std::uint64_t switches_seen = 0;  // timed: of the interpreter lock, when this interval of its wait began
  Nanoseconds interval_began = 0;   // timed: and when that was

  // As newly made, but keeping what memory it has. Ends the body first.
  void reset() {
    body = {};
    innermost = nullptr;
    own = {};  // the others are written before they are read
    parked = &own;
    after_releases = after_gil = after_loop = nullptr;
    next_waiter = nullptr;
    loop = nullptr;
    line = 0;
    core = no_core;
    enabled_at = not_listed;
    blocked = alarm_set = has_more = over = has_gil = own_interpreter = handing_over = computing = handed = false;
    failed_spins = alarm = 0;
    ready_at = blocked_at = 0;
    releases.clear();
    joiners.clear();
    held_children.clear();
  }
};

inline Waiters::Iterator& Waiters::Iterator::operator++() {
  at_ = at_->next_waiter;
  return *this;
}

inline Thread& Waiters::operator[](std::size_t number) const {
  Thread* at = first_;
  for (; number > 0; --number) at = at->next_waiter;
  return *at;
}

inline void Waiters::push_back(Thread& thread) {
  thread.next_waiter = nullptr;
  (last_ == nullptr ? first_ : last_->next_waiter) = &thread;
  last_ = &thread;
  ++size_;
}

inline void Waiters::remove(const Thread& thread) {
  Thread* before = nullptr;
  for (Thread* at = first_; at != nullptr; before = at, at = at->next_waiter) {
    if (at != &thread) continue;
    (before == nullptr ? first_ : before->next_waiter) = thread.next_waiter;
    if (last_ == &thread) last_ = before;
    --size_;
    return;
  }
}

// The interpreter's lock, as CPython's ceval_gil.c has it.
struct Gil {
  Gil(Machine& machine, const rt::Interpreting& interpreting);

  rt::Interpreting how;
  Lock lock;
  const Thread* last_holder = nullptr;
  std::uint64_t switches = 0;     // how often another thread than the last one took it
  bool requested = false;         // timed: somebody has waited for a switch interval
  std::vector<Thread*> yielding;  // timed: dropped it on request, and wait until another has taken it
};

// What tasks share: one thread, that of the body which spawned the first of them and is on the loop itself. One of them
// runs until it waits; those that can go on then do so in the order in which they became able to. See loop.cpp.
struct Loop {
  Loop(ObjectId number, const Thread& spawner) : lock(number), carrier(&spawner) {}

  Lock lock;                // whoever owns it is the one that runs, or has a core to come to
  const Thread* carrier;    // what the thread is called in the trace
  Nanoseconds free_at = 0;  // when the last that ran began to wait
  std::deque<Thread*> ready;
  bool has_gil = false;   // while it goes from one task to the next
  std::size_t round = 0;  // timed: how many more have their turn before the loop asks the system what has happened
  // Untimed: those whose wait may end at any time, and so before or after that of others.
  std::deque<Thread*> waking;
  std::uint64_t entries = 0;
};

// Whether they are one thread to a core and to the interpreter.
[[nodiscard]] inline bool same_thread(const Thread& a, const Thread& b) {
  return &a == &b || (a.loop != nullptr && a.loop == b.loop);
}

// Who the trace says does what the thread does that carries it.
[[nodiscard]] inline const Thread& known_as(const Thread& thread) {
  return thread.loop != nullptr ? *thread.loop->carrier : thread;
}

// The task of the loop's own to which it hands the lock by letting it go: the one of them that has waited longest.
[[nodiscard]] inline Thread* heir(const Lock& lock, const Thread& owner) {
  if (owner.loop == nullptr) return nullptr;
  for (Thread* waiter : lock.waiting) {
    if (waiter->loop == owner.loop) return waiter;
  }
  return nullptr;
}

struct Core {
  Nanoseconds free_at = 0;
  Nanoseconds slice_end = 0;
  Thread* resident = nullptr;
  Thread* last = nullptr;  // who ran here last: changing costs
};

}  // namespace interleave::sim
