#include "app/state_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/form_json.h"
#include "core/format.h"
#include "session/host.h"
#include "session/run_json.h"
#include "view/messages.h"

namespace interleave::app {
namespace {

using json = session::Json;

json rect_of(const view::Rect& r) { return json::array({r.x, r.y, r.w, r.h}); }

json values_of(std::span<const ParamSpec> specs, std::span<const ParamValue> values) {
  json out = json::object();
  for (std::size_t at = 0; at < specs.size() && at < values.size(); ++at) {
    out[std::string(specs[at].key)] = print_value(specs[at], values[at]);
  }
  return out;
}

// With what is shown of a figure beside its value.
json outcome_of(const Outcome& outcome, Language language) {
  json out = session::outcome_json(outcome, language);
  for (auto& [key, figure] : out["figures"].items()) {
    const json& shown = out["shown"][key];
    figure = {{"label", shown["label"]}, {"value", figure}, {"shown", shown["text"]}};
  }
  out.erase("shown");
  return out;
}

// How likely each of the histogram's outcomes is, as it is shown; none where that is not known.
json chances_of(const trace::ExplorationReport& report) {
  json out = json::array();
  for (const auto& bar : report.histogram) {
    if (bar.chance) out.push_back(format_chance(*bar.chance));
  }
  return out;
}

json threads_of(const App& app, Language language) {
  json out = json::array();
  const view::RunView& run = app.shell().run();
  if (!run.has_trace()) return out;
  const auto lanes = run.lanes();
  for (std::size_t at = 0; at < lanes.size() && at < run.trace()->threads().size() && at < 64; ++at) {
    const trace::Spans& spans = lanes[at].spans;
    const auto idle = [&](std::size_t span) { return spans.state_of(span) == trace::State::idle; };
    std::size_t first = 0;
    std::size_t last = spans.size();
    while (first < last && idle(first)) ++first;
    while (last > first && idle(last - 1)) --last;
    if (first == last) continue;
    out.push_back({{"name", run.trace()->threads()[at].name.in(language)},
                   {"begin", spans.begin_of(first)},
                   {"end", spans.end_of(last - 1)}});
  }
  return out;
}

std::size_t spans_of(const view::RunView& run) {
  std::size_t out = 0;
  for (const trace::Lane& lane : run.lanes()) out += lane.spans.size();
  return out;
}

// The sentence for a live region: what the run does now.
std::string status_of(const App& app) {
  const Language language = app.shell().look().language;
  const trace::Snapshot& snapshot = app.controller().snapshot();
  if (snapshot.problem) return snapshot.problem->in(language);
  if (snapshot.phase == trace::Phase::running) return std::string(view::messages::running.in(language));
  for (const view::Node& node : app.semantics().nodes()) {
    if (node.role == "status" && node.key == "story") return node.label;
  }
  return {};
}

json problems_of(const App& app) {
  json out = json::array();
  for (const Words& problem : app.controller().problems()) out.push_back(problem.in(app.shell().look().language));
  return out;
}

void add_run(json& out, const App& app, Language language) {
  const trace::Snapshot& snapshot = app.controller().snapshot();
  const view::RunView& run = app.shell().run();
  out["phase"] = key_of(snapshot.phase);
  json pending = json::array();
  for (const trace::Pending& thread : snapshot.pending) {
    const bool named = snapshot.trace != nullptr && thread.thread.index() < snapshot.trace->threads().size();
    if (!named) continue;
    pending.push_back({{"thread", thread.thread.index()},
                       {"name", snapshot.trace->threads()[thread.thread.index()].name.in(language)},
                       {"enabled", thread.enabled}});
  }
  out["pending"] = std::move(pending);
  out["progress"] = snapshot.progress;
  out["now"] = snapshot.now;
  out["seed"] = snapshot.seed;
  out["policy"] = snapshot.policy;
  out["timed"] = snapshot.timed;
  out["schedule"] = snapshot.schedule;
  out["steps"] = {{"count", run.steps()}, {"cursor", run.cursor()}};
  out["events"] = run.has_trace() ? run.trace()->event_count() : 0;
  out["spans"] = run.has_trace() ? spans_of(run) : 0;
  out["unrecorded"] = run.has_trace() ? run.trace()->unrecorded() : 0;
  out["threads"] = threads_of(app, language);
  out["outcome"] = snapshot.outcome ? outcome_of(*snapshot.outcome, language) : json(nullptr);
  out["exploration"] =
      snapshot.exploration ? session::exploration_json(*snapshot.exploration, language) : json(nullptr);
  out["chances"] = snapshot.exploration ? chances_of(*snapshot.exploration) : json::array();
  out["problem"] = snapshot.problem ? json(snapshot.problem->in(language)) : json(nullptr);
  out["history"] = app.controller().runner().history().size();
  const session::RunRecord* latest = app.controller().runner().latest();
  out["latestRun"] = latest != nullptr ? latest->number : 0;
  const bool hashed = snapshot.phase == trace::Phase::finished && latest != nullptr && latest->hash;
  out["hash"] = hashed ? json(trace::print_hash(*latest->hash)) : json(nullptr);
  const rt::Resources* pool = app.controller().pool();
  const bool judged = snapshot.phase == trace::Phase::finished && latest != nullptr && latest->races;
  out["race"] = judged ? session::race_json(*latest->races, language) : json(nullptr);
  out["pool"] = {{"size", pool != nullptr ? pool->capacity() : 0}, {"busy", pool != nullptr ? pool->busy() : 0}};
}

}  // namespace

void StateWriter::look(const App& app) {
  const view::Look& look = app.shell().look();
  const trace::Snapshot& snapshot = app.controller().snapshot();
  std::string now = status_of(app);
  now.append(interleave::key_of(look.language))
      .append(look.theme == view::ThemeKind::dark ? "dark" : "light")
      .append(look.code ? "code" : "");
  now.append(key_of(snapshot.phase)).append(app.controller().setup().workload().id);
  if (snapshot.outcome) now.append(snapshot.outcome->headline.en).append(snapshot.outcome->sentence.en);
  for (const Words& problem : app.controller().problems()) now.append(problem.en);
  // Settings, steps and whole percents are told by the form beside the canvas.
  const view::RunView& run = app.shell().run();
  now.append(app.controller().set_for_next() ? "next" : "");
  for (const std::size_t number : {run.cursor(), run.steps(), static_cast<std::size_t>(snapshot.progress * 100)})
    now.append(" ").append(std::to_string(number));
  // Compared as it is: to print it takes longer, and this is done at every frame.
  const session::Setup& setup = app.controller().setup();
  if (now == told_ && told_setup_ == setup) return;
  told_ = std::move(now);
  told_setup_ = setup;
  ++revision_;
}

std::string state_as_json(const App& app) {
  const view::Look& look = app.shell().look();
  const session::Setup& setup = app.controller().setup();
  const view::Model model = app.controller().model();
  json out;
  out["ready"] = app.frames() > 0;
  out["lang"] = interleave::key_of(look.language);
  out["theme"] = look.theme == view::ThemeKind::dark ? "dark" : "light";
  out["code"] = look.code;
  out["workload"] = setup.workload().id;
  out["engine"] = interleave::key_of(setup.engine());
  out["params"] = values_of(model.set_params.specs, model.set_params.values);
  out["settings"] = values_of(model.set_engine_params.specs, model.set_engine_params.values);
  out["lesson"] = model.has_lesson;
  json engines = json::array();
  for (const Engine engine : all_engines) {
    const Words* reason = model.unavailable[static_cast<std::size_t>(engine)];
    engines.push_back({{"key", interleave::key_of(engine)},
                       {"enabled", reason == nullptr},
                       {"reason", reason == nullptr ? "" : reason->in(look.language)}});
  }
  out["version"] = session::program_version;
  out["engines"] = std::move(engines);
  out["setForNext"] = model.set_for_next;
  add_form(out, model, look.language);
  out["query"] = app.controller().query();
  out["status"] = status_of(app);
  out["problems"] = problems_of(app);
  out["frame"] = app.frames();
  out["frameCpuMs"] = app.frame_cost() * 1000;
  out["longestGapMs"] = app.longest_gap() * 1000;
  add_run(out, app, look.language);
  json nodes = json::array();
  for (const view::Node& node : app.semantics().nodes()) {
    nodes.push_back({{"role", node.role},
                     {"key", node.key},
                     {"label", node.label},
                     {"value", node.value},
                     {"enabled", node.enabled},
                     {"rect", rect_of(node.rect)}});
  }
  out["nodes"] = std::move(nodes);
  json runs = json::array();
  for (const view::TextRun& run : app.semantics().runs()) {
    runs.push_back({{"text", run.text}, {"rect", rect_of(run.rect)}, {"clipped", run.clipped}, {"layer", run.layer}});
  }
  out["runs"] = std::move(runs);
  out["flaws"] = app.semantics().flaws();
  out["absentCharacters"] = app.absent_characters();
  // Text from outside was checked, but a broken byte must not throw here.
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace interleave::app
