// Two runs' timelines above each other, moved and zoomed as one.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "gpu/rectangles.h"
#include "view/density.h"
#include "view/model.h"
#include "view/step_lanes.h"
#include "view/ui.h"

namespace interleave::view {

class CompareLanes {
 public:
  // Without rectangles (no device, as in tests) the lanes stay empty.
  explicit CompareLanes(gpu::Rectangles* rectangles) : rectangles_(rectangles) {}

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
    std::uint64_t number = 0;
    Engine engine = Engine::live;
    bool has_trace = false;
    Unit unit = Unit::none;
    trace::Lanes times;
    StepLanes steps;
    std::vector<LaneIndex> indices;
    std::vector<Words> names;
    Viewport view;

    [[nodiscard]] std::span<const trace::Lane> lanes() const {
      return unit == Unit::steps ? steps.lanes() : times.lanes();
    }
    [[nodiscard]] Nanoseconds end() const { return unit == Unit::steps ? steps.end() : times.end(); }
  };
  struct Row {
    std::size_t side = 0;
    std::size_t lane = 0;
    Rect bar;
  };

  void read(Side& side, const FinishedRun& run);
  [[nodiscard]] bool one_axis() const { return sides_[0].unit == sides_[1].unit; }
  [[nodiscard]] bool drawable(const Side& side) const { return side.has_trace && !side.lanes().empty(); }
  [[nodiscard]] std::size_t shown_lanes(const Side& side) const;
  [[nodiscard]] float side_height(Ui& ui, const Side& side, float width) const;
  [[nodiscard]] float label_width(Ui& ui, float width) const;
  [[nodiscard]] std::string told_end(const Ui& ui, const Side& side) const;
  void draw_legend(Ui& ui, Rect area) const;
  void draw_side(Ui& ui, Rect area, std::size_t at, float labels);
  void draw_axis(Ui& ui, Rect area, Rect lanes, const Side& side) const;
  void draw_spans(Ui& ui, Rect lanes);
  void handle_input(Ui& ui, Rect area);
  void explain(Ui& ui, Rect lanes) const;

  gpu::Rectangles* rectangles_;
  std::array<Side, 2> sides_;
  std::vector<Row> rows_;
  std::vector<gpu::Rectangle> instances_;
  std::vector<Piece> pieces_;
  // What the device is told when ImGui's list reaches our place in it; must live until then.
  gpu::RectangleView device_view_;
  std::vector<gpu::Style> styles_;
};

}  // namespace interleave::view
