#include "session/run_json.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "core/format.h"
#include "core/workload_info.h"
#include "trace/perfetto.h"

namespace interleave::session {
namespace {

constexpr std::array verdicts{Verdict::ok, Verdict::failure, Verdict::hang, Verdict::cancelled, Verdict::limit};

std::string_view key_of(FigureUnit unit) {
  switch (unit) {
    case FigureUnit::count: return "count";
    case FigureUnit::nanoseconds: return "ns";
    case FigureUnit::share: return "share";
    case FigureUnit::ratio: return "ratio";
    case FigureUnit::rate: return "per_second";
    case FigureUnit::bytes: return "bytes";
  }
  return "";
}

std::string_view key_of(Tone tone) {
  switch (tone) {
    case Tone::plain: return "plain";
    case Tone::good: return "good";
    case Tone::bad: return "bad";
  }
  return "";
}

std::string_view key_of(trace::State state) {
  switch (state) {
    case trace::State::idle: return "idle";
    case trace::State::running: return "running";
    case trace::State::ready: return "ready";
    case trace::State::waiting_lock: return "waiting_lock";
    case trace::State::waiting_gil: return "waiting_gil";
    case trace::State::blocked: return "blocked";
  }
  return "";
}

// A value of a configuration as JSON's own types; from_json reads them.
void add_values(Json& out, std::span<const ParamSpec> specs, const ParamValues& values) {
  for (std::size_t at = 0; at < specs.size(); ++at) {
    Json& value = out[std::string(specs[at].key)];
    switch (specs[at].kind) {
      case ParamKind::integer: value = values[at]; break;
      case ParamKind::toggle: value = values[at] != 0; break;
      case ParamKind::duration:
      case ParamKind::choice: value = print_value(specs[at], values[at]); break;
    }
  }
}

Json json_of(const Catalogue& catalogue, const Config& config) {
  Json out{{"workload", config.workload}, {"engine", interleave::key_of(config.engine)}};
  add_values(out, catalogue.find(config.workload)->info.params, config.params);
  add_values(out, catalogue.settings(config.engine, config.workload), config.settings);
  if (!config.schedule.empty()) out["schedule"] = config.schedule;
  return out;
}

// Counts stay whole, so that no reader has to strip ".0".
Json number_json(double value) {
  if (is_exact_count(value)) return static_cast<std::int64_t>(value);
  return value;
}

Json json_of(const Outcome& outcome, Language language) {
  Json out{{"verdict", interleave::key_of(outcome.verdict)},
           {"headline", outcome.headline.in(language)},
           {"sentence", outcome.sentence.in(language)},
           {"figures", Json::object()}};
  for (const Figure& figure : outcome.figures) {
    const std::string key(figure.key);
    out["figures"][key] = number_json(figure.value);
    out["shown"][key] = {{"label", figure.label.in(language)},
                         {"text", show_figure(figure)},
                         {"unit", key_of(figure.unit)},
                         {"tone", key_of(figure.tone)}};
  }
  for (const Words& words : outcome.cycle) out["cycle"].push_back(words.in(language));
  return out;
}

Json json_of(const trace::Metrics& metrics, const trace::Trace* trace, Language language) {
  Json out{{"elapsed_ns", metrics.elapsed},
           {"overlap", metrics.overlap},
           {"switches", metrics.switches},
           {"waits", metrics.waits},
           {"wait_ns", metrics.wait_total},
           {"wait_mean_ns", metrics.wait_mean()},
           {"wait_max_ns", metrics.wait_max},
           {"gil_takes", metrics.gil_takes},
           {"gil_handovers", metrics.gil_handovers},
           {"gil_requests", metrics.gil_requests},
           {"events", metrics.events},
           {"event_bytes", metrics.events * sizeof(trace::Event)},
           {"unrecorded", metrics.unrecorded},
           {"threads", Json::array()}};
  for (std::size_t at = 0; at < metrics.threads.size(); ++at) {
    const trace::ThreadMetrics& thread = metrics.threads[at];
    Json entry{{"id", at}};
    if (trace != nullptr) entry["name"] = trace->threads()[at].name.in(language);
    entry.update({{"begin_ns", thread.begin},
                  {"end_ns", thread.end},
                  {"ended", thread.ended},
                  {"switches", thread.switches},
                  {"waits", thread.waits},
                  {"wait_ns", thread.wait_total},
                  {"wait_max_ns", thread.wait_max}});
    for (std::size_t state = 0; state < trace::state_count; ++state) {
      entry["in_state_ns"][std::string(key_of(static_cast<trace::State>(state)))] = thread.in_state[state];
    }
    out["threads"].push_back(std::move(entry));
  }
  return out;
}

Json json_of(const trace::RaceVerdict& verdict, Language language) {
  Json out{{"finding", trace::key_of(verdict.finding)},
           {"sentence", verdict.sentence.in(language)},
           {"accesses", verdict.count},
           {"variables", verdict.variables},
           {"first", Json::array()}};
  const auto access = [&](const trace::Access& one, const Words& thread) {
    return Json{{"thread", thread.in(language)}, {"operation", trace::info(one.kind).key}, {"step", one.step}};
  };
  for (const trace::NamedRace& named : verdict.named) {
    out["first"].push_back(
        {{"variable", named.variable.in(language)},
         {"accesses", {access(named.race.first, named.first), access(named.race.second, named.second)}},
         {"racing", named.race.count}});
  }
  return out;
}

Json json_of(const Catalogue& catalogue, const RunRecord& record, Language language) {
  Json out{{"engine", interleave::key_of(record.config.engine)}, {"config", json_of(catalogue, record.config)}};
  if (record.hash) out["hash"] = trace::print_hash(*record.hash);
  if (!record.schedule.empty()) out["schedule"] = record.schedule;
  out["outcome"] = json_of(record.outcome, language);
  out["race"] = record.races ? json_of(*record.races, language) : Json(nullptr);
  out["elapsed_ns"] = record.elapsed;
  out["timed_out"] = record.timed_out;
  if (record.exploration) out["exploration"] = exploration_json(*record.exploration, language);
  out["metrics"] = json_of(record.metrics, record.trace.get(), language);
  return out;
}

}  // namespace

std::string text_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

namespace {

Json chance_json(const std::optional<trace::Chance>& chance) {
  if (!chance) return nullptr;
  return {{"value", chance->value}, {"low", chance->low}, {"high", chance->high}, {"runs", chance->runs}};
}

}  // namespace

Json exploration_json(const trace::ExplorationReport& report, Language language) {
  Json out{{"executions", report.executions}, {"failures", report.failures}, {"hangs", report.hangs},
           {"sampled", report.sampled},       {"ends", report.ends},         {"exhausted", report.exhausted},
           {"states", report.states}};
  out["orders"] = report.orders ? number_json(*report.orders) : Json(nullptr);
  out["failing_orders"] = report.orders ? number_json(report.failing_orders) : Json(nullptr);
  out["bound"] = report.bound ? Json(*report.bound) : Json(nullptr);
  out["chance"] = chance_json(report.chance);
  out["guarantee"] = report.guarantee > 0 ? Json(report.guarantee) : Json(nullptr);
  out["schedule"] = report.schedule;
  out["preemptions"] = report.preemptions;
  out["shortest"] = report.shortest;
  out["may_go_on"] = report.may_go_on;
  out["story"] = Json::array();
  for (const auto& line : report.story) out["story"].push_back(line.words.in(language));
  out["histogram"] = Json::array();
  for (const auto& bar : report.histogram) {
    out["histogram"].push_back({{"value", bar.value},
                                {"executions", bar.executions},
                                {"failure", bar.failure},
                                {"chance", bar.chance ? Json(*bar.chance) : Json(nullptr)}});
  }
  return out;
}

Json machine_json(const Machine& machine) {
  return {{"cores", machine.cores},
          {"compiler", machine.compiler},
          {"environment", machine.environment},
          {"clock_resolution_ns", machine.clock_resolution},
          {"version", machine.version}};
}

Json records_json(const Catalogue& catalogue, std::span<const RunRecord> records, Language language) {
  Json out;
  for (const Verdict verdict : verdicts) {
    const auto count = std::ranges::count(records, verdict, [](const auto& record) { return record.outcome.verdict; });
    if (count > 0) out["distribution"][std::string(interleave::key_of(verdict))] = count;
  }
  for (const RunRecord& record : records) out["runs"].push_back(json_of(catalogue, record, language));
  return out;
}

std::string run_json(const Catalogue& catalogue, const RunRecord& record, const Machine& machine, Language language) {
  Json out{{"format", json_format}, {"workload", record.config.workload}};
  out.update(json_of(catalogue, record, language));
  out["machine"] = machine_json(machine);
  return text_of(out);
}

std::string runs_json(const Catalogue& catalogue, std::span<const RunRecord> records, const Machine& machine,
                      Language language) {
  Json out{{"format", json_format}, {"workload", records.front().config.workload}};
  out.update(records_json(catalogue, records, language));
  out["machine"] = machine_json(machine);
  return text_of(out);
}

}  // namespace interleave::session
