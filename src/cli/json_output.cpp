#include "cli/json_output.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/workload_info.h"

namespace interleave::cli {
namespace {

constexpr double most_exact = 9'007'199'254'740'992.0;  // 2^53

using Json = nlohmann::ordered_json;  // keys in the order in which they are written here

constexpr std::array engines{Engine::live, Engine::simulate, Engine::explore};
constexpr std::array verdicts{Verdict::ok, Verdict::failure, Verdict::hang, Verdict::cancelled, Verdict::limit};

std::string text_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

Json json_of(Text text) { return {{"en", text.en}, {"ko", text.ko}}; }

std::string_view key_of(ParamKind kind) {
  switch (kind) {
    case ParamKind::integer: return "integer";
    case ParamKind::duration: return "duration";
    case ParamKind::choice: return "choice";
    case ParamKind::toggle: return "toggle";
  }
  return "";
}

std::string_view key_of(Group group) {
  switch (group) {
    case Group::processes: return "processes";
    case Group::threads_and_gil: return "threads-and-gil";
    case Group::shared_data: return "shared-data";
    case Group::structure: return "structure";
  }
  return "";
}

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

// Values as they are written in URLs and flags.
Json json_of(const Need& need, std::span<const ParamSpec> specs) {
  Json out{{"key", need.key}};
  const auto other = std::ranges::find(specs, need.key, &ParamSpec::key);
  if (need.values.empty()) out["at_least"] = need.least;
  for (const std::int64_t value : need.values) out["values"].push_back(print_value(*other, value));
  out["reason"] = json_of(need.reason);
  return out;
}

Json json_of(const ParamSpec& spec, std::span<const ParamSpec> specs) {
  Json out{{"key", spec.key},
           {"label", json_of(spec.label)},
           {"hint", json_of(spec.hint)},
           {"kind", key_of(spec.kind)},
           {"min", spec.min},
           {"max", spec.max},
           {"primary", spec.primary}};
  // A default as the number that min and max are, and as it is written in URLs and flags.
  for (const Engine engine : engines) {
    const std::int64_t value = spec.defaults[static_cast<std::size_t>(engine)];
    out["defaults"][std::string(interleave::key_of(engine))] = {{"value", value}, {"text", print_value(spec, value)}};
  }
  for (const Need& need : spec.needs) out["needs"].push_back(json_of(need, specs));
  for (const Option& option : spec.options) {
    out["options"].push_back({{"key", option.key}, {"label", json_of(option.label)}, {"hint", json_of(option.hint)}});
  }
  return out;
}

Json json_of(std::span<const ParamSpec> specs) {
  Json out = Json::array();
  for (const ParamSpec& spec : specs) out.push_back(json_of(spec, specs));
  return out;
}

Json json_of(const rt::Entry& entry) {
  const WorkloadInfo& info = entry.info;
  Json out{{"id", info.id},
           {"title", json_of(info.title)},
           {"summary", json_of(info.summary)},
           {"try_next", json_of(info.try_next)},
           {"group", key_of(info.group)},
           {"engines", Json::array()},
           {"params", json_of(info.params)},
           {"presets", Json::array()}};
  if (!info.policy.empty()) out["policy"] = info.policy;
  for (const Engine engine : engines) {
    if (entry.start[static_cast<std::size_t>(engine)] != nullptr) out["engines"].push_back(interleave::key_of(engine));
  }
  for (const Preset& preset : info.presets) {
    Json values = Json::object();
    for (const auto& [key, value] : preset.values) values[std::string(key)] = value;
    out["presets"].push_back({{"key", preset.key},
                              {"label", json_of(preset.label)},
                              {"hint", json_of(preset.hint)},
                              {"engine", interleave::key_of(preset.engine)},
                              {"values", values}});
  }
  return out;
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

Json json_of(const session::Catalogue& catalogue, const session::Config& config) {
  Json out{{"workload", config.workload}, {"engine", interleave::key_of(config.engine)}};
  add_values(out, catalogue.find(config.workload)->info.params, config.params);
  add_values(out, catalogue.settings(config.engine, config.workload), config.settings);
  if (!config.schedule.empty()) out["schedule"] = config.schedule;
  return out;
}

Json json_of(const Outcome& outcome, Language language) {
  Json out{{"verdict", interleave::key_of(outcome.verdict)},
           {"headline", outcome.headline.in(language)},
           {"sentence", outcome.sentence.in(language)},
           {"figures", Json::object()}};
  for (const Figure& figure : outcome.figures) {
    const std::string key(figure.key);
    // Counts stay whole, so that no reader has to strip ".0".
    if (std::fabs(figure.value) <= most_exact && figure.value == std::floor(figure.value)) {
      out["figures"][key] = static_cast<std::int64_t>(figure.value);
    } else {
      out["figures"][key] = figure.value;
    }
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

Json json_of(const trace::ExplorationReport& report, Language language) {
  Json out{{"executions", report.executions}, {"failures", report.failures}, {"hangs", report.hangs},
           {"exhausted", report.exhausted},   {"schedule", report.schedule}, {"story", Json::array()},
           {"histogram", Json::array()}};
  for (const Words& step : report.story) out["story"].push_back(step.in(language));
  for (const auto& bar : report.histogram) {
    out["histogram"].push_back({{"value", bar.value}, {"executions", bar.executions}, {"failure", bar.failure}});
  }
  return out;
}

Json json_of(const session::Machine& machine) {
  return {{"cores", machine.cores},
          {"compiler", machine.compiler},
          {"environment", machine.environment},
          {"clock_resolution_ns", machine.clock_resolution},
          {"version", machine.version}};
}

Json json_of(const session::Catalogue& catalogue, const session::RunRecord& record, Language language) {
  Json out{{"engine", interleave::key_of(record.config.engine)}, {"config", json_of(catalogue, record.config)}};
  if (record.hash) out["hash"] = trace::print_hash(*record.hash);
  if (!record.schedule.empty()) out["schedule"] = record.schedule;
  out["outcome"] = json_of(record.outcome, language);
  out["race"] = record.races ? json_of(*record.races, language) : Json(nullptr);
  out["elapsed_ns"] = record.elapsed;
  out["timed_out"] = record.timed_out;
  if (record.exploration) out["exploration"] = json_of(*record.exploration, language);
  out["metrics"] = json_of(record.metrics, record.trace.get(), language);
  return out;
}

// How often each verdict came, and the runs.
Json json_of(const session::Catalogue& catalogue, std::span<const session::RunRecord> records, Language language) {
  Json out;
  for (const Verdict verdict : verdicts) {
    const auto count = std::ranges::count(records, verdict, [](const auto& record) { return record.outcome.verdict; });
    if (count > 0) out["distribution"][std::string(interleave::key_of(verdict))] = count;
  }
  for (const session::RunRecord& record : records) out["runs"].push_back(json_of(catalogue, record, language));
  return out;
}

}  // namespace

std::string list_json(const session::Catalogue& catalogue) {
  Json out{{"format", json_format}, {"version", session::program_version}};
  for (const Engine engine : engines) {
    out["engines"].push_back({{"key", interleave::key_of(engine)},
                              {"label", json_of(label_of(engine))},
                              {"settings", json_of(catalogue.settings(engine))}});
  }
  for (const Group group : groups) {
    out["groups"].push_back({{"key", key_of(group)}, {"title", json_of(title_of(group))}});
  }
  for (const rt::Entry& entry : catalogue.entries()) out["workloads"].push_back(json_of(entry));
  return text_of(out);
}

std::string run_json(const session::Catalogue& catalogue, const session::RunRecord& record,
                     const session::Machine& machine, Language language) {
  Json out{{"format", json_format}, {"workload", record.config.workload}};
  out.update(json_of(catalogue, record, language));
  out["machine"] = json_of(machine);
  return text_of(out);
}

std::string runs_json(const session::Catalogue& catalogue, std::span<const session::RunRecord> records,
                      const session::Machine& machine, Language language) {
  Json out{{"format", json_format}, {"workload", records.front().config.workload}};
  out.update(json_of(catalogue, records, language));
  out["machine"] = json_of(machine);
  return text_of(out);
}

std::string sweep_json(const session::Catalogue& catalogue, const Sweep& sweep, std::span<const SweepPoint> points,
                       const session::Machine& machine, Language language) {
  Json out{{"format", json_format}, {"workload", points.front().records.front().config.workload}};
  out["sweep"] = {{"key", sweep.spec.key}, {"points", Json::array()}};
  for (const SweepPoint& point : points) {
    Json entry{{"value", print_value(sweep.spec, point.value)}};
    entry.update(json_of(catalogue, point.records, language));
    out["sweep"]["points"].push_back(std::move(entry));
  }
  out["machine"] = json_of(machine);
  return text_of(out);
}

}  // namespace interleave::cli
