#include "view/timeline/time_axis.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/format.h"
#include "core/time.h"

namespace interleave::view {
namespace {

struct Unit {
  Nanoseconds nanoseconds;
  const char* name;
};
constexpr std::array<Unit, 4> units{{{second, "s"}, {millisecond, "ms"}, {microsecond, "µs"}, {1, "ns"}}};

const Unit& unit_for(Nanoseconds largest, Nanoseconds step) {
  // The unit in which the largest label is at least 1, unless that would need more than two decimals.
  for (const Unit& unit : units) {
    if (largest >= unit.nanoseconds && step * 100 >= unit.nanoseconds) return unit;
  }
  return units.back();
}

Place round_step(double at_least) {
  Place power = 1;
  while (static_cast<double>(power) * 10 <= at_least) power *= 10;
  for (const Place factor : {1, 2, 5}) {
    if (static_cast<double>(power * factor) >= at_least) return power * factor;
  }
  return power * 10;
}

std::string number(Nanoseconds time, const Unit& unit, Nanoseconds step) {
  if (step % unit.nanoseconds == 0) return format_count(time / unit.nanoseconds);
  const Nanoseconds whole = time / unit.nanoseconds;
  // Two decimals at most, and without trailing zeros where no tick needs them.
  const bool one = (step * 10) % unit.nanoseconds == 0;
  const Nanoseconds part = (time % unit.nanoseconds) * (one ? 10 : 100) / unit.nanoseconds;
  std::string decimals = std::to_string(part);
  if (!one && decimals.size() < 2) decimals.insert(0, "0");
  return format_count(whole) + "." + decimals;
}

}  // namespace

void Viewport::set_range(Place home, Place end) {
  const Place before = end_;
  end_ = std::max<Place>(end, 1);
  if (!fitted_ && following_ && end_ > before) origin_ += end_ - before;
  home_ = std::clamp<Place>(home, 0, end_ - 1);
  if (fitted_) go_home();
  clamp();
}

void Viewport::go_home() {
  origin_ = home_;
  fraction_ = 0;
  span_ = std::max(static_cast<double>(end_ - home_), least_span);
  fitted_ = true;
}

void Viewport::fit() {
  if (!fitted_) {
    go_home();
  } else if (home_ > 0) {
    origin_ = 0;
    span_ = std::max(static_cast<double>(end_), least_span);
    fitted_ = false;
  }
  clamp();
}

double Viewport::x_of(Place place, double width) const {
  return (static_cast<double>(place - origin_) - fraction_) / span_ * width;
}

Place Viewport::place_at(double x, double width) const {
  return origin_ + static_cast<Place>(std::floor(fraction_ + x / width * span_));
}

void Viewport::zoom(double factor, double x, double width) {
  const double widest = std::max(static_cast<double>(end_), least_span);
  const double next = std::clamp(span_ * factor, least_span, widest);
  fraction_ += x / width * (span_ - next);
  span_ = next;
  fitted_ = false;
  clamp();
  note_whether_following();
}

void Viewport::pan(double pixels, double width) {
  fitted_ = false;
  fraction_ -= pixels / width * span_;
  clamp();
  note_whether_following();
}

void Viewport::note_whether_following() {
  // A pixel or so away from the end is still there.
  constexpr double near = 0.002;
  following_ = static_cast<double>(origin_) + fraction_ + span_ * (1 + near) >= static_cast<double>(end_);
}

void Viewport::follow() {
  following_ = true;
  if (fitted_) return;
  origin_ = end_;
  clamp();
}

void Viewport::reveal(Place place) {
  if (fitted_ && place < home_) {
    // All from home on is shown, and this lies before it: show all that there is.
    fit();
    return;
  }
  const double at = static_cast<double>(place - origin_) - fraction_;
  if (at < 0) fraction_ += at - span_ * 0.1;
  if (at > span_) fraction_ += at - span_ * 0.9;
  clamp();
}

void Viewport::clamp() {
  const double carry = std::floor(fraction_);
  origin_ += static_cast<Place>(carry);
  fraction_ -= carry;
  const double last = std::max(static_cast<double>(end_) - span_, 0.0);
  if (origin_ < 0) {
    origin_ = 0;
    fraction_ = 0;
  } else if (!fitted_ && static_cast<double>(origin_) + fraction_ > last) {
    origin_ = static_cast<Place>(std::floor(last));
    fraction_ = last - std::floor(last);
  }
}

std::vector<Tick> ticks(const Viewport& view, std::size_t most, AxisUnit axis) {
  std::vector<Tick> out;
  const Place step = round_step(view.span() / static_cast<double>(std::max<std::size_t>(most, 1)));
  const Place first = (view.origin() + step - 1) / step * step;
  const Place last = view.origin() + static_cast<Place>(view.span());
  const Unit& unit = unit_for(last, step);
  for (Place place = first; place <= last; place += step) {
    const bool counts = axis == AxisUnit::steps;
    std::string label = counts ? format_count(place) : number(place, unit, step);
    if (out.empty() && !counts) label.append(" ").append(unit.name);
    out.push_back({place, std::move(label)});
  }
  return out;
}

}  // namespace interleave::view
