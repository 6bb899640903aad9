// What `subprocess` must keep: every byte arrives, children at the same time do not add up, and only the mistake with
// more bytes than a pipe holds may hang.
#include <map>

#include "invariants_table.h"

namespace interleave::test {
namespace {

constexpr std::int64_t capacity = 65'536;

// A child has more to say than its pipe holds, and is waited for without a limit.
bool may_hang(const Configuration& config) {
  return config.option("collect") == "wait-then-read" && config.param("limit") == 0 &&
         config.option("task") != "sleep" && config.param("payload") > capacity / 2;
}

void check_figures(const Ended& ended, Violations& out) {
  const Configuration& config = ended.config;
  const auto children = static_cast<double>(config.param("children"));
  if (ended.outcome().verdict != Verdict::ok) out.emplace_back("bytes were lost");
  if (ended.figure("children") != children) out.emplace_back("not every child was waited for");
  if (config.param("limit") == 0 && ended.figure("killed") != 0) out.emplace_back("a child was killed without a limit");
  const bool sleeps = config.option("task") == "sleep";
  if (sleeps && ended.figure("out") + ended.figure("err") != 0) out.emplace_back("a sleeper said something");
  if (!sleeps && ended.figure("killed") == 0 &&
      !(ended.figure("out") >= static_cast<double>(config.param("payload")) * children / 2)) {
    out.emplace_back("less came back than was sent");
  }
  if (config.option("task") == "echo" && !(ended.figure("nonzero") <= ended.figure("killed"))) {
    // One that is killed may have ended by itself just before.
    out.emplace_back("an echo ended with another return code than 0");
  }
  if (config.engine == Engine::explore || !sleeps || ended.figure("killed") > 0) return;
  const bool in_turn = config.option("mode") == "serial";
  if (!(ended.figure("elapsed") >= static_cast<double>(config.param("time")) * (in_turn ? children : 1))) {
    out.emplace_back("it took less than its children slept");
  }
}

// No pipe ever holds more than its capacity or less than nothing, and what was written is read, in the end, by all
// whose end was not a killing.
void check_pipes(const Ended& ended, Violations& out) {
  std::map<std::uint32_t, std::int64_t> level;
  const trace::Trace& trace = *ended.snapshot.trace;
  const auto& events = trace.streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) {
    const trace::Event& event = events[at];
    if (event.kind == trace::Kind::pipe_write) level[event.object.value] += event.value;
    if (event.kind == trace::Kind::pipe_read) level[event.object.value] -= event.value;
    if (event.kind != trace::Kind::pipe_write && event.kind != trace::Kind::pipe_read) continue;
    const std::int64_t now = level[event.object.value];
    if (now < 0 || now > capacity) out.push_back("a pipe holds " + std::to_string(now) + " bytes");
  }
  if (!ended.judged() || ended.figure("killed") != 0) return;
  for (const auto& [pipe, left] : level) {
    if (left != 0) out.push_back("bytes are left in " + trace.objects()[pipe].name.en);
  }
}

void check(const Ended& ended, Violations& out) {
  if (ended.config.engine == Engine::explore) {
    if (may_hang(ended.config)) return;
    for (const auto& bar : ended.snapshot.exploration->histogram) {
      if (bar.failure) out.emplace_back("an order of steps goes wrong");
    }
    return;
  }
  if (ended.judged()) check_figures(ended, out);
  if (ended.config.engine == Engine::simulate && ended.complete()) check_pipes(ended, out);
}

}  // namespace

Invariants subprocess_invariants() { return {.may_hang = may_hang, .check = check}; }

}  // namespace interleave::test
