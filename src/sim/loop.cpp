// Event loops: tasks that share one thread, as those of live::Loop do.
//
// One of them runs until it waits: for a time, for a lock that is held, for another's end or for a notice. Nothing else
// makes room for another task: neither reading and writing, nor a lock that is free, nor a computation, however long.
// Who becomes able to go on is put behind those that are already. A lock passes from the task that lets it go to the
// task of the loop that has waited longest. To the cores, the time slice and the interpreter lock all of them are one
// thread; threads beside the loop run meanwhile.
//
// Untimed, whoever runs owns the loop like a lock, and having a turn and leaving are steps of their own, so that an
// explorer sees what depends on them. A sleep may end at any time, and so before or after that of another; those that
// one of the loop's own tasks has made ready keep their order.
#include <cassert>
#include <limits>

#include "sim/machine.h"

namespace interleave::sim {

using trace::Kind;
using trace::State;

namespace {

// Untimed: of the many that sleep, so many of those that began first may be the next to wake. More would make a run of
// thousands slow, and there is no exploring that many.
constexpr std::size_t most_waking = 64;

}  // namespace

// The first task makes its spawner's thread a loop, which the spawner is on.
void Machine::put_on_loop(Thread& task) {
  Thread& spawner = *current_;
  if (spawner.loop == nullptr) {
    // No view and no trace knows of it; an explorer's labels do.
    const bool labelled = trace_ == nullptr;
    const rt::Name name{{"event loop", "이벤트 루프"}};
    const ObjectId number = labelled ? add_object(name, trace::ObjectKind::lock, 0) : ObjectId::none();
    loops_.push_back(std::make_unique<Loop>(number, spawner));
    spawner.loop = loops_.back().get();
    spawner.loop->lock.owner = &spawner;
  }
  task.loop = spawner.loop;
}

void Machine::park_on_loop(Thread& thread, Op op, Parked* afterwards) {
  const trace::Order order = op == Op::take_loop ? trace::Order::acquire : trace::Order::release;
  thread.after_loop = afterwards;
  thread.loop_op = {&thread.loop->lock, 0, 0, thread.parked->line, op, order};
  thread.parked = &thread.loop_op;
}

// It can go on once it has its turn.
void Machine::queue_on_loop(Thread& thread, Parked* afterwards, Cause cause) {
  park_on_loop(thread, Op::take_loop, afterwards);
  if (timed_) return;  // its beginning; the rest is as with all others that become ready
  leave_core(thread);
  disable(thread);
  Loop& loop = *thread.loop;
  thread.entered = cause == Cause::outside ? 0 : ++loop.entries;
  (cause == Cause::own_loop ? loop.ready : loop.waking).push_back(&thread);
  if (loop.lock.owner == nullptr) offer(loop);
}

// ---- untimed --------------------------------------------------------------------------------------------------------

void Machine::wake_on_loop(Thread& thread, Nanoseconds at, const Thread& cause) {
  thread.blocked = false;
  thread.ready_at = std::max(at, thread.blocked_at);
  if (consequences_ != nullptr) consequences_->links.push_back({cause.id, thread.id});
  queue_on_loop(thread, thread.parked, same_thread(thread, cause) ? Cause::own_loop : Cause::outside);
}

// Those that may have the next turn: the first of those whose order is known, and whoever may have woken before it.
template <class Each>
void Machine::each_next(const Loop& loop, Each each) {
  std::uint64_t before = std::numeric_limits<std::uint64_t>::max();
  if (!loop.ready.empty()) {
    before = loop.ready.front()->entered;
    each(*loop.ready.front());
  }
  for (std::size_t at = 0; at < std::min(loop.waking.size(), most_waking); ++at) {
    if (loop.waking[at]->entered < before) each(*loop.waking[at]);
  }
}

void Machine::offer(Loop& loop) {
  each_next(loop, [this](Thread& thread) { enable(thread); });
}

// They could not have come before it.
void Machine::link_those_behind(const Loop& loop, const Thread& thread) {
  const auto link = [&](const Thread& behind) { consequences_->links.push_back({thread.id, behind.id}); };
  if (!loop.ready.empty()) link(*loop.ready.front());
  for (const Thread* other : loop.waking) {
    if (other->entered > thread.entered) link(*other);
  }
}

void Machine::take_loop_step(Thread& thread, Core& core, Nanoseconds start) {
  Loop& loop = *thread.loop;
  core.free_at = start;
  if (!timed_) {
    core.free_at += settings_.cost_task;
    assert(loop.lock.owner == nullptr);
    each_next(loop, [this](Thread& other) { disable(other); });
    loop.lock.owner = &thread;
    enable(thread);
    if (!loop.ready.empty() && loop.ready.front() == &thread) {
      loop.ready.pop_front();
      if (consequences_ != nullptr) link_those_behind(loop, thread);
    } else {
      loop.waking.erase(std::ranges::find(loop.waking, &thread));
    }
  }
  Parked* next = std::exchange(thread.after_loop, nullptr);
  if (next == nullptr) return go_on(thread);
  thread.parked = next;
  if (thread.handed) {
    thread.handed = false;
    core.free_at += settings_.cost_atomic;
    const Lock& lock = *static_cast<const Lock*>(next->target);
    record(thread, start, settings_.cost_atomic, info(next->op).kind, State::running, lock.id, 1);
    return go_on(thread);
  }
  perform_other(thread, core, core.free_at);
}

void Machine::leave_loop_step(Thread& thread, Core& core, Nanoseconds start) {
  Loop& loop = *thread.loop;
  core.free_at = loop.free_at = start;
  loop.lock.owner = nullptr;
  thread.parked = std::exchange(thread.after_loop, nullptr);
  arrive(thread);
  if (loop.lock.owner == nullptr) offer(loop);
}

// What the thread has arrived at may need a step before it: leaving its loop, or a first attempt at a lock.
bool Machine::leaves_loop_first(Thread& thread) {
  if (timed_ || is_off_loop(thread)) return false;
  Parked& parked = *thread.parked;
  switch (info(parked.op).loop) {
    case Before::stays:
    case Before::on_request: return false;
    case Before::attempt:
      if (gil_) break;  // tried already, before the interpreter lock was let go
      attempt_first(thread);
      return true;
    case Before::unless_over: {
      const Thread& other = *threads_[static_cast<std::size_t>(parked.operand)];
      // Whether a thread beside the loop has ended is no choice of a policy's.
      if (other.over && same_thread(thread, other)) return false;
      break;
    }
    case Before::leave: break;
  }
  park_on_loop(thread, Op::leave_loop, &parked);
  return true;
}

// ---- timed ----------------------------------------------------------------------------------------------------------

// Ready, but for its turn.
void Machine::wait_for_turn(Thread& thread) {
  Loop& loop = *thread.loop;
  loop.ready.push_back(&thread);
  if (loop.lock.owner != nullptr) return;
  loop.round = 0;
  Thread& next = *next_turn(loop, thread.ready_at);
  begin_turn(loop, next);
  queue_ready(next);
}

// The first of those that are able by then; where nobody is, whoever will be soonest.
Thread* Machine::next_turn(Loop& loop, Nanoseconds at) {
  if (loop.ready.empty()) return nullptr;
  auto found = std::ranges::find_if(loop.ready, [&](const Thread* thread) { return thread->ready_at <= at; });
  if (found == loop.ready.end()) found = std::ranges::min_element(loop.ready, {}, &Thread::ready_at);
  Thread* next = *found;
  loop.ready.erase(found);
  return next;
}

void Machine::begin_turn(Loop& loop, Thread& next) {
  loop.lock.owner = &next;
  if (!loop.has_gil) return;
  loop.has_gil = false;
  next.has_gil = true;
  gil_->lock.owner = &next;
}

// It is about to wait: the next one goes on, on the same core and in what is left of the same time slice.
void Machine::leave_loop(Thread& thread) {
  if (!timed_ || thread.loop == nullptr || is_off_loop(thread)) return;
  Loop& loop = *thread.loop;
  const Nanoseconds at = left_at(thread);
  loop.free_at = at;
  loop.lock.owner = nullptr;
  loop.has_gil = std::exchange(thread.has_gil, false);
  Thread* next = next_turn(loop, at);
  if (next == nullptr) return;
  if (loop.round == 0) loop.round = loop.ready.size() + 1;
  --loop.round;
  begin_turn(loop, *next);
  if (next->ready_at > at || thread.core == Thread::no_core) return queue_ready(*next);
  Core& core = cores_[static_cast<std::size_t>(thread.core)];
  core.free_at = at + settings_.cost_task;
  if (next != &thread) ++switches_;
  core.resident = core.last = next;
  next->core = std::exchange(thread.core, Thread::no_core);
  thread.ready_at = at;
  ready_changed_ = true;
  record(*next, core.free_at, 0, Kind::scheduled, State::running, ObjectId::none(), next->core);
}

// Whether the loop's thread has somebody else to run, and so keeps the interpreter lock. Between two rounds it asks the
// system what has happened, and lets the lock go for that even where it does not have to wait.
bool Machine::goes_on_with_gil(const Thread& thread) const {
  if (!timed_ || thread.loop == nullptr || thread.loop->round == 0) return false;
  const Nanoseconds at = left_at(thread);
  return std::ranges::any_of(thread.loop->ready, [&](const Thread* other) { return other->ready_at <= at; });
}

}  // namespace interleave::sim
