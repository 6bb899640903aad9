#include "explore/search.h"

#include <algorithm>
#include <cassert>

namespace interleave::explore {
namespace {

// Whether what a step does is what was planned. A lock that was planned to be let go is passed on where somebody whose
// patience had ended now waits.
[[maybe_unused]] bool fits(const Label& done, const Label& planned) {
  const auto lets_go = [](Access access) { return access == Access::release || access == Access::pass; };
  return done == planned || (done.object == planned.object && lets_go(done.access) && lets_go(planned.access));
}

}  // namespace

Search::Search(Subject& subject, const sim::Settings& settings)
    : subject_(subject), machine_(settings, false, nullptr, frames_) {
  machine_.report_to(&consequences_);
  machine_.limit_participants(most_participants);
}

bool Search::next() {
  if (exhausted_) return false;
  run_execution();
  plan();
  backtrack();
  return true;
}

void Search::leave_execution() {
  machine_.reset();
  begun_ = false;
}

// ---- running one execution ------------------------------------------------------------------------------------------

void Search::run_execution() {
  machine_.reset();
  begun_ = true;
  consequences_.links.clear();
  consequences_.quiet.clear();
  consequences_.passed.clear();
  identities_.begin_execution();
  order_.begin_execution();
  execution_ = {};
  last_thread_ = nullptr;
  subject_.begin(machine_);
  settle();
  if (depth_ == 0) {
    if (states_.empty()) states_.emplace_back();
    states_[0].node = WakeupTree::root();
    depth_ = 1;
  }
  std::size_t at = 0;
  Step step;
  while (!machine_.enabled().empty()) {
    if (machine_.steps() >= longest_execution || too_large()) {
      execution_.cut = true;
      break;
    }
    if (!choose(at, step)) {
      ++blocked_;
      execution_.cut = true;
      break;
    }
    take(step);
    ++at;
    if (at == depth_) enter_state();
  }
  finish_execution();
}

// What has followed from the last step: threads that started or joined, and steps that nobody else can notice.
void Search::settle() {
  std::size_t done = 0;
  for (const auto& pass : consequences_.passed) {
    // Until now the heir could have taken the lock itself, before whoever took it last.
    const std::uint32_t lock = identities_.object(pass.lock, machine_.makers());
    order_.add_waiting({identities_.thread(pass.heir), {lock, Access::take}});
    execution_.unsure = execution_.unsure || pass.might_give_up;
  }
  consequences_.passed.clear();
  const auto follow_links = [&] {
    for (const auto& link : consequences_.links) {
      const std::uint32_t after =
          link.start ? identities_.add_thread(link.after, link.before) : identities_.thread(link.after);
      if (link.before.valid()) order_.link(identities_.thread(link.before), after);
    }
    consequences_.links.clear();
  };
  follow_links();
  while (done < consequences_.quiet.size() && machine_.steps() < longest_execution) {
    sim::Thread& thread = *consequences_.quiet[done++];
    machine_.step(thread);
    follow_links();
  }
  consequences_.quiet.clear();
}

Step Search::step_of(const sim::Thread& thread) {
  const sim::Parked& parked = *thread.parked;
  ObjectId object;
  if (sim::is_on_lock(parked.op)) {
    object = static_cast<const sim::Lock*>(parked.target)->id;
  } else if (parked.op == sim::Op::wait) {
    object =
        static_cast<const sim::Condition*>(parked.target)->lock.id;  // what others notice is that it lets the lock go
  } else if (sim::is_on_pipe(parked.op)) {
    object = sim::pipe_call(thread).child->pipes.front().id;  // a child's three pipes and its end count as one object
  } else {
    object = static_cast<const sim::Var*>(parked.target)->id;
  }
  return {identities_.thread(thread.id), {identities_.object(object, machine_.makers()), access_now(thread)}};
}

// The next step from the state: what the wakeup tree wants, or whatever is enabled. False where everything that is
// enabled has been explored in another order, or what is wanted cannot be: neither happens (see blocked()).
bool Search::choose(std::size_t at, Step& out) {
  const State& state = states_[at];
  if (const WakeupTree::Node wanted = tree_.first_child(state.node); wanted != WakeupTree::none) {
    out = tree_.step(wanted);
    const std::uint32_t number = identities_.machine_thread(out.thread);
    return number != Identities::nobody && machine_.may_step(*machine_.threads()[number]);
  }
  const auto sleeps = [&](const sim::Thread& thread) {
    const std::uint32_t name = identities_.thread(thread.id);
    return std::ranges::any_of(state.sleep, [&](const Step& step) { return step.thread == name; });
  };
  // Going on with the same thread where that is possible makes for schedules that are easy to read.
  const sim::Thread* chosen = nullptr;
  for (const sim::Thread* thread : machine_.enabled()) {
    if (sleeps(*thread)) continue;
    if (thread == last_thread_) {
      chosen = thread;
      break;
    }
    if (chosen == nullptr || thread->id < chosen->id) chosen = thread;
  }
  if (chosen == nullptr) return false;
  out = step_of(*chosen);
  tree_.add_child(state.node, out);
  return true;
}

void Search::take(const Step& step) {
  sim::Thread& thread = *machine_.threads()[identities_.machine_thread(step.thread)];
  assert(machine_.may_step(thread) && fits(step_of(thread).label, step.label));
  Event event;
  event.step = step;
  event.op = thread.parked->op;
  event.expected = thread.parked->expected;
  if (sim::is_on_pipe(event.op)) {
    // A wait with a limit of time may be over at any time.
    const bool limited = event.op == sim::Op::talk && sim::pipe_call(thread).talk.limit != rt::no_limit;
    event.needed = limited ? 0 : sim::wanted_of(thread);
    event.possible = sim::pipe_call(thread).child->possible();
  } else if (step.label.access == Access::read || step.label.access == Access::write) {
    event.found = static_cast<const sim::Var*>(thread.parked->target)->value;
  }
  // A task that has left its loop has not been preempted.
  const bool could_go_on =
      last_thread_ != nullptr && machine_.may_step(*last_thread_) && last_thread_->parked->op != sim::Op::take_loop;
  if (last_thread_ != &thread && could_go_on) ++execution_.preemptions;
  last_thread_ = &thread;
  order_.add(event);
  machine_.step(thread);
  settle();
}

void Search::enter_state() {
  const Step& taken = order_.events().back().step;
  if (states_.size() == depth_) states_.emplace_back();
  State& state = states_[depth_];
  const State& above = states_[depth_ - 1];
  state.node = tree_.first_child(above.node);
  state.sleep.clear();
  for (const Step& step : above.sleep) {
    if (step.thread != taken.thread && !dependent(step.label, taken.label)) state.sleep.push_back(step);
  }
  ++depth_;
}

void Search::finish_execution() {
  execution_.steps = machine_.steps();
  execution_.hung = !execution_.cut && machine_.hung();
  for (const auto& thread : machine_.threads()) {
    if (!thread->over && thread->blocked && sim::waits_for_lock(thread->parked->op)) {
      order_.add_waiting(step_of(*thread));
    }
  }
  if (execution_.cut) return;
  const Observation seen = subject_.observe();
  execution_.figure = seen.figure;
  execution_.failed = execution_.hung || !seen.fine || machine_.failed_checks() > 0;
}

// ---- what to run next -----------------------------------------------------------------------------------------------

void Search::plan() {
  for (const Race& race : order_.races()) plan_reversal(race);
}

void Search::plan_reversal(const Race& race) {
  make_beginning(race);
  const State& state = states_[race.first];
  for (const Step& step : state.sleep) {
    if (is_weak_initial(step)) return;
  }
  insert(state.node);
}

// What does not happen after the race's first step, in the order of this execution, and then its second.
void Search::make_beginning(const Race& race) {
  reversing_ = race;
  beginning_.clear();
  const auto& events = order_.events();
  for (std::uint32_t at = race.first + 1; at < events.size(); ++at) {
    if (!order_.before(race.first, at)) beginning_.push_back({events[at].step, at});
  }
  if (race.second == Race::never_taken) {
    beginning_.push_back({race.pending, Race::never_taken});
  } else {
    const Event& second = events[race.second];
    beginning_.push_back({{second.step.thread, reversed_label(race)}, race.second});
  }
}

// What the second step does when it comes first: a compare_exchange or a try may find something else.
Label Search::reversed_label(const Race& race) const {
  const Event& first = order_.events()[race.first];
  const Event& second = order_.events()[race.second];
  Label label = second.step.label;
  switch (second.op) {
    case sim::Op::compare_exchange:
      if (first.step.label.access == Access::write) {
        label.access = second.expected == first.found ? Access::write : Access::read;
      }
      break;
    case sim::Op::try_acquire:
    case sim::Op::acquire_for:
    case sim::Op::acquire_now:
      label.access = first.step.label.access == Access::release ? Access::fail : Access::take;
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
  if (dependent(a.step.label, b.step.label)) return true;
  return b.event == Race::never_taken ? order_.before_pending(a.event, reversing_)
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
  return std::ranges::none_of(beginning_, [&](const Part& part) { return dependent(part.step.label, step.label); });
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
  while (depth_ > 1) {
    State& above = states_[depth_ - 2];
    const WakeupTree::Node explored = tree_.first_child(above.node);
    assert(explored == states_[depth_ - 1].node);
    above.sleep.push_back(tree_.step(explored));
    tree_.remove_first_child(above.node);
    --depth_;
    if (tree_.first_child(above.node) != WakeupTree::none) return;
  }
  exhausted_ = true;
}

}  // namespace interleave::explore
