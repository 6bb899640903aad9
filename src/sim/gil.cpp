// The interpreter lock in virtual time, and computations, which it interrupts.
//
// Timed, this is the state machine of CPython's ceval_gil.c: a waiter waits for the switch interval; only where that
// wait timed out, the lock is still held and no switch came in between does it ask the holder to hand over; a holder
// that drops on request waits until another has taken the lock; one that is about to wait for something else does not.
// Who wakes is the scheduler's choice (Settings::wake_order), and whoever comes by first takes it.
#include <cassert>
#include <limits>

#include "sim/machine.h"

namespace interleave::sim {

using trace::Kind;
using trace::State;

Gil::Gil(Machine& machine, const rt::Interpreting& interpreting)
    : how(interpreting),
      lock(machine, rt::Name{{"the GIL", "GIL"}}, rt::LockKind::mutex, trace::ObjectKind::interpreter) {}

void Machine::interpret(const rt::Interpreting& interpreting) {
  if (interpreting.has_gil()) gil_.emplace(*this, interpreting);
}

void Machine::go_on(Thread& thread) {
  if (is_off_loop(thread)) {
    // A task begins by what its loop did; otherwise another thread has let a lock go that it waited for.
    const bool begins = thread.parked->op == Op::none;
    return queue_on_loop(thread, nullptr, begins ? Cause::own_loop : Cause::outside);
  }
  if (!gil_ || thread.has_gil || thread.own_interpreter) return resume(thread);
  park_on_gil(thread, Op::take_gil, nullptr);
  arrive(thread);
}

// It is an event loop's thread that has the lock, whichever task it runs.
void Machine::record_gil(const Thread& thread, Nanoseconds at, Nanoseconds cost, Kind kind, std::int64_t value) {
  const Thread& known = known_as(thread);
  State state = State::running;
  if (&known != &thread) state = known.blocked ? State::blocked : State::ready;
  record(known, at, cost, kind, state, gil_->lock.id, value);
}

void Machine::park_on_gil(Thread& thread, Op op, Parked* afterwards) {
  const trace::Order order = op == Op::take_gil ? trace::Order::acquire : trace::Order::release;
  const std::uint16_t line = thread.parked != nullptr ? thread.parked->line : thread.line;
  thread.after_gil = afterwards;
  thread.gil_op = {&gil_->lock, 0, 0, line, op, order};
  thread.parked = &thread.gil_op;
}

// What the thread has arrived at may need a step before it: letting the interpreter lock go, or a first attempt at
// another lock.
bool Machine::lets_gil_go_first(Thread& thread) {
  Parked& parked = *thread.parked;
  switch (info(parked.op).gil) {
    case Before::stays: return false;
    case Before::attempt:
      // A spin lock's waiter keeps the interpreter lock while it tries, as a loop in Python would.
      if (timed_ && thread.loop == nullptr && static_cast<const Lock*>(parked.target)->kind == rt::LockKind::spin)
        return false;
      attempt_first(thread);
      return true;
    case Before::unless_over:
      // Whether the other has ended is no choice of a policy's, so where there is no clock the lock goes in any case.
      if (timed_ && threads_[static_cast<std::size_t>(parked.operand)]->over) return false;
      break;
    case Before::on_request: thread.handing_over = true; break;
    case Before::leave: break;
  }
  if (!thread.handing_over && goes_on_with_gil(thread)) return false;
  park_on_gil(thread, Op::drop_gil, thread.handing_over ? nullptr : &parked);
  return true;
}

void Machine::attempt_first(Thread& thread) {
  Parked& parked = *thread.parked;
  thread.after_gil = &parked;
  thread.gil_op = {parked.target, 0, 0, parked.line, Op::acquire_now, parked.order};
  thread.parked = &thread.gil_op;
}

void Machine::drop_gil_step(Thread& thread, Nanoseconds start) {
  Lock& lock = gil_->lock;
  assert(lock.owner == &thread);
  const bool asked = thread.handing_over;
  record_gil(thread, start, 0, Kind::gil_drop, asked ? 1 : 0);
  thread.has_gil = thread.handing_over = false;
  let_go(lock, start, thread);
  if (!asked) {
    thread.parked = thread.after_gil;
    return arrive(thread);
  }
  park_on_gil(thread, Op::take_gil, thread.after_gil);
  if (!timed_) return arrive(thread);
  gil_->yielding.push_back(&thread);
  block(thread, State::waiting_gil, lock.id, trace::nobody);
}

void Machine::take_gil_step(Thread& thread, Core& core, Nanoseconds start) {
  Lock& lock = gil_->lock;
  if (lock.owner != nullptr) {
    assert(timed_ && "an untimed policy chose a thread while another has the interpreter lock");
    lock.waiting.push_back(thread);
    block(thread, State::waiting_gil, lock.id, known_as(*lock.owner).id.value);
    return begin_interval(thread, start);
  }
  const Thread* before = gil_->last_holder;
  const bool passes = before != nullptr && !same_thread(*before, thread);
  record_gil(thread, start, settings_.cost_atomic, Kind::gil_take,
             before != nullptr ? std::int64_t{known_as(*before).id.value} : trace::nobody);
  core.free_at = start + settings_.cost_atomic;
  take(thread, lock);
  thread.has_gil = true;
  gil_->last_holder = &thread;
  gil_->requested = false;
  if (passes || before == nullptr) {
    ++gil_->switches;
    const std::vector<Thread*> yielding = std::move(gil_->yielding);
    gil_->yielding.clear();
    for (Thread* other : yielding) make_able(*other, start + settings_.cost_handover, thread);
  }
  // Those for whom nothing could change as long as it was asked for go on counting their intervals.
  for (Thread* waiter : lock.waiting) {
    if (!timed_ || waiter->alarm_set) continue;
    const Nanoseconds interval = gil_->how.switch_interval;
    set_alarm(*waiter, waiter->interval_began + ((start - waiter->interval_began) / interval + 1) * interval);
  }
  Parked* next = thread.after_gil;
  thread.after_gil = nullptr;
  if (next == nullptr) return resume(thread);
  thread.parked = next;
  // Woken from a condition: it tries the lock with the interpreter lock in hand.
  if (next->op == Op::acquire) arrive(thread);
}

// A waiter's interval is over.
void Machine::gil_alarm(Thread& thread, Nanoseconds at) {
  const Lock& lock = gil_->lock;
  if (lock.owner != nullptr && thread.switches_seen == gil_->switches && !gil_->requested) {
    gil_->requested = true;
    record(thread, at, 0, Kind::gil_request, State::waiting_gil, lock.id, known_as(*lock.owner).id.value);
    interrupt_for_gil(at);
  }
  begin_interval(thread, at);
}

// While it has been asked for, nothing can change before another takes it, and so no alarm is needed: intervals of a
// microsecond would be many.
void Machine::begin_interval(Thread& thread, Nanoseconds at) {
  thread.switches_seen = gil_->switches;
  thread.interval_began = at;
  if (!gil_->requested) set_alarm(thread, at + gil_->how.switch_interval);
}

// ---- computations ---------------------------------------------------------------------------------------------------

// Untimed, a computation is one step. Timed, it is begun and taken up again when its time has passed, or earlier: its
// core may be wanted, or the interpreter lock.
void Machine::compute_step(Thread& thread, Core& core, Nanoseconds start) {
  Parked& parked = *thread.parked;
  if (!timed_) {
    record(thread, start, parked.operand, Kind::compute, State::running, ObjectId::none(), parked.operand);
    core.free_at = start + parked.operand;
    if (!gil_ || !thread.has_gil || !gil_->how.hands_over_at(parked.place)) return go_on(thread);
    // Nothing that it shares can change in between, so that handing over at its end stands for every place in it.
    thread.handing_over = true;
    return park_on_gil(thread, Op::drop_gil, nullptr);
  }
  if (thread.computing) stop_computing(thread, start);
  if (parked.operand <= 0) return resume(thread);
  if (gil_ && gil_->requested && thread.has_gil && gil_->how.hands_over_at(parked.place) &&
      parked.operand % parked.expected == 0 && thread.computing_since == start) {
    thread.handing_over = true;
    return park_on_gil(thread, Op::drop_gil, &parked);
  }
  record(thread, start, parked.operand, Kind::compute, State::running, ObjectId::none(), parked.operand);
  thread.computing = true;
  thread.computing_since = start;
  core.free_at = start + parked.operand;
  if (gil_ && gil_->requested && thread.has_gil) core.free_at = next_handover(thread, start);
}

void Machine::stop_computing(Thread& thread, Nanoseconds at) {
  thread.parked->operand = std::max<Nanoseconds>(0, thread.parked->operand - (at - thread.computing_since));
  thread.computing_since = at;
  thread.computing = false;
}

// The end of the unit that the thread is computing at that time, where it may hand over; the computation's end where it
// may not.
Nanoseconds Machine::next_handover(const Thread& thread, Nanoseconds at) const {
  const Parked& parked = *thread.parked;
  const Nanoseconds end = thread.computing_since + parked.operand;
  if (!gil_->how.hands_over_at(parked.place)) return end;
  const Nanoseconds left = std::max<Nanoseconds>(0, end - at - 1);
  return end - left / parked.expected * parked.expected;
}

void Machine::interrupt_for_gil(Nanoseconds at) {
  const Thread& holder = *gil_->lock.owner;
  if (!holder.computing || holder.core == Thread::no_core) return;
  cores_[static_cast<std::size_t>(holder.core)].free_at = next_handover(holder, at);
}

}  // namespace interleave::sim
