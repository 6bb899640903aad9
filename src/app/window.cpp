#include "app/window.h"

#include <imgui.h>
#include <imgui_impl_opengl3.h>

namespace interleave::app {
namespace {

Error sdl_error(Text pattern) {
  const char* detail = SDL_GetError();
  return {fill(pattern, {{"detail", std::string_view(detail == nullptr ? "" : detail)}})};
}

SDL_GLContext make_context(SDL_Window* window) {
  SDL_GLContext context = SDL_GL_CreateContext(window);
  if (context != nullptr) return context;
  // A desktop driver without ES has the same functions in a core context.
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
  return SDL_GL_CreateContext(window);
}

}  // namespace

Result<std::unique_ptr<Window>> Window::make(const WindowOptions& options) {
  std::unique_ptr<Window> out(new Window);
  if (SDL_Init(SDL_INIT_VIDEO) != 0) {
    return sdl_error({"There is no screen to draw on: {detail}", "그릴 화면이 없습니다: {detail}"});
  }
  out->started_ = true;
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
  SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
  SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
  Uint32 flags = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
  if (options.hidden) flags |= SDL_WINDOW_HIDDEN;
  out->window_ = SDL_CreateWindow("Interleave", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, options.width,
                                  options.height, flags);
  if (out->window_ == nullptr) {
    return sdl_error({"The window cannot be opened: {detail}", "창을 열 수 없습니다: {detail}"});
  }
  out->context_ = make_context(out->window_);
  if (out->context_ == nullptr) {
    return sdl_error({"OpenGL ES 3 is not available here: {detail}", "OpenGL ES 3을 쓸 수 없습니다: {detail}"});
  }
  SDL_GL_SetSwapInterval(options.hidden ? 0 : 1);
  out->imgui_ = ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // the window keeps nothing between sessions
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  out->backend_ = ImGui_ImplOpenGL3_Init();
  if (!out->backend_) {
    return sdl_error(
        {"The drawing library cannot start: {detail}", "그리기 라이브러리를 시작할 수 없습니다: {detail}"});
  }
  return out;
}

Window::~Window() {
  if (backend_) ImGui_ImplOpenGL3_Shutdown();
  if (imgui_ != nullptr) ImGui::DestroyContext(imgui_);
  if (context_ != nullptr) SDL_GL_DeleteContext(context_);
  if (window_ != nullptr) SDL_DestroyWindow(window_);
  if (started_) SDL_Quit();
}

int Window::pixel_width() const {
  int width = 0;
  SDL_GL_GetDrawableSize(window_, &width, nullptr);
  return width;
}

int Window::pixel_height() const {
  int height = 0;
  SDL_GL_GetDrawableSize(window_, nullptr, &height);
  return height;
}

float Window::scale() const {
  if (forced_scale_ > 0) return forced_scale_;
  int width = 0;
  SDL_GetWindowSize(window_, &width, nullptr);
  return width > 0 ? static_cast<float>(pixel_width()) / static_cast<float>(width) : 1;
}

}  // namespace interleave::app
