#include "sim/simulation.h"

#include "core/clock.h"

namespace interleave::sim {
namespace {

// Between two looks at the clock. Most steps take nanoseconds; one that computes may take milliseconds.
constexpr std::uint64_t most_steps_between_looks = 2048;
constexpr Nanoseconds longest_between_looks = millisecond;
// A view shows so many threads' next operations at most; the trace has them all.
constexpr std::size_t pending_shown = 256;
// A schedule of more runs than this is no longer a short string: the seed stands for it.
constexpr std::size_t schedule_shown = 20'000;

}  // namespace

Simulation::Plan Simulation::plan_for(const Settings& settings) {
  if (settings.policy == PolicyKind::replay) {
    auto parsed = parse_schedule(settings.schedule.view());
    if (!parsed) return {HandPolicy{}, false, parsed.error().message};
    const bool timed = parsed.value().timed;
    return {ReplayPolicy{std::move(parsed).value()}, timed, {}};
  }
  switch (settings.policy) {
    case PolicyKind::round_robin: return {RoundRobinPolicy{}, true, {}};
    case PolicyKind::by_hand: return {HandPolicy{}, false, {}};
    default: return {RandomPolicy{static_cast<std::uint64_t>(settings.seed)}, false, {}};
  }
}

Simulation::Simulation(const Settings& settings, std::size_t budget)
    : Simulation(settings, plan_for(settings), budget) {}

Simulation::Simulation(const Settings& settings, Plan plan, std::size_t budget)
    : settings_(settings),
      policy_(std::move(plan.policy)),
      machine_(settings, plan.timed, trace_.get(), frames_, budget),
      problem_(std::move(plan.problem)) {}

Simulation::~Simulation() = default;

// A body that wants more than there is ends the run.
template <class Do>
void Simulation::within_limits(Do act) {
  try {
    act();
  } catch (const rt::LimitReached& limit) {
    finish(rt::limit_outcome(limit));
  }
}

void Simulation::begin(rt::Task<> body) {
  if (!problem_.empty()) {
    finished_ = true;
    return;
  }
  within_limits([&] { machine_.begin(std::move(body)); });
  look_for_end();
}

void Simulation::run(std::uint64_t steps) {
  within_limits([&] { std::visit([&](auto& policy) { machine_.run(policy, steps); }, policy_); });
}

void Simulation::advance(Nanoseconds budget) {
  Nanoseconds looked = steady_now();
  const Nanoseconds until = looked + budget;
  while (!finished_) {
    const std::uint64_t before = machine_.steps();
    run(steps_between_looks_);
    look_for_end();
    const Nanoseconds now = steady_now();
    if (now - looked > longest_between_looks) {
      steps_between_looks_ = std::max<std::uint64_t>(1, steps_between_looks_ / 4);
    } else if (steps_between_looks_ < most_steps_between_looks) {
      steps_between_looks_ *= 2;
    }
    looked = now;
    if (machine_.steps() == before || now >= until) return;
  }
}

bool Simulation::step(ThreadId id) {
  if (finished_) return false;
  if (!id.valid()) {
    const std::uint64_t before = machine_.steps();
    // By hand, "whoever" is the first that can go on.
    if (std::holds_alternative<HandPolicy>(policy_)) {
      for (const auto& thread : machine_.threads()) {
        if (machine_.may_step(*thread)) return step(thread->id);
      }
    }
    run(1);
    look_for_end();
    return machine_.steps() != before;
  }
  if (id.index() >= machine_.threads().size()) return false;
  Thread& thread = *machine_.threads()[id.index()];
  if (!machine_.may_step(thread)) return false;
  within_limits([&] { machine_.step(thread); });
  // The reader has left what the policy would have done; a replay cannot go on from here, so the reader does.
  if (std::holds_alternative<ReplayPolicy>(policy_)) policy_ = HandPolicy{};
  look_for_end();
  return true;
}

void Simulation::look_for_end() {
  if (finished_) return;
  if (auto* replay = std::get_if<ReplayPolicy>(&policy_)) {
    if (machine_.over() || machine_.hung() || replay->at_end()) replay->check_end(machine_);
    if (!replay->problem().empty()) {
      problem_ = replay->problem();
      finished_ = true;
      return;
    }
    // Its first steps are done; from here on the reader chooses.
    if (replay->at_end() && !machine_.over() && !machine_.hung()) policy_ = HandPolicy{};
  }
  // By hand in virtual time: where only sleepers are left, time passes until the first of them wakes.
  if (machine_.timed() && std::holds_alternative<HandPolicy>(policy_) && !machine_.over()) {
    const auto may_step = [&](const auto& thread) { return machine_.may_step(*thread); };
    if (std::ranges::none_of(machine_.threads(), may_step)) machine_.ring_alarms(machine_.next_alarm());
  }
  if (machine_.over()) {
    rt::RunFacts facts{Engine::simulate,         machine_.elapsed(),
                       machine_.failed_checks(), trace_.get(),
                       machine_.timed(),         {.switches = static_cast<std::int64_t>(machine_.switches())}};
    finish(judge(facts));
  } else if (machine_.hung()) {
    finish(explained(rt::hang_outcome(machine_.waits(), *trace_)));
  }
}

void Simulation::finish(Outcome outcome) {
  outcome_ = std::move(outcome);
  finished_ = true;
}

void Simulation::cancel() {
  if (!finished_) finish(rt::cancelled_outcome(false));
}

trace::Snapshot Simulation::snapshot() const {
  trace::Snapshot out;
  out.engine = Engine::simulate;
  const bool waits_for_reader = std::holds_alternative<HandPolicy>(policy_);
  out.phase = finished_ ? trace::Phase::finished : (waits_for_reader ? trace::Phase::paused : trace::Phase::running);
  out.trace = trace_;
  for (const auto& thread : machine_.threads()) {
    if (thread->over || out.pending.size() >= pending_shown) continue;
    out.pending.push_back({thread->id, machine_.pending(*thread), !finished_ && machine_.may_step(*thread)});
  }
  out.policy = std::string(policy_options[policy_.index()].key);
  out.timed = machine_.timed();
  if (machine_.choice_count() < schedule_shown) out.schedule = print_schedule(schedule_of(machine_));
  out.seed = static_cast<std::uint64_t>(settings_.seed);
  out.now = machine_.now();
  out.outcome = outcome_;
  if (!problem_.empty()) out.problem = problem_;
  return out;
}

}  // namespace interleave::sim
