#include "view/layout.h"

#include <cmath>

namespace interleave::view {
namespace {

float timeline_height(const LayoutInput& input, float room) {
  const float least = timeline_header + timeline_axis + 2 * lane_pitch_least + 8;
  const float wanted = timeline_header + timeline_axis + std::max(input.lanes, 2.0F) * lane_pitch + 16;
  return std::clamp(wanted, least, std::max(least, room));
}

// The source goes beside the stage, or in its place where there is no room for both.
void open_source(Layout& out) {
  const float wanted = std::max(source_least, std::floor(out.stage.w * 0.44F));
  const bool beside = out.stage.w - wanted >= stage_least;
  out.source = out.stage.cut_right(beside ? wanted : out.stage.w);
  if (!beside) out.stage = {};
}

Layout narrow(const LayoutInput& input) {
  Layout out;
  out.breadth = Breadth::narrow;
  Rect rest{0, 0, input.width, input.height};
  out.top = rest.cut_top(top_height);
  if (!input.one_bar) out.engines = rest.cut_top(top_height);
  out.controls = rest.cut_top(std::min(input.controls_height, rest.h * 0.3F));
  out.result = rest.cut_bottom(std::min(input.result_height, rest.h * 0.4F));
  if (input.has_steps) out.steps = rest.cut_bottom(steps_height);
  if (input.has_timeline) {
    const float folded = timeline_header;
    out.timeline = rest.cut_bottom(input.timeline_open ? timeline_height(input, rest.h * 0.5F) : folded);
  }
  out.stage = rest;
  if (input.source_open) open_source(out);
  return out;
}

}  // namespace

Layout make_layout(const LayoutInput& input) {
  if (input.width < narrow_below || input.one_column) return narrow(input);
  Layout out;
  // A low window has no room for a list of all workloads.
  const bool wide = input.width >= wide_from && input.height >= low_below;
  out.breadth = wide ? Breadth::wide : Breadth::medium;
  Rect rest{0, 0, input.width, input.height};
  out.top = rest.cut_top(top_height);
  out.panel = rest.cut_right(panel_width);
  if (input.has_steps) out.steps = rest.cut_bottom(steps_height);
  // The stage keeps at least three fifths of what is left.
  if (input.has_timeline) out.timeline = rest.cut_bottom(timeline_height(input, rest.h * 0.4F));
  if (out.breadth == Breadth::wide) out.list = rest.cut_left(list_width);
  out.stage = rest;
  if (input.source_open) open_source(out);
  return out;
}

}  // namespace interleave::view
