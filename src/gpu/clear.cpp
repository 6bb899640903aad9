#include "gpu/clear.h"

#include "gpu/gl.h"

namespace interleave::gpu {

void clear_area(const ClearArea& area, std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  if (area.width <= 0 || area.height <= 0) return;
  glEnable(GL_SCISSOR_TEST);
  glScissor(area.left, area.bottom, area.width, area.height);
  glClearColor(static_cast<float>(red) / 255, static_cast<float>(green) / 255, static_cast<float>(blue) / 255, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace interleave::gpu
