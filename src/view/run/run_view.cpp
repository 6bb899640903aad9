#include "view/run/run_view.h"

#include <algorithm>

namespace interleave::view {

void RunView::let_go() {
  lanes_.clear();
  step_lanes_.clear();
  replay_.clear();
  races_.clear();
  cursor_.reset();
  derived_.clear();
  trace_.reset();
  ++seen_;
}

void RunView::update(const Model& model) {
  const trace::Snapshot& snapshot = *model.snapshot;
  if (snapshot.trace != trace_ || model.run != run_) {
    let_go();
    if (rewind_ && model.run != run_) {
      cursor_ = 0;
      rewind_ = false;
    }
    trace_ = snapshot.trace;
    run_ = model.run;
  }
  if (trace_ == nullptr) return;
  if (trace_->event_count() != recorded_ || snapshot.phase != phase_) ++seen_;
  recorded_ = trace_->event_count();
  phase_ = snapshot.phase;
  lanes_.update(*trace_);
  by_steps_ = snapshot.engine == Engine::simulate && !snapshot.timed;
  if (snapshot.engine == Engine::simulate) {
    replay_.update(*trace_);
    races_.update(*trace_);
  }
  if (by_steps_) step_lanes_.update(*trace_);
}

std::size_t RunView::cursor() const { return std::min(cursor_.value_or(steps()), steps()); }

std::size_t RunView::events() const { return at_end() ? replay_.size() : replay_.events_of(cursor()); }

void RunView::seek(std::size_t step) {
  if (step >= steps()) {
    cursor_.reset();
  } else {
    cursor_ = step;
  }
}

void RunView::seek_place(Place place) {
  if (by_steps_) {
    seek(static_cast<std::size_t>(std::max<Place>(place, 0)));
  } else {
    seek_time(place);
  }
}

}  // namespace interleave::view
