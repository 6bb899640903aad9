// The waits of `coroutines`, which are at least as long as what carries them allows, and its count, which only threads
// and a wait in between may get wrong.
#include <cmath>

#include "invariants_table.h"

namespace interleave::test {
namespace {

bool may_lose(const Configuration& config) {
  if (config.param("tasks") == 1) return false;
  return config.option("mode") == "threads" || config.option("count") == "across";
}

void check_time(const Ended& ended, Violations& out) {
  const Configuration& config = ended.config;
  const auto delay = static_cast<double>(config.param("delay"));
  const auto rounds = static_cast<double>(config.param("rounds"));
  const auto tasks = static_cast<double>(config.param("tasks"));
  const bool blocks = config.option("call") == "blocks" && config.option("mode") != "threads";
  const double at_a_time = config.option("mode") == "loop" ? 1 : static_cast<double>(config.param("workers"));
  const double waits = blocks ? std::ceil(tasks * rounds / at_a_time) : rounds;
  if (!(ended.figure("elapsed") >= waits * delay)) out.emplace_back("it took less than the waits in it");
}

void check(const Ended& ended, Violations& out) {
  const auto all = static_cast<double>(ended.config.param("tasks") * ended.config.param("rounds"));
  if (ended.config.engine == Engine::explore) {
    for (const auto& bar : ended.snapshot.exploration->histogram) {
      const auto counted = static_cast<double>(bar.value);
      const bool possible = counted == all || (may_lose(ended.config) && counted >= 1 && counted < all);
      if (!possible) out.emplace_back("an order counted what cannot be");
      if (bar.failure != (counted != all)) out.emplace_back("a lost addition is no failure, or a failure lost none");
    }
    return;
  }
  if (!ended.judged()) return;
  if (ended.figure("rounds") != all) out.emplace_back("not every round was done");
  if (ended.figure("counted") != all && !may_lose(ended.config)) out.emplace_back("a loop's tasks lost an addition");
  if ((ended.outcome().verdict == Verdict::ok) != (ended.figure("counted") == all)) {
    out.emplace_back("the verdict does not follow the count");
  }
  if (ended.config.option("mode") != "pool") {
    const double participants = static_cast<double>(ended.snapshot.trace->threads().size()) - 1;
    if (participants != static_cast<double>(ended.config.param("tasks"))) out.emplace_back("others took part");
  }
  check_time(ended, out);
}

}  // namespace

Invariants coroutines_invariants() { return {.check = check}; }

}  // namespace interleave::test
