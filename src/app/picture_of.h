// What has been drawn, read back from the framebuffer.
#pragma once

#include <string>

#include "view/kit/geometry.h"

namespace interleave::app {

// A part of the current framebuffer as a PNG file. The area is in device pixels from the top left, and is cut where it
// reaches out. `height` is the framebuffer's.
[[nodiscard]] std::string picture_of(view::Rect area, int width, int height);

}  // namespace interleave::app
