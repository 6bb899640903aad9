#include "session/runner.h"

#include <algorithm>
#include <utility>

#include "core/clock.h"
#include "core/format.h"
#include "live/pool.h"
#include "session/shared_search.h"

namespace interleave::session {
namespace {

Error no_engine(Engine engine) {
  return {fill({"This build has no engine \"{engine}\".", "이 빌드에는 \"{engine}\" 엔진이 없습니다."},
               {{"engine", key_of(engine)}})};
}

}  // namespace

Runner::Runner(Host host, std::shared_ptr<rt::Resources> resources)
    : host_(std::move(host)), resources_(std::move(resources)) {}

Runner::~Runner() {
  if (execution_ != nullptr && !execution_->finished()) execution_->cancel();
}

Result<> Runner::start(const Setup& setup, const RunOptions& options) {
  if (setup.entry().start[static_cast<std::size_t>(setup.engine())] == nullptr) return no_engine(setup.engine());
  reset();
  setup_ = setup;
  if (retiring_ == nullptr) return begin({setup, options});
  next_ = Request{setup, options};
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
  history_.forget_shown();
  next_.reset();
  outcome_.reset();
  problem_.reset();
  paused_ = timed_out_ = finished_ = false;
  counted_ = 0;
}

std::unique_ptr<rt::Execution> Runner::execution_of(const Setup& setup, const RunOptions& options) const {
  const rt::StartFunction make = setup.entry().start[static_cast<std::size_t>(setup.engine())];
  const rt::Start start{.params = setup.params(),
                        .settings = setup.settings(),
                        .budget = options.budget,
                        .resources = resources_,
                        .portion = std::nullopt};
  if (setup.engine() == Engine::explore) {
    const auto pool = std::dynamic_pointer_cast<live::Pool>(resources_);
    const std::int64_t wanted = setup.value("workers").value_or(0).number();
    const auto workers = static_cast<std::size_t>(wanted > 0 ? wanted : std::int64_t{host_.cores});
    if (pool != nullptr && std::min(workers, pool->capacity()) > 1) {
      return std::make_unique<SharedSearch>(make, start, pool, std::min(workers, pool->capacity()));
    }
  }
  return make(start);
}

Result<> Runner::begin(const Request& request) {
  execution_ = execution_of(request.setup, request.options);
  if (execution_ == nullptr) return no_engine(request.setup.engine());
  setup_ = request.setup;
  options_ = request.options;
  paused_ = options_.paused && simulates();
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
  } else if (simulates() && trace_ != nullptr && steps_seen() == before) {
    static_cast<void>(pause());
  }
}

// Every step of a simulated run leaves an event, kept or counted.
std::uint64_t Runner::steps_seen() const {
  return trace_ == nullptr ? 0 : trace_->event_count() + trace_->unrecorded();
}

bool Runner::step(ThreadId thread) {
  if (execution_ == nullptr || finished_ || !simulates()) return false;
  static_cast<void>(pause());
  const bool stepped = execution_->step(thread);
  if (execution_->finished()) finish();
  return stepped;
}

bool Runner::pause() {
  if (execution_ == nullptr || finished_ || !simulates()) return false;
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
                              {{"limit", print_duration(options_.timeout)}});
  }
  if (!options_.keep) return;
  RunRecord record{.setup = *setup_, .outcome = *outcome_};
  record.elapsed = counted_;
  record.timed_out = timed_out_;
  record.timed = !simulates() || end.timed;
  record.schedule = end.schedule;
  record.exploration = end.exploration;
  record.trace = end.trace;
  if (end.trace != nullptr) {
    record.metrics = trace::measure(*end.trace);
    if (simulates()) {
      record.hash = trace::hash(*end.trace);
      trace::Races races;
      races.update(*end.trace);
      record.races = trace::judge_races(*end.trace, races.report(), outcome_->verdict);
    }
  }
  history_.add(std::move(record));
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
  if (setup_) out.engine = setup_->engine();
  if (finished_) {
    // The outcome as it is told here: it may name the time limit.
    out.outcome = outcome_;
    out.problem = problem_;
  }
  return out;
}

Nanoseconds Runner::elapsed() const {
  const bool counting = execution_ != nullptr && !finished_ && !paused_;
  return counting ? counted_ + (steady_now() - resumed_at_) : counted_;
}

}  // namespace interleave::session
