// What a step does, and what follows from it, but for loads and stores (see hot_path.h).
#include <cassert>
#include <limits>

#include "sim/machine.h"

namespace interleave::sim {

using trace::Kind;
using trace::State;

void Machine::resumed(Thread& thread) {
  if (thread.parked == nullptr) {
    thread.own = {nullptr, 0, 0, thread.line, Op::ended, trace::Order::none};
    thread.parked = &thread.own;
  }
  if (!thread.releases.empty()) {
    thread.after_releases = thread.parked;
    thread.releasing = {thread.releases.front(),       0,           0,
                        thread.releases.front()->line, Op::release, trace::Order::release};
    thread.parked = &thread.releasing;
  }
  arrive(thread);
}

void Machine::take_forced() {
  // Performing one may add others behind it.
  for (std::size_t at = 0; at < forced_.size(); ++at) perform(*forced_[at]);
  forced_.clear();
}

Nanoseconds Machine::change_in_one_step(Thread& thread, Nanoseconds start) {
  Parked& parked = *thread.parked;
  Var& var = *static_cast<Var*>(parked.target);
  const std::int32_t before = var.value;
  if (parked.op == Op::fetch_add) {
    // Wraps around like the hardware's.
    var.value =
        static_cast<std::int32_t>(static_cast<std::uint32_t>(before) + static_cast<std::uint32_t>(parked.operand));
  } else if (before == parked.expected) {
    var.value = static_cast<std::int32_t>(parked.operand);
  }
  parked.operand = parked.op == Op::fetch_add ? before : (before == parked.expected ? 1 : 0);
  record(thread, start, settings_.cost_atomic, info(parked.op).kind, State::running, var.id,
         trace::pack(before, var.value));
  return settings_.cost_atomic;
}

void Machine::perform_other(Thread& thread, Core& core, Nanoseconds start) {
  const Parked& parked = *thread.parked;
  Nanoseconds cost = 0;
  switch (parked.op) {
    case Op::fetch_add:
    case Op::compare_exchange: cost = change_in_one_step(thread, start); break;
    case Op::acquire:
    case Op::try_acquire:
    case Op::acquire_for:
    case Op::acquire_now:
      if (!acquire_step(thread, core, start)) return;
      cost = settings_.cost_atomic;
      break;
    case Op::release: return release_step(thread, core, start);
    case Op::wait: return wait_step(thread, core, start);
    case Op::notify_one:
    case Op::notify_all:
      notify_step(thread, core, start);
      cost = settings_.cost_atomic;
      break;
    case Op::take_gil: return take_gil_step(thread, core, start);
    case Op::drop_gil: core.free_at = start; return drop_gil_step(thread, start);
    case Op::take_loop: return take_loop_step(thread, core, start);
    case Op::leave_loop: return leave_loop_step(thread, core, start);
    case Op::compute: return compute_step(thread, core, start);
    case Op::join:
      if (consequences_ != nullptr) {
        consequences_->links.push_back({ThreadId{static_cast<std::uint32_t>(parked.operand)}, thread.id});
      }
      record(thread, start, 0, Kind::join, State::running, ObjectId::none(), parked.operand);
      break;
    case Op::spawn: {
      Thread& child = *threads_[static_cast<std::size_t>(parked.operand)];
      cost = child.loop != nullptr ? settings_.cost_task : settings_.cost_spawn;
      record(thread, start, cost, Kind::spawn, State::running, ObjectId::none(), parked.operand);
      thread.held_children.push_back(&child);
      thread.has_more = true;
      break;
    }
    case Op::sleep:
    case Op::io:
    case Op::io_kept: break;  // the time passed while it had no core
    case Op::talk:
    case Op::kill:
    case Op::child_read:
    case Op::child_write:
    case Op::child_exit: return pipe_step(thread, core, start);
    case Op::wait_asleep:
    case Op::safepoint:
    case Op::load:
    case Op::store:
    case Op::none:
    case Op::ended: assert(false && "a thread was chosen that has nothing to do"); return;
  }
  core.free_at = start + cost;
  go_on(thread);
}

void Machine::arrive(Thread& thread) {
  if (thread.parked->op != Op::spawn && !thread.held_children.empty()) open_start_line(thread);
  thread.has_more = !thread.held_children.empty() || !thread.releases.empty();
  if (thread.has_gil && lets_gil_go_first(thread)) return;
  if (thread.loop != nullptr && leaves_loop_first(thread)) return;
  Parked& parked = *thread.parked;
  switch (info(parked.op).arrival) {
    case Arrival::unnoticed:
    case Arrival::plain: return;
    case Arrival::within:
      parked.operand += left_at(thread);  // from here on the instant at which it gives up
      [[fallthrough]];
    case Arrival::for_lock: {
      if (timed_) return;
      Lock& lock = *static_cast<Lock*>(parked.target);
      lock.waiting.push_back(thread);
      if (lock.owner != nullptr) shut_out(thread, lock);
      return;
    }
    case Arrival::pauses: return fall_asleep(thread);
    case Arrival::asleep: return sleep_on_condition(thread);
    case Arrival::for_pipe: return arrive_at_pipe(thread);
    case Arrival::quiet:
      if (consequences_ != nullptr) consequences_->quiet.push_back(&thread);
      return;
    case Arrival::joins: {
      Thread& other = *threads_[static_cast<std::size_t>(parked.operand)];
      if (other.over) {
        if (timed_) return;
        if (is_off_loop(thread)) return wake_on_loop(thread, left_at(thread), other);
        forced_.push_back(&thread);
        return;
      }
      block(thread, State::blocked, ObjectId::none(), parked.operand);
      other.joiners.push_back(&thread);
      return;
    }
    case Arrival::spawns:
      if (!timed_) forced_.push_back(&thread);
      return;
    case Arrival::ends: return end(thread);
  }
}

void Machine::fall_asleep(Thread& thread) {
  const Nanoseconds asked = thread.parked->operand;
  const Nanoseconds at = left_at(thread);
  record(thread, at, 0, info(thread.parked->op).kind, State::blocked, ObjectId::none(), asked);
  if (thread.parked->op != Op::io_kept) leave_loop(thread);
  leave_core(thread);
  thread.ready_at = at + asked;
  if (timed_) {
    thread.blocked = true;
    set_alarm(thread, thread.ready_at);
  }
  if (!timed_ && is_off_loop(thread)) return queue_on_loop(thread, thread.parked, Cause::timer);
  if (consequences_ != nullptr) consequences_->quiet.push_back(&thread);
}

// ---- beginning and end ----------------------------------------------------------------------------------------------

void Machine::begin(rt::Task<> body) {
  Thread& thread = add_thread({{{"main", "main"}}, rt::Vehicle::thread}, ThreadId::none());
  thread.body = std::move(body);
  start(thread, 0, ThreadId::none());
  if (!forced_.empty()) take_forced();
}

void Machine::start(Thread& thread, Nanoseconds at, ThreadId parent) {
  thread.innermost = thread.body.handle();
  thread.ready_at = at;
  record(thread, at, 0, Kind::started, State::ready, ObjectId::none(),
         parent.valid() ? static_cast<std::int64_t>(parent.value) : -1);
  if (consequences_ != nullptr) consequences_->links.push_back({parent, thread.id, true});
  enable(thread);
  go_on(thread);
  if (timed_ && !thread.blocked && !thread.over) queue_ready(thread);
}

void Machine::open_start_line(Thread& spawner) {
  const Nanoseconds at = left_at(spawner);
  if (began_at_ == 0) began_at_ = at;
  for (Thread* child : spawner.held_children) start(*child, at, spawner.id);
  spawner.held_children.clear();
}

void Machine::end(Thread& thread) {
  const Nanoseconds at = left_at(thread);
  // The outermost body mostly starts others and waits for them, which is no part of what they took.
  if (thread.id.value != 0 || thread_count_ == 1) ended_at_ = std::max(ended_at_, at);
  thread.over = true;
  record(thread, at, 0, Kind::ended, State::idle, ObjectId::none(), 0);
  disable(thread);
  --live_;
  const bool failed = thread.body.state().error != nullptr;
  // Tasks that waited for its end come behind those that are ready, and then the loop goes on.
  if (timed_ && thread.loop != nullptr && !failed) wake_joiners(thread, at);
  leave_loop(thread);
  leave_core(thread);
  if (failed) std::rethrow_exception(thread.body.state().error);
  wake_joiners(thread, at);
}

void Machine::wake_joiners(Thread& ended, Nanoseconds at) {
  for (Thread* joiner : ended.joiners) {
    const Nanoseconds able_at = at + wake_cost(ended, *joiner);
    if (!timed_ && joiner->loop != nullptr) {
      wake_on_loop(*joiner, able_at, ended);
      continue;
    }
    make_able(*joiner, able_at, ended);
    if (!timed_) forced_.push_back(joiner);
  }
  ended.joiners.clear();
}

}  // namespace interleave::sim
