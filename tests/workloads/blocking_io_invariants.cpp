// The times of `blocking_io`: no call is shorter than the wait in it, and those made in turn do not overlap.
#include "invariants_table.h"

namespace interleave::test {
namespace {

void check(const Ended& ended, Violations& out) {
  if (!ended.judged() || ended.config.engine == Engine::explore) return;
  const auto calls = static_cast<double>(ended.config.param("calls"));
  const auto delay = static_cast<double>(ended.config.param("delay"));
  if (ended.figure("calls") != calls) out.emplace_back("not every call was made");
  if (!(ended.figure("p50") >= delay)) out.emplace_back("half of the calls were over before their answer was there");
  if (!(ended.figure("p99") >= ended.figure("p50"))) out.emplace_back("the percentiles are out of order");
  const bool in_turn = ended.config.option("mode") == "serial";
  if (!(ended.figure("elapsed") >= (in_turn ? calls * delay : delay)))
    out.emplace_back("it took less than the waits in it");
}

}  // namespace

Invariants blocking_io_invariants() { return {.check = check}; }

}  // namespace interleave::test
