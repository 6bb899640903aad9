// Drawing in points. Everything is snapped to device pixels here, so that edges and text are sharp on every screen.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "view/kit/fonts.h"
#include "view/kit/geometry.h"
#include "view/kit/semantics.h"
#include "view/kit/theme.h"

struct ImDrawList;

namespace interleave::view {

enum class Align : std::uint8_t { left, center, right };

// A stretch of text in one style; several make a sentence.
struct Stretch {
  Type type = Type::body;
  Color color;
  std::string_view text;
};

class Canvas {
 public:
  Canvas(Fonts& fonts, Semantics& semantics) : fonts_(fonts), semantics_(semantics) {}

  // Everything goes to this list from now on. The scale is device pixels per point.
  void target(ImDrawList* list, float scale, int layer);
  [[nodiscard]] ImDrawList* list() const { return list_; }
  [[nodiscard]] float scale() const { return scale_; }
  [[nodiscard]] ImFont* font(Type type) const { return fonts_.font(type); }
  [[nodiscard]] float px(float points) const;
  [[nodiscard]] float hairline() const { return 1.0F / scale_ * px(1); }

  void fill(Rect area, Color color, float corner = 0);
  void stroke(Rect area, Color color, float corner = 0, float width = 1);
  void dashed(Rect area, Color color, float corner, float width = 1);
  void shadow(Rect area, Color color, float corner);
  void line(Point from, Point to, Color color, float width = 1);
  // A horizontal or vertical line of one pixel, on the pixel grid.
  void rule(Point from, Point to, Color color);
  void circle(Point center, float radius, Color color);
  void ring(Point center, float radius, Color color, float width);
  void triangle(Point a, Point b, Point c, Color color);
  void polyline(std::span<const Point> points, Color color, float width);
  // A cubic curve from `from` to `to` that leaves and arrives horizontally.
  void curve(Point from, Point to, Color color, float width, bool dash);
  void hatch(Rect area, Color color, float pitch);

  // The thumbnail of a made picture: see core/picture.h.
  void thumbnail(Rect area, std::int64_t number, float corner);

  void push_clip(Rect area);
  void pop_clip();
  // The same for what is scrolled: texts and controls that lie outside, wholly or in part, are not there for the
  // reader. push_clip is for what must fit.
  void push_scroll(Rect area);
  void pop_scroll();
  // What of an area is not scrolled away.
  [[nodiscard]] Rect visible(Rect area) const;

  [[nodiscard]] float measure(Type type, std::string_view text);
  // One line with its line box at `at`. Returns the width.
  float text(Point at, Type type, Color color, std::string_view text);
  // One line in the middle of the area's height. What does not fit is shortened with an ellipsis, and noted as a flaw.
  float text(Rect area, Type type, Color color, std::string_view text, Align align = Align::left);
  // Wrapped at spaces. Returns the height.
  float paragraph(Rect area, Type type, Color color, std::string_view text);
  float sentence(Rect area, std::span<const Stretch> stretches);
  [[nodiscard]] float paragraph_height(float width, Type type, std::string_view text);
  [[nodiscard]] float sentence_height(float width, std::span<const Stretch> stretches);

 private:
  float wrap(Rect area, std::span<const Stretch> stretches, bool draw);
  void note(std::string_view text, Rect area, bool clipped);
  void put(float x, float y, Type type, Color color, std::string_view text);
  std::size_t fitting(Type type, std::string_view text, float width);

  Fonts& fonts_;
  Semantics& semantics_;
  ImDrawList* list_ = nullptr;
  float scale_ = 1;
  int layer_ = 0;
  std::array<std::vector<Rect>, 3> scrolled_;  // by layer; the innermost last
};

}  // namespace interleave::view
