// Pictures that are made, not loaded: a sun over two hills, each in colours of its own. Whoever scales pictures has
// something real to scale, and whoever shows a picture's thumbnail shows that one.
#pragma once

#include <array>
#include <cstdint>

namespace interleave {

inline constexpr int picture_count = 8;

// Red, green and blue of picture `number` (any, modulo picture_count) at (u, v), each from 0 at the left or top to 1.
[[nodiscard]] std::array<std::uint8_t, 3> picture_at(int number, float u, float v);

}  // namespace interleave
