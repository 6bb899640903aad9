#include "session/batch.h"

#include <cassert>
#include <utility>

#include "core/clock.h"

namespace interleave::app {

Batch::Batch(const session::Catalogue& catalogue, session::Machine machine, std::shared_ptr<rt::Resources> resources)
    : catalogue_(catalogue), runner_(catalogue, std::move(machine), std::move(resources)) {}

void Batch::begin(session::Series series) {
  assert(!active());
  series_ = std::move(series);
  next_ = 0;
  running_ = false;
  report_.emplace();
  report_->number = ++begun_;
  report_->workload = series_.base.workload;
  report_->engine = series_.base.engine;
  report_->planned = series_.size();
  if (series_.sweep) {
    report_->swept = series_.sweep->spec;
    report_->values = series_.sweep->values;
  }
}

void Batch::advance(Nanoseconds budget) {
  const Nanoseconds until = steady_now() + budget;
  for (Nanoseconds left = budget; active() && left > 0; left = until - steady_now()) {
    if (!running_ && report_ && report_->state == SeriesState::running) begin_run();
    runner_.advance(left);
    if (runner_.active()) {
      // A live run goes on elsewhere: the next frame looks again.
      if (series_.base.engine == Engine::live) return;
      continue;
    }
    if (running_) take_run();
  }
}

void Batch::begin_run() {
  const session::Config config = session::config_at(catalogue_, series_, next_);
  if (const Result<> started = runner_.start(config, {.keep = false}); !started) {
    report_->problem = started.error().message;
    return end(SeriesState::stopped);
  }
  running_ = true;
}

void Batch::take_run() {
  running_ = false;
  if (!report_) return runner_.reset();
  if (report_->state == SeriesState::stopping) return end(SeriesState::stopped);
  if (!runner_.outcome()) {
    report_->problem = runner_.problem().value_or(Words(session::needs_a_choice));
    return end(SeriesState::stopped);
  }
  report_->timed = series_.base.engine != Engine::simulate || runner_.snapshot().timed;
  report_->runs.push_back({series_.value_at(next_), *runner_.outcome()});
  if (++next_ == series_.size()) end(SeriesState::finished);
}

void Batch::end(SeriesState state) {
  report_->state = state;
  runner_.reset();
}

void Batch::cancel() {
  if (!report_ || !report_->active()) return;
  report_->state = SeriesState::stopping;
  runner_.cancel();
  if (!runner_.active()) end(SeriesState::stopped);
  running_ = runner_.active();
}

void Batch::forget() {
  cancel();
  report_.reset();
}

}  // namespace interleave::app
