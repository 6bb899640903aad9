// A font that came over the network, looked at before it is drawn with.
#pragma once

#include <cstddef>
#include <span>

namespace interleave::app {

// Whether these bytes are a whole TrueType font: Dear ImGui reads one without looking where it ends.
[[nodiscard]] bool is_font(std::span<const std::byte> file);

}  // namespace interleave::app
