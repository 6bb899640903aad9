// Where threads run in virtual time: cores, those that are ready for one, timers.
#include <cassert>
#include <limits>

#include "sim/machine.h"

namespace interleave::sim {

using trace::Kind;
using trace::State;

// A core whose thread has left may still be busy with that thread's last operation.
Nanoseconds Machine::start_on(const Core& core, const Thread& thread) const {
  const bool change = core.last != nullptr && !same_thread(*core.last, thread);
  return std::max(core.free_at, thread.ready_at) + (change ? settings_.cost_switch : 0);
}

const Core* Machine::idle_core(const Thread& thread) const {
  const Core* best = nullptr;
  for (const Core& core : cores_) {
    if (core.resident != nullptr) continue;
    if (best == nullptr || start_on(core, thread) < start_on(*best, thread)) best = &core;
  }
  return best;
}

Nanoseconds Machine::start_on_idle(const Thread& thread) const {
  const Core* core = idle_core(thread);
  return core == nullptr ? std::numeric_limits<Nanoseconds>::max() : std::max(start_on(*core, thread), now_);
}

std::size_t Machine::core_for_newcomer(const Thread& thread) const {
  const Core* best = idle_core(thread);
  if (best == nullptr) best = &*std::ranges::min_element(cores_, {}, &Core::free_at);
  return static_cast<std::size_t>(best - cores_.data());
}

void Machine::place(Thread& thread) {
  if (consequences_ != nullptr) {
    // An explorer knows no time, and so no cores: all of them share one.
    thread.core = 0;
    return;
  }
  if (thread.loop != nullptr) thread.ready_at = std::max(thread.ready_at, thread.loop->free_at);
  const std::size_t index = core_for_newcomer(thread);
  const auto number = static_cast<std::int32_t>(index);
  Core& core = cores_[index];
  if (timed_) unqueue_ready(thread);
  if (Thread* out = core.resident; out != nullptr) {
    if (out->computing) {
      // Its time slice is over in the middle of it.
      core.free_at = std::clamp(std::max({core.slice_end, thread.ready_at, now_}), out->computing_since, core.free_at);
      stop_computing(*out, core.free_at);
    }
    out->core = Thread::no_core;
    out->ready_at = core.free_at;
    record(*out, core.free_at, 0, Kind::preempted, State::ready, ObjectId::none(), number);
    if (timed_) queue_ready(*out);
  }
  core.free_at = start_on(core, thread);
  if (core.last != nullptr && core.last != &thread) ++switches_;
  core.slice_end = core.free_at + settings_.slice;
  core.resident = core.last = &thread;
  thread.core = number;
  record(thread, std::max(core.free_at, now_), 0, Kind::scheduled, State::running, ObjectId::none(), number);
}

void Machine::leave_core(Thread& thread) {
  if (thread.core == Thread::no_core) return;
  cores_[static_cast<std::size_t>(thread.core)].resident = nullptr;
  thread.core = Thread::no_core;
  ready_changed_ = true;
}

// ---- who can go on --------------------------------------------------------------------------------------------------

void Machine::queue_ready(Thread& thread) {
  if (is_off_loop(thread)) return wait_for_turn(thread);
  ready_.push_back(&thread);
  ready_changed_ = true;
}

void Machine::unqueue_ready(const Thread& thread) {
  // Round-robin takes the first; a replay may take any.
  if (!ready_.empty() && ready_.front() == &thread) {
    ready_.pop_front();
  } else {
    std::erase(ready_, &thread);
  }
}

void Machine::block(Thread& thread, State state, ObjectId object, std::int64_t value) {
  const Nanoseconds at = left_at(thread);
  record(thread, at, 0, Kind::wait, state, object, value);
  if (state != State::waiting_gil) leave_loop(thread);
  leave_core(thread);
  thread.ready_at = thread.blocked_at = at;
  thread.blocked = true;
  disable(thread);
}

void Machine::make_able(Thread& thread, Nanoseconds at, const Thread& cause) {
  thread.blocked = false;
  // What makes it able may have begun, on another core, before it had come to wait.
  at = std::max(at, thread.blocked_at);
  thread.ready_at = at;
  if (!timed_) return enable(thread);
  record(thread, at, 0, Kind::woken, State::ready, ObjectId::none(), cause.id.value);
  queue_ready(thread);
}

bool Machine::hung() const {
  if (over()) return false;
  if (!timed_) return enabled_.empty();
  const bool anyone_on_core = std::ranges::any_of(cores_, [](const Core& core) { return core.resident != nullptr; });
  const bool anyone_asleep = std::ranges::any_of(threads(), [](const auto& thread) { return thread->alarm_set; });
  return !anyone_on_core && ready_.empty() && !anyone_asleep;
}

// ---- alarms (timed) -------------------------------------------------------------------------------------------------

void Machine::set_alarm(Thread& thread, Nanoseconds at) {
  thread.alarm_set = true;
  alarms_.push({at, alarm_count_++, &thread, ++thread.alarm});
}

Nanoseconds Machine::next_alarm() {
  while (!alarms_.empty()) {
    const Alarm& top = alarms_.top();
    if (top.thread->alarm_set && top.thread->alarm == top.number) return top.time;
    alarms_.pop();
  }
  return std::numeric_limits<Nanoseconds>::max();
}

void Machine::ring_alarms(Nanoseconds until) {
  while (next_alarm() <= until && !alarms_.empty()) {
    const Alarm alarm = alarms_.top();
    alarms_.pop();
    Thread& thread = *alarm.thread;
    thread.alarm_set = false;
    if (thread.parked->op == Op::take_gil) {
      gil_alarm(thread, alarm.time);
      continue;
    }
    thread.blocked = false;
    thread.ready_at = alarm.time;
    if (thread.parked->op == Op::acquire_for) static_cast<Lock*>(thread.parked->target)->waiting.remove(thread);
    queue_ready(thread);
  }
}

// Timers that are due before the thread's next step could start ring first, whoever chooses: round-robin and a replay
// must see the same waiters.
void Machine::ring_before(const Thread& thread) {
  Nanoseconds start = start_on_idle(thread);
  if (thread.core != Thread::no_core) {
    start = std::max(cores_[static_cast<std::size_t>(thread.core)].free_at, now_);
  } else if (start == std::numeric_limits<Nanoseconds>::max()) {
    start = std::max(std::ranges::min_element(cores_, {}, &Core::free_at)->free_at, now_);
  }
  ring_alarms(start);
}

}  // namespace interleave::sim
