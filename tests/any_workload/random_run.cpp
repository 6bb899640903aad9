#include "any_workload/random_run.h"

#include <algorithm>

#include "any_workload/values.h"
#include "sim/settings.h"

namespace interleave::test {
namespace {

// Computations and lists grow with the numbers, and a step may do a whole one; in WebAssembly's memory there is room
// for so many participants.
constexpr std::int64_t most = 30'000;

// FNV-1a.
class Hash {
 public:
  void add(std::string_view text) {
    for (const char c : text) {
      value_ ^= static_cast<unsigned char>(c);
      value_ *= 0x100'0000'01b3ULL;
    }
  }
  void add(const Words& words) {
    add(words.en);
    add(words.ko);
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf2'9ce4'8422'2325ULL;
};

}  // namespace

Configuration random_configuration(const rt::Entry& entry, std::uint64_t number) {
  Hash id;
  id.add(entry.info.id);
  Rng rng = Rng::stream(id.value(), number);
  Configuration out;
  out.entry = &entry;
  out.engine = Engine::simulate;
  out.params = random_values(entry.info.params, rng, most);
  auto settings = params_from<sim::Settings>(random_values(settings_of(Engine::simulate), rng, most));
  // By hand nobody would choose, and a replay needs a schedule.
  settings.policy = rng.below(2) == 0 ? sim::PolicyKind::random : sim::PolicyKind::round_robin;
  out.settings = values_of(settings);
  return out;
}

Ended run_by_steps(const Configuration& config) {
  const auto run = start(config, random_run_budget);
  for (int steps = 0; steps < longest_random_run && !run->finished(); ++steps) {
    if (!run->step(ThreadId::none())) return {config, run->snapshot()};
  }
  run->cancel();
  return {config, run->snapshot()};
}

std::uint64_t hash(const Ended& ended) {
  Hash out;
  out.add(trace::print_hash(trace::hash(*ended.snapshot.trace)));
  out.add(ended.snapshot.schedule);
  if (!ended.snapshot.outcome) return out.value();
  const Outcome& outcome = ended.outcome();
  out.add(key_of(outcome.verdict));
  out.add(outcome.headline);
  out.add(outcome.sentence);
  for (const Figure& figure : outcome.figures) {
    out.add(figure.key);
    out.add(show_figure(figure));
  }
  for (const Words& line : outcome.cycle) out.add(line);
  return out.value();
}

}  // namespace interleave::test
