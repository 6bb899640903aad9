#include "explore/findings.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace interleave::explore {

void Findings::count(const Ending& ending) {
  ++executions;
  if (ending.unsure) ++unsure;
  if (ending.cut) {
    ++cut;
    return;
  }
  if (ending.failed) ++failures;
  if (ending.hung) {
    ++hangs;
    return;
  }
  Count& same = outcomes[ending.figure];
  ++same.executions;
  if (ending.failed) ++same.failures;
}

bool Findings::shorter(const Ending& ending) const {
  if (!ending.failed) return false;
  return !shortest || std::tuple(ending.preemptions, ending.steps) < std::tuple(shortest->preemptions, shortest->steps);
}

void Findings::merge(const Findings& other) {
  executions += other.executions;
  failures += other.failures;
  hangs += other.hangs;
  cut += other.cut;
  unsure += other.unsure;
  blocked += other.blocked;
  spent = std::max(spent, other.spent);
  for (const auto& [figure, more] : other.outcomes) {
    outcomes[figure].executions += more.executions;
    outcomes[figure].failures += more.failures;
  }
  const auto length = [](const Counterexample& one) {
    return std::tuple(one.preemptions, one.steps, !one.certain, one.text());
  };
  if (other.shortest && (!shortest || length(*other.shortest) < length(*shortest))) shortest = other.shortest;
  sampled.executions += other.sampled.executions;
  sampled.failures += other.sampled.failures;
  guarantee = guarantee == 0 ? other.guarantee : std::min(guarantee, other.guarantee);
  depth = other.depth;
}

std::optional<trace::Chance> Findings::chance() const {
  if (odds) {
    const double exact = odds->failing.probability;
    return trace::Chance{exact, exact, exact, 0};
  }
  // PCT's runs are not picked uniformly.
  const Count runs = method == Method::random_walk ? Count{executions - cut, failures} : sampled;
  if (runs.executions == 0) return std::nullopt;
  return estimate(runs.failures, runs.executions);
}

trace::Chance estimate(std::uint64_t failures, std::uint64_t runs) {
  constexpr double z = 1.959963984540054;
  const auto n = static_cast<double>(runs);
  const double share = static_cast<double>(failures) / n;
  const double shrink = 1 + z * z / n;
  const double middle = (share + z * z / (2 * n)) / shrink;
  const double spread = z / shrink * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  return {share, std::clamp(middle - spread, 0.0, share), std::clamp(middle + spread, share, 1.0), runs};
}

trace::ExplorationReport report_of(const Findings& findings) {
  trace::ExplorationReport out;
  out.executions = findings.executions;
  out.failures = findings.failures;
  out.hangs = findings.hangs;
  out.sampled = findings.random();
  out.ends = findings.method == Method::few_preemptions;
  out.exhausted = findings.exhausted;
  out.states = findings.states;
  out.bound = findings.bound;
  out.chance = findings.chance();
  out.guarantee = findings.guarantee;
  out.depth = findings.depth;
  if (findings.odds) {
    out.orders = findings.odds->orders;
    out.failing_orders = findings.odds->failing.orders;
  }
  for (const auto& [value, count] : findings.outcomes) {
    trace::ExplorationReport::Bar bar{value, count.executions, count.failures > 0, std::nullopt};
    if (findings.odds) {
      const auto end = findings.odds->ends.find(value);
      bar.chance = end == findings.odds->ends.end() ? 0 : end->second.probability;
    }
    out.histogram.push_back(bar);
  }
  if (findings.shortest) {
    out.schedule = findings.shortest->text();
    out.story = findings.shortest->story;
    out.preemptions = findings.shortest->preemptions;
    out.shortest = findings.shortest->certain;
  }
  return out;
}

}  // namespace interleave::explore
