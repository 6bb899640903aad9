// What part of a run the timeline shows, and where its axis has ticks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "view/run/place.h"

namespace interleave::view {

struct Tick {
  Place place = 0;
  std::string label;  // the first of times carries the unit: "0 µs", then "1", "2"
};

// What is shown, as a window over [0, end]. Kept in doubles around an integer origin, so that one nanosecond in an hour
// keeps its place.
class Viewport {
 public:
  // What there is, and from where on it is worth looking at: that part is what fits at first.
  void set_range(Place home, Place end);
  // Shows everything from home on; where that is shown already, everything.
  void fit();
  [[nodiscard]] bool fitted() const { return fitted_; }

  [[nodiscard]] Place origin() const { return origin_; }
  [[nodiscard]] double span() const { return span_; }
  // Where a place lies on the screen, from 0 (left edge) to `width`.
  [[nodiscard]] double x_of(Place place, double width) const;
  [[nodiscard]] Place place_at(double x, double width) const;

  // Zooms by `factor` (below 1: closer); the place at x stays there.
  void zoom(double factor, double x, double width);
  // Moves what is shown by that many pixels to the right.
  void pan(double pixels, double width);
  // Shows at least this place, moving no more than needed.
  void reveal(Place place);
  // Shows the latest, at the zoom that there is, and keeps it in sight while more comes.
  void follow();
  // Whether the latest stays in sight: until the reader looks at something earlier.
  [[nodiscard]] bool following() const { return fitted_ || following_; }
  friend bool operator==(const Viewport&, const Viewport&) = default;

  static constexpr double least_span = 10;  // of the axis' unit, as all that follows

 private:
  void clamp();
  void go_home();
  void note_whether_following();

  Place home_ = 0;
  Place end_ = 1000;
  Place origin_ = 0;
  double fraction_ = 0;  // added to the origin
  double span_ = 1000;
  bool fitted_ = true;
  bool following_ = true;
};

// Ticks at round places (1, 2 or 5 times a power of ten), at most `most` of them, inside the viewport.
[[nodiscard]] std::vector<Tick> ticks(const Viewport& view, std::size_t most, AxisUnit unit = AxisUnit::time);

}  // namespace interleave::view
