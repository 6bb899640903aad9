#include "sim/machine.h"

#include <cassert>
#include <limits>

namespace interleave::sim {

using trace::Kind;
using trace::State;

Var::Var(Machine& machine, rt::Name name, std::int32_t initial)
    : value(initial), id(machine.add_object(name, trace::ObjectKind::variable, initial)) {}

Lock::Lock(Machine& machine, rt::Name name, rt::LockKind lock_kind)
    : kind(lock_kind), id(machine.add_object(name, trace::ObjectKind::lock, 0)) {}

Machine::Machine(const Settings& settings, bool timed, trace::Trace* trace, FramePool& frames, std::size_t budget)
    : settings_(settings),
      timed_(timed),
      trace_(trace),
      frames_(frames),
      wake_rng_(Rng::stream(static_cast<std::uint64_t>(settings.seed), 0x77616b65)),
      cores_(static_cast<std::size_t>(settings.cores)) {
  if (trace_ != nullptr) stream_ = &trace_->add_stream(budget);
}

Machine::~Machine() {
  // Guards in frames that are destroyed now have nothing to release any more.
  dying_ = true;
  for (const auto& thread : threads()) thread->body = {};
}

void Machine::reset() {
  assert(trace_ == nullptr);
  dying_ = true;
  for (const auto& thread : threads()) thread->reset();
  dying_ = false;
  thread_count_ = 0;
  current_ = nullptr;
  now_ = elapsed_ = 0;
  steps_ = 0;
  live_ = 0;
  failed_checks_ = 0;
  ready_changed_ = false;
  choices_complete_ = true;
  wake_rng_ = Rng::stream(static_cast<std::uint64_t>(settings_.seed), 0x77616b65);
  std::ranges::fill(cores_, Core{});
  makers_.clear();
  enabled_.clear();
  forced_.clear();
  ready_.clear();
  alarms_ = {};
  alarm_count_ = 0;
  choices_.clear();
}

// ---- who takes part -----------------------------------------------------------------------------------------------

ObjectId Machine::add_object(const rt::Name& name, trace::ObjectKind kind, std::int64_t initial) {
  makers_.push_back(current_ != nullptr ? current_->id : ThreadId::none());
  if (trace_ != nullptr) return trace_->add_object({name.words(), kind, initial});
  return ObjectId{static_cast<std::uint32_t>(makers_.size() - 1)};
}

Thread& Machine::add_thread(const rt::SpawnOptions& options, ThreadId parent) {
  if (thread_count_ == threads_.size()) threads_.push_back(std::make_unique<Thread>());
  Thread& thread = *threads_[thread_count_];
  thread.id = ThreadId{static_cast<std::uint32_t>(thread_count_++)};
  thread.rng = Rng::stream(static_cast<std::uint64_t>(settings_.seed), thread.id.value);
  if (trace_ != nullptr) trace_->add_thread({options.name.words(), parent, options.vehicle});
  ++live_;
  return thread;
}

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
  resume(thread);
  if (timed_ && !thread.blocked && !thread.over) queue_ready(thread);
}

void Machine::open_start_line(Thread& spawner) {
  const Nanoseconds at = left_at(spawner);
  const std::vector<Thread*> children = std::move(spawner.held_children);
  spawner.held_children.clear();
  for (Thread* child : children) start(*child, at, spawner.id);
}

void Machine::end(Thread& thread) {
  const Nanoseconds at = left_at(thread);
  elapsed_ = std::max(elapsed_, at);
  thread.over = true;
  record(thread, at, 0, Kind::ended, State::idle, ObjectId::none(), 0);
  leave_core(thread);
  disable(thread);
  --live_;
  if (thread.body.state().error) std::rethrow_exception(thread.body.state().error);
  for (Thread* joiner : thread.joiners) {
    make_able(*joiner, at + settings_.cost_wake, thread);
    if (!timed_) forced_.push_back(joiner);
  }
  thread.joiners.clear();
}

// ---- cores ----------------------------------------------------------------------------------------------------------

Core& Machine::core_for_newcomer() {
  Core* best = &cores_.front();
  for (Core& core : cores_) {
    if (core.resident == nullptr) return core;
    if (core.free_at < best->free_at) best = &core;
  }
  return *best;
}

Core& Machine::place(Thread& thread) {
  if (thread.core != Thread::no_core) return cores_[static_cast<std::size_t>(thread.core)];
  Core& core = core_for_newcomer();
  const auto number = static_cast<std::int32_t>(&core - cores_.data());
  if (timed_) unqueue_ready(thread);
  if (Thread* out = core.resident; out != nullptr) {
    out->core = Thread::no_core;
    out->ready_at = core.free_at;
    record(*out, core.free_at, 0, Kind::preempted, State::ready, ObjectId::none(), number);
    if (timed_) queue_ready(*out);
  }
  const bool change = core.last != nullptr && core.last != &thread;
  core.free_at = std::max(core.free_at, thread.ready_at) + (change ? settings_.cost_switch : 0);
  core.slice_end = core.free_at + settings_.slice;
  core.resident = core.last = &thread;
  thread.core = number;
  record(thread, std::max(core.free_at, now_), 0, Kind::scheduled, State::running, ObjectId::none(), number);
  return core;
}

Nanoseconds Machine::start_on_idle(const Thread& thread) const {
  for (const Core& core : cores_) {
    if (core.resident != nullptr) continue;
    const bool change = core.last != nullptr && core.last != &thread;
    const Nanoseconds free = std::max(core.free_at, thread.ready_at) + (change ? settings_.cost_switch : 0);
    return std::max(free, now_);
  }
  return std::numeric_limits<Nanoseconds>::max();
}

void Machine::leave_core(Thread& thread) {
  if (thread.core == Thread::no_core) return;
  cores_[static_cast<std::size_t>(thread.core)].resident = nullptr;
  thread.core = Thread::no_core;
  ready_changed_ = true;
}

Nanoseconds Machine::left_at(const Thread& thread) const {
  if (thread.core == Thread::no_core) return std::max(thread.ready_at, now_);
  return std::max(cores_[static_cast<std::size_t>(thread.core)].free_at, now_);
}

// ---- who can go on --------------------------------------------------------------------------------------------------

void Machine::enable(Thread& thread) {
  if (timed_ || thread.enabled_at != Thread::not_listed) return;
  thread.enabled_at = static_cast<std::uint32_t>(enabled_.size());
  enabled_.push_back(&thread);
}

void Machine::disable(Thread& thread) {
  if (thread.enabled_at == Thread::not_listed) return;
  Thread* last = enabled_.back();
  enabled_[thread.enabled_at] = last;
  last->enabled_at = thread.enabled_at;
  enabled_.pop_back();
  thread.enabled_at = Thread::not_listed;
}

void Machine::queue_ready(Thread& thread) {
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
  leave_core(thread);
  thread.ready_at = at;
  thread.blocked = true;
  disable(thread);
}

void Machine::make_able(Thread& thread, Nanoseconds at, const Thread& cause) {
  thread.blocked = false;
  thread.ready_at = at;
  if (!timed_) return enable(thread);
  record(thread, at, 0, Kind::woken, State::ready, ObjectId::none(), cause.id.value);
  queue_ready(thread);
}

bool Machine::may_step(const Thread& thread) const {
  if (!timed_) return thread.enabled_at != Thread::not_listed;
  return !thread.over && !thread.blocked && thread.parked.op != Op::none;
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
  while (next_alarm() <= until) {
    const Alarm alarm = alarms_.top();
    alarms_.pop();
    if (alarm.time == std::numeric_limits<Nanoseconds>::max()) return;
    Thread& thread = *alarm.thread;
    thread.alarm_set = false;
    thread.blocked = false;
    thread.ready_at = alarm.time;
    if (thread.parked.op == Op::acquire_for) std::erase(static_cast<Lock*>(thread.parked.target)->waiting, &thread);
    queue_ready(thread);
  }
}

// ---- steps ----------------------------------------------------------------------------------------------------------

void Machine::step(Thread& thread) {
  assert(may_step(thread));
  ++steps_;
  choose(thread);
  perform(thread);
  if (!forced_.empty()) take_forced();
}

void Machine::take_forced() {
  // Performing one may add others behind it.
  for (std::size_t at = 0; at < forced_.size(); ++at) perform(*forced_[at]);
  forced_.clear();
}

void Machine::perform(Thread& thread) {
  Core& core = place(thread);
  const Nanoseconds start = std::max(core.free_at, now_);
  now_ = start;
  const Parked& parked = thread.parked;
  Nanoseconds cost = 0;
  switch (parked.op) {
    case Op::load: {
      const Var& var = *static_cast<Var*>(parked.target);
      thread.result = var.value;
      cost = settings_.cost_access;
      record(thread, start, cost, Kind::load, State::running, var.id, var.value);
      break;
    }
    case Op::store: {
      Var& var = *static_cast<Var*>(parked.target);
      const auto value = static_cast<std::int32_t>(parked.operand);
      cost = settings_.cost_access;
      record(thread, start, cost, Kind::store, State::running, var.id, trace::pack(var.value, value));
      var.value = value;
      break;
    }
    case Op::fetch_add:
    case Op::compare_exchange: {
      Var& var = *static_cast<Var*>(parked.target);
      const std::int32_t before = var.value;
      const bool adds = parked.op == Op::fetch_add;
      // Wraps around like the hardware's.
      if (adds) var.value = static_cast<std::int32_t>(static_cast<std::uint32_t>(before) + static_cast<std::uint32_t>(parked.operand));
      if (!adds && before == parked.expected) var.value = static_cast<std::int32_t>(parked.operand);
      thread.result = adds ? before : (before == parked.expected ? 1 : 0);
      cost = settings_.cost_atomic;
      record(thread, start, cost, kind_of(parked.op), State::running, var.id, trace::pack(before, var.value));
      break;
    }
    case Op::acquire:
    case Op::try_acquire:
    case Op::acquire_for:
      if (!acquire_step(thread, core, start)) return;
      cost = settings_.cost_atomic;
      break;
    case Op::release: return release_step(thread, core, start);
    case Op::compute:
      cost = parked.operand;
      record(thread, start, cost, Kind::compute, State::running, ObjectId::none(), parked.operand);
      break;
    case Op::join:
      if (consequences_ != nullptr) {
        consequences_->links.push_back({ThreadId{static_cast<std::uint32_t>(parked.operand)}, thread.id});
      }
      record(thread, start, 0, Kind::join, State::running, ObjectId::none(), parked.operand);
      break;
    case Op::spawn:
      cost = settings_.cost_spawn;
      record(thread, start, cost, Kind::spawn, State::running, ObjectId::none(), parked.operand);
      thread.held_children.push_back(threads_[static_cast<std::size_t>(parked.operand)].get());
      break;
    case Op::sleep: break;  // it has slept: the time passed while it had no core
    case Op::none:
    case Op::ended: assert(false && "a thread was chosen that has nothing to do"); return;
  }
  core.free_at = start + cost;
  resume(thread);
}

void Machine::resume(Thread& thread) {
  current_ = &thread;
  thread.parked.op = Op::none;
  // A call of, or return from, a nested Task changes the innermost frame and parks nothing.
  do {
    thread.innermost.resume();
  } while (thread.parked.op == Op::none && thread.innermost);
  if (!thread.innermost) thread.parked = {nullptr, 0, 0, thread.parked.line, Op::ended, trace::Order::none};
  if (!thread.releases.empty()) {
    thread.after_releases = thread.parked;
    thread.parked = {thread.releases.front(), 0, 0, thread.parked.line, Op::release, trace::Order::release};
  }
  arrive(thread);
}

void Machine::arrive(Thread& thread) {
  Parked& parked = thread.parked;
  if (parked.op != Op::spawn && !thread.held_children.empty()) open_start_line(thread);
  switch (parked.op) {
    case Op::acquire_for:
      parked.operand += left_at(thread);  // from here on the instant at which it gives up
      [[fallthrough]];
    case Op::acquire: {
      if (timed_) return;
      Lock& lock = *static_cast<Lock*>(parked.target);
      lock.waiting.push_back(&thread);
      if (lock.owner != nullptr) shut_out(thread, lock);
      return;
    }
    case Op::sleep: {
      const Nanoseconds at = left_at(thread);
      record(thread, at, 0, Kind::sleep, State::blocked, ObjectId::none(), parked.operand);
      leave_core(thread);
      thread.ready_at = at + parked.operand;
      if (timed_) {
        thread.blocked = true;
        set_alarm(thread, thread.ready_at);
      }
      if (consequences_ != nullptr) consequences_->quiet.push_back(&thread);
      return;
    }
    case Op::compute:
      if (consequences_ != nullptr) consequences_->quiet.push_back(&thread);
      return;
    case Op::join: {
      Thread& other = *threads_[static_cast<std::size_t>(parked.operand)];
      if (other.over) {
        if (!timed_) forced_.push_back(&thread);
        return;
      }
      block(thread, State::blocked, ObjectId::none(), parked.operand);
      other.joiners.push_back(&thread);
      return;
    }
    case Op::spawn:
      if (!timed_) forced_.push_back(&thread);
      return;
    case Op::ended: return end(thread);
    default: return;
  }
}

// ---- from outside ---------------------------------------------------------------------------------------------------

trace::Operation Machine::pending(const Thread& thread) const {
  trace::Operation out{kind_of(thread.parked.op), ObjectId::none(), thread.parked.operand, thread.parked.line};
  switch (thread.parked.op) {
    case Op::load:
    case Op::store:
    case Op::fetch_add:
    case Op::compare_exchange: out.object = static_cast<const Var*>(thread.parked.target)->id; break;
    case Op::acquire:
    case Op::try_acquire:
    case Op::acquire_for:
    case Op::release: out.object = static_cast<const Lock*>(thread.parked.target)->id; break;
    default: break;
  }
  return out;
}

std::vector<rt::WaitEdge> Machine::waits() const {
  std::vector<rt::WaitEdge> out;
  for (const auto& thread : threads()) {
    if (!thread->blocked || thread->over) continue;
    if (thread->parked.op == Op::join) {
      out.push_back({thread->id, ObjectId::none(), ThreadId{static_cast<std::uint32_t>(thread->parked.operand)}});
    } else if (thread->parked.op == Op::acquire) {
      const Lock& lock = *static_cast<const Lock*>(thread->parked.target);
      out.push_back({thread->id, lock.id, lock.owner != nullptr ? lock.owner->id : ThreadId::none()});
    }
  }
  return out;
}

std::uint32_t Machine::random(std::uint32_t bound) { return current_->rng.below(bound); }

void Machine::check(bool condition, Text /*text*/) {
  if (condition) return;
  ++failed_checks_;
  record(*current_, left_at(*current_), 0, Kind::check_failed, State::running, ObjectId::none(), failed_checks_);
}

}  // namespace interleave::sim
