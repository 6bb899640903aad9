// How a slider's position, 0 to 1, maps to a value: in proportion, or by ratio where the range is wide.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace interleave::view {

struct SliderScale {
  std::int64_t min = 0;
  std::int64_t max = 1;

  // A range of more than a hundredfold is told apart by ratio.
  [[nodiscard]] bool logarithmic() const { return max - min > 200; }

  [[nodiscard]] float share_of(std::int64_t value) const {
    if (max <= min) return 0;
    const double offset = static_cast<double>(std::clamp(value, min, max)) - static_cast<double>(min);
    const double range = static_cast<double>(max) - static_cast<double>(min);
    if (!logarithmic()) return static_cast<float>(offset / range);
    return static_cast<float>(std::log1p(offset) / std::log1p(range));
  }

  // On a logarithmic scale, values have two significant digits, so that a hand can find 20,000.
  [[nodiscard]] std::int64_t value_at(float share) const {
    if (share <= 0) return min;
    if (share >= 1) return max;
    const double range = static_cast<double>(max) - static_cast<double>(min);
    if (!logarithmic()) return min + std::llround(static_cast<double>(share) * range);
    const double exact = std::expm1(static_cast<double>(share) * std::log1p(range)) + static_cast<double>(min);
    const double power = std::pow(10, std::max(0.0, std::floor(std::log10(std::max(exact, 1.0))) - 1));
    return std::clamp(static_cast<std::int64_t>(std::llround(exact / power) * std::llround(power)), min, max);
  }

  // How far one press of an arrow key goes.
  [[nodiscard]] float notch() const {
    return logarithmic() ? 0.02F : 1.0F / static_cast<float>(std::max<std::int64_t>(max - min, 1));
  }
};

}  // namespace interleave::view
