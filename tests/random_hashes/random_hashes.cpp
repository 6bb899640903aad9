// `random_hashes <sets>`: so many random sets of parameters in all, simulated, in a line of JSON for each workload with
// one hash over all its runs. Run by tests/tools/golden_random.test.mjs from several builds, which must agree. Whatever
// breaks an invariant is told on stderr, and the exit status is 1 then.
#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>

#include "any_workload/invariants.h"
#include "any_workload/random_run.h"
#include "engines/registry.h"

namespace {

using namespace interleave;

struct Tally {
  std::uint64_t hash = 0;
  long runs = 0;
  long judged = 0;
  long hung = 0;
  long cut = 0;  // cancelled after so many steps
  long broken = 0;
};

Tally tally(const rt::Entry& entry, long sets) {
  Tally out;
  for (; out.runs < sets; ++out.runs) {
    const test::Ended ended =
        test::run_by_steps(test::random_configuration(entry, static_cast<std::uint64_t>(out.runs)));
    // In order, so that two runs exchanged make a difference.
    out.hash = out.hash * 0x9e37'79b9'7f4a'7c15ULL + test::hash(ended);
    const test::Violations broken = test::violations(ended);
    for (const std::string& what : broken) {
      static_cast<void>(std::fprintf(stderr, "%s\n  %s\n", test::describe(ended.config).c_str(), what.c_str()));
    }
    out.broken += broken.empty() ? 0 : 1;
    if (!ended.snapshot.outcome) continue;
    out.judged += ended.judged() ? 1 : 0;
    out.hung += ended.outcome().verdict == Verdict::hang ? 1 : 0;
    out.cut += ended.outcome().verdict == Verdict::cancelled ? 1 : 0;
  }
  return out;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view text = count == 2 ? arguments[1] : "";
  long sets = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), sets);
  if (error != std::errc{} || end != text.data() + text.size() || sets < 1) {
    static_cast<void>(std::fputs("usage: random_hashes <number of parameter sets>\n", stderr));
    return 2;
  }
  const auto workloads = static_cast<long>(engines::registry().size());
  bool broken = false;
  for (const rt::Entry& entry : engines::registry()) {
    const Tally found = tally(entry, (sets + workloads - 1) / workloads);
    std::printf("{\"workload\":\"%s\",\"runs\":%ld,\"judged\":%ld,\"hung\":%ld,\"cut\":%ld,\"hash\":\"%s\"}\n",
                std::string(entry.info.id).c_str(), found.runs, found.judged, found.hung, found.cut,
                trace::print_hash(found.hash).c_str());
    broken = broken || found.broken > 0;
  }
  return broken ? 1 : 0;
}
