#include "trace/replay.h"

#include <algorithm>
#include <cassert>

namespace interleave::trace {
namespace {

using EventLog = AppendLog<Event, 256>;

const EventLog* log_of(const Trace* trace) {
  if (trace == nullptr || trace->streams().size() == 0) return nullptr;
  return &trace->streams()[0]->events();
}

ThreadState& thread_of(World& world, ThreadId id) {
  if (id.index() >= world.threads.size()) world.threads.resize(id.index() + 1);
  return world.threads[id.index()];
}

ObjectState& object_of(World& world, ObjectId id) {
  if (id.index() >= world.objects.size()) world.objects.resize(id.index() + 1);
  return world.objects[id.index()];
}

void take(World& world, const Event& event) {
  object_of(world, event.object).owner = event.thread;
  std::vector<ObjectId>& held = thread_of(world, event.thread).held;
  if (std::ranges::find(held, event.object) == held.end()) held.push_back(event.object);
}

void give_up(World& world, const Event& event) {
  object_of(world, event.object).owner = ThreadId::none();
  std::erase(thread_of(world, event.thread).held, event.object);
}

void write(World& world, const Event& event) {
  ObjectState& object = object_of(world, event.object);
  object.value = written(event.value);
  ++object.writes;
  object.last_writer = event.thread;
}

void store(World& world, const Event& event) {
  ThreadState& thread = thread_of(world, event.thread);
  const bool own = thread.has_value && thread.loaded_from == event.object;
  ObjectState& object = object_of(world, event.object);
  if (own && thread.writes_at_load != object.writes) ++object.overwritten;
  if (own) thread.has_value = false;
  write(world, event);
}

void load(World& world, const Event& event) {
  ThreadState& thread = thread_of(world, event.thread);
  thread.has_value = true;
  thread.loaded_from = event.object;
  thread.loaded = event.value;
  thread.writes_at_load = object_of(world, event.object).writes;
}

}  // namespace

bool World::stale(ThreadId id) const {
  if (id.index() >= threads.size()) return false;
  const ThreadState& thread = threads[id.index()];
  if (!thread.has_value || thread.loaded_from.index() >= objects.size()) return false;
  return objects[thread.loaded_from.index()].writes != thread.writes_at_load;
}

void Replay::clear() { *this = Replay{}; }

World Replay::initial() const {
  World world;
  for (std::size_t at = 0; at < trace_->objects().size(); ++at) {
    world.objects.push_back({trace_->objects()[at].initial, 0, 0, ThreadId::none(), ThreadId::none()});
  }
  return world;
}

void Replay::update(const Trace& trace) {
  assert(trace_ == nullptr || trace_ == &trace);
  if (trace_ == nullptr) {
    trace_ = &trace;
    world_ = initial();
    frames_.push_back({0, world_});
  }
  const EventLog* log = log_of(trace_);
  if (log == nullptr || log->size() == read_) return;
  at(read_);  // new key frames are cut from the state at the end
  const std::size_t count = log->size();
  for (; read_ < count; ++read_) {
    const Event& event = (*log)[read_];
    if (is_step(event.kind) && event.thread.valid()) {
      steps_.push_back(read_);
      if (event.thread.index() >= steps_of_.size()) steps_of_.resize(event.thread.index() + 1);
      steps_of_[event.thread.index()].push_back(read_);
    }
    // A store by a thread whose value is out of date loses what was written since.
    if (event.kind == Kind::store && event.thread.valid() && world_.stale(event.thread))
      overwrites_.push_back(steps_.size() - 1);
    apply(event);
    position_ = read_ + 1;
    add_frame_if_due(position_);
  }
}

void Replay::add_frame_if_due(std::size_t index) {
  // A world of thousands of tasks is large, so its key frames lie further apart.
  const std::size_t interval = std::max(key_frame_interval, world_.threads.size() * 16);
  if (index >= frames_.back().events + interval) frames_.push_back({index, world_});
}

const World& Replay::at(std::size_t events) {
  events = std::min(events, read_);
  const EventLog* log = log_of(trace_);
  if (log == nullptr) return world_;
  const auto after = std::ranges::upper_bound(frames_, events, {}, &Frame::events);
  const Frame& frame = *std::prev(after);
  if (position_ > events || position_ < frame.events) {
    world_ = frame.world;
    position_ = frame.events;
  }
  while (position_ < events) apply((*log)[position_++]);
  return world_;
}

void Replay::apply(const Event& event) {
  world_.now = std::max(world_.now, event.time + static_cast<Nanoseconds>(event.cost));
  if (!event.thread.valid()) return;
  ThreadState& thread = thread_of(world_, event.thread);
  if (is_figure(event.kind)) {
    if (event.kind == Kind::gauge) object_of(world_, event.object).value = event.value;
    return;
  }
  thread.state = event.state;
  thread.waits_for = waits_for_object(event.state) ? event.object : ObjectId::none();
  if (is_step(event.kind)) ++thread.steps;
  switch (event.kind) {
    case Kind::started: thread.begun = true; break;
    case Kind::ended: thread.ended = true; break;
    case Kind::load: load(world_, event); break;
    case Kind::store: store(world_, event); break;
    case Kind::fetch_add: write(world_, event); break;
    case Kind::compare_exchange:
      if (found(event.value) != written(event.value)) write(world_, event);
      break;
    case Kind::gil_take:
    case Kind::acquire: take(world_, event); break;
    case Kind::try_acquire:
    case Kind::acquire_for:
      if (event.value == 1) take(world_, event);
      break;
    case Kind::gil_drop:
    case Kind::release: give_up(world_, event); break;
    default: break;
  }
}

std::size_t Replay::events_of(std::size_t steps) const {
  if (steps == 0) return 0;
  if (steps >= steps_.size()) return read_;
  return steps_[steps - 1] + 1;
}

std::size_t Replay::steps_in(std::size_t events) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(steps_, events) - steps_.begin());
}

const Event* Replay::event(std::size_t index) const {
  const EventLog* log = log_of(trace_);
  return log == nullptr || index >= read_ ? nullptr : &(*log)[index];
}

const Event* Replay::last_step(std::size_t events) const {
  const std::size_t steps = steps_in(events);
  return steps == 0 ? nullptr : event(steps_[steps - 1]);
}

const Event* Replay::next_step(std::size_t events) const {
  const std::size_t steps = steps_in(events);
  return steps >= steps_.size() ? nullptr : event(steps_[steps]);
}

const Event* Replay::next_step_of(ThreadId thread, std::size_t events) const {
  if (thread.index() >= steps_of_.size()) return nullptr;
  const std::vector<std::size_t>& own = steps_of_[thread.index()];
  const auto next = std::ranges::lower_bound(own, events);
  return next == own.end() ? nullptr : event(*next);
}

std::size_t Replay::events_until(Nanoseconds time) const {
  // Events of one stream on several virtual cores are in the order of execution, so their times never fall.
  std::size_t low = 0;
  std::size_t high = read_;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (event(middle)->time <= time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace interleave::trace
