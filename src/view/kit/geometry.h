// Points and rectangles, in CSS pixels ("points" here) from the top left of the canvas.
#pragma once

#include <algorithm>

namespace interleave::view {

struct Point {
  float x = 0;
  float y = 0;
};

struct Rect {
  float x = 0;
  float y = 0;
  float w = 0;
  float h = 0;

  [[nodiscard]] constexpr float right() const { return x + w; }
  [[nodiscard]] constexpr float bottom() const { return y + h; }
  [[nodiscard]] constexpr Point center() const { return {x + w / 2, y + h / 2}; }
  [[nodiscard]] constexpr bool empty() const { return w <= 0 || h <= 0; }
  [[nodiscard]] constexpr bool contains(Point p) const {
    return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
  }
  [[nodiscard]] constexpr bool contains(const Rect& other) const {
    return other.x >= x && other.right() <= right() && other.y >= y && other.bottom() <= bottom();
  }
  // What the two share; empty where that is nothing.
  [[nodiscard]] constexpr Rect meet(const Rect& other) const {
    const float left = std::max(x, other.x);
    const float top = std::max(y, other.y);
    return {left, top, std::max(0.0F, std::min(right(), other.right()) - left),
            std::max(0.0F, std::min(bottom(), other.bottom()) - top)};
  }
  // Whether the two share an area larger than a line.
  [[nodiscard]] constexpr bool overlaps(const Rect& other) const {
    return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
  }
  [[nodiscard]] constexpr Rect inset(float by) const { return inset(by, by); }
  [[nodiscard]] constexpr Rect inset(float dx, float dy) const {
    return {x + dx, y + dy, std::max(0.0F, w - 2 * dx), std::max(0.0F, h - 2 * dy)};
  }
  [[nodiscard]] constexpr Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }

  // Each of these cuts a strip off this rectangle and returns it; what is not there cannot be cut.
  constexpr Rect cut_top(float amount) {
    const float taken = std::clamp(amount, 0.0F, h);
    const Rect out{x, y, w, taken};
    y += taken;
    h -= taken;
    return out;
  }
  constexpr Rect cut_bottom(float amount) {
    const float taken = std::clamp(amount, 0.0F, h);
    h -= taken;
    return {x, y + h, w, taken};
  }
  constexpr Rect cut_left(float amount) {
    const float taken = std::clamp(amount, 0.0F, w);
    const Rect out{x, y, taken, h};
    x += taken;
    w -= taken;
    return out;
  }
  constexpr Rect cut_right(float amount) {
    const float taken = std::clamp(amount, 0.0F, w);
    w -= taken;
    return {x + w, y, taken, h};
  }
  // A rectangle of the given size in the middle of this one.
  [[nodiscard]] constexpr Rect middle(float width, float height) const {
    return {x + (w - width) / 2, y + (h - height) / 2, width, height};
  }
  friend constexpr bool operator==(const Rect&, const Rect&) = default;
};

}  // namespace interleave::view
