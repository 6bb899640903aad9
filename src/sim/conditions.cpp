// Conditions in virtual time: waiting lets the lock go and sleeps in one step; who is notified takes the lock again.
#include <algorithm>
#include <cassert>

#include "sim/machine.h"

namespace interleave::sim {

using trace::Kind;
using trace::State;

Condition::Condition(Machine& machine, const rt::Name& name, Lock& its_lock)
    : lock(its_lock), id(machine.add_object(name, trace::ObjectKind::condition, 0)) {
  assert(its_lock.kind == rt::LockKind::mutex && "a condition belongs to a mutex");
}

void Machine::wait_step(Thread& thread, Core& core, Nanoseconds start) {
  Condition& condition = *static_cast<Condition*>(thread.parked->target);
  Lock& lock = condition.lock;
  assert(lock.owner == &thread && "waits for a condition without its lock");
  record(thread, start, settings_.cost_atomic, Kind::release, State::running, lock.id, 0);
  core.free_at = start + settings_.cost_atomic;
  let_go(lock, core.free_at, thread);
  condition.waiting.push_back(&thread);
  thread.parked->op = Op::wait_asleep;
  arrive(thread);
}

// Under an interpreter the lock is let go first and the interpreter lock then, so a notification may come in between.
void Machine::sleep_on_condition(Thread& thread) {
  const Condition& condition = *static_cast<const Condition*>(thread.parked->target);
  if (std::ranges::find(condition.waiting, &thread) == condition.waiting.end()) return take_lock_again(thread);
  block(thread, State::blocked, condition.id, trace::nobody);
}

void Machine::notify_step(Thread& thread, Core& core, Nanoseconds start) {
  Condition& condition = *static_cast<Condition*>(thread.parked->target);
  assert(condition.lock.owner == &thread && "notifies without the condition's lock");
  const std::size_t most = thread.parked->op == Op::notify_one ? 1 : condition.waiting.size();
  const auto count = static_cast<std::ptrdiff_t>(std::min(most, condition.waiting.size()));
  const std::vector<Thread*> woken(condition.waiting.begin(), condition.waiting.begin() + count);
  condition.waiting.erase(condition.waiting.begin(), condition.waiting.begin() + count);
  record(thread, start, settings_.cost_atomic, Kind::notify, State::running, condition.id, count);
  core.free_at = start + settings_.cost_atomic;
  for (Thread* waiter : woken) {
    if (consequences_ != nullptr) consequences_->links.push_back({thread.id, waiter->id});
    if (!waiter->blocked || waiter->parked->op != Op::wait_asleep) continue;  // it has yet to fall asleep
    // A task of the same loop is put among those that wait for the lock, and stays asleep.
    if (!same_thread(thread, *waiter)) {
      make_able(*waiter, core.free_at + settings_.cost_wake, thread);
    } else if (timed_) {
      record(*waiter, core.free_at, 0, Kind::wait, State::waiting_lock, condition.lock.id, thread.id.value);
      condition.lock.waiting.push_back(*waiter);
    }
    take_lock_again(*waiter);
  }
}

void Machine::take_lock_again(Thread& thread) {
  Parked& parked = *thread.parked;
  parked.target = &static_cast<Condition*>(parked.target)->lock;
  parked.op = Op::acquire;
  // As CPython does, it takes the interpreter lock first and tries the lock with that in hand.
  // A task does so once it has its turn.
  if (gil_ && thread.loop == nullptr) park_on_gil(thread, Op::take_gil, &parked);
  arrive(thread);
}

}  // namespace interleave::sim
