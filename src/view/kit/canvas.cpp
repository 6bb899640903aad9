#include "view/kit/canvas.h"

#include <cfloat>
#include <cmath>
#include <cstdint>

#include <imgui.h>

#include "gpu/clear.h"

namespace interleave::view {
namespace {

ImU32 packed(Color c) { return IM_COL32(c.r, c.g, c.b, c.a); }

// Device pixels from which on an opaque area is cleared instead of drawn.
constexpr float large = 128.0F * 128.0F;

// Carried out while the list is drawn: the command's clip is the area, its data the colour.
void clear_command(const ImDrawList*, const ImDrawCmd* command) {
  const auto color = static_cast<ImU32>(reinterpret_cast<std::uintptr_t>(command->UserCallbackData));
  const ImVec4& clip = command->ClipRect;
  const float height = ImGui::GetIO().DisplaySize.y;
  gpu::clear_area({static_cast<int>(clip.x), static_cast<int>(height - clip.w), static_cast<int>(clip.z - clip.x),
                   static_cast<int>(clip.w - clip.y)},
                  static_cast<std::uint8_t>(color >> IM_COL32_R_SHIFT),
                  static_cast<std::uint8_t>(color >> IM_COL32_G_SHIFT),
                  static_cast<std::uint8_t>(color >> IM_COL32_B_SHIFT));
}

}  // namespace

void Canvas::target(ImDrawList* list, float scale, int layer) {
  list_ = list;
  scale_ = scale;
  layer_ = layer;
}

float Canvas::px(float points) const { return std::floor(points * scale_ + 0.5F); }

void Canvas::fill(Rect area, Color color, float corner) {
  if (area.empty()) return;
  const ImVec2 from{px(area.x), px(area.y)};
  const ImVec2 to{px(area.right()), px(area.bottom())};
  if (corner == 0 && color.a == 255 && (to.x - from.x) * (to.y - from.y) >= large) {
    list_->PushClipRect(from, to, true);
    // The callback's data is a pointer, and the colour fits into it.
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    list_->AddCallback(clear_command, reinterpret_cast<void*>(static_cast<std::uintptr_t>(packed(color))));
    list_->PopClipRect();
    return;
  }
  list_->AddRectFilled(from, to, packed(color), std::min({corner * scale_, (to.x - from.x) / 2, (to.y - from.y) / 2}));
}

void Canvas::stroke(Rect area, Color color, float corner, float width) {
  const float w = std::max(1.0F, px(width));
  // ImGui draws a border half inside and half outside; ours lies inside.
  list_->AddRect({px(area.x) + w / 2 - 0.5F, px(area.y) + w / 2 - 0.5F},
                 {px(area.right()) - w / 2 + 0.5F, px(area.bottom()) - w / 2 + 0.5F}, packed(color), corner * scale_, 0,
                 w);
}

void Canvas::thumbnail(Rect area, std::int64_t number, float corner) {
  const Fonts::Patch patch = fonts_.thumbnail(number);
  list_->AddImageRounded(ImGui::GetIO().Fonts->TexID, {px(area.x), px(area.y)}, {px(area.right()), px(area.bottom())},
                         {patch.left, patch.top}, {patch.right, patch.bottom}, IM_COL32_WHITE, corner * scale_);
}

void Canvas::shadow(Rect area, Color color, float corner) {
  // Three translucent rings stand for a blur.
  for (int ring = 3; ring >= 1; --ring) {
    const auto grow = static_cast<float>(ring);
    Rect r = area.inset(-grow * 0.8F);
    r.y += 1;
    fill(r, color.faded(0.34F), corner + grow);
  }
}

void Canvas::line(Point from, Point to, Color color, float width) {
  list_->AddLine({from.x * scale_, from.y * scale_}, {to.x * scale_, to.y * scale_}, packed(color), width * scale_);
}

void Canvas::rule(Point from, Point to, Color color) {
  const float w = std::max(1.0F, px(1));
  if (from.y == to.y) {
    list_->AddRectFilled({px(from.x), px(from.y)}, {px(to.x), px(from.y) + w}, packed(color));
  } else {
    list_->AddRectFilled({px(from.x), px(from.y)}, {px(from.x) + w, px(to.y)}, packed(color));
  }
}

void Canvas::circle(Point center, float radius, Color color) {
  list_->AddCircleFilled({center.x * scale_, center.y * scale_}, radius * scale_, packed(color));
}

void Canvas::ring(Point center, float radius, Color color, float width) {
  list_->AddCircle({center.x * scale_, center.y * scale_}, radius * scale_, packed(color), 0, width * scale_);
}

void Canvas::triangle(Point a, Point b, Point c, Color color) {
  list_->AddTriangleFilled({a.x * scale_, a.y * scale_}, {b.x * scale_, b.y * scale_}, {c.x * scale_, c.y * scale_},
                           packed(color));
}

void Canvas::polyline(std::span<const Point> points, Color color, float width) {
  list_->PathClear();
  for (const Point p : points) list_->PathLineTo({p.x * scale_, p.y * scale_});
  list_->PathStroke(packed(color), 0, width * scale_);
}

void Canvas::curve(Point from, Point to, Color color, float width, bool dash) {
  const float bend = (to.x - from.x) * 0.55F;
  const auto at = [&](float t) {
    const float u = 1 - t;
    const float b0 = u * u * u;
    const float b1 = 3 * u * u * t;
    const float b2 = 3 * u * t * t;
    const float b3 = t * t * t;
    return Point{b0 * from.x + b1 * (from.x + bend) + b2 * (to.x - bend) + b3 * to.x,
                 b0 * from.y + b1 * from.y + b2 * to.y + b3 * to.y};
  };
  constexpr int pieces = 96;
  constexpr float dash_length = 5;
  float travelled = 0;
  list_->PathClear();
  for (int k = 0; k <= pieces; ++k) {
    const Point p = at(static_cast<float>(k) / pieces);
    if (k > 0) {
      const Point last = at(static_cast<float>(k - 1) / pieces);
      travelled += std::hypot(p.x - last.x, p.y - last.y);
    }
    const bool gap = dash && std::fmod(travelled, 2 * dash_length) >= dash_length;
    if (!gap) list_->PathLineTo({p.x * scale_, p.y * scale_});
    if (gap || k == pieces) list_->PathStroke(packed(color), 0, width * scale_);
  }
}

void Canvas::dashed(Rect area, Color color, float corner, float width) {
  constexpr float dash = 4;
  (void)corner;
  for (float x = area.x; x < area.right(); x += 2 * dash) {
    const float end = std::min(x + dash, area.right());
    line({x, area.y}, {end, area.y}, color, width);
    line({x, area.bottom()}, {end, area.bottom()}, color, width);
  }
  for (float y = area.y; y < area.bottom(); y += 2 * dash) {
    const float end = std::min(y + dash, area.bottom());
    line({area.x, y}, {area.x, end}, color, width);
    line({area.right(), y}, {area.right(), end}, color, width);
  }
}

void Canvas::hatch(Rect area, Color color, float pitch) {
  push_clip(area);
  for (float x = area.x - area.h; x < area.right(); x += pitch) {
    line({x, area.bottom()}, {x + area.h, area.y}, color, 1.25F);
  }
  pop_clip();
}

void Canvas::push_clip(Rect area) {
  list_->PushClipRect({px(area.x), px(area.y)}, {px(area.right()), px(area.bottom())}, true);
}

void Canvas::pop_clip() { list_->PopClipRect(); }

void Canvas::push_scroll(Rect area) {
  push_clip(area);
  scrolled_.at(static_cast<std::size_t>(layer_)).push_back(visible(area));
}

void Canvas::pop_scroll() {
  scrolled_.at(static_cast<std::size_t>(layer_)).pop_back();
  pop_clip();
}

Rect Canvas::visible(Rect area) const {
  const std::vector<Rect>& regions = scrolled_.at(static_cast<std::size_t>(layer_));
  return regions.empty() ? area : area.meet(regions.back());
}

void Canvas::note(std::string_view text, Rect area, bool clipped) {
  const Rect seen = visible(area);
  if (seen.empty()) return;
  semantics_.add(TextRun{std::string(text), seen, clipped, layer_});
}

float Canvas::measure(Type type, std::string_view text) {
  // ImGui takes a null pointer for a text that ends with a zero.
  if (text.empty()) return 0;
  fonts_.need(type, text);
  const ImVec2 size =
      fonts_.font(type)->CalcTextSizeA(fonts_.pixel_size(type), FLT_MAX, 0, text.data(), text.data() + text.size());
  return size.x / scale_;
}

void Canvas::put(float x, float y, Type type, Color color, std::string_view text) {
  if (text.empty()) return;
  fonts_.need(type, text);
  const float lead = (info(type).line * scale_ - fonts_.pixel_size(type)) / 2;
  list_->AddText(fonts_.font(type), fonts_.pixel_size(type), {px(x), std::floor(y * scale_ + lead + 0.5F)},
                 packed(color), text.data(), text.data() + text.size());
}

float Canvas::text(Point at, Type type, Color color, std::string_view text) {
  if (text.empty()) return 0;
  const float width = measure(type, text);
  put(at.x, at.y, type, color, text);
  note(text, {at.x, at.y, width, info(type).line}, false);
  return width;
}

float Canvas::text(Rect area, Type type, Color color, std::string_view text, Align align) {
  if (text.empty()) return 0;
  const float line_height = info(type).line;
  const float y = area.y + (area.h - line_height) / 2;
  const float width = measure(type, text);
  std::string shortened;
  // Half a point is rounding, not a text that does not fit.
  const bool clipped = width > area.w + 0.5F;
  float shown = width;
  std::string_view out = text;
  if (clipped) {
    constexpr std::string_view ellipsis = "\u2026";
    shortened = std::string(text.substr(0, fitting(type, text, area.w - measure(type, ellipsis))));
    shortened += ellipsis;
    out = shortened;
    shown = measure(type, out);
  }
  float x = area.x;
  if (align == Align::center) x = area.x + (area.w - shown) / 2;
  if (align == Align::right) x = area.right() - shown;
  put(x, y, type, color, out);
  note(text, {x, y, shown, line_height}, clipped);
  return shown;
}

std::size_t Canvas::fitting(Type type, std::string_view text, float width) {
  std::size_t fits = 0;
  each_character(text, [&](std::uint32_t, std::size_t at, std::size_t length) {
    const std::size_t end = std::min(at + length, text.size());
    if (fits == at && measure(type, text.substr(0, end)) <= width) fits = end;
  });
  return fits;
}

float Canvas::wrap(Rect area, std::span<const Stretch> stretches, bool draw) {
  float x = area.x;
  float y = area.y;
  float line_height = 0;
  for (const Stretch& stretch : stretches) {
    line_height = std::max(line_height, info(stretch.type).line);
    std::size_t at = 0;
    while (at < stretch.text.size()) {
      std::size_t end = stretch.text.find(' ', at);
      end = end == std::string_view::npos ? stretch.text.size() : end + 1;
      std::string_view word = stretch.text.substr(at, end - at);
      const std::string_view visible = word.ends_with(' ') ? word.substr(0, word.size() - 1) : word;
      if (x > area.x && x + measure(stretch.type, visible) > area.right() + 0.5F) {
        x = area.x;
        y += line_height;
      }
      if (x == area.x && measure(stretch.type, visible) > area.w + 0.5F) {
        // A word longer than the line is broken between letters.
        const std::size_t some = std::max<std::size_t>(fitting(stretch.type, visible, area.w), 1);
        word = stretch.text.substr(at, some);
        end = at + some;
      }
      const float width = measure(stretch.type, word);
      if (draw) {
        put(x, y, stretch.type, stretch.color, word);
        note(word, {x, y, width, info(stretch.type).line}, false);
      }
      x += width;
      at = end;
    }
  }
  return y + line_height - area.y;
}

float Canvas::paragraph(Rect area, Type type, Color color, std::string_view text) {
  const Stretch stretch{type, color, text};
  return wrap(area, {&stretch, 1}, true);
}

float Canvas::sentence(Rect area, std::span<const Stretch> stretches) { return wrap(area, stretches, true); }

float Canvas::paragraph_height(float width, Type type, std::string_view text) {
  const Stretch stretch{type, {}, text};
  return wrap({0, 0, width, 0}, {&stretch, 1}, false);
}

float Canvas::sentence_height(float width, std::span<const Stretch> stretches) {
  return wrap({0, 0, width, 0}, stretches, false);
}

}  // namespace interleave::view
