// What `refcount` must keep: only plain counts that several threads share go wrong, and what is told of it is what the
// trace shows.
#include <map>

#include "invariants_table.h"

namespace interleave::test {
namespace {

bool is_safe(const Configuration& config) { return config.param("threads") == 1 || config.option("count") != "plain"; }

void check_figures(const Ended& ended, Violations& out) {
  const double wrong = ended.figure("early") + ended.figure("used") + ended.figure("leaked");
  if (is_safe(ended.config) && wrong != 0) out.emplace_back("a count went wrong that cannot");
  if (!(ended.figure("leaked") <= static_cast<double>(ended.config.param("objects"))))
    out.emplace_back("more objects leaked than there are");
  if (ended.figure("leaked") == 0 && ended.figure("found") != 0)
    out.emplace_back("references are left and none leaked");
  if ((wrong == 0) != (ended.outcome().verdict == Verdict::ok)) out.emplace_back("the verdict contradicts the counts");
}

// A generation rises when its object is freed: by main at the end, by anybody else too early. A thread reads it twice
// in a round, and finds the same unless the object was freed in between.
void check_trace(const Ended& ended, Violations& out) {
  const trace::Trace& trace = *ended.snapshot.trace;
  std::int64_t early = 0;
  std::int64_t used = 0;
  std::map<std::uint32_t, std::int64_t> looked_up;  // the generation, by thread
  const auto& events = trace.streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) {
    const trace::Event& event = events[at];
    if (!event.object.valid() || !trace.objects()[event.object.index()].name.en.starts_with("generation")) continue;
    if (event.kind == trace::Kind::fetch_add) early += event.thread.index() != 0 ? 1 : 0;
    if (event.kind != trace::Kind::load) continue;
    const auto [before, is_new] = looked_up.try_emplace(event.thread.value, event.value);
    if (is_new) continue;
    used += before->second != event.value ? 1 : 0;
    looked_up.erase(before);
  }
  if (static_cast<double>(early) != ended.figure("early"))
    out.emplace_back("freed too early is not what the trace shows");
  if (static_cast<double>(used) != ended.figure("used"))
    out.emplace_back("used after free is not what the trace shows");
}

void check(const Ended& ended, Violations& out) {
  if (ended.config.engine == Engine::explore) {
    for (const auto& bar : ended.snapshot.exploration->histogram) {
      if (bar.failure != (bar.value != 0)) out.emplace_back("an order's figure contradicts its verdict");
      if (is_safe(ended.config) && bar.value != 0) out.emplace_back("a count went wrong that cannot");
    }
    return;
  }
  if (!ended.judged()) return;
  check_figures(ended, out);
  if (ended.config.engine == Engine::simulate && ended.complete()) check_trace(ended, out);
}

}  // namespace

Invariants refcount_invariants() { return {.ends = {Verdict::ok, Verdict::failure}, .races = true, .check = check}; }

}  // namespace interleave::test
