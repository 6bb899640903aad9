// The desktop window, and pictures of it without one.

#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "app/app.h"
#include "app/arguments_native.h"
#include "app/picture_of.h"
#include "app/platform.h"
#include "app/state_json.h"
#include "core/clock.h"
#include "fonts.h"

namespace interleave::app {
namespace {

constexpr int idle_wait_ms = 250;

double seconds() { return static_cast<double>(steady_now()) * 1e-9; }

bool save(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  return file.good();
}

bool save_picture(const Window& window, const std::string& path) {
  const int width = window.pixel_width();
  const int height = window.pixel_height();
  return save(path, picture_of({0, 0, static_cast<float>(width), static_cast<float>(height)}, width, height));
}

// Draws until nothing changes any more, or for as long as a minute.
void settle(App& app) {
  const double until = seconds() + 60;
  for (int frames = 0; seconds() < until && (frames < 4 || app.wants_frame()); ++frames) {
    app.frame(seconds());
    if (app.controller().active()) SDL_Delay(1);
  }
}

int take_picture(App& app, Window& window, const Arguments& arguments) {
  settle(app);
  for (const Act& act : arguments.acts) {
    if (!app.perform(act.role, act.key, act.value)) {
      std::fprintf(stderr, "There is nothing to act on: %s:%s\n", act.role.c_str(), act.key.c_str());
    }
    settle(app);
  }
  if (arguments.hover) {
    SDL_Event event{};
    event.type = SDL_MOUSEMOTION;
    event.motion.x = static_cast<Sint32>(arguments.hover->x);
    event.motion.y = static_cast<Sint32>(arguments.hover->y);
    app.handle(event);
    const double until = seconds() + 0.8;
    while (seconds() < until) app.frame(seconds());
  }
  for (const std::string& flaw : app.semantics().flaws()) std::fprintf(stderr, "%s\n", flaw.c_str());
  if (!arguments.state_file.empty()) {
    if (std::FILE* file = std::fopen(arguments.state_file.c_str(), "w")) {
      std::fputs(state_as_json(app).c_str(), file);
      std::fclose(file);
    }
  }
  return save_picture(window, arguments.screenshot) ? 0 : 1;
}

int run_window(App& app, Window& window) {
  for (;;) {
    SDL_Event event{};
    const bool busy = app.wants_frame();
    if (!busy) {
      if (SDL_WaitEventTimeout(&event, idle_wait_ms) != 0 && !app.handle(event)) return 0;
    }
    while (SDL_PollEvent(&event) != 0) {
      if (!app.handle(event)) return 0;
    }
    if (!app.wants_frame()) continue;
    app.frame(seconds());
    window.present();
  }
}

}  // namespace

int run_on_platform(const session::Catalogue& catalogue, int argument_count, char** argument_values) {
  const Arguments arguments = read_arguments(argument_count, argument_values);
  if (arguments.exit_code) return *arguments.exit_code;
  Result<std::unique_ptr<Window>> window = Window::make(arguments.window);
  if (!window) {
    std::fprintf(stderr, "%s\n", window.error().message.en.c_str());
    return 1;
  }
  if (arguments.scale > 0) window.value()->set_scale(arguments.scale);
  AppOptions options = arguments.app;
  options.fonts = {fonts::pretendard_regular(), fonts::pretendard_semibold(), fonts::pretendard_semibold(),
                   fonts::jetbrains_mono_regular(), fonts::jetbrains_mono_bold()};
  Result<std::unique_ptr<App>> app = App::make(*window.value(), catalogue, options);
  if (!app) {
    std::fprintf(stderr, "%s\n", app.error().message.en.c_str());
    return 1;
  }
  Controller& controller = app.value()->controller();
  // Into the folder that the program was started in.
  controller.on_save([&controller](const std::string& name, const std::string& bytes) {
    const std::string_view file = name;
    controller.add_problem(
        save(name, bytes) ? fill({"Saved as {name}.", "{name}(으)로 저장했습니다."}, {{"name", file}})
                          : fill({"The file {name} cannot be written here.", "{name} 파일을 여기에 쓸 수 없습니다."},
                                 {{"name", file}}));
  });
  // A window has no address: what repeats it here is the command.
  controller.on_share([&controller](const session::Shared& shared, bool) {
    SDL_SetClipboardText(shared.command.c_str());
    controller.add_problem(
        fill({"Copied: {command}", "복사했습니다: {command}"}, {{"command", std::string_view(shared.command)}}));
  });
  controller.configure(session::from_flags(arguments.rest));
  if (!arguments.screenshot.empty()) return take_picture(*app.value(), *window.value(), arguments);
  return run_window(*app.value(), *window.value());
}

}  // namespace interleave::app
