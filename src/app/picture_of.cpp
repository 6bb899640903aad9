#include "app/picture_of.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "app/png.h"
#include "gpu/gl.h"

namespace interleave::app {

std::string picture_of(view::Rect area, int width, int height) {
  const int left = std::clamp(static_cast<int>(area.x), 0, width);
  const int right = std::clamp(static_cast<int>(area.right()), left, width);
  const int top = std::clamp(static_cast<int>(area.y), 0, height);
  const int bottom = std::clamp(static_cast<int>(area.bottom()), top, height);
  if (left == right || top == bottom) return {};
  const std::size_t row = static_cast<std::size_t>(right - left) * 4;
  std::vector<std::uint8_t> pixels(row * static_cast<std::size_t>(bottom - top));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  // OpenGL's first row is the lowest.
  glReadPixels(left, height - bottom, right - left, bottom - top, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  std::vector<std::uint8_t> turned;
  turned.reserve(pixels.size());
  for (int y = bottom - top; y-- > 0;) {
    const auto from = pixels.begin() + static_cast<std::ptrdiff_t>(row) * y;
    turned.insert(turned.end(), from, from + static_cast<std::ptrdiff_t>(row));
  }
  // What lies behind the page is none of the picture's business.
  for (std::size_t at = 3; at < turned.size(); at += 4) turned[at] = 255;
  return encode_png(right - left, bottom - top, turned);
}

}  // namespace interleave::app
