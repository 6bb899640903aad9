// The simulator's locks: who gets one, who waits, who is woken.
#include <cassert>

#include "sim/machine.h"

namespace interleave::sim {

using trace::Kind;
using trace::State;

void Machine::release(Lock& lock) {
  if (dying_) return;
  current_->releases.push_back(&lock);
  current_->has_more = true;
}

// Untimed: another has the lock, so this thread cannot be next, unless it may give up.
void Machine::shut_out(Thread& thread, Lock& lock) {
  const bool may_give_up = thread.parked->op == Op::acquire_for;
  if (thread.blocked) return;
  block(thread, state_of_waiting(lock), lock.id, lock.owner->id.value);
  if (!may_give_up) return;
  thread.blocked = false;
  thread.ready_at = std::max(thread.ready_at, thread.parked->operand);
  enable(thread);
}

void Machine::take(Thread& thread, Lock& lock) {
  lock.owner = &thread;
  lock.line = thread.parked->line;
  thread.failed_spins = 0;
  thread.parked->operand = 1;
  // What was only an attempt has become the whole operation.
  if (thread.parked->op == Op::acquire_now) std::exchange(thread.after_gil, nullptr)->operand = 1;
  if (timed_) return;
  lock.waiting.remove(thread);
  for (Thread* other : lock.waiting) shut_out(*other, lock);
}

bool Machine::acquire_step(Thread& thread, Core& core, Nanoseconds start) {
  Lock& lock = *static_cast<Lock*>(thread.parked->target);
  const Op op = thread.parked->op;
  const Kind kind = op == Op::acquire_now ? Kind::acquire : info(op).kind;
  if (thread.handed) {
    thread.handed = false;
    record(thread, start, settings_.cost_atomic, kind, State::running, lock.id, 1);
    return true;
  }
  if (lock.owner == nullptr) {
    record(thread, start, settings_.cost_atomic, kind, State::running, lock.id, 1);
    take(thread, lock);
    return true;
  }
  if (op == Op::acquire_now) {
    fail_now(thread, core, start);
    return false;
  }
  const bool gives_up =
      op == Op::try_acquire || (op == Op::acquire_for && (!timed_ || start >= thread.parked->operand));
  if (gives_up) {
    thread.parked->operand = 0;
    thread.failed_spins = 0;
    if (!timed_) lock.waiting.remove(thread);
    record(thread, start, settings_.cost_atomic, kind, State::running, lock.id, 0);
    return true;
  }
  assert(timed_ && "an untimed policy chose a thread whose lock is held");
  if (lock.kind == rt::LockKind::spin && thread.loop == nullptr) {
    // It keeps its core and tries again, ever less often, as spin locks with a back-off do.
    if (thread.failed_spins == 0) {
      record(thread, start, 0, Kind::wait, State::waiting_lock, lock.id, lock.owner->id.value);
    }
    const std::uint32_t doublings = std::min<std::uint32_t>(thread.failed_spins++, 20);
    const Nanoseconds least = std::max<Nanoseconds>(1, settings_.cost_atomic);
    core.free_at = start + std::min(least << doublings, std::max(least, longest_spin));
    return false;
  }
  core.free_at = start + settings_.cost_atomic;
  lock.waiting.push_back(thread);
  block(thread, State::waiting_lock, lock.id, lock.owner->id.value);
  if (op == Op::acquire_for) set_alarm(thread, thread.parked->operand);
  return false;
}

// Under an interpreter: the lock is taken, so the interpreter lock goes before the wait, as in CPython's
// PyThread_acquire_lock_timed.
void Machine::fail_now(Thread& thread, Core& core, Nanoseconds start) {
  const Lock& lock = *static_cast<const Lock*>(thread.parked->target);
  record(thread, start, settings_.cost_atomic, Kind::try_acquire, State::running, lock.id, 0);
  core.free_at = start + settings_.cost_atomic;
  if (thread.has_gil && !goes_on_with_gil(thread)) return park_on_gil(thread, Op::drop_gil, thread.after_gil);
  // A task whose loop goes on with others: it waits without letting the interpreter lock go, or there is none.
  thread.parked = std::exchange(thread.after_gil, nullptr);
  if (!timed_) return park_on_loop(thread, Op::leave_loop, thread.parked);
  if (thread.parked->op == Op::acquire_for) thread.parked->operand += left_at(thread);
}

void Machine::release_step(Thread& thread, Core& core, Nanoseconds start) {
  Lock& lock = *static_cast<Lock*>(thread.parked->target);
  assert(lock.owner == &thread);
  record(thread, start, settings_.cost_atomic, Kind::release, State::running, lock.id, 0);
  core.free_at = start + settings_.cost_atomic;
  let_go(lock, core.free_at, thread);
  thread.releases.erase(thread.releases.begin());
  if (thread.releases.empty()) {
    thread.parked = thread.after_releases;
  } else {
    thread.releasing.target = thread.releases.front();
  }
  arrive(thread);
}

void Machine::let_go(Lock& lock, Nanoseconds at, const Thread& cause) {
  lock.owner = nullptr;
  if (Thread* next = heir(lock, cause); next != nullptr) return hand_to(*next, lock, at, cause);
  at += gil_ && &lock == &gil_->lock ? settings_.cost_handover : settings_.cost_wake;
  if (timed_) return wake_one(lock, at, cause);
  for (Thread* waiter : lock.waiting) make_able(*waiter, at, cause);
}

// Among the tasks of one loop a lock passes from who lets it go to who has waited longest, as asyncio's does.
void Machine::hand_to(Thread& heir, Lock& lock, Nanoseconds at, const Thread& cause) {
  lock.waiting.remove(heir);
  lock.owner = &heir;
  heir.handed = true;
  heir.alarm_set = false;
  heir.failed_spins = 0;
  heir.parked->operand = 1;
  if (timed_) return make_able(heir, at, cause);
  if (consequences_ != nullptr) consequences_->passed.push_back({heir.id, lock.id, heir.parked->op == Op::acquire_for});
  wake_on_loop(heir, at, cause);
}

void Machine::wake_one(Lock& lock, Nanoseconds at, const Thread& cause) {
  if (lock.waiting.empty()) return;
  std::size_t pick = 0;
  if (settings_.wake_order == WakeOrder::lifo) pick = lock.waiting.size() - 1;
  if (settings_.wake_order == WakeOrder::random)
    pick = wake_rng_.below(static_cast<std::uint32_t>(lock.waiting.size()));
  Thread& waiter = lock.waiting[pick];
  lock.waiting.remove(waiter);
  waiter.alarm_set = false;
  make_able(waiter, at, cause);
}

}  // namespace interleave::sim
