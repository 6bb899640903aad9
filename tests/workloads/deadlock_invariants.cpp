// What `deadlock` must keep: nobody eats without two forks, no money is made or lost, and only the naive order hangs.
#include <map>

#include "invariants_table.h"

namespace interleave::test {
namespace {

constexpr std::int64_t all_money = 2000;

bool is_bank(const Configuration& config) { return config.option("scene") == "accounts"; }
bool tries(const Configuration& config) { return config.option("order") == "try"; }
std::int64_t expected(const Configuration& config) { return config.param("threads") * config.param("meals"); }

bool may_hang(const Configuration& config) { return config.option("order") == "naive"; }

void check_figures(const Ended& ended, Violations& out) {
  const Configuration& config = ended.config;
  const double meals = ended.figure("meals");
  const double missed = ended.figure("missed");
  const double failed = ended.figure("failed-tries");
  if (meals + missed != static_cast<double>(expected(config))) out.emplace_back("meals and missed ones do not add up");
  if (!(failed >= missed * static_cast<double>(config.param("tries"))))
    out.emplace_back("a meal was given up too soon");
  if (!tries(config) && failed != 0) out.emplace_back("a try failed in an order that makes none");
  if (!(ended.figure("hungriest") <= ended.figure("luckiest"))) out.emplace_back("the hungriest ate most");
  if (is_bank(config) && ended.figure("money-after") != static_cast<double>(all_money))
    out.emplace_back("money was made or lost");
  if ((missed == 0) != (ended.outcome().verdict == Verdict::ok)) out.emplace_back("the verdict contradicts the meals");
}

// Every write happens with two locks in hand; meals and money are what was written.
void check_trace(const Ended& ended, Violations& out) {
  const trace::Trace& trace = *ended.snapshot.trace;
  std::map<std::uint32_t, int> in_hand;  // locks, by thread
  std::map<std::uint32_t, std::int64_t> written;
  const auto& events = trace.streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) {
    const trace::Event& event = events[at];
    const bool takes = event.kind == trace::Kind::acquire || event.kind == trace::Kind::try_acquire;
    if (takes) in_hand[event.thread.value] += event.value == 1 ? 1 : 0;
    if (event.kind == trace::Kind::release) --in_hand[event.thread.value];
    if (event.kind != trace::Kind::store) continue;
    if (in_hand[event.thread.value] < 2) out.emplace_back("a write without both locks, at event " + std::to_string(at));
    written[event.object.value] = trace::written(event.value);
  }
  std::int64_t meals = 0;
  std::int64_t money = 0;
  for (std::size_t at = 0; at < trace.objects().size(); ++at) {
    const trace::ObjectInfo& object = trace.objects()[at];
    if (object.kind != trace::ObjectKind::variable) continue;
    const auto last = written.find(static_cast<std::uint32_t>(at));
    const std::int64_t value = last == written.end() ? object.initial : last->second;
    (object.name.en.starts_with("balance") ? money : meals) += value;
  }
  if (static_cast<double>(meals) != ended.figure("meals")) out.emplace_back("meals are not what the trace wrote");
  if (is_bank(ended.config) && money != all_money) out.emplace_back("the trace shows that money was made or lost");
}

void check(const Ended& ended, Violations& out) {
  if (ended.config.engine == Engine::explore) {
    for (const auto& bar : ended.snapshot.exploration->histogram) {
      const bool all = bar.value == expected(ended.config);
      if (bar.value > expected(ended.config) || bar.failure == all || (!all && !tries(ended.config)))
        out.push_back("an execution with " + std::to_string(bar.value) + " meals");
    }
    return;
  }
  if (!ended.judged()) return;
  check_figures(ended, out);
  if (ended.config.engine == Engine::simulate && ended.complete()) check_trace(ended, out);
}

}  // namespace

Invariants deadlock_invariants() {
  return {.ends = {Verdict::ok, Verdict::hang}, .may_hang = may_hang, .check = check};
}

}  // namespace interleave::test
