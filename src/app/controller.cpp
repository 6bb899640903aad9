#include "app/controller.h"

#include <algorithm>
#include <sstream>

#include "core/clock.h"
#include "live/platform.h"
#include "session/exports.h"
#include "session/run_json.h"
#include "trace/perfetto.h"

namespace interleave::app {
namespace {

constexpr Nanoseconds play_slice = 8 * millisecond;  // of a frame
constexpr std::string_view by_hand = "by-hand";      // the simulator's policy

std::size_t index_of(Engine engine) { return static_cast<std::size_t>(engine); }

}  // namespace

Controller::Controller(const session::Catalogue& catalogue)
    : catalogue_(catalogue),
      pool_(live::make_pool()),
      runner_(catalogue, session::describe_machine(), pool_),
      batch_(catalogue, runner_.machine(), pool_),
      machine_(session::told(runner_.machine())) {
  // The list shows each group once, in the order of the groups.
  for (const rt::Entry& entry : catalogue.entries()) {
    const auto place = std::ranges::upper_bound(workloads_, entry.info.group, {}, &WorkloadInfo::group);
    workloads_.insert(place, entry.info);
  }
  config_ = session::default_config(catalogue, catalogue.entries().front().info.id, Engine::live);
  shown_ = config_;
}

void Controller::configure(const session::Listed& listed, const session::OtherKeys& others) {
  const session::Parsed parsed = session::parse(catalogue_, listed, others);
  for (const session::Problem& problem : parsed.problems) problems_.push_back(problem.message);
  take(parsed.config, listed);
}

std::vector<Words> Controller::configure_if_right(const session::Listed& listed, const session::OtherKeys& others) {
  const session::Parsed parsed = session::parse(catalogue_, listed, others);
  std::vector<Words> wrong = wrong_with(parsed);
  if (wrong.empty()) take(parsed.config, listed);
  return wrong;
}

// What came with the form of the list is among the problems of what was read of it.
std::vector<Words> Controller::wrong_with(const session::Parsed& parsed) const {
  std::vector<Words> out;
  for (const session::Problem& problem : parsed.problems) out.push_back(problem.message);
  const std::optional<Words>& reason = forbidden_[index_of(parsed.config.engine)];
  if (reason) out.push_back(*reason);
  return out;
}

void Controller::take(const session::Config& config, const session::Listed& listed) {
  config_ = config;
  std::vector<session::Problem> damaged;
  promise_ = session::promise_of(listed, damaged);
  promised_ = config_;
  for (const session::Problem& problem : damaged) problems_.push_back(problem.message);
  if (promise_) {
    if (const auto broken = session::broken_by(*promise_, catalogue_, config_)) problems_.push_back(*broken);
  }
  if (forbidden_[index_of(config_.engine)]) {
    problems_.push_back(*forbidden_[index_of(config_.engine)]);
    config_ = session::with_engine(catalogue_, config_, Engine::simulate);
  }
  changed();
}

void Controller::forbid(Engine engine, Words reason) { forbidden_[index_of(engine)] = std::move(reason); }

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
  shown_ = config_;
  runner_.reset();
  snapshot_ = runner_.snapshot();
  if (let_go_) let_go_();
  if (const Result<> started = runner_.start(config_, options); !started) problems_.push_back(started.error().message);
}

// A result belongs to the configuration that it came from, so it goes with it. A simulated run is made ready at once,
// so that the threads and the choice of the next one can be seen before the first step.
void Controller::changed() {
  ++run_;
  shown_ = config_;
  runner_.reset();
  if (config_.engine == Engine::simulate) start(true);
}

void Controller::changed_now_or_next() {
  if (runner_.phase() != trace::Phase::running) changed();
}

void Controller::handle(const view::RunRequest&) {
  if (batch_.active()) return;
  problems_.clear();
  if (config_.engine == Engine::simulate && runner_.phase() == trace::Phase::paused && runner_.resume()) return;
  start(false);
}

void Controller::handle(const view::StopRequest&) {
  if (batch_.active()) return batch_.cancel();
  // A simulated run stands still and can go on; a live one cannot.
  if (config_.engine == Engine::simulate && runner_.pause()) return;
  runner_.cancel();
}

void Controller::handle(const view::ResetRequest&) {
  problems_.clear();
  changed();
}

void Controller::handle(const view::StepRequest& request) {
  if (config_.engine != Engine::simulate) return;
  if (runner_.phase() == trace::Phase::idle || runner_.phase() == trace::Phase::finished) start(true);
  runner_.step(request.thread);
}

void Controller::handle(const view::SelectWorkload& request) {
  if (catalogue_.find(request.workload) == nullptr) return;
  config_ = session::default_config(catalogue_, request.workload, config_.engine);
  changed();
}

void Controller::handle(const view::SelectEngine& request) {
  if (forbidden_[index_of(request.engine)]) return;
  config_ = session::with_engine(catalogue_, config_, request.engine);
  changed();
}

void Controller::handle(const view::SetParameter& request) {
  if (session::set_value(catalogue_, config_, request.key, request.value)) changed_now_or_next();
}

// On the engine that it is for, where that can be chosen here.
session::Config Controller::preset(const std::string& workload, const std::string& key) const {
  session::Config out = key.empty() ? session::default_config(catalogue_, workload, config_.engine)
                                    : session::with_preset(catalogue_, workload, key);
  return forbidden_[index_of(out.engine)] ? session::with_engine(catalogue_, out, config_.engine) : out;
}

void Controller::handle(const view::SelectPreset& request) {
  config_ = preset(config_.workload, request.preset);
  changed();
}

void Controller::handle(const view::PlayUntil& request) {
  if (config_.engine != Engine::simulate) return;
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
  const session::Config before = config_;
  take_schedule(request.schedule);
  if (!problems_.empty()) {
    // What was typed cannot be followed, and nothing is lost by it.
    config_ = before;
    return;
  }
  changed();
}

void Controller::handle(const view::WatchSchedule& request) {
  const ParamValues params = config_.params;
  config_ = session::with_engine(catalogue_, config_, Engine::simulate);
  // The schedule belongs to exactly these parameters, also where the simulator has other defaults.
  config_.params = params;
  take_schedule(request.schedule);
  // It runs to its end at once: the reader then walks through a run whose every next step is known.
  start(false);
}

void Controller::take_schedule(const std::string& schedule) {
  session::KeyValues pairs = session::print(catalogue_, config_);
  // Without a policy beside it, a schedule is replayed.
  std::erase_if(pairs, [](const session::KeyValue& pair) { return pair.key == "policy" || pair.key == "schedule"; });
  pairs.push_back({"schedule", schedule});
  const session::Parsed parsed = session::parse(catalogue_, {std::move(pairs), {}});
  for (const session::Problem& problem : parsed.problems) problems_.push_back(problem.message);
  config_ = parsed.config;
}

void Controller::save(std::string_view extension, const std::string& bytes) const {
  if (!save_ || bytes.empty()) return;
  std::string name = "interleave-" + shown_.workload + "-";
  name.append(interleave::key_of(shown_.engine)).append(".").append(extension);
  save_(name, bytes);
}

void Controller::handle(const view::ExportRequest& request) {
  switch (request.kind) {
    case view::ExportKind::trace:
      if (snapshot_.trace != nullptr) {
        std::ostringstream out;
        trace::write_perfetto(*snapshot_.trace, session::perfetto_options(catalogue_, shown_, request.language), out);
        save("perfetto.json", out.str());
      }
      break;
    case view::ExportKind::json:
      if (const session::RunRecord* run = runner_.latest())
        save("json", session::run_json(catalogue_, *run, runner_.machine(), request.language));
      break;
    case view::ExportKind::csv: save("csv", session::runs_csv(catalogue_, runner_.history())); break;
    case view::ExportKind::picture: break;  // of what is drawn, which the app has
  }
}

void Controller::start_series(session::Series series) {
  if (batch_.active()) return;
  problems_.clear();
  if (runner_.phase() == trace::Phase::running || runner_.phase() == trace::Phase::starting) runner_.cancel();
  const auto& trace = snapshot_.trace;
  if (trace != nullptr && trace->event_count() > session::Runner::kept_events) {
    // The memory may not hold a large run and those to come: its figures stay, in the history.
    ++run_;
    runner_.reset();
    snapshot_ = runner_.snapshot();
    if (let_go_) let_go_();
  }
  batch_.begin(std::move(series));
}

void Controller::handle(const view::RepeatRun& request) {
  start_series({config_, std::nullopt, std::max(request.count, 1)});
}

void Controller::handle(const view::SweepRun& request) {
  Result<session::Sweep> sweep = session::make_sweep(catalogue_, config_, request.key, request.values);
  if (!sweep) return problems_.push_back(sweep.error().message);
  start_series({config_, std::move(sweep).value(), std::max(request.repeat, 1)});
}

void Controller::handle(const view::CloseSeries&) { batch_.forget(); }

void Controller::handle(const view::GoOnRequest&) {
  if (batch_.active()) return;
  problems_.clear();
  static_cast<void>(runner_.go_on());
}

void Controller::handle(const view::TryRemedy&) {
  const std::optional<Preset>& remedy = catalogue_.find(config_.workload)->info.remedy;
  if (!remedy || batch_.active()) return;
  session::KeyValues values;
  for (const auto& [key, value] : remedy->values) values.push_back({std::string(key), std::string(value)});
  problems_ = change(values);
  start(false);
}

void Controller::handle(const view::RestoreRun& request) {
  const auto& records = runner_.history();
  const auto record = std::ranges::find(records, request.number, &session::RunRecord::number);
  if (record == records.end() || forbidden_[index_of(record->config.engine)]) return;
  config_ = record->config;
  changed();
}

void Controller::handle(const view::ShareRequest& request) {
  if (share_) share_(shared(), request.whole_page);
}

void Controller::handle(const view::LessonRequest&) {
  if (lesson_) lesson_(config_.workload);
}

session::Shared Controller::shared() const {
  const session::RunRecord* latest = runner_.latest();
  const bool has_run = runner_.phase() == trace::Phase::finished && latest != nullptr && latest->config == config_;
  const bool chosen = config_ == shown_ && snapshot_.policy == by_hand;
  return session::share(catalogue_, config_, chosen ? snapshot_.schedule : std::string{},
                        has_run ? latest->hash : std::nullopt);
}

std::vector<Words> Controller::change(const session::KeyValues& changes) {
  session::Config next = config_;
  // What was set before goes along as it does where it is chosen on the canvas.
  for (const session::KeyValue& change : changes) {
    const std::string value = change.value.value_or("");
    if (change.key == "workload" && catalogue_.find(value) != nullptr)
      next = session::default_config(catalogue_, value, next.engine);
    if (change.key == "preset") next = preset(next.workload, value);
    for (const Engine engine : {Engine::live, Engine::simulate, Engine::explore})
      if (change.key == "engine" && value == interleave::key_of(engine))
        next = session::with_engine(catalogue_, next, engine);
  }
  session::KeyValues pairs = changes;
  std::erase_if(pairs, [](const session::KeyValue& pair) { return pair.key == "preset"; });
  for (session::KeyValue& pair : session::print(catalogue_, next)) {
    if (std::ranges::find(pairs, pair.key, &session::KeyValue::key) == pairs.end()) pairs.push_back(std::move(pair));
  }
  const session::Listed listed{std::move(pairs), {}};
  const session::Parsed parsed = session::parse(catalogue_, listed);
  std::vector<Words> wrong = wrong_with(parsed);
  if (!wrong.empty()) return wrong;
  const bool same_program = parsed.config.workload == config_.workload && parsed.config.engine == config_.engine;
  config_ = parsed.config;
  if (same_program) {
    changed_now_or_next();
  } else {
    changed();
  }
  return {};
}

std::string Controller::query() const { return session::to_query(session::print(catalogue_, config_)); }

void Controller::look() {
  snapshot_ = runner_.snapshot();
  snapshot_.engine = config_.engine;
  remember();
  keep_promise();
}

// A link names the run that it was made for: where this is another one, it says so.
void Controller::keep_promise() {
  const session::RunRecord* latest = runner_.latest();
  if (!promise_ || runner_.phase() != trace::Phase::finished || latest == nullptr || !latest->hash) return;
  if (latest->config != promised_) return;
  if (const auto broken = session::broken_by(*promise_, *latest->hash)) problems_.push_back(*broken);
  promise_.reset();
}

void Controller::remember() {
  history_.clear();
  for (const session::RunRecord& run : runner_.history()) {
    history_.push_back({run.config.workload, run.config.engine, run.config.params, &run.outcome, run.number, run.timed,
                        catalogue_.settings(run.config.engine, run.config.workload), run.config.settings, &run.trace});
  }
}

view::Model Controller::model() const {
  view::Model model;
  model.workloads = workloads_;
  const auto chosen = std::ranges::find(workloads_, std::string_view(config_.workload), &WorkloadInfo::id);
  model.workload = &*chosen;
  model.engine = config_.engine;
  for (std::size_t at = 0; at < engine_count; ++at) {
    model.unavailable[at] = forbidden_[at] ? &*forbidden_[at] : nullptr;
  }
  const std::span<const ParamSpec> settings = catalogue_.settings(config_.engine, config_.workload);
  model.params = {model.workload->params, shown_.params};
  model.engine_params = {settings, shown_.settings};
  model.set_params = {model.workload->params, config_.params};
  model.set_engine_params = {settings, config_.settings};
  model.set_for_next = set_for_next();
  model.snapshot = &snapshot_;
  model.problems = problems_;
  model.run = run_;
  model.history = history_;
  model.series = batch_.report();
  model.presets = catalogue_.presets(config_.workload, config_.engine);
  model.machine = &machine_;
  model.has_lesson = lesson_ != nullptr;
  return model;
}

}  // namespace interleave::app
