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
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "explore/happens_before.h"
#include "explore/wakeup_tree.h"
#include "explore/walk.h"

namespace interleave::explore {

// Single-threaded. The subject must outlive it.
class Search {
 public:
  // A program in which more threads take steps is not searched: what there is to remember grows with their square.
  static constexpr std::size_t most_threads = 256;

  // With fewer rules than there are it is wrong: for the test that shows that none can be left out.
  Search(Subject& subject, const sim::Settings& settings, std::span<const Rule> rules = dependency_rules);

  // Only executions that begin with steps of these threads (the machine's numbers: names mean something else in every
  // search), and that no smaller thread's step could begin as well: with
  // all branches of one length (see branches.h) every class is run in exactly one of them. Some executions cannot be
  // run to their end then without repeating another branch's. Before the first.
  void begin_with(std::vector<std::uint32_t> threads) { fixed_ = std::move(threads); }
  // Runs the next execution; false where there is none left.
  bool next();
  // The last one.
  [[nodiscard]] const Ending& ending() const { return ending_; }
  [[nodiscard]] sim::Schedule schedule() const { return walk_.schedule(); }
  [[nodiscard]] const sim::Machine& machine() const { return walk_.machine(); }
  // The last one was given up, because it would have repeated another.
  [[nodiscard]] bool was_blocked() const { return was_blocked_; }
  // Executions that could not be run to their end without repeating another. The algorithm has none, but in a branch.
  [[nodiscard]] std::uint64_t blocked() const { return blocked_; }
  // What it remembers.
  [[nodiscard]] std::size_t bytes() const {
    return tree_.bytes() + order_.bytes() + bytes_of(states_, sleep_, foreign_, beginning_);
  }
  // More threads than that have taken steps.
  [[nodiscard]] bool too_large() const { return order_.stepping_threads() > most_threads; }
  // Ends the last execution, so that the subject can begin elsewhere.
  void leave_execution() { walk_.leave(); }

 private:
  // A state on the path that is being explored.
  struct State {
    WakeupTree::Node node = WakeupTree::none;
    std::uint32_t taken_by = 0;  // who takes the step from here, by the machine's number
    Identities::Extent extent;   // how far the execution has come
    // How many steps lie in sleep_ and foreign_ below this state's own: the rest is those of the states above.
    std::size_t sleep_from = 0;
    std::size_t foreign_from = 0;
  };
  // Part of a beginning: a step of this execution, or the second of a race (with what it then does).
  struct Part {
    Step step;
    std::uint32_t event = 0;  // Race::never_taken for a step that was not taken here
  };

  static constexpr std::size_t sure = SIZE_MAX;

  void run_execution();
  void repeat_beginning();
  void take(const Step& step);
  void enter_state();
  [[nodiscard]] std::span<const Step> sleep_of(std::size_t state) const;
  [[nodiscard]] std::span<const Step> foreign_of(std::size_t state) const;
  bool choose(Step& out);
  bool choose_fixed(std::uint32_t number, Step& out);
  void finish_execution();
  void plan();
  void plan_reversal(const StepRace& race);
  void make_beginning(const StepRace& race);
  [[nodiscard]] Label reversed_label(const StepRace& race) const;
  [[nodiscard]] bool before(std::size_t part, std::size_t later) const;
  [[nodiscard]] std::size_t first_of(std::uint32_t thread) const;
  [[nodiscard]] bool is_initial(std::size_t part) const;
  [[nodiscard]] bool leaves_alone(const Step& step) const;
  [[nodiscard]] bool is_weak_initial(const Step& step) const;
  void insert(WakeupTree::Node node);
  void backtrack();

  // What the walk tells of beside the steps goes into the order of the execution.
  struct IntoOrder {
    Search& search;
    void linked(std::uint32_t before, std::uint32_t after) const { search.order_.link(before, after); }
    void passed(std::uint32_t heir, std::uint32_t lock, bool might_give_up) const {
      // Until now the heir could have taken the lock itself, before whoever took it last.
      search.order_.add_waiting({heir, {lock, StepAccess::take}});
      if (might_give_up) search.unsure_from_ = std::min(search.unsure_from_, search.order_.events().size());
    }
  };

  Dependence dependent_;
  Walk walk_;
  HappensBefore order_;
  WakeupTree tree_;
  std::vector<State> states_;  // on the path
  std::vector<Step> sleep_;    // of each state: explored from there, or from above and still the same
  // Of each state: explored in other branches. What could begin with one of these, and need not, is still to be run:
  // nobody there can put it into this branch.
  std::vector<Step> foreign_;
  std::vector<Part> beginning_;
  StepRace reversing_;
  Ending ending_;
  std::uint64_t blocked_ = 0;
  bool was_blocked_ = false;
  std::vector<std::uint32_t> fixed_;  // who takes the first steps, by the machine's numbers
  std::size_t unsure_from_ = sure;    // see Ending::unsure: as many steps had been taken
  bool exhausted_ = false;
};

}  // namespace interleave::explore
