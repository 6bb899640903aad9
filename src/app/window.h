// The window, its OpenGL ES context, and Dear ImGui on both. Owns them all.
#pragma once

#include <memory>

#include <SDL.h>

#include "core/result.h"

struct ImGuiContext;

namespace interleave::app {

struct WindowOptions {
  int width = 1440;  // in points
  int height = 900;
  bool hidden = false;
};

class Window {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Window>> make(const WindowOptions& options);
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;
  ~Window();

  [[nodiscard]] SDL_Window* sdl() const { return window_; }
  // Device pixels of the drawing surface.
  [[nodiscard]] int pixel_width() const;
  [[nodiscard]] int pixel_height() const;
  // Device pixels per point.
  [[nodiscard]] float scale() const;
  void set_scale(float scale) { forced_scale_ = scale; }
  void set_size(int width, int height) { SDL_SetWindowSize(window_, width, height); }
  void present() { SDL_GL_SwapWindow(window_); }

 private:
  Window() = default;

  bool started_ = false;
  SDL_Window* window_ = nullptr;
  SDL_GLContext context_ = nullptr;
  ImGuiContext* imgui_ = nullptr;
  bool backend_ = false;
  float forced_scale_ = 0;
};

}  // namespace interleave::app
