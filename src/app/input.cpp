#include "app/input.h"

#include <algorithm>
#include <array>
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

}  // namespace interleave::app
