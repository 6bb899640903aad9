// The timeline: a lane for each thread, coloured and textured by state, from the whole run to a single operation.
#pragma once

#include <memory>
#include <vector>

#include "view/kit/ui.h"
#include "view/run/run_view.h"
#include "view/timeline/arrows.h"
#include "view/timeline/lane_strip.h"
#include "view/timeline/measure.h"

namespace interleave::view {

struct TimelineOptions {
  bool can_fold = false;  // narrow: the header opens and closes it
  bool open = true;
};

class Timeline {
 public:
  // Without rectangles (no device, as in tests) the lanes stay empty.
  explicit Timeline(const gpu::Rectangles* rectangles) : strip_(rectangles) {}

  // Returns whether the reader wants it opened or closed.
  bool draw(Ui& ui, Rect area, const Model& model, RunView& run, const TimelineOptions& options);
  [[nodiscard]] const Viewport& viewport() const { return view_; }

 private:
  enum class Drag : std::uint8_t { none, pan, seek, measure };

  // timeline.cpp
  void look_at(const Model& model, RunView& run);
  void draw_header(Ui& ui, Rect area, const Model& model, RunView& run, bool open);
  void draw_tools(Ui& ui, Rect& row, const Model& model);
  void draw_legend(Ui& ui, Rect row, const Model& model, const RunView& run) const;
  void draw_axis(Ui& ui, Rect area, Rect lanes);
  void draw_cursor(Ui& ui, Rect axis, Rect lanes, RunView& run);
  [[nodiscard]] std::vector<std::string> status(Ui& ui, const Model& model, RunView& run);
  // timeline_input.cpp
  void handle_pointer(Ui& ui, Rect lanes, Rect area, RunView& run, bool can_seek);
  void handle_drag(Ui& ui, Rect lanes, RunView& run, bool can_seek, bool begins);
  void handle_keys(Ui& ui, Rect lanes);
  // timeline_lanes.cpp
  [[nodiscard]] bool by_steps() const { return unit_ == AxisUnit::steps; }
  void draw_arrows(Ui& ui, Rect lanes);
  void draw_step_names(Ui& ui, Rect lanes, const RunView& run);
  void draw_overwrites(Ui& ui, Rect lanes, const RunView& run);
  void explain(Ui& ui, Rect lanes, const RunView& run);
  [[nodiscard]] std::vector<std::string> facts(const Ui& ui, const RunView& run, LaneStrip::Hit hit) const;
  [[nodiscard]] std::string detail(const Ui& ui, const RunView& run, const trace::Span& span) const;
  [[nodiscard]] std::string show_place(Place place) const;
  [[nodiscard]] std::string show_length(const Ui& ui, Place length) const;

  LaneStrip strip_;
  StripSource source_;
  Viewport view_;
  Measure measure_;
  Drag drag_ = Drag::none;
  AxisUnit unit_ = AxisUnit::time;
  bool arrows_ = true;
  std::uint64_t run_ = 0;
  float dragged_ = 0;                  // points since the button went down
  Place place_ = -1;                   // of the cursor in the last frame
  std::optional<LaneStrip::Hit> hit_;  // under the pointer
};

}  // namespace interleave::view
