// The few signs of the interface, drawn as shapes so that they are sharp at every scale and in every font.
#pragma once

#include "view/kit/canvas.h"

namespace interleave::view {

enum class Icon : std::uint8_t {
  none,
  play,
  pause,
  stop,
  step,
  back,
  restart,
  chevron,
  chevron_up,
  menu,
  sun,
  moon,
  plus,
  minus,
  check,
  cross,
  share,
  link,
  fit,
  ruler,
  arrows,
  code,
  download,
  keys,
  compare,  // two columns, one higher
  sliders,
  leave,  // to another page
};

// In the middle of the area, which is about 16 by 16.
void draw_icon(Canvas& canvas, Icon icon, Rect area, Color color);
// The product's mark: two threads that cross.
void draw_mark(Canvas& canvas, Rect area, Color color);
// The head of an arrow that points along (dx, dy), with its tip at `tip`.
void draw_arrow_head(Canvas& canvas, Point tip, float dx, float dy, Color color);

}  // namespace interleave::view
