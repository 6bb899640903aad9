// Lanes of one run, drawn: a bar of spans for each participant with its name beside it. What of time is shown is for
// the caller to say, so that two strips can share a Viewport.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gpu/rectangles.h"
#include "view/kit/ui.h"
#include "view/timeline/density.h"

namespace interleave::view {

// Whose lanes. The lanes and the trace must live until the frame has been drawn.
struct StripSource {
  std::span<const trace::Lane> lanes;
  const trace::Trace* trace = nullptr;
  std::uint64_t stamp = 0;  // another number whenever the lanes have changed
};

// States in the order of a legend.
inline constexpr std::array legend_states{trace::State::running,     trace::State::ready,   trace::State::waiting_lock,
                                          trace::State::waiting_gil, trace::State::blocked, trace::State::idle};
// Whether some lane is ever in that state: a glance at each lane's first spans is enough for a legend.
[[nodiscard]] bool occurs(std::span<const trace::Lane> lanes, trace::State state);
// One entry of a legend, taken off the row's left. False where there is no room for it.
bool draw_legend_entry(Ui& ui, Rect& row, trace::State state, std::string_view name);

class LaneStrip {
 public:
  // Without a device (null, as in tests) the bars stay empty.
  explicit LaneStrip(const gpu::Rectangles* rectangles);

  // Forgets the lanes, before those of another run.
  void clear();
  // Names into `labels`, bars into `lanes`; both have the same top and height.
  void draw(Ui& ui, Rect labels, Rect lanes, const StripSource& source, const Viewport& view);
  // As wide as the longest name, within bounds.
  [[nodiscard]] static float width_of_labels(Ui& ui, const trace::Trace* trace);

  struct Row {
    std::size_t lane = 0;
    Rect bar;
  };
  // Of the last frame: the rows that are seen, from the top.
  [[nodiscard]] std::span<const Row> rows() const { return rows_; }
  [[nodiscard]] const Row* row_of(std::size_t lane) const;

  struct Hit {
    std::size_t lane = 0;
    std::size_t span = 0;
    friend bool operator==(const Hit&, const Hit&) = default;
  };
  // The span there, or none.
  [[nodiscard]] std::optional<Hit> hit(Point at, const StripSource& source, const Viewport& view) const;
  // Spans that are drawn as themselves in the last frame, and wide enough to point at.
  [[nodiscard]] std::span<const Hit> single_spans() const { return singles_; }
  // Time in each state between two times, over all lanes.
  [[nodiscard]] StateTimes between(const StripSource& source, Nanoseconds from, Nanoseconds to);

  // Moves the lanes up by so many points, where they are more than fit.
  void scroll(float by) { scroll_ += by; }
  [[nodiscard]] bool scrolls() const { return overflow_ > 0; }

 private:
  // What the rectangles on the device were made from.
  struct Made {
    std::uint64_t stamp = 0;
    Viewport view;
    Rect lanes;
    float scale = 0;
    float scroll = 0;
    std::size_t count = 0;
    friend bool operator==(const Made&, const Made&) = default;
  };

  void lay_rows(Rect lanes, std::size_t count);
  void draw_names(Ui& ui, Rect labels, const trace::Trace& trace);
  void make_rectangles(Ui& ui, Rect lanes, const StripSource& source, const Viewport& view);
  void hand_over(Ui& ui, Rect lanes);

  const gpu::Rectangles* rectangles_;
  std::optional<gpu::RectangleBatch> batch_;
  std::vector<LaneIndex> indices_;
  std::vector<Row> rows_;
  std::vector<Hit> singles_;
  std::vector<gpu::Rectangle> instances_;
  std::vector<Piece> pieces_;
  std::optional<Made> made_;
  // What the device is told when ImGui's list reaches our place in it; must live until then.
  gpu::RectangleView device_view_;
  std::vector<gpu::Style> styles_;
  float scroll_ = 0;  // points
  float overflow_ = 0;
};

}  // namespace interleave::view
