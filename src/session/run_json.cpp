#include "session/run_json.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "core/format.h"
#include "core/param_kinds.h"
#include "core/workload_info.h"
#include "trace/perfetto.h"

namespace interleave::session {
namespace {

Json json_of(const ParamSpec& spec, const ParamValue& value) {
  switch (traits_of(spec.kind).json) {
    case JsonForm::number: return value.number();
    case JsonForm::boolean: return value.number() != 0;
    case JsonForm::string: break;
  }
  return print_value(spec, value);
}

// Values as JSON's own types; from_json reads them.
void add_values(Json& out, std::span<const ParamSpec> specs, const ParamValues& values, Engine engine) {
  for (std::size_t at = 0; at < specs.size(); ++at) {
    if (!is_unsaid(specs[at], engine, values[at])) out[std::string(specs[at].key)] = json_of(specs[at], values[at]);
  }
}

Json json_of(const Setup& setup) {
  Json out{{"workload", setup.workload().id}, {"engine", key_of(setup.engine())}};
  add_values(out, setup.workload().params, setup.params(), setup.engine());
  add_values(out, setup.setting_specs(), setup.settings(), setup.engine());
  return out;
}

// Counts stay whole, so that no reader has to strip ".0".
Json number_json(double value) {
  if (is_exact_count(value)) return static_cast<std::int64_t>(value);
  return value;
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

}  // namespace

std::string text_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

namespace {

Json chance_json(const std::optional<trace::Chance>& chance) {
  if (!chance) return nullptr;
  return {{"value", chance->value}, {"low", chance->low}, {"high", chance->high}, {"runs", chance->runs}};
}

}  // namespace

Json outcome_json(const Outcome& outcome, Language language) {
  Json out{{"verdict", key_of(outcome.verdict)},
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

Json race_json(const trace::RaceVerdict& verdict, Language language) {
  Json out{{"finding", key_of(verdict.finding)},
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

namespace {

Json json_of(const RunRecord& record, Language language) {
  Json out{{"engine", key_of(record.setup.engine())}, {"config", json_of(record.setup)}};
  if (record.hash) out["hash"] = trace::print_hash(*record.hash);
  if (!record.schedule.empty()) out["schedule"] = record.schedule;
  out["outcome"] = outcome_json(record.outcome, language);
  out["race"] = record.races ? race_json(*record.races, language) : Json(nullptr);
  out["elapsed_ns"] = record.elapsed;
  out["timed_out"] = record.timed_out;
  if (record.exploration) out["exploration"] = exploration_json(*record.exploration, language);
  out["metrics"] = json_of(record.metrics, record.trace.get(), language);
  return out;
}

}  // namespace

Json text_json(Text text) { return {{"en", text.en}, {"ko", text.ko}}; }

Json machine_json(const Host& host) {
  return {{"cores", host.cores},
          {"compiler", host.compiler},
          {"environment", host.environment},
          {"clock_resolution_ns", host.clock_resolution},
          {"version", host.version}};
}

Json records_json(std::span<const RunRecord> records, Language language) {
  Json out;
  for (const Verdict verdict : verdicts) {
    const auto count = std::ranges::count(records, verdict, [](const auto& record) { return record.outcome.verdict; });
    if (count > 0) out["distribution"][std::string(key_of(verdict))] = count;
  }
  for (const RunRecord& record : records) out["runs"].push_back(json_of(record, language));
  return out;
}

std::string run_json(const RunRecord& record, const Host& host, Language language) {
  Json out{{"format", json_format}, {"workload", record.setup.workload().id}};
  out.update(json_of(record, language));
  out["machine"] = machine_json(host);
  return text_of(out);
}

std::string runs_json(std::span<const RunRecord> records, const Host& host, Language language) {
  Json out{{"format", json_format}, {"workload", records.front().setup.workload().id}};
  out.update(records_json(records, language));
  out["machine"] = machine_json(host);
  return text_of(out);
}

}  // namespace interleave::session
