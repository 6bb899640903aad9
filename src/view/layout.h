// Where the parts of the window are. Pure arithmetic, so that it can be tested for every size.
#pragma once

#include <cstdint>

#include "view/kit/geometry.h"

namespace interleave::view {

enum class Breadth : std::uint8_t {
  wide,    // list, stage, panel
  medium,  // the list is a menu
  narrow,  // one column: main controls, stage, result; the timeline folds out
};

struct LayoutInput {
  float width = 0;
  float height = 0;
  float lanes = 0;             // how many lanes the timeline has
  bool has_timeline = true;    // explorations have none
  bool has_steps = false;      // the stepping bar is shown
  bool timeline_open = false;  // matters where it is narrow
  float controls_height = 0;   // of the main controls, where it is narrow
  float result_height = 0;     // of the result, where it is narrow
  bool source_open = false;    // the pane with the workload's source
  bool one_column = false;     // also where it is wide enough for more
  bool one_bar = false;        // engine switch and Run are in the title bar also where it is narrow
};

struct Layout {
  Breadth breadth = Breadth::wide;
  Rect top;       // the title bar
  Rect engines;   // narrow: a second row with the engine switch and Run, unless they are in the first
  Rect list;      // empty where the list is a menu
  Rect stage;     // empty where the source takes its place
  Rect source;    // empty where it is closed
  Rect timeline;  // its header, axis and lanes
  Rect steps;     // the stepping bar
  Rect panel;     // controls and result; empty where narrow
  Rect controls;  // narrow only
  Rect result;    // narrow only
};

inline constexpr float top_height = 52;
inline constexpr float list_width = 216;
inline constexpr float panel_width = 304;
inline constexpr float steps_height = 56;
inline constexpr float timeline_header = 44;
inline constexpr float timeline_axis = 24;
inline constexpr float lane_pitch = 26;
inline constexpr float lane_pitch_least = 14;
inline constexpr float wide_from = 1024;
inline constexpr float narrow_below = 720;
inline constexpr float two_columns_from = 560;  // of the main controls, where it is narrow
inline constexpr float low_below = 600;         // high: the result is told in one line then, and the list is a menu
inline constexpr float source_least = 380;
inline constexpr float stage_least = 360;  // beside the source
inline constexpr float stage_low = 380;    // high: where there is less, the stage scrolls

[[nodiscard]] Layout make_layout(const LayoutInput& input);

}  // namespace interleave::view
