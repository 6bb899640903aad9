// SDL's events as Dear ImGui wants them: in device pixels, so that nothing is blurred by a second scale.
#pragma once

#include <SDL.h>

namespace interleave::app {

// Hands the event to the current ImGui context. `scale` is device pixels per unit of SDL's coordinates. True where it
// concerns us.
bool feed(const SDL_Event& event, float scale);

}  // namespace interleave::app
