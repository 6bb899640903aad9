// Two runs' timelines above each other, moved and zoomed as one.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "view/kit/ui.h"
#include "view/model.h"
#include "view/run/step_lanes.h"
#include "view/timeline/lane_strip.h"

namespace interleave::view {

class CompareLanes {
 public:
  // Without rectangles (no device, as in tests) the lanes stay empty.
  explicit CompareLanes(const gpu::Rectangles* rectangles) : sides_{Side(rectangles), Side(rectangles)} {}

  // The two runs to be shown from now on. Reads their traces where they are other ones than before.
  void show(const FinishedRun& a, const FinishedRun& b);
  // Keeps nothing of the runs that it has seen.
  void let_go();

  [[nodiscard]] float height(Ui& ui, float width) const;
  void draw(Ui& ui, Rect area);

 private:
  // What a timeline's axis counts. Two that count the same share one axis from 0.
  enum class Unit : std::uint8_t { none, real, simulated, steps };

  struct Side {
    explicit Side(const gpu::Rectangles* rectangles) : strip(rectangles) {}

    std::uint64_t number = 0;
    Engine engine = Engine::live;
    Unit unit = Unit::none;
    std::shared_ptr<const trace::Trace> trace;
    trace::Lanes times;
    StepLanes steps;
    LaneStrip strip;
    StripSource source;
    Viewport view;
    Rect bars;  // of the last frame; empty where there is nothing to draw

    [[nodiscard]] Place end() const { return unit == Unit::steps ? steps.end() : times.end(); }
    [[nodiscard]] bool drawable() const { return !source.lanes.empty(); }
  };

  void read(Side& side, const FinishedRun& run);
  [[nodiscard]] bool one_axis() const { return sides_[0].unit == sides_[1].unit; }
  [[nodiscard]] static std::string why_nothing(const Ui& ui, const Side& side);
  [[nodiscard]] static float side_height(Ui& ui, const Side& side, float width);
  [[nodiscard]] static std::string told_end(const Ui& ui, const Side& side);
  void draw_legend(Ui& ui, Rect area) const;
  void draw_side(Ui& ui, Rect area, std::size_t at, float labels);
  static void draw_axis(Ui& ui, Rect area, Rect lanes, const Side& side);
  void handle_input(Ui& ui, Rect area);
  static void explain(Ui& ui, const Side& side);

  std::array<Side, 2> sides_;
  std::uint64_t read_ = 0;  // traces read so far
};

}  // namespace interleave::view
