#include "view/kit/theme.h"

#include <cmath>

namespace interleave::view {
namespace {

double channel(std::uint8_t value) {
  const double c = value / 255.0;
  return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Color c) { return 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b); }

std::uint8_t blend(std::uint8_t from, std::uint8_t to, float share) {
  const float value = static_cast<float>(from) + (static_cast<float>(to) - static_cast<float>(from)) * share;
  return static_cast<std::uint8_t>(std::lround(value));
}

Theme dark() {
  Theme t;
  t.kind = ThemeKind::dark;
  t.bg = Color::hex(0x0d1117);
  t.panel = Color::hex(0x131921);
  t.raised = Color::hex(0x1b232d);
  t.pressed = Color::hex(0x263140);
  t.line = Color::hex(0x263140);
  t.text = Color::hex(0xe6ebf2);
  t.sub = Color::hex(0x9aa8b8);
  t.mute = Color::hex(0x8795a5);  // the drawing's #64717f reaches 3.5 to 1 only
  t.accent = Color::hex(0x8ea6ff);
  t.accent_soft = Color::hex(0x1f2a4d);
  t.on_accent = Color::hex(0x0d1117);
  t.chosen = Color::hex(0x0d1117);
  t.knob = Color::hex(0xe6ebf2);
  t.track = Color::hex(0x263140);
  t.shadow = Color{0, 0, 0, 90};
  t.good = Color::hex(0x2fbf8f);
  t.bad = Color::hex(0xee7a54);
  t.warn = Color::hex(0xe6a532);
  const Color running = Color::hex(0x2fbf8f);
  t.states = {Color::hex(0x2b3643), running, running.faded(0.35F), Color::hex(0xe8663c), Color::hex(0xe6a532),
              Color::hex(0x56b4e9)};
  t.state_inks = {t.sub, t.good, t.good, t.bad, t.warn, Color::hex(0x56b4e9)};
  t.owners = {Color::hex(0x7aa2f7), Color::hex(0xf2a1c4), Color::hex(0xb6d957), Color::hex(0xc49bff),
              Color::hex(0x5fd3d8), Color::hex(0xf5cf6b), Color::hex(0xff9e80), Color::hex(0xb7c4d4)};
  return t;
}

Theme light() {
  Theme t;
  t.kind = ThemeKind::light;
  t.bg = Color::hex(0xf6f7f9);
  t.panel = Color::hex(0xffffff);
  t.raised = Color::hex(0xf0f2f5);
  t.pressed = Color::hex(0xe4e8ee);
  t.line = Color::hex(0xdde2e9);
  t.text = Color::hex(0x1b2430);
  t.sub = Color::hex(0x556372);
  t.mute = Color::hex(0x626d7a);  // the drawing's #8792a0 reaches 3.2 to 1 only
  t.accent = Color::hex(0x3f5bd9);
  t.accent_soft = Color::hex(0xe4e9ff);
  t.on_accent = Color::hex(0xffffff);
  t.chosen = Color::hex(0xffffff);
  t.knob = Color::hex(0x1b2430);
  t.track = Color::hex(0xd4dae2);
  t.shadow = Color{27, 36, 48, 38};
  t.good = Color::hex(0x08784f);
  t.bad = Color::hex(0xb83e16);
  t.warn = Color::hex(0x8a5a00);
  const Color running = Color::hex(0x098660);  // the drawing's #0a8f66 under white letters reaches 4.1 to 1 only
  t.states = {Color::hex(0xd4dae2), running, running.faded(0.35F), Color::hex(0xcc4a1f), Color::hex(0xc27f00),
              Color::hex(0x1e7bba)};
  t.state_inks = {t.sub, t.good, t.good, t.bad, t.warn, Color::hex(0x1a6fa8)};
  t.owners = {Color::hex(0x3461c9), Color::hex(0xc23b80), Color::hex(0x5d7a00), Color::hex(0x7a45c4),
              Color::hex(0x007f8a), Color::hex(0x8f6a00), Color::hex(0xc2512f), Color::hex(0x5a6b7f)};
  return t;
}

}  // namespace

Color mix(Color from, Color to, float share) {
  return {blend(from.r, to.r, share), blend(from.g, to.g, share), blend(from.b, to.b, share),
          blend(from.a, to.a, share)};
}

Color over(Color top, Color bottom) {
  const float share = static_cast<float>(top.a) / 255.0F;
  Color opaque = top;
  opaque.a = bottom.a;
  return mix(bottom, opaque, share);
}

double contrast(Color one, Color other) {
  const double a = luminance(one) + 0.05;
  const double b = luminance(other) + 0.05;
  return a > b ? a / b : b / a;
}

Color Theme::tone(Tone t) const {
  switch (t) {
    case Tone::plain: return text;
    case Tone::good: return good;
    case Tone::bad: return bad;
  }
  return text;
}

Color Theme::ink_on(Color ground) const {
  const Color solid = over(ground, panel);
  return contrast(panel, solid) > contrast(text, solid) ? panel : text;
}

Theme make_theme(ThemeKind kind) { return kind == ThemeKind::dark ? dark() : light(); }

Text label_of(trace::State state) {
  switch (state) {
    case trace::State::idle: return {"Idle", "쉬는 중"};
    case trace::State::running: return {"Running", "실행"};
    case trace::State::ready: return {"Ready, no core", "코어 대기"};
    case trace::State::waiting_lock: return {"Waiting for a lock", "락 대기"};
    case trace::State::waiting_gil: return {"Waiting for the GIL", "GIL 대기"};
    case trace::State::blocked: return {"Blocked", "블로킹"};
  }
  return {"", ""};
}

}  // namespace interleave::view
