// The keys of the page: each declared once, for whoever acts on it and for the list that `?` shows.
#pragma once

#include <span>
#include <string_view>

#include "core/text.h"
#include "view/kit/ui.h"

namespace interleave::view {

enum class Key : std::uint8_t {
  run,
  reset,
  step,
  step_back,
  first_step,
  last_step,
  play,
  zoom_in,
  zoom_out,
  earlier,
  later,
  fit,
  measure,
  code,
  close,
  help,
};

// What they are for, in the order of the list.
enum class KeyGroup : std::uint8_t { run, stepping, timeline, page };
[[nodiscard]] Text title_of(KeyGroup group);

struct KeyInfo {
  Key key;
  KeyGroup group;
  std::string_view shown;  // on the key's cap, the same in both languages
  Text what;
};
[[nodiscard]] std::span<const KeyInfo> keys();

// Whether the key went down in this frame, or repeats while it is held. False while a value is being typed, with Ctrl,
// Alt or the system's key, and for keys of stepping while a control shows the keyboard's focus, where the arrows are
// its own.
[[nodiscard]] bool pressed(const Ui& ui, Key key);

// What can be done with the pointer and with fingers, for the same list.
struct GestureInfo {
  Text how;
  Text what;
};
[[nodiscard]] std::span<const GestureInfo> gestures();

// The list, above everything, until it is closed. Opened by its key or the button "keys".
void draw_keys(Ui& ui);
// Asks for the list in the next frame.
void open_keys(Ui& ui);

}  // namespace interleave::view
