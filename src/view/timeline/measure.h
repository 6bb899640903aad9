// A range of the timeline that the reader measures: from one point to another, and what the threads did in it.
#pragma once

#include <optional>
#include <string>

#include "view/timeline/lane_strip.h"

namespace interleave::view {

class Measure {
 public:
  void clear() { *this = Measure{tool_}; }
  // Whether a drag over the lanes measures, until it is switched off.
  [[nodiscard]] bool tool() const { return tool_; }
  void switch_tool() { tool_ = !tool_; }

  // A drag: begins, goes on, and ends. One that covered nothing leaves nothing.
  void begin(Place at);
  void drag_to(Place at) { other_ = at; }
  void end() { dragging_ = false; }
  [[nodiscard]] bool dragging() const { return dragging_; }
  // From one point to another at once.
  void set(Place from, Place to);

  struct Range {
    Place from = 0;
    Place to = 0;
    friend bool operator==(const Range&, const Range&) = default;
  };
  [[nodiscard]] std::optional<Range> range() const;

  // The band over the lanes and its length above them.
  void draw(Ui& ui, Rect axis, Rect lanes, const Viewport& view, std::string_view length) const;
  // The share of each state in the range, over all lanes and without idle time, the largest first: "running 62 %".
  [[nodiscard]] std::string shares(const Ui& ui, LaneStrip& strip, const StripSource& source);

  Measure() = default;

 private:
  explicit Measure(bool tool) : tool_(tool) {}

  bool tool_ = false;
  bool dragging_ = false;
  std::optional<Place> anchor_;
  Place other_ = 0;
  // What shares() last worked out.
  Range summed_;
  std::uint64_t summed_stamp_ = 0;
  StateTimes times_{};
};

// The edge of a span that is within a few pixels of x in the lane under the pointer, else the place at x.
[[nodiscard]] Place snapped(const LaneStrip& strip, const StripSource& source, const Viewport& view, Rect lanes,
                            Point pointer);

}  // namespace interleave::view
