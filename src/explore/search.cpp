#include "explore/search.h"

#include <algorithm>
#include <cassert>

namespace interleave::explore {
namespace {

// Whether what a step does is what was planned. A lock that was planned to be let go is passed on where somebody whose
// patience had ended now waits.
[[maybe_unused]] bool fits(const Label& done, const Label& planned) {
  const auto lets_go = [](StepAccess access) { return access == StepAccess::release || access == StepAccess::pass; };
  return done == planned || (done.object == planned.object && lets_go(done.access) && lets_go(planned.access));
}

}  // namespace

static_assert(Walk::longest <= HappensBefore::most_steps);

Search::Search(Subject& subject, const sim::Settings& settings, std::span<const Rule> rules)
    : dependent_(rules), walk_(subject, settings), order_(dependent_) {
  states_.reserve(room);
  sleep_.reserve(room);
  beginning_.reserve(room);
}

bool Search::next() {
  if (exhausted_) return false;
  run_execution();
  plan();
  backtrack();
  return true;
}

// ---- running one execution ------------------------------------------------------------------------------------------

void Search::run_execution() {
  was_blocked_ = false;
  if (states_.empty()) {
    walk_.begin(IntoOrder{*this});
    states_.push_back({WakeupTree::root(), 0, walk_.extent()});
  } else {
    repeat_beginning();
  }
  Step step;
  while (!walk_.enabled().empty() && !walk_.too_long() && !too_large()) {
    if (!choose(step)) {
      ++blocked_;
      was_blocked_ = true;
      break;
    }
    take(step);
    enter_state();
  }
  finish_execution();
}

// To the state from which something is left to explore. What the steps up to there mean to the order is known, and the
// races among them have been planned.
void Search::repeat_beginning() {
  const std::size_t steps = states_.size() - 1;
  order_.keep(static_cast<std::uint32_t>(steps));
  if (unsure_from_ > steps) unsure_from_ = sure;
  walk_.begin_again(states_[steps].extent);
  for (std::size_t at = 0; at < steps; ++at) walk_.repeat(walk_.numbered(states_[at].taken_by));
}

// The next step from the state: what the wakeup tree wants, or whatever is enabled. False where everything that is
// enabled has been explored in another order, or what is wanted cannot be: neither happens (see blocked()).
bool Search::choose(Step& out) {
  const State& state = states_.back();
  if (const WakeupTree::Node wanted = tree_.first_child(state.node); wanted != WakeupTree::none) {
    out = tree_.step(wanted);
    return walk_.able(out.thread) != nullptr;
  }
  if (states_.size() <= fixed_.size()) return choose_fixed(fixed_[states_.size() - 1], out);
  const auto asleep = sleep_of(states_.size() - 1);
  const auto foreign = foreign_of(states_.size() - 1);
  const auto sleeps = [&](const sim::Thread& thread) {
    const std::uint32_t name = walk_.name(thread);
    const auto is = [&](const Step& step) { return step.thread == name; };
    return std::ranges::any_of(asleep, is) || std::ranges::any_of(foreign, is);
  };
  // Going on with the same thread where that is possible makes for schedules that are easy to read.
  const sim::Thread* chosen = nullptr;
  for (const sim::Thread* thread : walk_.enabled()) {
    if (sleeps(*thread)) continue;
    if (thread == walk_.last()) {
      chosen = thread;
      break;
    }
    if (chosen == nullptr || thread->id < chosen->id) chosen = thread;
  }
  if (chosen == nullptr) return false;
  out = walk_.step_of(*chosen);
  tree_.add_child(state.node, out);
  return true;
}

// In the beginning that is given, all threads before the one that goes on are other branches'.
bool Search::choose_fixed(std::uint32_t number, Step& out) {
  const auto threads = walk_.machine().threads();
  const sim::Thread* chosen = number < threads.size() ? threads[number].get() : nullptr;
  if (chosen == nullptr || !walk_.machine().may_step(*chosen)) return false;
  for (const sim::Thread* thread : walk_.enabled()) {
    if (thread->id.value < number) foreign_.push_back(walk_.step_of(*thread));
  }
  out = walk_.step_of(*chosen);
  tree_.add_child(states_.back().node, out);
  return true;
}

void Search::take(const Step& step) {
  sim::Thread& thread = *walk_.able(step.thread);
  assert(fits(walk_.step_of(thread).label, step.label));
  StepEvent& event = order_.arrive(step);
  event.op = thread.parked->op;
  event.expected = thread.parked->expected;
  const sim::On on = sim::info(event.op).on;
  if (on == sim::On::pipe) {
    // A wait with a limit of time may be over at any time.
    const bool limited = event.op == sim::Op::talk && sim::pipe_call(thread).talk.limit != rt::no_limit;
    event.needed = limited ? 0 : sim::wanted_of(thread);
    event.possible = sim::pipe_call(thread).child->possible();
  } else if (on == sim::On::variable) {
    event.found = static_cast<const sim::Var*>(thread.parked->target)->value;
  }
  order_.add();
  states_.back().taken_by = thread.id.value;
  walk_.take(thread, IntoOrder{*this});
}

void Search::enter_state() {
  const Step& taken = order_.events().back().step;
  const State& above = states_.back();
  const State state{tree_.first_child(above.node), 0, walk_.extent(), sleep_.size(), foreign_.size()};
  const auto take_over = [&](std::vector<Step>& steps, std::size_t from) {
    const std::size_t end = steps.size();
    for (std::size_t at = from; at < end; ++at) {
      const Step step = steps[at];
      if (step.thread != taken.thread && !dependent_(step.label, taken.label)) steps.push_back(step);
    }
  };
  take_over(sleep_, above.sleep_from);
  take_over(foreign_, above.foreign_from);
  states_.push_back(state);
}

std::span<const Step> Search::sleep_of(std::size_t state) const {
  const std::size_t end = state + 1 < states_.size() ? states_[state + 1].sleep_from : sleep_.size();
  return std::span(sleep_).subspan(states_[state].sleep_from, end - states_[state].sleep_from);
}

std::span<const Step> Search::foreign_of(std::size_t state) const {
  const std::size_t end = state + 1 < states_.size() ? states_[state + 1].foreign_from : foreign_.size();
  return std::span(foreign_).subspan(states_[state].foreign_from, end - states_[state].foreign_from);
}

void Search::finish_execution() {
  for (const auto& thread : walk_.machine().threads()) {
    if (!thread->over && thread->blocked && sim::info(thread->parked->op).effect == sim::Effect::takes) {
      order_.add_waiting(walk_.step_of(*thread));
    }
  }
  ending_ = walk_.result();
  ending_.unsure = unsure_from_ != sure;
}

// ---- what to run next -----------------------------------------------------------------------------------------------

void Search::plan() {
  for (const StepRace& race : order_.races()) {
    // All that can begin otherwise is other branches'.
    if (race.first >= fixed_.size()) plan_reversal(race);
  }
}

void Search::plan_reversal(const StepRace& race) {
  make_beginning(race);
  for (const Step& step : sleep_of(race.first)) {
    if (is_weak_initial(step)) return;
  }
  for (const Step& step : foreign_of(race.first)) {
    const std::size_t at = first_of(step.thread);
    if (at < beginning_.size() && is_initial(at)) return;
  }
  insert(states_[race.first].node);
}

// What does not happen after the race's first step, in the order of this execution, and then its second.
void Search::make_beginning(const StepRace& race) {
  reversing_ = race;
  beginning_.clear();
  const auto& events = order_.events();
  for (std::uint32_t at = race.first + 1; at < events.size(); ++at) {
    if (!order_.before(race.first, at)) beginning_.push_back({events[at].step, at});
  }
  if (race.second == StepRace::never_taken) {
    beginning_.push_back({race.pending, StepRace::never_taken});
  } else {
    const StepEvent& second = events[race.second];
    beginning_.push_back({{second.step.thread, reversed_label(race)}, race.second});
  }
}

// What the second step does when it comes first: a compare_exchange or a try may find something else.
Label Search::reversed_label(const StepRace& race) const {
  const StepEvent& first = order_.events()[race.first];
  const StepEvent& second = order_.events()[race.second];
  Label label = second.step.label;
  switch (sim::info(second.op).effect) {
    case sim::Effect::compares:
      if (first.step.label.access == StepAccess::write) {
        label.access = second.expected == first.found ? StepAccess::write : StepAccess::read;
      }
      break;
    case sim::Effect::attempts:
      label.access = first.step.label.access == StepAccess::release ? StepAccess::fail : StepAccess::take;
      break;
    default: break;
  }
  return label;
}

// Whether a part of the beginning must stay before a later one.
bool Search::before(std::size_t part, std::size_t later) const {
  const Part& a = beginning_[part];
  const Part& b = beginning_[later];
  const bool reversed = b.event == reversing_.second;
  if (!reversed) return order_.before(a.event, b.event);
  if (dependent_(a.step.label, b.step.label)) return true;
  return b.event == StepRace::never_taken ? order_.before_pending(a.event, reversing_)
                                          : order_.before_arrival(a.event, b.event);
}

std::size_t Search::first_of(std::uint32_t thread) const {
  const auto found = std::ranges::find_if(beginning_, [&](const Part& part) { return part.step.thread == thread; });
  return static_cast<std::size_t>(found - beginning_.begin());
}

bool Search::is_initial(std::size_t part) const {
  for (std::size_t at = 0; at < part; ++at) {
    if (before(at, part)) return false;
  }
  return true;
}

bool Search::leaves_alone(const Step& step) const {
  return std::ranges::none_of(beginning_, [&](const Part& part) { return dependent_(part.step.label, step.label); });
}

// Whether some execution that begins with the step is of the same class as one that begins with the beginning.
bool Search::is_weak_initial(const Step& step) const {
  const std::size_t at = first_of(step.thread);
  return at < beginning_.size() ? is_initial(at) : leaves_alone(step);
}

// Puts the beginning below the node, unless an execution that is planned there leads to the same class.
void Search::insert(WakeupTree::Node node) {
  while (tree_.first_child(node) != WakeupTree::none) {
    WakeupTree::Node child = tree_.first_child(node);
    for (; child != WakeupTree::none; child = tree_.next_sibling(child)) {
      const Step& step = tree_.step(child);
      const std::size_t at = first_of(step.thread);
      if (at == beginning_.size()) {
        if (leaves_alone(step)) break;
      } else if (is_initial(at)) {
        beginning_.erase(beginning_.begin() + static_cast<std::ptrdiff_t>(at));
        break;
      }
    }
    if (child == WakeupTree::none) {
      for (const Part& part : beginning_) node = tree_.add_child(node, part.step);
      return;
    }
    node = child;
  }
}

// To the deepest state from which something is left to explore.
void Search::backtrack() {
  while (states_.size() > 1 + fixed_.size()) {
    sleep_.resize(states_.back().sleep_from);
    foreign_.resize(states_.back().foreign_from);
    [[maybe_unused]] const WakeupTree::Node left = states_.back().node;
    states_.pop_back();
    const WakeupTree::Node above = states_.back().node;
    const WakeupTree::Node explored = tree_.first_child(above);
    assert(explored == left);
    sleep_.push_back(tree_.step(explored));
    tree_.remove_first_child(above);
    if (tree_.first_child(above) != WakeupTree::none) return;
  }
  exhausted_ = true;
}

}  // namespace interleave::explore
