// What the counter's stage shows at one instant of a simulated run, worked out from the trace. Pure: no drawing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stages/common/view.h"
#include "workloads/counter.h"

namespace interleave::stages {

// Where a thread is in `count += 1`. A lock adds a step before and after; atomic makes the three one. An interpreter
// adds the jump back to the loop's beginning and, for `count += f()`, the call.
enum class CounterStep : std::uint8_t { take, read, call, add, write, release, jump, none };

struct CounterThread {
  ThreadId id;
  std::string letter;
  Words name;
  trace::State state = trace::State::idle;
  CounterStep next = CounterStep::none;
  bool begun = false;
  bool ended = false;
  bool is_next = false;  // the next step of the run is this thread's
  bool enabled = true;   // could go next
  bool holds_lock = false;
  bool has_gil = false;
  bool stale = false;                // the value in hand is older than the variable
  std::optional<std::int64_t> hand;  // the value read, and not yet written
};

struct CounterScene {
  workloads::Counter::Params params;
  std::vector<CounterThread> threads;
  std::int64_t value = 0;
  std::int64_t additions = 0;             // completed so far: what the count would be if none were lost
  std::optional<std::size_t> lock_owner;  // index into threads
  std::optional<std::size_t> last_actor;  // index of the thread that took the last step on the variable
  bool last_wrote = false;
  std::optional<std::size_t> next_actor;
  std::optional<std::int64_t> soon;  // what the next step will write, where it writes
  bool soon_overwrites = false;
  Words sentence;  // what just happened
  Words emphasis;  // what it means
  Tone emphasis_tone = Tone::bad;
  Words soon_words;  // what the next step does to the box, or ""
  Words lock_words;  // who holds the lock, or ""
  bool finished = false;

  [[nodiscard]] std::int64_t lost() const { return additions - value; }
  [[nodiscard]] bool has_lock() const {
    using Protection = workloads::Counter::Protection;
    return params.lock == Protection::mutex || params.lock == Protection::spin;
  }
  // Whether the three steps are one.
  [[nodiscard]] bool is_atomic() const { return params.lock == workloads::Counter::Protection::atomic; }
};

// The chosen thread is the reader's choice for the next step, where there is one.
[[nodiscard]] CounterScene make_counter_scene(const Model& model, RunView& run, ThreadId chosen);

}  // namespace interleave::stages
