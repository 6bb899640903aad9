// What `process_pool` must keep: every task is done once and its result is right, what is sent is as many bytes as
// encoding says, nothing is left in a pipe, and nobody waits for ever.
#include <map>

#include "invariants_table.h"

namespace interleave::test {
namespace {

// A frame without numbers or payload.
constexpr std::int64_t frame = 40;
constexpr std::int64_t number = 8;

std::int64_t messages(const Configuration& config) {
  const std::int64_t chunk = config.param("chunk");
  return 2 * ((config.param("tasks") + chunk - 1) / chunk);
}

std::int64_t bytes(const Configuration& config) {
  const std::int64_t tasks = config.param("tasks");
  return messages(config) * frame + tasks * (2 * number + config.param("sent") + config.param("returned"));
}

void check_figures(const Ended& ended, Violations& out) {
  const Configuration& config = ended.config;
  const bool sends = config.option("mode") == "processes";
  if (ended.outcome().verdict != Verdict::ok) out.emplace_back("a result is wrong");
  if (ended.figure("tasks") != static_cast<double>(config.param("tasks"))) {
    out.emplace_back("not every task was done once");
  }
  if (ended.figure("messages") != static_cast<double>(sends ? messages(config) : 0)) {
    out.emplace_back("not two messages for each chunk");
  }
  if (ended.figure("bytes") != static_cast<double>(sends ? bytes(config) : 0)) {
    out.emplace_back("not as many bytes as tasks and results are when encoded");
  }
}

// No pipe holds more than it can, or less than nothing, and what was written is read in the end.
void check_pipes(const Ended& ended, Violations& out) {
  constexpr std::int64_t capacity = 65'536;
  std::map<std::uint32_t, std::int64_t> level;
  const trace::Trace& trace = *ended.snapshot.trace;
  const auto& events = trace.streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) {
    const trace::Event& event = events[at];
    if (event.kind != trace::Kind::pipe_write && event.kind != trace::Kind::pipe_read) continue;
    std::int64_t& now = level[event.object.value];
    now += event.kind == trace::Kind::pipe_write ? event.value : -event.value;
    if (now < 0 || now > capacity) out.push_back("a pipe holds " + std::to_string(now) + " bytes");
  }
  if (!ended.judged()) return;
  for (const auto& [pipe, left] : level) {
    if (left != 0) out.push_back("bytes are left in " + trace.objects()[pipe].name.en);
  }
}

// As many children as there are workers, each of which ended by itself.
void check_children(const Ended& ended, Violations& out) {
  const trace::Trace& trace = *ended.snapshot.trace;
  std::int64_t children = 0;
  for (std::size_t at = 0; at < trace.threads().size(); ++at) {
    children += trace.threads()[at].vehicle == trace::Vehicle::process ? 1 : 0;
  }
  std::int64_t well = 0;
  for (std::size_t stream = 0; stream < trace.streams().size(); ++stream) {
    const auto& events = trace.streams()[stream]->events();
    for (std::size_t at = 0; at < events.size(); ++at) {
      well += events[at].kind == trace::Kind::exit && events[at].value == 0 ? 1 : 0;
    }
  }
  const std::int64_t wanted = ended.config.option("mode") == "processes" ? ended.config.param("workers") : 0;
  if (children != wanted) out.emplace_back("not a child for each worker");
  if (well != wanted) out.emplace_back("a child did not end with the return code 0");
}

void check(const Ended& ended, Violations& out) {
  if (ended.config.engine == Engine::explore) {
    for (const auto& bar : ended.snapshot.exploration->histogram) {
      if (bar.failure) out.emplace_back("an order of steps goes wrong");
      if (bar.value != ended.config.param("tasks"))
        out.emplace_back("an order of steps loses a task, or does one twice");
    }
    return;
  }
  if (ended.judged()) check_figures(ended, out);
  if (ended.judged() && ended.complete()) check_children(ended, out);
  if (ended.config.engine == Engine::simulate && ended.complete()) check_pipes(ended, out);
}

}  // namespace

Invariants process_pool_invariants() { return {.check = check}; }

}  // namespace interleave::test
