#include "explore/happens_before.h"

#include <algorithm>

namespace interleave::explore {

void HappensBefore::begin_execution() {
  events_.clear();
  races_.clear();
  arrival_.clear();
  after_.clear();
  waiting_.clear();
  waits_ = 0;
  std::ranges::fill(threads_, 0);
  std::ranges::fill(taken_, 0);
  for (Object& object : objects_) {
    object.writer = object.holder = no_event;
    object.readers.clear();
  }
}

void HappensBefore::make_room_for_thread(std::uint32_t thread) {
  if (thread < columns_.size()) return;
  columns_.resize(thread + 1, no_event);
  threads_.resize(std::size_t{stride_} * columns_.size(), 0);
}

std::uint32_t HappensBefore::column_of(std::uint32_t thread) {
  make_room_for_thread(thread);
  if (columns_[thread] == no_event) {
    if (column_count_ == stride_) widen(std::max(4U, stride_ * 2));
    columns_[thread] = column_count_++;
    taken_.resize(column_count_, 0);
  }
  return columns_[thread];
}

void HappensBefore::widen(std::uint32_t columns) {
  const auto widened = [&](const std::vector<Clock>& rows, std::size_t count) {
    std::vector<Clock> out(count * columns, 0);
    for (std::size_t at = 0; stride_ != 0 && at < count; ++at) {
      std::copy_n(&rows[at * stride_], stride_, &out[at * columns]);
    }
    return out;
  };
  arrival_ = widened(arrival_, events_.size());
  after_ = widened(after_, events_.size());
  threads_ = widened(threads_, columns_.size());
  waiting_ = widened(waiting_, waits_);
  stride_ = columns;
}

void HappensBefore::merge(Clock* into, const Clock* from) const {
  for (std::uint32_t at = 0; at < stride_; ++at) into[at] = std::max(into[at], from[at]);
}

void HappensBefore::link(std::uint32_t before, std::uint32_t after) {
  make_room_for_thread(std::max(before, after));
  if (stride_ == 0) return;
  merge(&threads_[std::size_t{after} * stride_], &threads_[std::size_t{before} * stride_]);
}

// The last steps on the object that the step depends on; earlier ones happen before these.
void HappensBefore::find_causes(const Event& event) {
  causes_.clear();
  Object& object = objects_[event.step.label.object];
  const auto add = [&](std::uint32_t cause) {
    if (cause != no_event && dependent_(events_[cause].step.label.access, event.step.label.access)) {
      causes_.push_back(cause);
    }
  };
  switch (event.step.label.access) {
    case Access::read:
    case Access::take: add(object.writer); break;
    case Access::fail: add(object.holder); break;
    case Access::pass: break;
    case Access::write:
    case Access::release:
      add(object.writer);
      for (const std::uint32_t reader : object.readers) add(reader);
      break;
  }
}

void HappensBefore::find_races(std::uint32_t event) {
  const Step& step = events_[event].step;
  const auto race_with = [&](std::uint32_t first) {
    const bool own = events_[first].step.thread == step.thread;
    if (!own && !before_arrival(first, event)) races_.push_back({first, event, {}, 0});
  };
  if (sim::waits_for_lock(events_[event].op)) {
    // It could not have come before the release, only before the lock was taken.
    const Object& object = objects_[step.label.object];
    if (object.holder != no_event && dependent_(Access::take, Access::take)) race_with(object.holder);
    return;
  }
  for (const std::uint32_t cause : causes_) {
    const bool between = std::ranges::any_of(
        causes_, [&](std::uint32_t other) { return other != cause && other > cause && before(cause, other); });
    // What the first made possible could not have come before it. What is possible stays so until it is used.
    const std::uint32_t needed = events_[event].needed;
    if (needed != 0 && (needed & events_[cause].possible) == 0) continue;
    if (!between) race_with(cause);
  }
}

void HappensBefore::add(const Event& added, bool races) {
  const std::uint32_t thread = added.step.thread;
  const std::uint32_t column = column_of(thread);
  if (added.step.label.object >= objects_.size()) objects_.resize(added.step.label.object + 1);
  const auto at = static_cast<std::uint32_t>(events_.size());
  const std::size_t row = std::size_t{at} * stride_;
  events_.push_back(added);
  Event& event = events_.back();
  event.column = column;
  event.number = ++taken_[column];
  Clock* own = &threads_[std::size_t{thread} * stride_];
  arrival_.insert(arrival_.end(), own, own + stride_);
  find_causes(event);
  for (const std::uint32_t cause : causes_) merge(own, &after_[std::size_t{cause} * stride_]);
  own[column] = event.number;
  after_.resize(row + stride_);
  std::copy_n(own, stride_, &after_[row]);
  if (races) find_races(at);

  Object& object = objects_[event.step.label.object];
  switch (event.step.label.access) {
    case Access::read:
    case Access::fail: object.readers.push_back(at); break;
    case Access::take: object.holder = at; break;
    case Access::pass: break;
    case Access::write:
    case Access::release:
      object.writer = at;
      object.readers.clear();
      break;
  }
}

void HappensBefore::add_waiting(const Step& step) {
  make_room_for_thread(step.thread);
  if (step.label.object >= objects_.size()) return;
  const std::uint32_t holder = objects_[step.label.object].holder;
  if (holder == no_event || events_[holder].step.thread == step.thread) return;
  const Clock* own = &threads_[std::size_t{step.thread} * stride_];
  if (own[events_[holder].column] >= events_[holder].number) return;
  races_.push_back({holder, Race::never_taken, step, waits_++});
  waiting_.insert(waiting_.end(), own, own + stride_);
}

}  // namespace interleave::explore
