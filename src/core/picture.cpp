#include "core/picture.h"

#include <cmath>

namespace interleave {
namespace {

using Color = std::array<float, 3>;

struct Scene {
  Color top;
  Color horizon;
  Color sun;
  Color near;
  Color far;
  float sun_at;
};

constexpr std::array<Scene, picture_count> scenes{{
    {{62, 120, 214}, {188, 222, 246}, {255, 240, 190}, {46, 120, 72}, {96, 160, 112}, 0.70F},
    {{104, 58, 160}, {250, 158, 122}, {255, 214, 130}, {58, 42, 92}, {124, 72, 130}, 0.32F},
    {{16, 32, 76}, {74, 104, 170}, {240, 244, 255}, {14, 26, 52}, {34, 56, 100}, 0.62F},
    {{236, 120, 96}, {255, 214, 140}, {255, 250, 214}, {136, 60, 70}, {196, 100, 84}, 0.44F},
    {{40, 160, 168}, {206, 240, 214}, {255, 255, 226}, {24, 96, 108}, {74, 148, 140}, 0.26F},
    {{120, 140, 160}, {226, 230, 234}, {250, 250, 250}, {66, 78, 92}, {122, 136, 150}, 0.54F},
    {{208, 84, 136}, {252, 206, 208}, {255, 236, 200}, {112, 40, 92}, {170, 78, 126}, 0.76F},
    {{226, 176, 70}, {250, 236, 190}, {255, 255, 240}, {120, 104, 40}, {180, 156, 76}, 0.38F},
}};

Color mix(const Color& a, const Color& b, float share) {
  Color out{};
  for (std::size_t k = 0; k < out.size(); ++k) out[k] = a[k] + (b[k] - a[k]) * share;
  return out;
}

}  // namespace

std::array<std::uint8_t, 3> picture_at(int number, float u, float v) {
  const Scene& scene = scenes[static_cast<std::size_t>(number % picture_count)];
  Color color = mix(scene.top, scene.horizon, v);
  const float distance = std::hypot(u - scene.sun_at, v - 0.34F);
  if (distance < 0.13F) color = scene.sun;
  const float phase = 6.0F * scene.sun_at;
  if (v > 0.62F + 0.09F * std::sin(5 * u + phase)) color = mix(scene.far, scene.near, v * 0.4F);
  if (v > 0.80F + 0.08F * std::sin(7 * u - phase)) color = scene.near;
  std::array<std::uint8_t, 3> out{};
  for (std::size_t k = 0; k < out.size(); ++k) out[k] = static_cast<std::uint8_t>(color[k]);
  return out;
}

}  // namespace interleave
