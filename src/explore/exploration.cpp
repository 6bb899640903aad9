#include "explore/exploration.h"

#include "core/clock.h"
#include "explore/story.h"

namespace interleave::explore {
namespace {

// A reading of the clock costs about as much as a short execution.
constexpr std::uint64_t steps_between_looks = 2048;

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
      search_(subject, sim_settings_) {}

Exploration::~Exploration() = default;

void Exploration::advance(Nanoseconds budget) {
  const Nanoseconds until = steady_now() + budget;
  std::uint64_t steps = 0;
  while (!finished()) {
    if (findings_.executions >= static_cast<std::uint64_t>(settings_.executions)) return finish();
    bool more = false;
    try {
      more = search_.next();
    } catch (const rt::LimitReached& limit) {
      return give_up(limit);
    }
    if (!more) {
      findings_.exhausted = findings_.cut == 0 && findings_.unsure == 0 && search_.blocked() == 0;
      return finish();
    }
    if (search_.too_large()) return give_up({static_cast<std::int64_t>(Search::most_threads)});
    findings_.add(search_);
    steps += search_.execution().steps + 1;
    if (steps < steps_between_looks) continue;
    steps = 0;
    if (steady_now() >= until) break;
  }
  tell_shortest();
}

void Exploration::give_up(const rt::LimitReached& limit) {
  search_.leave_execution();
  outcome_ = rt::limit_outcome(limit);
}

void Exploration::tell_shortest() {
  if (!findings_.shortest || !findings_.shortest->story.empty()) return;
  search_.leave_execution();
  tell(*findings_.shortest, subject_, sim_settings_);
}

void Exploration::finish() {
  tell_shortest();
  search_.leave_execution();
  outcome_ = outcome_of(findings_);
}

void Exploration::cancel() {
  if (finished()) return;
  tell_shortest();
  outcome_ = rt::cancelled_outcome(false);
}

trace::Snapshot Exploration::snapshot() const {
  trace::Snapshot out;
  out.engine = Engine::explore;
  out.phase = finished() ? trace::Phase::finished : trace::Phase::running;
  out.seed = static_cast<std::uint64_t>(settings_.seed);
  out.outcome = outcome_;
  out.exploration = report_of(findings_);
  return out;
}

}  // namespace interleave::explore
