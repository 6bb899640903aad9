// The state of a simulated run after any number of its events, forwards and backwards. The trace is never executed
// again: going back reads the nearest key frame and folds the events after it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "trace/trace.h"

namespace interleave::trace {

// A variable or a lock, at an instant.
struct ObjectState {
  std::int64_t value = 0;         // of a variable
  std::uint64_t writes = 0;       // how often it was written
  std::uint64_t overwritten = 0;  // writes that put back a value older than what they found
  ThreadId last_writer;
  ThreadId owner;  // of a lock or of the interpreter
};

// A participant, at an instant.
struct ThreadState {
  State state = State::idle;
  bool begun = false;
  bool ended = false;
  bool has_value = false;  // has loaded a variable and not yet written it
  ObjectId loaded_from;
  std::int64_t loaded = 0;           // the value in hand
  std::uint64_t writes_at_load = 0;  // ObjectState::writes at that time: a larger count now means it is stale
  ObjectId waits_for;                // the lock or the interpreter, while waiting for one
  std::uint64_t steps = 0;           // operations performed
  std::vector<ObjectId> held;        // locks, in the order in which they were taken
};

struct World {
  std::vector<ThreadState> threads;  // by ThreadId; grows as threads appear
  std::vector<ObjectState> objects;  // by ObjectId
  Nanoseconds now = 0;

  // Whether somebody has written the variable since this thread read it.
  [[nodiscard]] bool stale(ThreadId thread) const;
};

// Whether an event is a step that a reader takes: an operation of a thread, and not the bookkeeping around it.
[[nodiscard]] constexpr bool is_step(Kind kind) {
  switch (kind) {
    case Kind::started:
    case Kind::ended:
    case Kind::scheduled:
    case Kind::preempted:
    case Kind::woken:
    case Kind::gil_request:
    case Kind::note:
    case Kind::progress: return false;
    default: return true;
  }
}

// Follows the first stream of a growing simulated trace.
class Replay {
 public:
  static constexpr std::size_t key_frame_interval = 4096;

  // Reads what was added. The trace must be the same each time, and must outlive the Replay, until clear().
  void update(const Trace& trace);
  void clear();

  // How many events have been read, and the number of steps among them.
  [[nodiscard]] std::size_t size() const { return read_; }
  [[nodiscard]] std::size_t step_count() const { return steps_.size(); }

  // The state after the first `events` events (at most size()). Valid until the next call of any non-const member.
  const World& at(std::size_t events);

  // How many events there are up to and with the given number of steps: 0 steps are 0 events, all steps all events.
  [[nodiscard]] std::size_t events_of(std::size_t steps) const;
  // The number of steps within the first `events` events.
  [[nodiscard]] std::size_t steps_in(std::size_t events) const;
  // The last step within the first `events` events, and the first one after them.
  [[nodiscard]] const Event* last_step(std::size_t events) const;
  [[nodiscard]] const Event* next_step(std::size_t events) const;
  // The thread's first step after the first `events` events.
  [[nodiscard]] const Event* next_step_of(ThreadId thread, std::size_t events) const;
  // Event number `index`, or null past the end.
  [[nodiscard]] const Event* event(std::size_t index) const;
  // The steps, counted from 0, that put an older value over a newer one: each lost an update.
  [[nodiscard]] std::span<const std::size_t> overwrites() const { return overwrites_; }
  // How many events lie at or before the given time.
  [[nodiscard]] std::size_t events_until(Nanoseconds time) const;

 private:
  void apply(const Event& event);
  void add_frame_if_due(std::size_t index);
  World initial() const;

  struct Frame {
    std::size_t events = 0;
    World world;
  };

  const Trace* trace_ = nullptr;
  std::size_t read_ = 0;
  std::vector<std::size_t> steps_;                  // indices of events that are steps
  std::vector<std::vector<std::size_t>> steps_of_;  // the same, for each thread
  std::vector<std::size_t> overwrites_;
  std::vector<Frame> frames_;
  World world_;  // the state after `position_` events
  std::size_t position_ = 0;
};

}  // namespace interleave::trace
