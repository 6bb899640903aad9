#include "app/input.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <imgui.h>

namespace interleave::app {
namespace {

constexpr std::array keys{
    std::pair{SDLK_TAB, ImGuiKey_Tab},
    std::pair{SDLK_LEFT, ImGuiKey_LeftArrow},
    std::pair{SDLK_RIGHT, ImGuiKey_RightArrow},
    std::pair{SDLK_UP, ImGuiKey_UpArrow},
    std::pair{SDLK_DOWN, ImGuiKey_DownArrow},
    std::pair{SDLK_PAGEUP, ImGuiKey_PageUp},
    std::pair{SDLK_PAGEDOWN, ImGuiKey_PageDown},
    std::pair{SDLK_HOME, ImGuiKey_Home},
    std::pair{SDLK_END, ImGuiKey_End},
    std::pair{SDLK_DELETE, ImGuiKey_Delete},
    std::pair{SDLK_BACKSPACE, ImGuiKey_Backspace},
    std::pair{SDLK_SPACE, ImGuiKey_Space},
    std::pair{SDLK_RETURN, ImGuiKey_Enter},
    std::pair{SDLK_KP_ENTER, ImGuiKey_KeypadEnter},
    std::pair{SDLK_ESCAPE, ImGuiKey_Escape},
    // The question mark, with or without Shift told apart.
    std::pair{SDLK_SLASH, ImGuiKey_Slash},
    std::pair{SDLK_QUESTION, ImGuiKey_Slash},
};

ImGuiKey key_of(SDL_Keycode code) {
  if (code >= SDLK_a && code <= SDLK_z) return static_cast<ImGuiKey>(ImGuiKey_A + (code - SDLK_a));
  if (code >= SDLK_0 && code <= SDLK_9) return static_cast<ImGuiKey>(ImGuiKey_0 + (code - SDLK_0));
  const auto* found =
      std::ranges::find(keys, code, [](const auto& pair) { return static_cast<SDL_Keycode>(pair.first); });
  return found == keys.end() ? ImGuiKey_None : found->second;
}

void feed_modifiers(ImGuiIO& io, Uint16 modifiers) {
  io.AddKeyEvent(ImGuiMod_Ctrl, (modifiers & KMOD_CTRL) != 0);
  io.AddKeyEvent(ImGuiMod_Shift, (modifiers & KMOD_SHIFT) != 0);
  io.AddKeyEvent(ImGuiMod_Alt, (modifiers & KMOD_ALT) != 0);
  io.AddKeyEvent(ImGuiMod_Super, (modifiers & KMOD_GUI) != 0);
}

int button_of(Uint8 button) {
  switch (button) {
    case SDL_BUTTON_LEFT: return ImGuiMouseButton_Left;
    case SDL_BUTTON_RIGHT: return ImGuiMouseButton_Right;
    case SDL_BUTTON_MIDDLE: return ImGuiMouseButton_Middle;
    default: return -1;
  }
}

}  // namespace

bool feed(const SDL_Event& event, float scale) {
  ImGuiIO& io = ImGui::GetIO();
  switch (event.type) {
    case SDL_MOUSEMOTION:
      io.AddMouseSourceEvent(event.motion.which == SDL_TOUCH_MOUSEID ? ImGuiMouseSource_TouchScreen
                                                                     : ImGuiMouseSource_Mouse);
      io.AddMousePosEvent(static_cast<float>(event.motion.x) * scale, static_cast<float>(event.motion.y) * scale);
      return true;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP: {
      const int button = button_of(event.button.button);
      if (button < 0) return false;
      io.AddMouseSourceEvent(event.button.which == SDL_TOUCH_MOUSEID ? ImGuiMouseSource_TouchScreen
                                                                     : ImGuiMouseSource_Mouse);
      io.AddMousePosEvent(static_cast<float>(event.button.x) * scale, static_cast<float>(event.button.y) * scale);
      io.AddMouseButtonEvent(button, event.type == SDL_MOUSEBUTTONDOWN);
      return true;
    }
    case SDL_MOUSEWHEEL: io.AddMouseWheelEvent(-event.wheel.preciseX, event.wheel.preciseY); return true;
    case SDL_TEXTINPUT: io.AddInputCharactersUTF8(event.text.text); return true;
    case SDL_KEYDOWN:
    case SDL_KEYUP:
      feed_modifiers(io, event.key.keysym.mod);
      io.AddKeyEvent(key_of(event.key.keysym.sym), event.type == SDL_KEYDOWN);
      return true;
    case SDL_WINDOWEVENT:
      if (event.window.event == SDL_WINDOWEVENT_LEAVE) io.AddMousePosEvent(-1e6F, -1e6F);
      if (event.window.event == SDL_WINDOWEVENT_FOCUS_GAINED) io.AddFocusEvent(true);
      if (event.window.event == SDL_WINDOWEVENT_FOCUS_LOST) io.AddFocusEvent(false);
      return true;
    default: return false;
  }
}

Touch::Finger* Touch::find(SDL_FingerID id) {
  for (std::optional<Finger>& finger : fingers_) {
    if (finger && finger->id == id) return &*finger;
  }
  return nullptr;
}

view::Point Touch::center() const {
  return {(fingers_[0]->at.x + fingers_[1]->at.x) / 2, (fingers_[0]->at.y + fingers_[1]->at.y) / 2};
}

float Touch::distance() const {
  // Fingers that touch each other would make the shares of their distance meaningless.
  constexpr float least = 12;
  return std::max(least, std::hypot(fingers_[0]->at.x - fingers_[1]->at.x, fingers_[0]->at.y - fingers_[1]->at.y));
}

bool Touch::feed(const SDL_Event& event, float width, float height) {
  const bool of_finger = event.type == SDL_MOUSEMOTION ? event.motion.which == SDL_TOUCH_MOUSEID
                         : event.type == SDL_MOUSEBUTTONDOWN || event.type == SDL_MOUSEBUTTONUP
                             ? event.button.which == SDL_TOUCH_MOUSEID
                             : false;
  if (of_finger) return pinching_;
  if (event.type != SDL_FINGERDOWN && event.type != SDL_FINGERMOTION && event.type != SDL_FINGERUP) return false;
  const SDL_TouchFingerEvent& touch = event.tfinger;
  const view::Point at{touch.x * width, touch.y * height};
  if (event.type == SDL_FINGERDOWN) {
    const auto free = std::ranges::find_if(fingers_, [](const auto& finger) { return !finger.has_value(); });
    if (free != fingers_.end() && find(touch.fingerId) == nullptr) *free = Finger{touch.fingerId, at};
    if (fingers_[0] && fingers_[1] && !pinching_) {
      pinching_ = true;
      last_center_ = center();
      last_distance_ = distance();
      ImGuiIO& io = ImGui::GetIO();
      io.AddMousePosEvent(-1e6F, -1e6F);
      io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
    }
  } else if (Finger* finger = find(touch.fingerId)) {
    finger->at = at;
    if (event.type == SDL_FINGERUP) {
      for (std::optional<Finger>& one : fingers_) {
        if (one && one->id == touch.fingerId) one.reset();
      }
      if (!fingers_[0] && !fingers_[1]) pinching_ = false;
    }
  }
  return pinching_;
}

view::Pinch Touch::take() {
  if (!fingers_[0] || !fingers_[1]) return {};
  const view::Point now = center();
  const float apart = distance();
  const view::Pinch out{true, apart / last_distance_, now, {now.x - last_center_.x, now.y - last_center_.y}};
  last_center_ = now;
  last_distance_ = apart;
  return out;
}

}  // namespace interleave::app
