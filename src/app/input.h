// SDL's events as Dear ImGui wants them: in device pixels, so that nothing is blurred by a second scale.
#pragma once

#include <array>
#include <optional>

#include <SDL.h>

#include "view/kit/ui.h"

namespace interleave::app {

// Hands the event to the current ImGui context. `scale` is device pixels per unit of SDL's coordinates. True where it
// concerns us.
bool feed(const SDL_Event& event, float scale);

// Two fingers on the screen. SDL makes a mouse of the first finger; while there are two, that mouse lets go, so that a
// pinch is not a drag as well.
class Touch {
 public:
  // Takes the event where it is one of a finger. `width` and `height` are the window's, in points. True where the event
  // must not be handed on.
  bool feed(const SDL_Event& event, float width, float height);
  // What two fingers did since the last call.
  [[nodiscard]] view::Pinch take();

 private:
  struct Finger {
    SDL_FingerID id = 0;
    view::Point at;
  };
  [[nodiscard]] Finger* find(SDL_FingerID id);
  [[nodiscard]] view::Point center() const;
  [[nodiscard]] float distance() const;

  std::array<std::optional<Finger>, 2> fingers_;
  bool pinching_ = false;  // until all fingers are up
  view::Point last_center_;
  float last_distance_ = 0;
};

}  // namespace interleave::app
