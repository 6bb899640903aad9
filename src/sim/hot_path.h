// The hot path of the simulator: loads and stores, and going on to the next operation. Written to touch little memory
// and to be inlined into a policy's loop; included by machine.h.
#pragma once

#include <cassert>

#include "sim/machine.h"

namespace interleave::sim {

inline void Machine::step(Thread& thread) {
  assert(may_step(thread));
  if (!alarms_.empty()) [[unlikely]]
    ring_before(thread);
  ++steps_;
  choose(thread);
  perform(thread);
  if (!forced_.empty()) [[unlikely]]
    take_forced();
}

inline void Machine::perform(Thread& thread) {
  if (thread.core == Thread::no_core) place(thread);
  Core& core = cores_[static_cast<std::size_t>(thread.core)];
  const Nanoseconds start = std::max(core.free_at, now_);
  now_ = start;
  Parked& parked = *thread.parked;
  thread.line = parked.line;
  if (parked.op != Op::load && parked.op != Op::store) return perform_other(thread, core, start);
  // Without a branch between the two, since nobody can predict which of them a random choice brings.
  const bool stores = parked.op == Op::store;
  Var& var = *static_cast<Var*>(parked.target);
  const std::int32_t before = var.value;
  const std::int32_t after = stores ? static_cast<std::int32_t>(parked.operand) : before;
  var.value = after;
  parked.operand = before;
  if (stream_ != nullptr) {
    write(thread, start, settings_.cost_access, stores ? trace::Kind::store : trace::Kind::load, trace::State::running,
          var.id, stores ? trace::pack(before, after) : before);
  }
  core.free_at = start + settings_.cost_access;
  resume(thread);
}

// Runs the body to its next operation.
inline void Machine::resume(Thread& thread) {
  current_ = &thread;
  thread.parked = nullptr;
  // A call of, or return from, a nested Task changes the innermost frame and parks nothing.
  do {
    thread.innermost.resume();
  } while (thread.parked == nullptr && thread.innermost);
  if (thread.parked == nullptr || thread.has_more || !arrives_unnoticed(thread.parked->op)) [[unlikely]] {
    resumed(thread);
  }
}

inline Nanoseconds Machine::left_at(const Thread& thread) const {
  if (thread.core == Thread::no_core) return std::max(thread.ready_at, now_);
  return std::max(cores_[static_cast<std::size_t>(thread.core)].free_at, now_);
}

inline void Machine::enable(Thread& thread) {
  if (timed_ || thread.enabled_at != Thread::not_listed) return;
  thread.enabled_at = static_cast<std::uint32_t>(enabled_.size());
  enabled_.push_back(&thread);
}

inline void Machine::disable(Thread& thread) {
  if (thread.enabled_at == Thread::not_listed) return;
  Thread* last = enabled_.back();
  enabled_[thread.enabled_at] = last;
  last->enabled_at = thread.enabled_at;
  enabled_.pop_back();
  thread.enabled_at = Thread::not_listed;
}

inline bool Machine::may_step(const Thread& thread) const {
  if (!timed_) return thread.enabled_at != Thread::not_listed;
  return !thread.over && !thread.blocked && thread.parked->op != Op::none && !is_off_loop(thread);
}

inline void Machine::choose(const Thread& thread) {
  if (run_.count > 0 && run_.thread == thread.id.value) {
    ++run_.count;
    return;
  }
  if (run_.count > 0) {
    if (choices_.size() < choices_kept) {
      choices_.push(run_);
    } else {
      choices_complete_ = false;
    }
  }
  run_ = {thread.id.value, 1};
}

}  // namespace interleave::sim
