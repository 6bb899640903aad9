// The whole window, with real runs, in an ImGui context without a screen.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <imgui.h>

#include "app/controller.h"
#include "core/clock.h"
#include "engines/registry.h"
#include "fonts.h"
#include "view/shell.h"

namespace interleave::view {

inline FontFiles font_files() {
  return {fonts::pretendard_regular(), fonts::pretendard_semibold(), fonts::pretendard_bold(),
          fonts::jetbrains_mono_regular(), fonts::jetbrains_mono_bold()};
}

// A window without a screen: what the app does each frame, but for the drawing.
class Screen {
 public:
  Screen() : context_(ImGui::CreateContext()), fonts_(font_files()), ui_(fonts_, semantics_) {
    ImGui::GetIO().IniFilename = nullptr;
  }
  ~Screen() { ImGui::DestroyContext(context_); }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  void configure(const std::string& query) { controller_.configure(session::from_query(query)); }
  bool perform(std::string_view role, std::string_view key, std::optional<std::string> value = std::nullopt) {
    const bool known = semantics_.perform(role, key, std::move(value));
    draw();
    draw();
    return known;
  }
  void run_to_the_end() {
    controller_.carry_out(trace::RunRequest{});
    const Nanoseconds until = steady_now() + 20 * second;
    while (controller_.active() && steady_now() < until) controller_.advance(5 * millisecond);
    draw();
  }
  // What a reader does with pointer and keys; each is followed by the frames that it needs.
  void move_to(Point at) {
    ImGui::GetIO().AddMousePosEvent(at.x * scale, at.y * scale);
    draw();
  }
  void button_down(bool down) {
    ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, down);
    draw();
  }
  void drag(Point from, Point to) {
    move_to(from);
    draw();
    button_down(true);
    // A hand takes some frames.
    for (int step = 1; step <= 4; ++step) {
      const float share = static_cast<float>(step) / 4;
      move_to({from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share});
    }
    button_down(false);
    draw();
  }
  void wheel(float notches) {
    ImGui::GetIO().AddMouseWheelEvent(0, notches);
    draw();
    draw();
  }
  void hold(ImGuiKey key, bool down) {
    ImGui::GetIO().AddKeyEvent(key, down);
    draw();
  }
  void press(ImGuiKey key) {
    hold(key, true);
    hold(key, false);
    draw();
  }
  // The widget or text with that key in the last frame, or null.
  [[nodiscard]] const Node* find(std::string_view key) const {
    const auto found = std::ranges::find(semantics_.nodes(), key, &Node::key);
    return found == semantics_.nodes().end() ? nullptr : &*found;
  }
  [[nodiscard]] app::Controller& controller() { return controller_; }

  void draw() {
    controller_.look();
    for (int pass = 0; pass < 3; ++pass) {
      draw_once();
      if (!fonts_.prepare(scale)) break;
    }
    for (const trace::Request& request : ui_.requests) controller_.carry_out(request);
  }

  float width = 1440;
  float height = 900;
  float scale = 1;
  bool finger = false;
  Pinch pinch;  // of the next frame
  Shell shell{nullptr};
  [[nodiscard]] const Semantics& semantics() const { return semantics_; }
  [[nodiscard]] const Fonts& fonts() const { return fonts_; }
  [[nodiscard]] const app::Controller& controller() const { return controller_; }

 private:
  void draw_once() {
    (void)fonts_.prepare(scale);
    ImGuiIO& io = ImGui::GetIO();
    unsigned char* pixels = nullptr;
    io.Fonts->GetTexDataAsAlpha8(&pixels, nullptr, nullptr);
    io.DisplaySize = {width * scale, height * scale};
    io.DeltaTime = 0.02F;
    time_ += 1;
    ImGui::NewFrame();
    shell.draw(ui_, {scale, time_, width, height, true, finger, std::exchange(pinch, {})}, controller_.model());
    ImGui::EndFrame();
  }

  ImGuiContext* context_;
  Fonts fonts_;
  Semantics semantics_;
  Ui ui_;
  session::Catalogue catalogue_{engines::registry()};
  app::Controller controller_{catalogue_};
  double time_ = 0;
};

}  // namespace interleave::view
