#include "session/runner.h"

#include <algorithm>
#include <utility>

#include "core/clock.h"
#include "live/pool.h"
#include "session/shared_search.h"

namespace interleave::session {
namespace {

Error no_workload(const Catalogue& catalogue, std::string_view workload) {
  std::string allowed;
  for (const std::string_view id : catalogue.ids()) allowed.append(allowed.empty() ? "" : ", ").append(id);
  return {fill({"There is no workload \"{id}\". Allowed: {allowed}.",
                "\"{id}\"(이)라는 작업은 없습니다. 쓸 수 있는 값: {allowed}."},
               {{"id", workload}, {"allowed", allowed}})};
}

Error no_engine(Engine engine) {
  return {fill({"This build has no engine \"{engine}\".", "이 빌드에는 \"{engine}\" 엔진이 없습니다."},
               {{"engine", key_of(engine)}})};
}

}  // namespace

Runner::Runner(const Catalogue& catalogue, Machine machine, std::shared_ptr<rt::Resources> resources)
    : catalogue_(&catalogue), machine_(std::move(machine)), resources_(std::move(resources)) {}

Runner::~Runner() {
  if (execution_ != nullptr && !execution_->finished()) execution_->cancel();
}

Result<> Runner::start(const Config& config, const RunOptions& options) {
  const rt::Entry* entry = catalogue_->find(config.workload);
  if (entry == nullptr) return no_workload(*catalogue_, config.workload);
  if (entry->start[static_cast<std::size_t>(config.engine)] == nullptr) return no_engine(config.engine);
  reset();
  config_ = config;
  if (retiring_ == nullptr) return begin({config, options});
  next_ = Request{config, options};
  return Nothing{};
}

void Runner::reset() {
  if (execution_ != nullptr && !execution_->finished()) {
    execution_->cancel();
    // Nothing new begins before the old run's threads are free again.
    retiring_ = std::move(execution_);
  }
  execution_.reset();
  trace_.reset();
  forget_old_traces(0);
  next_.reset();
  outcome_.reset();
  problem_.reset();
  paused_ = timed_out_ = finished_ = false;
  counted_ = 0;
}

std::unique_ptr<rt::Execution> Runner::execution_of(const rt::Entry& entry, const Config& config,
                                                    const RunOptions& options) const {
  const rt::StartFunction make = entry.start[static_cast<std::size_t>(config.engine)];
  const rt::Start start{.params = config.params,
                        .settings = config.settings,
                        .schedule = config.schedule,
                        .budget = options.budget,
                        .resources = resources_,
                        .portion = std::nullopt};
  if (config.engine == Engine::explore) {
    const auto pool = std::dynamic_pointer_cast<live::Pool>(resources_);
    const std::int64_t wanted = value_of(*catalogue_, config, "workers").value_or(0);
    const auto workers = static_cast<std::size_t>(wanted > 0 ? wanted : std::int64_t{machine_.cores});
    if (pool != nullptr && std::min(workers, pool->capacity()) > 1) {
      return std::make_unique<SharedSearch>(make, start, pool, std::min(workers, pool->capacity()));
    }
  }
  return make(start);
}

Result<> Runner::begin(const Request& request) {
  const rt::Entry* entry = catalogue_->find(request.config.workload);
  const Config& config = request.config;
  execution_ = execution_of(*entry, config, request.options);
  if (execution_ == nullptr) return no_engine(request.config.engine);
  config_ = request.config;
  options_ = request.options;
  paused_ = options_.paused && config_.engine == Engine::simulate;
  trace_ = execution_->snapshot().trace;
  resumed_at_ = steady_now();
  // A schedule that cannot be read ends its run before the first step.
  if (execution_->finished()) finish();
  return Nothing{};
}

void Runner::advance(Nanoseconds budget) {
  if (retiring_ != nullptr) {
    retiring_->advance(budget);
    if (!retiring_->finished()) return;
    retiring_.reset();
    if (next_) {
      const Request request = *std::exchange(next_, std::nullopt);
      if (const Result<> begun = begin(request); !begun) {
        problem_ = begun.error().message;
        finished_ = true;
      }
    }
    return;
  }
  if (execution_ == nullptr || finished_ || paused_) return;
  if (options_.timeout > 0 && !timed_out_ && elapsed() >= options_.timeout) {
    timed_out_ = true;
    execution_->cancel();
  }
  const std::uint64_t before = steps_seen();
  execution_->advance(budget);
  if (execution_->finished()) {
    finish();
  } else if (config_.engine == Engine::simulate && trace_ != nullptr && steps_seen() == before) {
    static_cast<void>(pause());
  }
}

// Every step of a simulated run leaves an event, kept or counted.
std::uint64_t Runner::steps_seen() const {
  return trace_ == nullptr ? 0 : trace_->event_count() + trace_->unrecorded();
}

bool Runner::step(ThreadId thread) {
  if (execution_ == nullptr || finished_ || config_.engine != Engine::simulate) return false;
  static_cast<void>(pause());
  const bool stepped = execution_->step(thread);
  if (execution_->finished()) finish();
  return stepped;
}

bool Runner::pause() {
  if (execution_ == nullptr || finished_ || config_.engine != Engine::simulate) return false;
  if (!paused_) counted_ += steady_now() - resumed_at_;
  paused_ = true;
  return true;
}

bool Runner::resume() {
  if (!paused_ || finished_) return false;
  paused_ = false;
  resumed_at_ = steady_now();
  return true;
}

bool Runner::go_on() {
  if (execution_ == nullptr || !finished_ || !execution_->go_on()) return false;
  finished_ = timed_out_ = false;
  outcome_.reset();
  resumed_at_ = steady_now();
  return true;
}

void Runner::cancel() {
  if (next_) {
    // It has not begun, so there is nothing to stop.
    reset();
    return;
  }
  if (execution_ == nullptr || finished_) return;
  static_cast<void>(resume());
  execution_->cancel();
  if (execution_->finished()) finish();
}

void Runner::finish() {
  counted_ = elapsed();
  paused_ = false;
  finished_ = true;
  const trace::Snapshot end = execution_->snapshot();
  outcome_ = end.outcome;
  problem_ = end.problem;
  if (!outcome_) return;
  timed_out_ = timed_out_ && outcome_->verdict == Verdict::cancelled;
  if (timed_out_) {
    outcome_->sentence = fill({"It was stopped at its time limit of {limit}.", "제한 시간 {limit}에 멈췄습니다."},
                              {{"limit", print_value(duration("", {"", ""}, {"", ""}, 0, 0, {}), options_.timeout)}});
  }
  if (!options_.keep) return;
  RunRecord record;
  record.number = ++runs_;
  record.config = config_;
  record.outcome = *outcome_;
  record.elapsed = counted_;
  record.timed_out = timed_out_;
  record.timed = config_.engine != Engine::simulate || end.timed;
  record.schedule = end.schedule;
  record.exploration = end.exploration;
  record.trace = end.trace;
  if (end.trace != nullptr) {
    record.metrics = trace::measure(*end.trace);
    if (config_.engine == Engine::simulate) {
      record.hash = trace::hash(*end.trace);
      trace::Races races;
      races.update(*end.trace);
      record.races = trace::judge_races(*end.trace, races.report(), outcome_->verdict);
    }
  }
  history_.push_back(std::move(record));
  if (history_.size() > kept_records) history_.pop_front();
  // It is kept whatever its size, until there is another.
  forget_old_traces(1);
}

void Runner::forget_old_traces(std::size_t shown) {
  std::size_t weight = 0;
  std::size_t at = 0;
  for (auto record = history_.rbegin(); record != history_.rend(); ++record, ++at) {
    if (record->trace == nullptr) continue;
    weight += record->trace->event_count() + events_a_participant * record->trace->threads().size();
    if (weight <= kept_events || at < shown) continue;
    record->trace.reset();
    record->metrics.threads = {};
  }
}

bool Runner::active() const { return retiring_ != nullptr || (execution_ != nullptr && !finished_ && !paused_); }

trace::Phase Runner::phase() const {
  if (finished_) return trace::Phase::finished;
  if (next_) return trace::Phase::starting;
  if (execution_ == nullptr) return trace::Phase::idle;
  return paused_ ? trace::Phase::paused : trace::Phase::running;
}

trace::Snapshot Runner::snapshot() const {
  trace::Snapshot out;
  if (execution_ != nullptr) out = execution_->snapshot();
  out.phase = phase();
  out.engine = config_.engine;
  if (finished_) {
    // The outcome as it is told here: it may name the time limit.
    out.outcome = outcome_;
    out.problem = problem_;
  }
  return out;
}

const Config* Runner::config() const { return config_.workload.empty() ? nullptr : &config_; }

Nanoseconds Runner::elapsed() const {
  const bool counting = execution_ != nullptr && !finished_ && !paused_;
  return counting ? counted_ + (steady_now() - resumed_at_) : counted_;
}

}  // namespace interleave::session
