#include "view/kit/icons.h"

#include <array>
#include <cmath>
#include <numbers>

namespace interleave::view {
namespace {

void bars(Canvas& canvas, Point c, Color color) {
  canvas.fill({c.x - 5, c.y - 6, 4, 12}, color, 1);
  canvas.fill({c.x + 1, c.y - 6, 4, 12}, color, 1);
}

// A triangle towards +x (direction 1) or -x (direction -1).
void wedge(Canvas& canvas, Point c, float direction, Color color) {
  canvas.triangle({c.x - 4 * direction, c.y - 5.5F}, {c.x + 6 * direction, c.y}, {c.x - 4 * direction, c.y + 5.5F},
                  color);
}

void arc(Canvas& canvas, Point c, float radius, float from, float to, Color color, float width) {
  std::array<Point, 25> points{};
  for (std::size_t k = 0; k < points.size(); ++k) {
    const float angle = from + (to - from) * static_cast<float>(k) / static_cast<float>(points.size() - 1);
    points[k] = {c.x + radius * std::cos(angle), c.y + radius * std::sin(angle)};
  }
  canvas.polyline(points, color, width);
}

void restart(Canvas& canvas, Point c, Color color) {
  constexpr float pi = std::numbers::pi_v<float>;
  arc(canvas, c, 5, -0.35F * pi, 1.35F * pi, color, 1.6F);
  canvas.triangle({c.x - 6.6F, c.y - 5.4F}, {c.x - 0.9F, c.y - 6.2F}, {c.x - 3.6F, c.y - 0.9F}, color);
}

void sun(Canvas& canvas, Point c, Color color) {
  canvas.ring(c, 3, color, 1.6F);
  for (int k = 0; k < 8; ++k) {
    const float angle = static_cast<float>(k) * std::numbers::pi_v<float> / 4;
    const float x = std::cos(angle);
    const float y = std::sin(angle);
    canvas.line({c.x + 5.2F * x, c.y + 5.2F * y}, {c.x + 7 * x, c.y + 7 * y}, color, 1.5F);
  }
}

void moon(Canvas& canvas, Point c, Color color) {
  constexpr float pi = std::numbers::pi_v<float>;
  arc(canvas, c, 5.5F, 0.1F * pi, 1.4F * pi, color, 1.6F);
  arc(canvas, {c.x + 3.2F, c.y - 2.4F}, 4.6F, 0.32F * pi, 1.2F * pi, color, 1.6F);
}

void share(Canvas& canvas, Point c, Color color) {
  const Point top{c.x + 4, c.y - 4};
  const Point bottom{c.x + 4, c.y + 4};
  const Point left{c.x - 4.5F, c.y};
  canvas.line(left, top, color, 1.4F);
  canvas.line(left, bottom, color, 1.4F);
  for (const Point p : {top, bottom, left}) canvas.circle(p, 2.3F, color);
}

// Two arrows that point apart.
void fit(Canvas& canvas, Point c, Color color) {
  canvas.line({c.x - 6, c.y}, {c.x + 6, c.y}, color, 1.6F);
  for (const float side : {-1.0F, 1.0F}) {
    canvas.polyline(
        std::array{Point{c.x + side * 3, c.y - 3}, Point{c.x + side * 6.3F, c.y}, Point{c.x + side * 3, c.y + 3}},
        color, 1.6F);
    canvas.line({c.x + side * 8, c.y - 5}, {c.x + side * 8, c.y + 5}, color, 1.4F);
  }
}

void ruler(Canvas& canvas, Point c, Color color) {
  canvas.stroke({c.x - 7.5F, c.y - 3.5F, 15, 7}, color, 1.5F, 1.4F);
  for (const float dx : {-4.0F, 0.0F, 4.0F})
    canvas.line({c.x + dx, c.y - 3}, {c.x + dx, c.y + (dx == 0 ? 1.0F : 0.0F)}, color, 1.2F);
}

// From one lane to another.
void lane_arrows(Canvas& canvas, Point c, Color color) {
  canvas.line({c.x - 7, c.y - 6}, {c.x + 7, c.y - 6}, color, 1.6F);
  canvas.line({c.x - 7, c.y + 6}, {c.x + 7, c.y + 6}, color, 1.6F);
  canvas.line({c.x, c.y - 6}, {c.x, c.y + 1}, color, 1.4F);
  canvas.triangle({c.x - 3.2F, c.y}, {c.x + 3.2F, c.y}, {c.x, c.y + 4.6F}, color);
}

void code(Canvas& canvas, Point c, Color color) {
  for (const float side : {-1.0F, 1.0F}) {
    canvas.polyline(std::array{Point{c.x + side * 3.5F, c.y - 4.5F}, Point{c.x + side * 7.5F, c.y},
                               Point{c.x + side * 3.5F, c.y + 4.5F}},
                    color, 1.6F);
  }
  canvas.line({c.x + 1.5F, c.y - 5.5F}, {c.x - 1.5F, c.y + 5.5F}, color, 1.4F);
}

void download(Canvas& canvas, Point c, Color color) {
  canvas.line({c.x, c.y - 6.5F}, {c.x, c.y + 1.5F}, color, 1.6F);
  canvas.polyline(std::array{Point{c.x - 3.6F, c.y - 1.6F}, Point{c.x, c.y + 2}, Point{c.x + 3.6F, c.y - 1.6F}}, color,
                  1.6F);
  canvas.polyline(std::array{Point{c.x - 6.5F, c.y + 2.5F}, Point{c.x - 6.5F, c.y + 6}, Point{c.x + 6.5F, c.y + 6},
                             Point{c.x + 6.5F, c.y + 2.5F}},
                  color, 1.6F);
}

// A question mark.
void keys(Canvas& canvas, Point c, Color color) {
  constexpr float pi = std::numbers::pi_v<float>;
  arc(canvas, {c.x, c.y - 2.8F}, 3.4F, -pi, 0.42F * pi, color, 1.7F);
  canvas.line({c.x + 0.6F, c.y + 0.2F}, {c.x, c.y + 2.8F}, color, 1.7F);
  canvas.circle({c.x, c.y + 6}, 1.2F, color);
}

}  // namespace

void draw_icon(Canvas& canvas, Icon icon, Rect area, Color color) {
  const Point c = area.center();
  switch (icon) {
    case Icon::none: break;
    case Icon::play: wedge(canvas, c, 1, color); break;
    case Icon::pause: bars(canvas, c, color); break;
    case Icon::stop: canvas.fill({c.x - 5, c.y - 5, 10, 10}, color, 1.5F); break;
    case Icon::step:
      wedge(canvas, {c.x - 1.5F, c.y}, 1, color);
      canvas.fill({c.x + 5, c.y - 5.5F, 2, 11}, color);
      break;
    case Icon::back:
      wedge(canvas, {c.x + 1.5F, c.y}, -1, color);
      canvas.fill({c.x - 7, c.y - 5.5F, 2, 11}, color);
      break;
    case Icon::restart: restart(canvas, c, color); break;
    case Icon::chevron:
      canvas.polyline(std::array{Point{c.x - 4, c.y - 2}, Point{c.x, c.y + 2}, Point{c.x + 4, c.y - 2}}, color, 1.6F);
      break;
    case Icon::chevron_up:
      canvas.polyline(std::array{Point{c.x - 4, c.y + 2}, Point{c.x, c.y - 2}, Point{c.x + 4, c.y + 2}}, color, 1.6F);
      break;
    case Icon::menu:
      for (const float dy : {-4.5F, 0.0F, 4.5F}) canvas.line({c.x - 7, c.y + dy}, {c.x + 7, c.y + dy}, color, 1.6F);
      break;
    case Icon::sun: sun(canvas, c, color); break;
    case Icon::moon: moon(canvas, c, color); break;
    case Icon::plus: canvas.line({c.x, c.y - 5}, {c.x, c.y + 5}, color, 1.6F); [[fallthrough]];
    case Icon::minus: canvas.line({c.x - 5, c.y}, {c.x + 5, c.y}, color, 1.6F); break;
    case Icon::check:
      canvas.polyline(std::array{Point{c.x - 4.5F, c.y}, Point{c.x - 1.5F, c.y + 3.5F}, Point{c.x + 5, c.y - 4}}, color,
                      1.8F);
      break;
    case Icon::cross:
      canvas.line({c.x - 4, c.y - 4}, {c.x + 4, c.y + 4}, color, 1.6F);
      canvas.line({c.x - 4, c.y + 4}, {c.x + 4, c.y - 4}, color, 1.6F);
      break;
    case Icon::sliders:
      for (const float side : {-1.0F, 1.0F}) {
        canvas.line({c.x - 7, c.y + 3.5F * side}, {c.x + 7, c.y + 3.5F * side}, color, 1.5F);
        canvas.circle({c.x + 2.5F * side, c.y + 3.5F * side}, 2.6F, color);
      }
      break;
    case Icon::leave:
      canvas.line({c.x - 1.5F, c.y - 5.5F}, {c.x - 6, c.y - 5.5F}, color, 1.5F);
      canvas.line({c.x - 6, c.y - 5.5F}, {c.x - 6, c.y + 6}, color, 1.5F);
      canvas.line({c.x - 6, c.y + 6}, {c.x + 5.5F, c.y + 6}, color, 1.5F);
      canvas.line({c.x + 5.5F, c.y + 6}, {c.x + 5.5F, c.y + 1.5F}, color, 1.5F);
      canvas.line({c.x - 1, c.y + 1}, {c.x + 6, c.y - 6}, color, 1.5F);
      canvas.line({c.x + 1.5F, c.y - 6}, {c.x + 6, c.y - 6}, color, 1.5F);
      canvas.line({c.x + 6, c.y - 6}, {c.x + 6, c.y - 1.5F}, color, 1.5F);
      break;
    case Icon::compare:
      canvas.fill({c.x - 5.5F, c.y - 6, 4, 12}, color, 1.5F);
      canvas.fill({c.x + 1.5F, c.y - 1, 4, 7}, color, 1.5F);
      break;
    case Icon::share:
    case Icon::link: share(canvas, c, color); break;
    case Icon::fit: fit(canvas, c, color); break;
    case Icon::ruler: ruler(canvas, c, color); break;
    case Icon::arrows: lane_arrows(canvas, c, color); break;
    case Icon::code: code(canvas, c, color); break;
    case Icon::download: download(canvas, c, color); break;
    case Icon::keys: keys(canvas, c, color); break;
  }
}

void draw_mark(Canvas& canvas, Rect area, Color color) {
  const Point c = area.center();
  constexpr float half_width = 9.5F;
  constexpr float half_height = 5.5F;
  const auto strand = [&](float direction) {
    std::array<Point, 33> points{};
    for (std::size_t k = 0; k < points.size(); ++k) {
      const float t = static_cast<float>(k) / static_cast<float>(points.size() - 1) * 2 - 1;
      const float bend = std::clamp(t * 1.5F, -1.0F, 1.0F);
      points[k] = {c.x + t * half_width,
                   c.y + direction * half_height * std::sin(bend * std::numbers::pi_v<float> / 2)};
    }
    canvas.polyline(points, color, 2.2F);
  };
  strand(1);
  strand(-1);
}

void draw_arrow_head(Canvas& canvas, Point tip, float dx, float dy, Color color) {
  const float length = std::hypot(dx, dy);
  if (length == 0) return;
  const float x = dx / length;
  const float y = dy / length;
  const Point base{tip.x - 9 * x, tip.y - 9 * y};
  canvas.triangle(tip, {base.x - 6 * y, base.y + 6 * x}, {base.x + 6 * y, base.y - 6 * x}, color);
}

}  // namespace interleave::view
