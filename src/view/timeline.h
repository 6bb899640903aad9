// The timeline: a lane for each thread, coloured and textured by state, from the whole run to a single operation.
#pragma once

#include <memory>
#include <vector>

#include "gpu/rectangles.h"
#include "view/density.h"
#include "view/run_view.h"
#include "view/ui.h"

namespace interleave::view {

struct TimelineOptions {
  bool can_fold = false;  // narrow: the header opens and closes it
  bool open = true;
};

class Timeline {
 public:
  // Without rectangles (no device, as in tests) the lanes stay empty.
  explicit Timeline(gpu::Rectangles* rectangles) : rectangles_(rectangles) {}

  // Returns whether the reader wants it opened or closed.
  bool draw(Ui& ui, Rect area, const Model& model, RunView& run, const TimelineOptions& options);
  [[nodiscard]] Viewport& viewport() { return view_; }

 private:
  struct Row {
    std::size_t lane = 0;
    Rect bar;
  };

  void draw_header(Ui& ui, Rect area, const Model& model, RunView& run);
  void draw_axis(Ui& ui, Rect area, Rect lanes);
  void draw_lanes(Ui& ui, Rect labels, Rect lanes, const Model& model, RunView& run);
  void draw_spans(Ui& ui, Rect lanes, const RunView& run);
  void draw_cursor(Ui& ui, Rect axis, Rect lanes, RunView& run);
  void handle_input(Ui& ui, Rect area, RunView& run, bool can_seek);
  void draw_step_names(Ui& ui, Rect lanes, const RunView& run);
  void draw_overwrites(Ui& ui, Rect lanes, const RunView& run);
  void explain(Ui& ui, const RunView& run);
  [[nodiscard]] std::string detail(const Ui& ui, const RunView& run, const trace::Span& span) const;
  [[nodiscard]] std::string show_length(const Ui& ui, Nanoseconds length) const;
  void lay_rows(Rect lanes, const RunView& run);
  [[nodiscard]] std::vector<std::string> status(Ui& ui, const Model& model, RunView& run) const;

  gpu::Rectangles* rectangles_;
  Viewport view_;
  bool by_steps_ = false;
  std::uint64_t run_ = 0;
  std::vector<LaneIndex> indices_;
  std::vector<Row> rows_;
  std::vector<gpu::Rectangle> instances_;
  std::vector<Piece> pieces_;
  // What the device is told when ImGui's list reaches our place in it; must live until then.
  gpu::RectangleView device_view_;
  std::vector<gpu::Style> styles_;
  float dragged_ = 0;      // points since the button went down
  float lane_scroll_ = 0;  // points, where the lanes are more than fit
  float lane_overflow_ = 0;
};

}  // namespace interleave::view
