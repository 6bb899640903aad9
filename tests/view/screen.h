// The whole window in an ImGui context without a screen: what the app does each frame, but for the drawing.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
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
    finish();
  }
  // Lets what goes on come to its end.
  void finish() {
    const Nanoseconds until = steady_now() + 20 * second;
    while (controller_.active() && steady_now() < until) controller_.advance(5 * millisecond);
    draw();
  }
  void draw() {
    controller_.look();
    for (int pass = 0; pass < 3; ++pass) {
      draw_once();
      const std::vector<trace::Request> requests = std::exchange(ui_.requests, {});
      for (const trace::Request& request : requests) controller_.carry_out(request);
      if (!fonts_.prepare(scale)) break;
    }
  }

  float width = 1440;
  float height = 900;
  float scale = 1;
  bool finger = false;
  Shell shell{nullptr};
  [[nodiscard]] const Semantics& semantics() const { return semantics_; }
  [[nodiscard]] const Fonts& fonts() const { return fonts_; }
  [[nodiscard]] app::Controller& controller() { return controller_; }
  [[nodiscard]] const app::Controller& controller() const { return controller_; }
  // What is told of a widget, or "" where it is not there.
  [[nodiscard]] std::string label(std::string_view key) const { return node(key) == nullptr ? "" : node(key)->label; }
  [[nodiscard]] std::string value(std::string_view key) const { return node(key) == nullptr ? "" : node(key)->value; }
  [[nodiscard]] const Node* node(std::string_view key) const {
    const auto found = std::ranges::find(semantics_.nodes(), key, &Node::key);
    return found == semantics_.nodes().end() ? nullptr : &*found;
  }

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
    shell.draw(ui_, {scale, time_, width, height, true, finger}, controller_.model());
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

struct Size {
  float width;
  float height;
};
inline constexpr std::array sizes{Size{1440, 900}, Size{1024, 768}, Size{820, 1180}, Size{390, 844}};

inline void expect_tidy(const Screen& screen) {
  const std::vector<std::string> flaws = screen.semantics().flaws();
  EXPECT_TRUE(flaws.empty()) << flaws.front() << ", and " << flaws.size() - 1 << " more";
  EXPECT_TRUE(screen.fonts().absent().empty()) << *screen.fonts().absent().begin();
  const Rect window{-0.5F, -0.5F, screen.width + 1, screen.height + 1};
  for (const TextRun& run : screen.semantics().runs()) {
    // The panel scrolls, so its content may reach below the edge.
    const bool in_panel = run.rect.x >= screen.width - 304;
    if (!in_panel) {
      EXPECT_TRUE(window.contains(run.rect)) << run.text;
    }
  }
}

}  // namespace interleave::view
