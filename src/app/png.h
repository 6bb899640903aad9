// A picture as a PNG file.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace interleave::app {

// Rows of RGBA from the top, four bytes a pixel. The file's bytes; empty where memory ran out.
[[nodiscard]] std::string encode_png(int width, int height, std::span<const std::uint8_t> rgba);

}  // namespace interleave::app
