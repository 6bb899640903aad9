#include "explore/exploration.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/clock.h"
#include "explore/branches.h"
#include "explore/story.h"

namespace interleave::explore {
namespace {

// A reading of the clock costs about as much as a short execution, and so does another's turn with the subject.
constexpr std::uint64_t steps_in_a_turn = 4096;
// Orders that are still to be run need little memory, but a proof needs them, so what they may take is their own.
std::uint64_t bytes_of_orders(const Settings& settings) {
  return static_cast<std::uint64_t>(settings.memory) * (std::uint64_t{256} * 1024);
}
std::uint64_t bytes_of_states(const Settings& settings) { return 3 * bytes_of_orders(settings); }

StateGraph::Limits limits_of(const Settings& settings) {
  StateGraph::Limits out;
  out.states = static_cast<std::size_t>(settings.states);
  if (settings.method == Method::few_preemptions) out.preemptions = static_cast<std::uint32_t>(settings.preemptions);
  return out;
}

}  // namespace

sim::Settings machine_settings(const Settings& settings) {
  sim::Settings out;
  out.seed = settings.seed;
  return out;
}

Exploration::Exploration(Subject& subject, const Settings& settings)
    : subject_(subject),
      settings_(settings),
      sim_settings_(machine_settings(settings)),
      search_(subject, sim_settings_),
      graph_(subject, sim_settings_, limits_of(settings)),
      sampler_(subject, sim_settings_, settings.method == Method::pct ? Sampling::pct : Sampling::uniform,
               static_cast<std::uint64_t>(settings.seed), static_cast<std::uint32_t>(settings.depth)),
      executions_allowed_(settings.executions),
      runs_allowed_(settings.runs),
      time_allowed_(settings.time),
      memory_of_orders_(bytes_of_orders(settings)),
      memory_of_states_(bytes_of_states(settings)) {
  findings_.method = settings.method;
  classes_left_ = settings.method == Method::every_order;
  graph_left_ = classes_left_ || settings.method == Method::few_preemptions;
}

Exploration::~Exploration() = default;

void Exploration::advance(Nanoseconds budget) {
  const Nanoseconds began = steady_now();
  while (!finished()) {
    bool more = false;
    try {
      if (classes_left_) more = classes_left_ = run_classes();
      if (!finished() && graph_left_) {
        graph_left_ = build_graph();
        more = more || graph_left_;
      }
      if (!finished() && !more && !shared_) more = draw_sample();
    } catch (const rt::LimitReached& limit) {
      return give_up(limit);
    }
    if (finished()) return;
    if (!more && shared_) break;  // the others have not ended
    if (!more) return finish();
    const Nanoseconds passed = steady_now() - began;
    if (time_allowed_ > 0 && worked_ + passed >= time_allowed_) {
      findings_.spent = Spent::time;
      return finish();
    }
    if (passed >= budget) break;
  }
  worked_ += steady_now() - began;
  tell_shortest();
}

void Exploration::turn_to(Part part) {
  if (part_ == part) return;
  leave_subject();
  part_ = part;
}

void Exploration::leave_subject() {
  switch (part_) {
    case Part::classes: search_.leave_execution(); break;
    case Part::graph: graph_.leave_execution(); break;
    case Part::sample: sampler_.leave_execution(); break;
  }
}

bool Exploration::run_classes() {
  turn_to(Part::classes);
  for (std::uint64_t steps = 0; steps < steps_in_a_turn;) {
    if (findings_.executions >= static_cast<std::uint64_t>(executions_allowed_)) {
      findings_.spent = Spent::executions;
      return false;
    }
    if (!search_.next()) {
      // Those of a branch that were given up are run in another.
      const bool whole = portion_ || search_.blocked() == 0;
      findings_.exhausted = findings_.cut == 0 && findings_.unsure == 0 && whole;
      return false;
    }
    if (search_.too_large()) {
      give_up({static_cast<std::int64_t>(Search::most_threads)});
      return false;
    }
    steps += search_.ending().steps + 1;
    if (portion_ && search_.was_blocked()) continue;
    findings_.add(search_.ending(), [this] { return search_.schedule(); });
    findings_.blocked = search_.blocked();
  }
  if (!memory_of_orders_.spent(search_.bytes())) return true;
  findings_.spent = Spent::memory;
  out_of_memory_ = true;
  return false;
}

bool Exploration::build_graph() {
  turn_to(Part::graph);
  bool more = graph_.work(steps_in_a_turn);
  const bool memory_spent = more && memory_of_states_.spent(graph_.bytes());
  if (memory_spent) {
    graph_.stop();
    more = false;
  }
  findings_.states = graph_.states();
  findings_.failing_states = graph_.ends().failing;
  if (graph_.exhausted_below() > 0 && !graph_.too_long()) findings_.bound = graph_.exhausted_below() - 1;
  if (!more) take_from_graph();
  if (settings_.method == Method::few_preemptions) {
    findings_.executions = graph_.ends().all;
    findings_.failures = graph_.ends().failing;
    findings_.hangs = graph_.ends().hanging;
    findings_.exhausted = graph_.complete();
    const bool limited = !more && graph_.may_go_on() && !graph_.too_long();
    if (limited) findings_.spent = memory_spent ? Spent::memory : Spent::states;
    for (const auto& [figure, count] : graph_.ends().figures) findings_.outcomes[figure] = {count.all, count.failing};
  }
  return more;
}

void Exploration::take_from_graph() {
  if (graph_.complete() && !findings_.odds) findings_.odds = graph_.odds();
  const auto found = graph_.shortest();
  if (!found) return;
  const bool known = findings_.shortest && findings_.shortest->certain;
  if (known || (findings_.shortest && findings_.shortest->preemptions < found->preemptions)) return;
  turn_to(Part::graph);
  Counterexample out;
  out.schedule = graph_.schedule_of_shortest();
  out.preemptions = found->preemptions;
  out.steps = std::accumulate(out.schedule.choices.begin(), out.schedule.choices.end(), std::uint64_t{0},
                              [](std::uint64_t sum, const auto& choice) { return sum + choice.count; });
  out.hang = graph_.shortest_hangs();
  out.certain = found->certain;
  findings_.shortest = std::move(out);
}

bool Exploration::wants_sample() const {
  if (findings_.random()) return handed_over_ + findings_.executions < static_cast<std::uint64_t>(runs_allowed_);
  // Nothing is to be estimated where nothing fails, or all is known.
  return settings_.method == Method::every_order && findings_.fails() && !findings_.odds &&
         findings_.sampled.executions < static_cast<std::uint64_t>(runs_allowed_);
}

bool Exploration::draw_sample() {
  turn_to(Part::sample);
  for (std::uint64_t steps = 0; steps < steps_in_a_turn;) {
    if (!wants_sample()) return false;
    sampler_.next();
    const auto& run = sampler_.ending();
    steps += run.steps + 1;
    if (findings_.random()) {
      findings_.add(run, [this] { return sampler_.schedule(); });
    } else if (!run.cut) {
      ++findings_.sampled.executions;
      if (run.failed) ++findings_.sampled.failures;
    }
    if (settings_.method == Method::pct) {
      findings_.guarantee = sampler_.guarantee();
      findings_.depth = static_cast<std::uint32_t>(settings_.depth);
    }
    // Not one that could be followed to its end: there will be none.
    if (run.cut && findings_.sampled.executions == 0 && !findings_.random()) return false;
  }
  return true;
}

// ---- sharing --------------------------------------------------------------------------------------------------------

void Exploration::confine(const rt::Portion& portion) {
  portion_ = portion;
  graph_left_ = false;
  time_allowed_ = 0;
  executions_allowed_ = std::numeric_limits<std::int64_t>::max();
  if (classes_left_) search_.begin_with(portion.first_steps);
  sampler_.draw_every(portion.of, portion.number);
  const auto of = static_cast<std::int64_t>(portion.of);
  runs_allowed_ = (runs_allowed_ + of - 1 - static_cast<std::int64_t>(portion.number)) / of;
}

Findings Exploration::hand_over() {
  Findings out = std::move(findings_);
  findings_ = {};
  findings_.method = out.method;
  handed_over_ += out.executions;
  return out;
}

bool Exploration::may_share() const {
  return !finished() && !shared_ && !portion_ && (classes_left_ || (findings_.random() && wants_sample()));
}

std::vector<rt::Portion> Exploration::portions(std::size_t wanted) {
  leave_subject();
  std::vector<rt::Portion> out;
  if (findings_.random()) {
    for (std::size_t number = 0; number < wanted; ++number) out.push_back({{}, number, wanted});
    return out;
  }
  for (auto& first_steps : branches(subject_, sim_settings_, wanted)) out.push_back({std::move(first_steps), 0, 1});
  return out;
}

void Exploration::share() {
  share_on();
  Findings kept;
  kept.method = findings_.method;
  kept.states = findings_.states;
  kept.failing_states = findings_.failing_states;
  kept.bound = findings_.bound;
  kept.odds = findings_.odds;
  if (findings_.shortest && findings_.shortest->certain) kept.shortest = findings_.shortest;
  findings_ = std::move(kept);
}

void Exploration::share_on() {
  shared_ = true;
  classes_left_ = false;
}

void Exploration::end_sharing(bool with_all) {
  shared_ = false;
  findings_.exhausted =
      with_all && settings_.method == Method::every_order && findings_.cut == 0 && findings_.unsure == 0;
  if (!with_all && spent()) findings_.spent = Spent::executions;
}

bool Exploration::spent() const {
  const std::int64_t allowed = settings_.method == Method::every_order ? executions_allowed_ : runs_allowed_;
  return findings_.executions >= static_cast<std::uint64_t>(allowed);
}

void Exploration::give_up(const rt::LimitReached& limit) {
  leave_subject();
  outcome_ = rt::limit_outcome(limit);
}

void Exploration::tell_shortest() {
  if (!findings_.shortest || !findings_.shortest->story.empty()) return;
  leave_subject();
  tell(*findings_.shortest, subject_, sim_settings_);
}

void Exploration::finish() {
  if (graph_left_) take_from_graph();
  tell_shortest();
  outcome_ = outcome_of(findings_);
}

void Exploration::cancel() {
  if (finished()) return;
  if (graph_left_) take_from_graph();
  tell_shortest();
  outcome_ = rt::cancelled_outcome(false);
}

bool Exploration::may_go_on() const {
  if (!finished() || outcome_->verdict == Verdict::limit || findings_.exhausted) return false;
  if (outcome_->verdict == Verdict::cancelled || findings_.random() || classes_left_ || graph_left_) return true;
  const bool stopped = findings_.spent != Spent::nothing || out_of_memory_;
  const bool classes = settings_.method == Method::every_order && stopped;
  return classes || graph_.may_go_on();
}

bool Exploration::go_on() {
  if (!may_go_on()) return false;
  const bool spent = outcome_->verdict != Verdict::cancelled;
  outcome_.reset();
  findings_.spent = Spent::nothing;
  if (time_allowed_ > 0 && worked_ >= time_allowed_) time_allowed_ += settings_.time;
  if (!spent) return true;
  memory_of_orders_.allow_more(bytes_of_orders(settings_));
  memory_of_states_.allow_more(bytes_of_states(settings_));
  out_of_memory_ = false;
  classes_left_ = settings_.method == Method::every_order;
  if (portion_) return true;
  executions_allowed_ += settings_.executions;
  runs_allowed_ += settings_.runs;
  if (!graph_.complete() && !findings_.random()) {
    graph_.allow_more_states(static_cast<std::size_t>(settings_.states));
    graph_left_ = true;
  }
  return true;
}

trace::Snapshot Exploration::snapshot() const {
  trace::Snapshot out;
  out.engine = Engine::explore;
  out.phase = finished() ? trace::Phase::finished : trace::Phase::running;
  out.seed = static_cast<std::uint64_t>(settings_.seed);
  out.outcome = outcome_;
  out.exploration = report_of(findings_);
  out.exploration->may_go_on = may_go_on();
  return out;
}

}  // namespace interleave::explore
