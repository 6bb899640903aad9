// One execution as a partial order: which step happens before which, and which pairs race.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "explore/label.h"

namespace interleave::explore {

// A step that was taken.
struct Event {
  Step step;
  std::uint32_t number = 0;  // which of its thread's steps, from 1
  std::uint32_t column = 0;  // its thread's, in the clocks
  sim::Op op = sim::Op::none;
  std::int32_t found = 0;     // a variable's value before the step
  std::int32_t expected = 0;  // of a compare_exchange
  // On a child's pipes, as bits of sim::PipeState: what the step needed (any of it), and what was possible before it.
  std::uint32_t needed = 0;
  std::uint32_t possible = 0;
};

// Two steps of different threads, dependent, with nothing ordered between them: the second could have come first.
struct Race {
  static constexpr std::uint32_t never_taken = 0xffff'ffffU;
  std::uint32_t first = 0;
  std::uint32_t second = 0;   // never_taken for the next step of a thread that waits for a lock to the end
  Step pending;               // that step, where it was never taken
  std::uint32_t waiting = 0;  // and which of the waits
};

// Vector clocks (Mattern 1989) over the steps of an execution. Everything is kept in memory that is used again.
class HappensBefore {
 public:
  explicit HappensBefore(const Dependence& dependent) : dependent_(dependent) {}
  void begin_execution();

  // The second goes on only after everything that the first has done.
  void link(std::uint32_t before, std::uint32_t after);
  // `races`: whether those are wanted that it is the second step of.
  void add(const Event& event, bool races = true);
  // The thread waits for this lock and will not take it: it never gets it, or another passes it on, which links the two
  // from then on.
  void add_waiting(const Step& step);

  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  // How many threads have taken steps, in all executions so far.
  [[nodiscard]] std::size_t stepping_threads() const { return column_count_; }
  [[nodiscard]] const std::vector<Race>& races() const { return races_; }
  // Whether the event happens before the other, which was later in this execution.
  [[nodiscard]] bool before(std::uint32_t event, std::uint32_t later) const {
    return after_[later * stride_ + events_[event].column] >= events_[event].number;
  }
  // The same, but for what the other's own step and the steps of its object add: before its thread was about to
  // take it.
  [[nodiscard]] bool before_arrival(std::uint32_t event, std::uint32_t later) const {
    return arrival_[later * stride_ + events_[event].column] >= events_[event].number;
  }
  // Before the thread of a race's pending step was about to take it.
  [[nodiscard]] bool before_pending(std::uint32_t event, const Race& race) const {
    return waiting_[race.waiting * stride_ + events_[event].column] >= events_[event].number;
  }

 private:
  static constexpr std::uint32_t no_event = 0xffff'ffffU;
  using Clock = std::uint32_t;

  struct Object {
    std::uint32_t writer = no_event;     // the last write, or the last release of a lock
    std::uint32_t holder = no_event;     // how the lock was taken last
    std::vector<std::uint32_t> readers;  // since then: reads, or tries that failed
  };

  void make_room_for_thread(std::uint32_t thread);
  std::uint32_t column_of(std::uint32_t thread);
  void widen(std::uint32_t columns);
  void find_causes(const Event& event);
  void find_races(std::uint32_t event);
  void merge(Clock* into, const Clock* from) const;

  Dependence dependent_;
  // Only threads that take steps have a column, so that thousands that merely sleep cost little.
  std::uint32_t stride_ = 0;
  std::uint32_t column_count_ = 0;
  std::uint32_t waits_ = 0;
  std::vector<std::uint32_t> columns_;  // of each thread
  std::vector<Event> events_;
  std::vector<Race> races_;
  std::vector<Clock> arrival_;        // a row for each event: what happens before its thread arrives at it
  std::vector<Clock> after_;          // a row for each event: what happens before it, itself included
  std::vector<Clock> threads_;        // a row for each thread: what happens before its next step
  std::vector<Clock> waiting_;        // a row for each race whose second step was not taken: what happens before it
  std::vector<std::uint32_t> taken_;  // steps of each column's thread
  std::vector<Object> objects_;
  std::vector<std::uint32_t> causes_;  // steps on its object that the current one depends on directly
};

}  // namespace interleave::explore
