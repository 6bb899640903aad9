// Filling large areas with one opaque colour.
#pragma once

#include <cstdint>

namespace interleave::gpu {

// An area of the framebuffer in device pixels, from its lower left corner, as the scissor has it.
struct ClearArea {
  int left = 0;
  int bottom = 0;
  int width = 0;
  int height = 0;
};

// Replaces what is there. A clear shades and blends no pixel, which counts where shading is done in software: a full
// screen of 1440 x 900 costs 1 ms so, and 40 ms as a textured rectangle. Leaves the scissor test on, at this area.
void clear_area(const ClearArea& area, std::uint8_t red, std::uint8_t green, std::uint8_t blue);

}  // namespace interleave::gpu
