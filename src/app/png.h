// Writes a picture, without compression: for screenshots in development and tests.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace interleave::app {

// Rows of RGBA from the top. False where the file cannot be written.
bool write_png(const std::string& path, int width, int height, std::span<const std::uint8_t> rgba);

}  // namespace interleave::app
