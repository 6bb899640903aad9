#include "explore/happens_before.h"

#include <algorithm>

namespace interleave::explore {
namespace {

// Clocks that are copied and compared at once.
constexpr std::uint32_t together = 4;

}  // namespace

HappensBefore::HappensBefore(const Dependence& dependent) : dependent_(dependent) {
  events_.reserve(room);
  for (auto* some : {&columns_, &causes_}) some->reserve(room);
  taken_.reserve(room);
  for (auto* some : {&links_, &pending_}) some->reserve(room);
  objects_.reserve(room);
  races_.reserve(room);
}

void HappensBefore::keep(std::uint32_t steps) {
  while (events_.size() > steps) {
    while (!links_.empty() && links_.back().events == events_.size()) undo_last_link();
    undo_last_event();
  }
  pending_.clear();
  races_.clear();
  waits_ = 0;
}

void HappensBefore::undo_last_event() {
  const StepEvent& event = events_.back();
  copy(row(threads_, event.step.thread), row(arrival_, events_.size() - 1));
  --taken_[event.column];
  objects_[event.step.label.object] = event.before;
  events_.pop_back();
}

void HappensBefore::undo_last_link() {
  copy(row(threads_, links_.back().after), row(unlinked_, links_.size() - 1));
  links_.pop_back();
}

void HappensBefore::make_room_for_thread(std::uint32_t thread) {
  if (thread < columns_.size()) return;
  columns_.resize(thread + 1, no_event);
  threads_.resize(std::size_t{stride_} * columns_.size(), 0);
}

std::uint32_t HappensBefore::column_of(std::uint32_t thread) {
  make_room_for_thread(thread);
  if (columns_[thread] == no_event) {
    if (column_count_ == stride_) widen(std::max(together, stride_ * 2));
    columns_[thread] = column_count_++;
    taken_.resize(column_count_, 0);
  }
  return columns_[thread];
}

void HappensBefore::widen(std::uint32_t columns) {
  const auto widened = [&](const std::vector<Clock>& rows) {
    const std::size_t count = stride_ == 0 ? 0 : rows.size() / stride_;
    std::vector<Clock> out(count * columns, 0);
    for (std::size_t at = 0; at < count; ++at) std::copy_n(&rows[at * stride_], stride_, &out[at * columns]);
    return out;
  };
  for (std::vector<Clock>* rows : {&arrival_, &after_, &threads_, &waiting_, &unlinked_}) *rows = widened(*rows);
  stride_ = columns;
  threads_.resize(std::size_t{stride_} * columns_.size(), 0);
}

void HappensBefore::make_row(std::vector<Clock>& rows, std::size_t at) const {
  const std::size_t needed = (at + 1) * stride_;
  if (rows.size() < needed) rows.resize(std::max(needed * 2, stride_ * room));
}

void HappensBefore::merge(Clock* into, const Clock* from) const {
  for (std::uint32_t at = 0; at < stride_; at += together) {
    for (std::uint32_t one = at; one < at + together; ++one) into[one] = std::max(into[one], from[one]);
  }
}

void HappensBefore::copy(Clock* into, const Clock* from) const {
  for (std::uint32_t at = 0; at < stride_; at += together) std::copy_n(from + at, together, into + at);
}

void HappensBefore::link(std::uint32_t before, std::uint32_t after) {
  pending_.push_back({before, after, static_cast<std::uint32_t>(events_.size())});
}

// Most executions end with the joins of all threads, after which nothing comes.
void HappensBefore::make_links() {
  for (const Link& link : pending_) {
    make_room_for_thread(std::max(link.before, link.after));
    if (stride_ == 0) continue;
    make_row(unlinked_, links_.size());
    Clock* own = row(threads_, link.after);
    copy(row(unlinked_, links_.size()), own);
    merge(own, row(threads_, link.before));
    links_.push_back(link);
  }
  pending_.clear();
}

// The last steps on the object that the step depends on; earlier ones happen before these.
void HappensBefore::find_causes(const StepEvent& event) {
  causes_.clear();
  const LastUses& object = objects_[event.step.label.object];
  const auto add = [&](std::uint32_t cause) {
    if (cause != no_event && dependent_(events_[cause].step.label.access, event.step.label.access)) {
      causes_.push_back(cause);
    }
  };
  switch (event.step.label.access) {
    case StepAccess::read:
    case StepAccess::take: add(object.writer); break;
    case StepAccess::fail: add(object.holder); break;
    case StepAccess::pass: break;
    case StepAccess::write:
    case StepAccess::release:
      for (std::uint32_t reader = object.reader; reader != no_event; reader = events_[reader].before.reader)
        add(reader);
      add(object.writer);
      std::ranges::reverse(causes_);  // the first comes first
      break;
  }
}

void HappensBefore::find_races(std::uint32_t event) {
  const Step& step = events_[event].step;
  const auto race_with = [&](std::uint32_t first) {
    const bool own = events_[first].step.thread == step.thread;
    if (!own && !before_arrival(first, event)) races_.push_back({first, event, {}, 0});
  };
  if (sim::info(events_[event].op).effect == sim::Effect::takes) {
    // It could not have come before the release, only before the lock was taken.
    const LastUses& object = events_[event].before;
    if (object.holder != no_event && dependent_(StepAccess::take, StepAccess::take)) race_with(object.holder);
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

StepEvent& HappensBefore::arrive(const Step& step) {
  if (!pending_.empty()) make_links();
  StepEvent& event = events_.emplace_back();
  event.step = step;
  return event;
}

void HappensBefore::add() {
  StepEvent& event = events_.back();
  const std::uint32_t thread = event.step.thread;
  const std::uint32_t column = column_of(thread);
  if (event.step.label.object >= objects_.size()) objects_.resize(event.step.label.object + 1);
  LastUses& object = objects_[event.step.label.object];
  const auto at = static_cast<std::uint32_t>(events_.size() - 1);
  event.column = column;
  event.number = ++taken_[column];
  event.before = object;
  make_row(arrival_, at);
  make_row(after_, at);
  Clock* own = row(threads_, thread);
  copy(row(arrival_, at), own);
  find_causes(event);
  for (const std::uint32_t cause : causes_) merge(own, row(after_, cause));
  copy(row(after_, at), own);
  own[column] = after_[std::size_t{at} * stride_ + column] = event.number;
  find_races(at);

  switch (event.step.label.access) {
    case StepAccess::read:
    case StepAccess::fail: object.reader = at; break;
    case StepAccess::take: object.holder = at; break;
    case StepAccess::pass: break;
    case StepAccess::write:
    case StepAccess::release:
      object.writer = at;
      object.reader = no_event;
      break;
  }
}

void HappensBefore::add_waiting(const Step& step) {
  if (!pending_.empty()) make_links();
  make_room_for_thread(step.thread);
  if (step.label.object >= objects_.size()) return;
  const std::uint32_t holder = objects_[step.label.object].holder;
  if (holder == no_event || events_[holder].step.thread == step.thread) return;
  const Clock* own = row(threads_, step.thread);
  if (own[events_[holder].column] >= events_[holder].number) return;
  make_row(waiting_, waits_);
  copy(row(waiting_, waits_), own);
  races_.push_back({holder, StepRace::never_taken, step, waits_++});
}

}  // namespace interleave::explore
