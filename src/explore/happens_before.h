// One execution as a partial order: which step happens before which, and which pairs race.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "explore/label.h"
#include "explore/memory_budget.h"

namespace interleave::explore {

// No step.
inline constexpr std::uint32_t no_event = 0xffff'ffffU;

// Who used an object last, as numbers of events.
struct LastUses {
  std::uint32_t writer = no_event;  // the last write, or the last release of a lock
  std::uint32_t holder = no_event;  // how the lock was taken last
  std::uint32_t reader = no_event;  // the last of those since then that read, or tried in vain
};

// A step that was taken.
struct StepEvent {
  Step step;
  std::int16_t number = 0;   // which of its thread's steps, from 1
  std::uint32_t column = 0;  // its thread's, in the clocks
  sim::Op op = sim::Op::none;
  std::int32_t found = 0;     // a variable's value before the step
  std::int32_t expected = 0;  // of a compare_exchange
  // On a child's pipes, as bits of sim::PipeState: what the step needed (any of it), and what was possible before it.
  std::uint32_t needed = 0;
  std::uint32_t possible = 0;
  LastUses before;  // of its object; the readers before the last one are found through it
};

// Two steps of different threads, dependent, with nothing ordered between them: the second could have come first.
struct StepRace {
  static constexpr std::uint32_t never_taken = 0xffff'ffffU;
  std::uint32_t first = 0;
  std::uint32_t second = 0;   // never_taken for the next step of a thread that waits for a lock to the end
  Step pending;               // that step, where it was never taken
  std::uint32_t waiting = 0;  // and which of the waits
};

// Vector clocks (Mattern 1989) over the steps of an execution. Everything is kept in memory that is used again.
class HappensBefore {
 public:
  // An execution may have so many steps.
  static constexpr std::size_t most_steps = INT16_MAX;

  explicit HappensBefore(const Dependence& dependent);
  // An execution begins that has its first steps in common with the last one: what is known of these, and of what
  // followed from them, stays, and must not be told again. No races are left.
  void keep(std::uint32_t steps);

  // The second goes on only after everything that the first has done.
  void link(std::uint32_t before, std::uint32_t after);
  // A step is about to be taken: what is returned is to be filled in before add(), which finds the races that it is the
  // second step of.
  [[nodiscard]] StepEvent& arrive(const Step& step);
  void add();
  // The thread waits for this lock and will not take it: it never gets it, or another passes it on, which links the two
  // from then on.
  void add_waiting(const Step& step);

  [[nodiscard]] std::size_t bytes() const {
    return bytes_of(events_, races_, arrival_, after_, threads_, waiting_, unlinked_);
  }
  [[nodiscard]] const std::vector<StepEvent>& events() const { return events_; }
  // How many threads have taken steps, in all executions so far.
  [[nodiscard]] std::size_t stepping_threads() const { return column_count_; }
  [[nodiscard]] const std::vector<StepRace>& races() const { return races_; }
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
  [[nodiscard]] bool before_pending(std::uint32_t event, const StepRace& race) const {
    return waiting_[race.waiting * stride_ + events_[event].column] >= events_[event].number;
  }

 private:
  using Clock = std::int16_t;  // narrow, so that a row of few threads is one word
  struct Link {
    std::uint32_t before = 0;
    std::uint32_t after = 0;
    std::uint32_t events = 0;  // how many there were when it was made
  };

  void make_room_for_thread(std::uint32_t thread);
  std::uint32_t column_of(std::uint32_t thread);
  void widen(std::uint32_t columns);
  void find_causes(const StepEvent& event);
  void find_races(std::uint32_t event);
  void make_links();
  void undo_last_event();
  void undo_last_link();
  void merge(Clock* into, const Clock* from) const;
  void copy(Clock* into, const Clock* from) const;
  [[nodiscard]] Clock* row(std::vector<Clock>& rows, std::size_t at) const { return rows.data() + at * stride_; }
  void make_row(std::vector<Clock>& rows, std::size_t at) const;

  Dependence dependent_;
  // Only threads that take steps have a column, so that thousands that merely sleep cost little.
  std::uint32_t stride_ = 0;  // a multiple of `together`
  std::uint32_t column_count_ = 0;
  std::uint32_t waits_ = 0;
  std::vector<std::uint32_t> columns_;  // of each thread
  std::vector<StepEvent> events_;
  std::vector<StepRace> races_;
  std::vector<Link> links_;    // that are in the clocks
  std::vector<Link> pending_;  // and those that will be, once a step follows
  // Rows of clocks; there may be more of them than are in use.
  std::vector<Clock> arrival_;   // of each event: what happens before its thread arrives at it
  std::vector<Clock> after_;     // of each event: what happens before it, itself included
  std::vector<Clock> threads_;   // of each thread: what happens before its next step
  std::vector<Clock> waiting_;   // of each race whose second step was not taken: what happens before it
  std::vector<Clock> unlinked_;  // of each link: what its second thread knew before
  std::vector<Clock> taken_;     // steps of each column's thread
  std::vector<LastUses> objects_;
  std::vector<std::uint32_t> causes_;  // steps on its object that the current one depends on directly
};

}  // namespace interleave::explore
