#include "app/png.h"

#include <cassert>

#include <stb_image_write.h>

namespace interleave::app {

std::string encode_png(int width, int height, std::span<const std::uint8_t> rgba) {
  assert(rgba.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  std::string out;
  const auto take = [](void* to, void* bytes, int count) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), static_cast<std::size_t>(count));
  };
  if (stbi_write_png_to_func(take, &out, width, height, 4, rgba.data(), width * 4) == 0) return {};
  return out;
}

}  // namespace interleave::app
