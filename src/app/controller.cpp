#include "app/controller.h"

#include <algorithm>

#include "core/clock.h"
#include "live/platform.h"
#include "session/exports.h"
#include "session/run_json.h"
#include "trace/perfetto.h"

namespace interleave::app {
namespace {

constexpr Nanoseconds play_slice = 8 * millisecond;  // of a frame
constexpr std::string_view by_hand = "by-hand";      // the simulator's policy

}  // namespace

Controller::Controller(const session::Catalogue& catalogue)
    : catalogue_(catalogue),
      pool_(live::make_pool()),
      runner_(session::describe_host(), pool_),
      batch_(runner_.host(), pool_),
      host_(session::told(runner_.host())),
      setup_(catalogue, catalogue.entries().front(), Engine::live),
      shown_(setup_) {
  // The list shows each group once, in the order of the groups.
  for (const rt::Entry& entry : catalogue.entries()) {
    const auto place = std::ranges::upper_bound(workloads_, entry.info.group, {}, &WorkloadInfo::group);
    workloads_.insert(place, entry.info);
  }
}

void Controller::configure(const session::Listed& listed, const session::OtherKeys& others) {
  const session::Parsed parsed = session::parse(catalogue_, listed, others);
  for (const session::Problem& problem : parsed.problems) problems_.push_back(problem.message);
  take(parsed.setup, listed);
}

std::vector<Words> Controller::configure_if_right(const session::Listed& listed, const session::OtherKeys& others) {
  const session::Parsed parsed = session::parse(catalogue_, listed, others);
  std::vector<Words> wrong = wrong_with(parsed);
  if (wrong.empty()) take(parsed.setup, listed);
  return wrong;
}

// What came with the form of the list is among the problems of what was read of it.
std::vector<Words> Controller::wrong_with(const session::Parsed& parsed) const {
  std::vector<Words> out;
  for (const session::Problem& problem : parsed.problems) out.push_back(problem.message);
  if (const std::optional<Words>& reason = unavailable(parsed.setup.engine()); reason) out.push_back(*reason);
  return out;
}

void Controller::take(const session::Setup& setup, const session::Listed& listed) {
  for (Words& said : promise_.opened(listed, setup)) problems_.push_back(std::move(said));
  const std::optional<Words>& reason = unavailable(setup.engine());
  if (reason) problems_.push_back(*reason);
  choose(reason ? setup.on(Engine::simulate) : setup);
}

void Controller::choose(session::Setup setup) {
  setup_ = std::move(setup);
  changed();
}

void Controller::forbid(Engine engine, Words reason) {
  unavailable_[static_cast<std::size_t>(engine)] = std::move(reason);
}

void Controller::carry_out(const view::Request& request) {
  std::visit([this](const auto& r) { handle(r); }, request);
  remember();
}

void Controller::advance(Nanoseconds budget) {
  if (runner_.active()) {
    runner_.advance(budget);
  } else {
    batch_.advance(budget);
  }
}

void Controller::start(bool paused) {
  session::RunOptions options;
  options.paused = paused;
  ++run_;
  shown_ = setup_;
  runner_.reset();
  snapshot_ = runner_.snapshot();
  if (let_go_) let_go_();
  if (const Result<> started = runner_.start(setup_, options); !started) problems_.push_back(started.error().message);
}

// A result belongs to the configuration that it came from, so it goes with it. A simulated run is made ready at once,
// so that the threads and the choice of the next one can be seen before the first step.
void Controller::changed() {
  ++run_;
  shown_ = setup_;
  runner_.reset();
  if (setup_.engine() == Engine::simulate) start(true);
}

void Controller::changed_now_or_next() {
  if (runner_.phase() != trace::Phase::running) changed();
}

void Controller::handle(const view::RunRequest&) {
  if (batch_.active()) return;
  problems_.clear();
  if (setup_.engine() == Engine::simulate && runner_.phase() == trace::Phase::paused && runner_.resume()) return;
  start(false);
}

void Controller::handle(const view::StopRequest&) {
  if (batch_.active()) return batch_.cancel();
  // A simulated run stands still and can go on; a live one cannot.
  if (setup_.engine() == Engine::simulate && runner_.pause()) return;
  runner_.cancel();
}

void Controller::handle(const view::ResetRequest&) {
  problems_.clear();
  changed();
}

void Controller::handle(const view::StepRequest& request) {
  if (setup_.engine() != Engine::simulate) return;
  if (runner_.phase() == trace::Phase::idle || runner_.phase() == trace::Phase::finished) start(true);
  runner_.step(request.thread);
}

void Controller::handle(const view::SelectWorkload& request) {
  if (catalogue_.find(request.workload) != nullptr) choose(with_workload(setup_, request.workload));
}

void Controller::handle(const view::SelectEngine& request) {
  if (!unavailable(request.engine)) choose(with_engine(setup_, request.engine));
}

void Controller::handle(const view::SetParameter& request) {
  if (setup_.set(request.key, request.value)) changed_now_or_next();
}

void Controller::handle(const view::SelectPreset& request) { choose(with_preset(setup_, request.preset)); }

session::Setup Controller::with_workload(const session::Setup& setup, std::string_view workload) const {
  const rt::Entry* entry = catalogue_.find(workload);
  return entry == nullptr ? setup : setup.of(*entry);
}

session::Setup Controller::with_engine(const session::Setup& setup, Engine engine) const {
  return unavailable(engine) ? setup : setup.on(engine);
}

// On the engine that it is for, where that can be chosen here.
session::Setup Controller::with_preset(const session::Setup& setup, std::string_view key) const {
  const session::Setup out = key.empty() ? setup.with_defaults() : setup.preset(key);
  return unavailable(out.engine()) ? out.on(setup.engine()) : out;
}

void Controller::handle(const view::PlayUntil& request) {
  if (setup_.engine() != Engine::simulate) return;
  if (runner_.phase() == trace::Phase::idle || runner_.phase() == trace::Phase::finished) start(true);
  const std::shared_ptr<const trace::Trace> trace = runner_.snapshot().trace;
  if (trace == nullptr || trace->streams().size() == 0) return;
  const auto& events = trace->streams()[0]->events();
  const Nanoseconds give_up = steady_now() + play_slice;
  const auto now = [&] { return events.size() == 0 ? 0 : events[events.size() - 1].time; };
  while (now() < request.time && steady_now() < give_up && runner_.step()) {
  }
}

void Controller::handle(const view::FollowSchedule& request) {
  problems_.clear();
  if (take_schedule(request.schedule)) changed();
}

void Controller::handle(const view::WatchSchedule& request) {
  // It runs to its end at once: the reader then walks through a run whose every next step is known.
  if (take_schedule(request.schedule)) start(false);
}

bool Controller::take_schedule(const std::string& schedule) {
  const ParamSpec* spec = setup_.on(Engine::simulate).spec(session::schedule_key);
  const Result<ParamValue> read = parse_value(*spec, schedule);
  if (!read) {
    problems_.push_back(read.error().message);
    return false;
  }
  setup_ = setup_.replaying(read.value().text().view());
  return true;
}

void Controller::save(std::string_view extension, const std::string& bytes) const {
  if (!save_ || bytes.empty()) return;
  std::string name = "interleave-" + std::string(shown_.workload().id) + "-";
  name.append(interleave::key_of(shown_.engine())).append(".").append(extension);
  save_(name, bytes);
}

void Controller::handle(const view::ExportRequest& request) {
  switch (request.kind) {
    case view::ExportKind::trace:
      if (snapshot_.trace != nullptr) {
        std::string out;
        trace::write_perfetto(*snapshot_.trace, session::perfetto_options(shown_, request.language),
                              [&out](std::string_view part) { out.append(part); });
        save("perfetto.json", out);
      }
      break;
    case view::ExportKind::json:
      if (const session::RunRecord* run = runner_.latest())
        save("json", session::run_json(*run, runner_.host(), request.language));
      break;
    case view::ExportKind::csv: save("csv", session::runs_csv(runner_.history())); break;
    case view::ExportKind::picture: break;  // of what is drawn, which the app has
  }
}

void Controller::start_series(session::Series series) {
  if (batch_.active()) return;
  problems_.clear();
  if (runner_.phase() == trace::Phase::running || runner_.phase() == trace::Phase::starting) runner_.cancel();
  const auto& trace = snapshot_.trace;
  if (trace != nullptr && trace->event_count() > session::History::kept_events) {
    // The memory may not hold a large run and those to come: its figures stay, in the history.
    ++run_;
    runner_.reset();
    snapshot_ = runner_.snapshot();
    if (let_go_) let_go_();
  }
  batch_.begin(std::move(series));
}

void Controller::handle(const view::RepeatRun& request) {
  start_series({setup_, std::nullopt, std::max(request.count, 1)});
}

void Controller::handle(const view::SweepRun& request) {
  Result<session::Sweep> sweep = session::make_sweep(setup_, request.key, request.values);
  if (!sweep) return problems_.push_back(sweep.error().message);
  start_series({setup_, std::move(sweep).value(), std::max(request.repeat, 1)});
}

void Controller::handle(const view::CloseSeries&) { batch_.forget(); }

void Controller::handle(const view::GoOnRequest&) {
  if (batch_.active()) return;
  problems_.clear();
  static_cast<void>(runner_.go_on());
}

void Controller::handle(const view::TryRemedy&) {
  const std::optional<Preset>& remedy = setup_.workload().remedy;
  if (!remedy || batch_.active()) return;
  session::KeyValues values;
  for (const auto& [key, value] : remedy->values) values.push_back({std::string(key), std::string(value)});
  problems_ = change(values);
  start(false);
}

void Controller::handle(const view::RestoreRun& request) {
  const auto& records = runner_.history();
  const auto record = std::ranges::find(records, request.number, &session::RunRecord::number);
  if (record == records.end() || unavailable(record->setup.engine())) return;
  choose(record->setup);
}

void Controller::handle(const view::ShareRequest& request) {
  if (share_) share_(shared(), request.whole_page);
}

void Controller::handle(const view::LessonRequest&) {
  if (lesson_) lesson_(std::string(setup_.workload().id));
}

session::Shared Controller::shared() const {
  const session::RunRecord* latest = runner_.latest();
  const bool has_run = runner_.phase() == trace::Phase::finished && latest != nullptr && latest->setup == setup_;
  const bool chosen = setup_ == shown_ && snapshot_.policy == by_hand;
  return session::share(setup_, chosen ? snapshot_.schedule : std::string{}, has_run ? latest->hash : std::nullopt);
}

std::vector<Words> Controller::change(const session::KeyValues& changes) {
  session::Setup next = setup_;
  session::KeyValues pairs;
  // What was set before goes along as it does where it is chosen on the canvas.
  for (const session::KeyValue& change : changes) {
    const std::string value = change.value.value_or("");
    if (change.key == "workload") next = with_workload(next, value);
    if (change.key == session::Catalogue::preset_key) {
      next = with_preset(next, value);
      continue;
    }
    for (const Engine engine : all_engines) {
      if (change.key == "engine" && value == interleave::key_of(engine)) next = next.on(engine);
    }
    pairs.push_back(change);
  }
  const session::Parsed parsed = session::parse_onto(std::move(next), {std::move(pairs), {}});
  std::vector<Words> wrong = wrong_with(parsed);
  if (!wrong.empty()) return wrong;
  const bool same_program =
      parsed.setup.workload().id == setup_.workload().id && parsed.setup.engine() == setup_.engine();
  setup_ = parsed.setup;
  if (same_program) {
    changed_now_or_next();
  } else {
    changed();
  }
  return {};
}

std::string Controller::query() const { return session::to_query(setup_.print()); }

void Controller::look() {
  snapshot_ = runner_.snapshot();
  snapshot_.engine = setup_.engine();
  remember();
  const session::RunRecord* latest = runner_.latest();
  if (runner_.phase() != trace::Phase::finished || latest == nullptr) return;
  // A link names the run that it was made for: where this is another one, it says so.
  if (auto broken = promise_.look(*latest)) problems_.push_back(std::move(*broken));
}

void Controller::remember() {
  history_.clear();
  for (const session::RunRecord& run : runner_.history()) {
    history_.push_back({run.setup.workload().id, run.setup.engine(), run.setup.params(), &run.outcome, run.number,
                        run.timed, run.setup.setting_specs(), run.setup.settings(), &run.trace});
  }
}

view::Model Controller::model() const {
  view::Model model;
  model.workloads = workloads_;
  const auto chosen = std::ranges::find(workloads_, setup_.workload().id, &WorkloadInfo::id);
  model.workload = &*chosen;
  model.engine = setup_.engine();
  for (std::size_t at = 0; at < engine_count; ++at) {
    model.unavailable[at] = unavailable_[at] ? &*unavailable_[at] : nullptr;
  }
  model.params = {model.workload->params, shown_.params()};
  model.engine_params = {shown_.setting_specs(), shown_.settings()};
  model.set_params = {model.workload->params, setup_.params()};
  model.set_engine_params = {setup_.setting_specs(), setup_.settings()};
  model.set_for_next = set_for_next();
  model.snapshot = &snapshot_;
  model.problems = problems_;
  model.run = run_;
  model.history = history_;
  model.series = batch_.report();
  model.presets = setup_.presets();
  model.machine = &host_;
  model.has_lesson = lesson_ != nullptr;
  return model;
}

}  // namespace interleave::app
