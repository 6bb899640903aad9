#include "sim/machine.h"

#include <cassert>
#include <limits>

#include "core/memory.h"

namespace interleave::sim {

using trace::Kind;
using trace::State;

Var::Var(Machine& machine, const rt::Name& name, std::int32_t initial)
    : value(initial), id(machine.add_object(name, trace::ObjectKind::variable, initial)) {}

Lock::Lock(Machine& machine, const rt::Name& name, rt::LockKind lock_kind)
    : Lock(machine, name, lock_kind, trace::ObjectKind::lock) {}

Lock::Lock(Machine& machine, const rt::Name& name, rt::LockKind lock_kind, trace::ObjectKind object)
    : kind(lock_kind), id(machine.add_object(name, object, 0)) {}

Machine::Machine(const Settings& settings, bool timed, trace::Trace* trace, FramePool& frames, std::size_t budget)
    : settings_(settings),
      timed_(timed),
      trace_(trace),
      frames_(frames),
      wake_rng_(Rng::stream(static_cast<std::uint64_t>(settings.seed), 0x77616b65)),
      cores_(static_cast<std::size_t>(settings.cores)) {
  if (trace_ != nullptr) stream_ = &trace_->add_stream(budget);
  // An explorer makes machines for searches of a few microseconds, which must not begin with growing these.
  constexpr std::size_t room = 32;
  makers_.reserve(room);
  threads_.reserve(room);
  enabled_.reserve(room);
  forced_.reserve(room);
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
  now_ = began_at_ = ended_at_ = 0;
  steps_ = switches_ = 0;
  live_ = 0;
  failed_checks_ = 0;
  ready_changed_ = false;
  choices_complete_ = true;
  if (timed_) wake_rng_ = Rng::stream(static_cast<std::uint64_t>(settings_.seed), 0x77616b65);
  std::ranges::fill(cores_, Core{});
  gil_.reset();
  loops_.clear();
  makers_.clear();
  enabled_.clear();
  forced_.clear();
  ready_.clear();
  if (!alarms_.empty()) alarms_ = {};
  alarm_count_ = 0;
  choices_.clear();
  run_ = {};
}

// ---- who takes part -----------------------------------------------------------------------------------------------

ObjectId Machine::add_object(const rt::Name& name, trace::ObjectKind kind, std::int64_t initial) {
  makers_.push_back(current_ != nullptr ? current_->id : ThreadId::none());
  if (trace_ != nullptr) return trace_->add_object({name.words(), kind, initial});
  return ObjectId{static_cast<std::uint32_t>(makers_.size() - 1)};
}

Thread& Machine::add_thread(const rt::SpawnOptions& options, ThreadId parent) {
  if (thread_count_ == most_participants_) {
    throw rt::LimitReached{static_cast<std::int64_t>(most_participants_)};
  }
  if (!has_memory_for_more(thread_count_ + 1)) {
    throw rt::LimitReached{static_cast<std::int64_t>(thread_count_), rt::Scarce::memory};
  }
  if (thread_count_ == threads_.size()) threads_.push_back(std::make_unique<Thread>());
  Thread& thread = *threads_[thread_count_];
  thread.id = ThreadId{static_cast<std::uint32_t>(thread_count_++)};
  thread.rng = Rng::stream(static_cast<std::uint64_t>(settings_.seed), thread.id.value);
  if (trace_ != nullptr) trace_->add_thread({options.name.words(), parent, options.vehicle});
  ++live_;
  return thread;
}

void Machine::write(const Thread& thread, Nanoseconds time, Nanoseconds cost, Kind kind, State state, ObjectId object,
                    std::int64_t value) {
  trace::Event event;
  event.time = time;
  event.value = value;
  event.thread = thread.id;
  event.object = object;
  event.cost = static_cast<std::uint32_t>(std::min<Nanoseconds>(cost, UINT32_MAX));
  // Where it is: at the operation that it has arrived at, or running on from the last one.
  event.line = thread.parked != nullptr ? thread.parked->line : thread.line;
  event.kind = kind;
  event.state = state;
  event.order = thread.parked != nullptr ? thread.parked->order : trace::Order::none;
  stream_->record(event);
}

// ---- from outside ---------------------------------------------------------------------------------------------------

trace::Operation Machine::pending(const Thread& thread) const {
  const Parked& parked = *thread.parked;
  return {info(parked.op).kind, object_of(thread), parked.operand, parked.line};
}

ObjectId Machine::object_of(const Thread& thread) {
  const void* target = thread.parked->target;
  switch (info(thread.parked->op).on) {
    case On::variable: return static_cast<const Var*>(target)->id;
    case On::lock: return static_cast<const Lock*>(target)->id;
    case On::condition: return static_cast<const Condition*>(target)->id;
    case On::pipe: return pipe_waited_for(thread);
    case On::nothing: break;
  }
  return ObjectId::none();
}

std::vector<rt::WaitEdge> Machine::waits() const {
  std::vector<rt::WaitEdge> out;
  for (const auto& thread : threads()) {
    if (!thread->blocked || thread->over) continue;
    if (thread->parked->op == Op::join) {
      out.push_back({thread->id, ObjectId::none(), ThreadId{static_cast<std::uint32_t>(thread->parked->operand)}});
    } else if (thread->parked->op == Op::acquire) {
      const Lock& lock = *static_cast<const Lock*>(thread->parked->target);
      out.push_back({thread->id, lock.id, lock.owner != nullptr ? lock.owner->id : ThreadId::none()});
    } else if (info(thread->parked->op).on == On::pipe) {
      out.push_back(edge_at_pipe(*thread));
    } else if (thread->parked->op == Op::wait_asleep) {
      out.push_back({thread->id, object_of(*thread), ThreadId::none()});
    }
  }
  return out;
}

std::vector<Machine::Choice> Machine::choices() const {
  std::vector<Choice> out;
  out.reserve(choice_count());
  for (std::size_t at = 0; at < choices_.size(); ++at) out.push_back(choices_[at]);
  if (run_.count > 0) out.push_back(run_);
  return out;
}

Gauge::Gauge(Machine& machine, const rt::Name& name, std::int64_t initial)
    : id(machine.add_object(name, trace::ObjectKind::gauge, initial)) {}

Nanoseconds Machine::tell(const Gauge& gauge, std::int64_t value) {
  record(*current_, left_at(*current_), 0, Kind::gauge, State::running, gauge.id, value);
  return clock();
}

std::uint32_t Machine::random(std::uint32_t bound) { return current_->rng.below(bound); }

void Machine::check(bool condition, Text /*text*/) {
  if (condition) return;
  ++failed_checks_;
  record(*current_, left_at(*current_), 0, Kind::check_failed, State::running, ObjectId::none(), failed_checks_);
}

}  // namespace interleave::sim
