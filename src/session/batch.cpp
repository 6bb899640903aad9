#include "session/batch.h"

#include <cassert>
#include <utility>

#include "core/clock.h"

namespace interleave::session {

Batch::Batch(Host host, std::shared_ptr<rt::Resources> resources, Ended ended, Nanoseconds timeout)
    : runner_(std::move(host), std::move(resources)), ended_(std::move(ended)), timeout_(timeout) {}

void Batch::begin(Series series) {
  assert(!active());
  series_ = std::move(series);
  next_ = 0;
  running_ = false;
  report_.emplace();
  report_->number = ++begun_;
  report_->workload = std::string(series_->base.workload().id);
  report_->engine = series_->base.engine();
  report_->planned = series_->size();
  if (series_->sweep) {
    report_->swept = series_->sweep->spec;
    report_->values = series_->sweep->values;
  }
}

void Batch::advance(Nanoseconds budget) {
  const Nanoseconds until = steady_now() + budget;
  for (Nanoseconds left = budget; active() && left > 0; left = until - steady_now()) {
    if (!running_ && report_ && report_->state == SeriesState::running) begin_run();
    runner_.advance(left);
    if (runner_.active()) {
      // A live run goes on elsewhere: the next frame looks again.
      if (series_->base.engine() == Engine::live) return;
      continue;
    }
    if (running_) take_run();
  }
}

void Batch::begin_run() {
  const Result<> started = runner_.start(series_->at(next_), {.timeout = timeout_, .keep = ended_ != nullptr});
  if (!started) {
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
    report_->problem = runner_.problem().value_or(Words(needs_a_choice));
    return end(SeriesState::stopped);
  }
  report_->timed = series_->base.engine() != Engine::simulate || runner_.snapshot().timed;
  report_->runs.push_back({series_->value_at(next_), *runner_.outcome()});
  if (ended_) ended_(*runner_.latest());
  if (++next_ == series_->size()) end(SeriesState::finished);
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

}  // namespace interleave::session
