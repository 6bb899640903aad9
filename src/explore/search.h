// The search: every class of interleavings once, none twice, and none given up half-way.
//
// It follows Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial order reduction" (POPL 2014) and "Source
// sets: a foundation for optimal dynamic partial order reduction" (J. ACM 64(4), 2017), algorithm Optimal-DPOR:
//  - each execution is run to its end and its races are found (pairs of dependent steps with nothing in between);
//  - for each race, what did not depend on its first step, followed by its second, is a beginning worth running.
//    It is put into the wakeup tree of the state before the first step, unless a beginning that is there, or one
//    that was explored (the sleep set), leads to the same class;
//  - the search goes on, depth first, with the next beginning in the deepest state that has one.
// Locks: taking a lock that is held is not enabled, so it races with the step that took the lock and not with the
// release; the step that a deadlock leaves waiting races in the same way (section on blocking of the same paper).
//
// The steps are those of sim::Machine in its untimed mode. Sleeping and computing are taken as soon as a thread
// arrives at them: no other thread can tell when.
#pragma once

#include <cstdint>
#include <vector>

#include "explore/happens_before.h"
#include "explore/identities.h"
#include "explore/subject.h"
#include "explore/wakeup_tree.h"
#include "sim/schedule.h"

namespace interleave::explore {

// How one execution went.
struct Execution {
  bool hung = false;
  bool cut = false;  // it was longer than the bound, so it was left: nothing is known of its rest
  // A task got a lock passed on for which it might have stopped waiting. That race is not looked for.
  bool unsure = false;
  bool failed = false;  // hung, not fine, or a failed check
  std::int64_t figure = 0;
  std::uint32_t preemptions = 0;  // a thread was left that could have gone on
  std::uint64_t steps = 0;
};

// Single-threaded. The subject must outlive it.
class Search {
 public:
  // An execution with more steps than this is left. Loops that wait for others would run forever.
  static constexpr std::uint64_t longest_execution = 20'000;
  // A program in which more threads take steps is not searched: what there is to remember grows with their square.
  static constexpr std::size_t most_threads = 256;
  // And how many there may be that merely wait: each is remembered beside all that take steps.
  static constexpr std::size_t most_participants = 20'000;

  Search(Subject& subject, const sim::Settings& settings);

  // Runs the next execution; false where there is none left.
  bool next();
  // The last one.
  [[nodiscard]] const Execution& execution() const { return execution_; }
  [[nodiscard]] sim::Schedule schedule() const { return sim::schedule_of(machine_); }
  [[nodiscard]] const sim::Machine& machine() const { return machine_; }
  [[nodiscard]] const HappensBefore& order() const { return order_; }
  // Executions that could not be run to their end without repeating another. The algorithm has none.
  [[nodiscard]] std::uint64_t blocked() const { return blocked_; }
  // More threads than that have taken steps.
  [[nodiscard]] bool too_large() const { return order_.stepping_threads() > most_threads; }
  // Ends the last execution, so that the subject can begin elsewhere.
  void leave_execution();

 private:
  // A state on the path that is being explored.
  struct State {
    WakeupTree::Node node = WakeupTree::none;
    std::vector<Step> sleep;  // explored from here, or from above and still the same
  };
  // Part of a beginning: a step of this execution, or the second of a race (with what it then does).
  struct Part {
    Step step;
    std::uint32_t event = 0;  // Race::never_taken for a step that was not taken here
  };

  void run_execution();
  void settle();
  void take(const Step& step);
  void enter_state();
  bool choose(std::size_t depth, Step& out);
  Step step_of(const sim::Thread& thread);
  void finish_execution();
  void plan();
  void plan_reversal(const Race& race);
  void make_beginning(const Race& race);
  [[nodiscard]] Label reversed_label(const Race& race) const;
  [[nodiscard]] bool before(std::size_t part, std::size_t later) const;
  [[nodiscard]] std::size_t first_of(std::uint32_t thread) const;
  [[nodiscard]] bool is_initial(std::size_t part) const;
  [[nodiscard]] bool leaves_alone(const Step& step) const;
  [[nodiscard]] bool is_weak_initial(const Step& step) const;
  void insert(WakeupTree::Node node);
  void backtrack();

  Subject& subject_;
  sim::FramePool frames_;
  sim::Machine machine_;
  sim::Machine::Consequences consequences_;
  Identities identities_;
  HappensBefore order_;
  WakeupTree tree_;
  std::vector<State> states_;
  std::size_t depth_ = 0;  // states on the path; those past it are kept to be used again
  std::vector<Part> beginning_;
  Race reversing_;
  Execution execution_;
  const sim::Thread* last_thread_ = nullptr;
  std::uint64_t blocked_ = 0;
  bool begun_ = false;
  bool exhausted_ = false;
};

}  // namespace interleave::explore
