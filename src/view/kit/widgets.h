// Controls in the product's own look. Each draws itself in the rectangle it is given and answers what the reader did.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "view/kit/icons.h"
#include "view/kit/ui.h"

namespace interleave::view {

enum class ButtonStyle : std::uint8_t { primary, secondary, quiet };

struct ButtonLook {
  ButtonStyle style = ButtonStyle::secondary;
  Icon icon = Icon::none;
  bool icon_after = false;  // after the text
  bool enabled = true;
  bool text_hidden = false;  // the text is only told, not drawn
};

[[nodiscard]] float button_width(Ui& ui, std::string_view text, const ButtonLook& look);
bool button(Ui& ui, Rect area, std::string_view key, std::string_view text, const ButtonLook& look,
            std::string_view hint = {});

struct Segment {
  std::string_view key;
  std::string_view text;
  bool enabled = true;
  std::string_view hint = {};
};
[[nodiscard]] float segmented_width(Ui& ui, std::span<const Segment> segments);
// Returns the segment that was chosen now, if another one was.
std::optional<std::size_t> segmented(Ui& ui, Rect area, std::string_view key, std::span<const Segment> segments,
                                     std::size_t chosen);

// A button that opens a list. Returns the entry that was chosen now.
[[nodiscard]] float dropdown_width(Ui& ui, std::span<const Segment> entries);
std::optional<std::size_t> dropdown(Ui& ui, Rect area, std::string_view key, std::string_view label,
                                    std::span<const Segment> entries, std::size_t chosen, bool enabled = true);

bool toggle(Ui& ui, Rect area, std::string_view key, std::string_view label, bool on, bool enabled = true);

// A share from 0 to 1. Returns the new one while it is being moved. `notch` is how far an arrow key goes.
struct SliderLook {
  std::string_view label;
  std::string_view value;  // as told to tests and readers
  float notch = 0.01F;
  bool enabled = true;
};
struct SliderChange {
  std::optional<float> share;        // by pointer or keys
  std::optional<std::string> typed;  // set from outside, in the form of the value
};
SliderChange slider(Ui& ui, Rect area, std::string_view key, float share, const SliderLook& look);

void card(Ui& ui, Rect area);
void pill(Ui& ui, Rect area, std::string_view text, Type type, Color ink, Color background);
// A horizontal bar on a track, filled to a share.
void bar(Ui& ui, Rect area, float share, Color color);
// A swatch in the colour and texture of a state, as the timeline draws it.
void state_swatch(Ui& ui, Rect area, trace::State state);
// A round badge with a letter.
void badge(Ui& ui, Point center, float radius, std::string_view letter, Color color);
void focus_ring(Ui& ui, const Press& press, Rect area, float corner_radius);

// Splits a text at backticks: what stands between them is code.
[[nodiscard]] std::vector<Stretch> with_code(std::string_view text, Type type, Color color);

}  // namespace interleave::view
