// Colours, spacing and corners: every token of the look, in one place.
#pragma once

#include <array>
#include <cstdint>

#include "core/outcome.h"
#include "trace/event.h"

namespace interleave::view {

struct Color {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;

  [[nodiscard]] static constexpr Color hex(std::uint32_t rgb) {
    return {static_cast<std::uint8_t>(rgb >> 16U), static_cast<std::uint8_t>(rgb >> 8U), static_cast<std::uint8_t>(rgb),
            255};
  }
  [[nodiscard]] constexpr Color faded(float share) const {
    return {r, g, b, static_cast<std::uint8_t>(static_cast<float>(a) * share)};
  }
  friend constexpr bool operator==(const Color&, const Color&) = default;
};

// `top` over `bottom`, where top may be translucent.
[[nodiscard]] Color over(Color top, Color bottom);
// From `from` (share 0) to `to` (share 1).
[[nodiscard]] Color mix(Color from, Color to, float share);
// Contrast of two opaque colours as WCAG 2 defines it, 1 to 21.
[[nodiscard]] double contrast(Color one, Color other);

enum class ThemeKind : std::uint8_t { dark, light };

struct Theme {
  ThemeKind kind = ThemeKind::dark;
  Color bg;       // behind the stage
  Color panel;    // bars, cards, timeline
  Color raised;   // buttons, chips, tracks
  Color pressed;  // the same, under a pointer
  Color line;     // hairlines
  Color text;
  Color sub;
  Color mute;    // labels and ticks
  Color accent;  // what is chosen, the one main action, sliders
  Color accent_soft;
  Color on_accent;  // ink on accent
  Color chosen;     // the chosen segment
  Color knob;       // of sliders and toggles
  Color track;      // the empty part of a bar
  Color shadow;
  Color good;  // inks for figures
  Color bad;
  Color warn;
  std::array<Color, trace::state_count> states;      // fills
  std::array<Color, trace::state_count> state_inks;  // the same meaning as text
  // Whose something is, beside a letter or a number that says it, too. None is a state's colour.
  std::array<Color, 8> owners;

  [[nodiscard]] Color state(trace::State s) const { return states[static_cast<std::size_t>(s)]; }
  [[nodiscard]] Color state_ink(trace::State s) const { return state_inks[static_cast<std::size_t>(s)]; }
  [[nodiscard]] Color owner(std::size_t index) const { return owners[index % owners.size()]; }
  // The same, as a ground to write on.
  [[nodiscard]] Color tint(Color color) const { return over(color.faded(0.15F), bg); }
  [[nodiscard]] Color tone(Tone t) const;
  // Of the two inks for letters on a colour, the one that is read better.
  [[nodiscard]] Color ink_on(Color ground) const;
};

[[nodiscard]] Theme make_theme(ThemeKind kind);

// The name of a state as the legend writes it.
[[nodiscard]] Text label_of(trace::State state);

// Spacing is a grid of 4.
inline constexpr float gap_1 = 4;
inline constexpr float gap_2 = 8;
inline constexpr float gap_3 = 12;
inline constexpr float gap_4 = 16;
inline constexpr float gap_6 = 24;
inline constexpr float corner_small = 6;
inline constexpr float corner_control = 8;
inline constexpr float corner_card = 12;
inline constexpr float control_height = 32;
inline constexpr float touch_height = 44;  // of controls under a finger

}  // namespace interleave::view
