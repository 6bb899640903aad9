// The sums of `counter`, made outside it.
#include "invariants_table.h"

namespace interleave::test {
namespace {

// Of any order of the steps. Two threads can lose nearly everything: one reads 0, another does all its work but the
// last increment, the first writes 1, the other reads that for its last increment, the first does the rest, and the
// other writes 2.
std::int64_t least_found(std::int64_t threads, std::int64_t increments) {
  return threads == 1 ? increments : std::min<std::int64_t>(increments, 2);
}

bool is_protected(const Configuration& config) {
  // Since 3.10 CPython hands its lock over nowhere between reading and writing, unless something is called there.
  const bool undivided = config.option("interpreter") == "cpython310" && config.option("increment") == "plain";
  return config.param("threads") == 1 || config.option("lock") != "none" || undivided;
}

void check_sum(const Configuration& config, std::int64_t found, Violations& out) {
  const std::int64_t expected = config.param("threads") * config.param("increments");
  const std::int64_t least =
      is_protected(config) ? expected : least_found(config.param("threads"), config.param("increments"));
  if (found > expected || found < least) {
    out.push_back("found " + std::to_string(found) + ", which is not from " + std::to_string(least) + " to " +
                  std::to_string(expected));
  }
}

void check_trace(const Ended& ended, Violations& out) {
  const Configuration& config = ended.config;
  std::int64_t last = 0;
  std::int64_t writes = 0;
  const auto& events = ended.snapshot.trace->streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) {
    const trace::Event& event = events[at];
    if (event.kind != trace::Kind::store && event.kind != trace::Kind::fetch_add) continue;
    last = trace::written(event.value);
    ++writes;
  }
  if (static_cast<double>(last) != ended.figure("found")) out.push_back("found is not what the trace wrote last");
  if (writes != config.param("threads") * config.param("increments")) out.push_back("not one write for each increment");
}

void check(const Ended& ended, Violations& out) {
  if (ended.config.engine == Engine::explore) {
    for (const auto& bar : ended.snapshot.exploration->histogram) check_sum(ended.config, bar.value, out);
    return;
  }
  if (!ended.judged()) return;
  const double found = ended.figure("found");
  const double expected = ended.figure("expected");
  check_sum(ended.config, static_cast<std::int64_t>(found), out);
  if (found + ended.figure("lost") != expected) out.push_back("found and lost do not make up what was expected");
  if ((found == expected) != (ended.outcome().verdict == Verdict::ok)) out.push_back("the verdict contradicts the sum");
  if (ended.config.engine == Engine::simulate && ended.complete()) check_trace(ended, out);
}

}  // namespace

Invariants counter_invariants() { return {.ends = {Verdict::ok, Verdict::failure}, .races = true, .check = check}; }

}  // namespace interleave::test
