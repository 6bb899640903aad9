#include "view/kit/widgets.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>
#include <imgui_internal.h>

namespace interleave::view {
namespace {

constexpr float button_padding = 14;
constexpr float icon_size = 16;
constexpr float segment_padding = 14;

struct ButtonColors {
  Color fill;
  Color ink;
};

ButtonColors colors_of(const Theme& theme, const ButtonLook& look, float hover) {
  switch (look.style) {
    case ButtonStyle::primary: {
      const Color toward = theme.kind == ThemeKind::dark ? Color::hex(0xffffff) : Color::hex(0x1b2430);
      return {mix(theme.accent, toward, 0.14F * hover), theme.on_accent};
    }
    case ButtonStyle::secondary: return {mix(theme.raised, theme.pressed, hover), theme.text};
    case ButtonStyle::quiet: return {theme.raised.faded(hover), theme.sub};
  }
  return {};
}

}  // namespace

void focus_ring(Ui& ui, const Press& press, Rect area, float corner_radius) {
  if (press.focused) ui.canvas.stroke(area.inset(-3), ui.theme.accent, corner_radius + 3, 2);
}

float button_width(Ui& ui, std::string_view text, const ButtonLook& look) {
  if (look.text_hidden) return ui.control();
  const float icon = look.icon == Icon::none ? 0 : icon_size + gap_1;
  return std::ceil(ui.canvas.measure(Type::body_strong, text)) + icon + 2 * button_padding;
}

bool button(Ui& ui, Rect area, std::string_view key, std::string_view text, const ButtonLook& look,
            std::string_view hint) {
  const Press press = ui.press({"button", key, text}, area, look.enabled);
  const float hover = ui.follow(std::string("hover/").append(key), press.hovered ? 1.0F : 0.0F, 0.12F);
  ButtonColors colors = colors_of(ui.theme, look, press.held ? 1.0F : hover);
  if (!look.enabled) {
    colors.ink = mix(ui.theme.raised, ui.theme.mute, 0.6F);
    if (look.style == ButtonStyle::primary) colors.fill = ui.theme.raised;
  }
  ui.canvas.fill(area, colors.fill, corner_control);
  focus_ring(ui, press, area, corner_control);
  if (look.text_hidden) {
    draw_icon(ui.canvas, look.icon, area.middle(icon_size, icon_size), colors.ink);
    ui.hint(press, hint.empty() ? text : hint);
    return press.clicked;
  }
  const float text_width = ui.canvas.measure(Type::body_strong, text);
  const float icon = look.icon == Icon::none ? 0 : icon_size + gap_1;
  const float room = std::max(0.0F, area.w - icon - 2 * gap_2);
  Rect inner = area.middle(std::min(text_width, room) + icon, area.h);
  if (look.icon != Icon::none) {
    const Rect sign = look.icon_after ? inner.cut_right(icon_size) : inner.cut_left(icon_size);
    if (look.icon_after) {
      inner.cut_right(gap_1);
    } else {
      inner.cut_left(gap_1);
    }
    draw_icon(ui.canvas, look.icon, sign, colors.ink);
  }
  ui.canvas.text(inner, Type::body_strong, colors.ink, text);
  ui.hint(press, hint);
  return press.clicked;
}

float segmented_width(Ui& ui, std::span<const Segment> segments) {
  float width = 2 * 3;
  for (const Segment& s : segments)
    width += std::ceil(ui.canvas.measure(Type::body_strong, s.text)) + 2 * segment_padding;
  return width;
}

std::optional<std::size_t> segmented(Ui& ui, Rect area, std::string_view key, std::span<const Segment> segments,
                                     std::size_t chosen) {
  ui.canvas.fill(area, ui.theme.raised, corner_control);
  Rect row = area.inset(3);
  const float natural = segmented_width(ui, segments) - 6;
  std::vector<Rect> places;
  for (const Segment& s : segments) {
    const float own = std::ceil(ui.canvas.measure(Type::body_strong, s.text)) + 2 * segment_padding;
    places.push_back(row.cut_left(own * (area.w - 6) / natural));
  }
  std::optional<std::size_t> out;
  if (chosen < places.size()) {
    // The chosen segment slides to its place.
    const std::string motion = std::string("segment/").append(key);
    const float x = ui.follow(motion + "/x", places[chosen].x);
    const float w = ui.follow(motion + "/w", places[chosen].w);
    const Rect at{x, places[chosen].y, w, places[chosen].h};
    ui.canvas.shadow(at, ui.theme.shadow, corner_small);
    ui.canvas.fill(at, ui.theme.chosen, corner_small);
  }
  for (std::size_t at = 0; at < segments.size(); ++at) {
    const Segment& s = segments[at];
    const std::string full = std::string(key).append(".").append(s.key);
    const Press press = ui.press({"radio", full, s.text, at == chosen ? "on" : "off"}, places[at], s.enabled);
    if (press.clicked && at != chosen) out = at;
    Color ink = at == chosen || press.hovered ? ui.theme.text : ui.theme.sub;
    // What is chosen must be read even where nothing can be chosen now.
    if (!s.enabled) ink = at == chosen ? ui.theme.mute : mix(ui.theme.raised, ui.theme.mute, 0.65F);
    const float inset =
        std::min(segment_padding, std::max(2.0F, (places[at].w - ui.canvas.measure(Type::body_strong, s.text)) / 2));
    ui.canvas.text(places[at].inset(inset - 1, 0), Type::body_strong, ink, s.text, Align::center);
    focus_ring(ui, press, places[at].inset(2), corner_small);
    if (!s.hint.empty() && ui.hovers(places[at])) {
      Press over = press;
      over.hovered = true;
      ui.hint(over, s.hint);
    }
  }
  return out;
}

float dropdown_width(Ui& ui, std::span<const Segment> entries) {
  float widest = 0;
  for (const Segment& s : entries) widest = std::max(widest, std::ceil(ui.canvas.measure(Type::body, s.text)));
  return widest + 2 * gap_3 + icon_size;
}

std::optional<std::size_t> dropdown(Ui& ui, Rect area, std::string_view key, std::string_view label,
                                    std::span<const Segment> entries, std::size_t chosen, bool enabled) {
  const std::string_view shown = chosen < entries.size() ? entries[chosen].text : label;
  const std::string_view value = chosen < entries.size() ? entries[chosen].key : std::string_view{};
  const Press press = ui.press({"combobox", key, label, value}, area, enabled);
  std::optional<std::size_t> out;
  if (press.value) {
    for (std::size_t at = 0; at < entries.size(); ++at) {
      if (entries[at].key == *press.value) out = at;
    }
  }
  const float hover = ui.follow(std::string("hover/").append(key), press.hovered ? 1.0F : 0.0F, 0.12F);
  ui.canvas.fill(area, mix(ui.theme.raised, ui.theme.pressed, hover), corner_control);
  focus_ring(ui, press, area, corner_control);
  Rect inner = area.inset(gap_3, 0);
  draw_icon(ui.canvas, Icon::chevron, inner.cut_right(icon_size - 4), enabled ? ui.theme.sub : ui.theme.line);
  ui.canvas.text(inner, Type::body, enabled ? ui.theme.text : ui.theme.mute, shown);
  const std::string popup = std::string("menu/").append(key);
  if (press.clicked) ui.open_popup(popup);
  float width = area.w;
  for (const Segment& s : entries)
    width = std::max(width, ui.canvas.measure(Type::body, s.text) + 2 * gap_3 + 2 * icon_size);
  const float row = ui.control();
  Rect menu{area.right() - width, area.bottom() + gap_1, width, static_cast<float>(entries.size()) * row + 2 * gap_1};
  const bool below = menu.bottom() <= ui.frame().height - gap_2;
  if (!below) menu.y = area.y - gap_1 - menu.h;
  ui.popup(popup, menu, [&](Rect place) {
    Rect rows = place.inset(gap_1);
    for (std::size_t at = 0; at < entries.size(); ++at) {
      Rect line = rows.cut_top(row);
      const std::string full = std::string(key).append(".").append(entries[at].key);
      const Press entry =
          ui.press({"option", full, entries[at].text, at == chosen ? "on" : "off"}, line, entries[at].enabled);
      if (entry.hovered || entry.focused) ui.canvas.fill(line, ui.theme.raised, corner_small);
      if (at == chosen) draw_icon(ui.canvas, Icon::check, line.cut_right(icon_size + gap_2), ui.theme.accent);
      ui.canvas.text(line.inset(gap_2, 0), Type::body, ui.theme.text, entries[at].text);
      ui.hint(entry, entries[at].hint);
      if (entry.clicked) {
        out = at;
        ui.close_popup();
      }
    }
  });
  if (!press.held && chosen < entries.size()) ui.hint(press, entries[chosen].hint);
  return out;
}

bool toggle(Ui& ui, Rect area, std::string_view key, std::string_view label, bool on, bool enabled) {
  const Press press = ui.press({"switch", key, label, on ? "on" : "off"}, area, enabled);
  const float share = ui.follow(std::string("toggle/").append(key), on ? 1.0F : 0.0F);
  const Rect track = area.middle(34, 20);
  ui.canvas.fill(track, enabled ? mix(ui.theme.track, ui.theme.accent, share) : ui.theme.track, 10);
  ui.canvas.circle({track.x + 10 + 14 * share, track.center().y}, 7.5F, enabled ? Color::hex(0xffffff) : ui.theme.mute);
  focus_ring(ui, press, track, 10);
  const bool wanted = press.value && ((*press.value == "on") != on);
  return press.clicked || wanted;
}

SliderChange slider(Ui& ui, Rect area, std::string_view key, float share, const SliderLook& look) {
  const Press press = ui.press({"slider", key, look.label, look.value}, area, look.enabled);
  SliderChange out;
  out.typed = press.value;
  constexpr float knob = 7;
  const Rect track{area.x + knob - 2, area.center().y - 2, area.w - 2 * knob + 4, 4};
  if (press.held) {
    const float moved = std::clamp((ui.pointer().x - track.x) / track.w, 0.0F, 1.0F);
    if (moved != share) out.share = moved;
  }
  if (press.focused) {
    // The arrow keys move the knob, so they must not move the focus.
    const ImGuiID id = ImGui::GetItemID();
    ImGui::SetKeyOwner(ImGuiKey_LeftArrow, id);
    ImGui::SetKeyOwner(ImGuiKey_RightArrow, id);
    if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) out.share = std::max(0.0F, share - look.notch);
    if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) out.share = std::min(1.0F, share + look.notch);
  }
  const Color active = look.enabled ? ui.theme.accent : ui.theme.track;
  ui.canvas.fill(track, ui.theme.track, 2);
  ui.canvas.fill({track.x, track.y, track.w * share, track.h}, active, 2);
  const Point center{track.x + track.w * share, track.center().y};
  const float grow = ui.follow(std::string("knob/").append(key), press.hovered || press.held ? 1.0F : 0.0F, 0.12F);
  ui.canvas.circle(center, knob + grow, look.enabled ? ui.theme.knob : ui.theme.mute);
  if (press.focused) ui.canvas.ring(center, knob + 3.5F, ui.theme.accent, 2);
  return out;
}

void card(Ui& ui, Rect area) {
  ui.canvas.fill(area, ui.theme.panel, corner_card);
  ui.canvas.stroke(area, ui.theme.line, corner_card);
}

void pill(Ui& ui, Rect area, std::string_view text, Type type, Color ink, Color background) {
  ui.canvas.fill(area, background, area.h / 2);
  ui.canvas.text(area.inset(gap_2, 0), type, ink, text, Align::center);
}

void bar(Ui& ui, Rect area, float share, Color color) {
  ui.canvas.fill(area, ui.theme.track, area.h / 2);
  const float width = area.w * std::clamp(share, 0.0F, 1.0F);
  if (width > 0) ui.canvas.fill({area.x, area.y, std::max(width, std::min(area.h, area.w)), area.h}, color, area.h / 2);
}

void badge(Ui& ui, Point center, float radius, std::string_view letter, Color color) {
  ui.canvas.circle(center, radius, over(color, ui.theme.panel));
  const Rect box{center.x - radius, center.y - radius, 2 * radius, 2 * radius};
  ui.canvas.text(box, Type::label_strong, ui.theme.ink_on(color), letter, Align::center);
}

void state_swatch(Ui& ui, Rect area, trace::State state) {
  const Color fill = ui.theme.state(state);
  ui.canvas.fill(area, fill, 2);
  const Color texture = ui.theme.panel.faded(0.55F);
  switch (state) {
    case trace::State::waiting_lock: ui.canvas.hatch(area, texture, 4); break;
    case trace::State::waiting_gil:
      for (float x = area.x + 2.5F; x < area.right(); x += 5) {
        for (float y = area.y + 2.5F; y < area.bottom(); y += 5) ui.canvas.circle({x, y}, 1.1F, texture);
      }
      break;
    case trace::State::blocked:
      for (float y = area.y + 2.5F; y < area.bottom(); y += 4) {
        ui.canvas.fill({area.x, y, area.w, 1}, texture);
      }
      break;
    case trace::State::ready: ui.canvas.stroke(area, ui.theme.state(trace::State::running), 2); break;
    case trace::State::idle:
    case trace::State::running: break;
  }
}

std::vector<Stretch> with_code(std::string_view text, Type type, Color color) {
  std::vector<Stretch> out;
  bool code = false;
  while (!text.empty()) {
    const std::size_t tick = text.find('`');
    const std::string_view piece = text.substr(0, tick);
    if (!piece.empty()) out.push_back({code ? Type::code : type, color, piece});
    if (tick == std::string_view::npos) break;
    text.remove_prefix(tick + 1);
    code = !code;
  }
  return out;
}

}  // namespace interleave::view
