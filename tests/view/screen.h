// The whole window, drawn with real runs into an ImGui context without a screen.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <imgui.h>

#include "app/controller.h"
#include "core/clock.h"
#include "engines/registry.h"
#include "fonts.h"
#include "stages/all.h"
#include "view/shell.h"

namespace interleave::view {

inline FontFiles font_files() {
  return {fonts::pretendard_regular(), fonts::pretendard_semibold(), fonts::pretendard_semibold(),
          fonts::jetbrains_mono_regular(), fonts::jetbrains_mono_bold()};
}

// A window without a screen: what the app does each frame, but for the drawing.
class Screen {
 public:
  // The entries must outlive it.
  explicit Screen(std::span<const rt::Entry> entries = engines::registry())
      : context_(ImGui::CreateContext()), fonts_(font_files()), ui_(fonts_, semantics_), catalogue_(entries) {
    ImGui::GetIO().IniFilename = nullptr;
    controller_.on_lesson([this](const std::string& workload) { lesson = workload; });
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
    controller_.carry_out(view::RunRequest{});
    finish();
  }
  // Lets what goes on come to its end.
  void finish() {
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
  // What is told of it, or "" where it is not there.
  [[nodiscard]] std::string label(std::string_view key) const { return find(key) == nullptr ? "" : find(key)->label; }
  [[nodiscard]] std::string value(std::string_view key) const { return find(key) == nullptr ? "" : find(key)->value; }
  [[nodiscard]] app::Controller& controller() { return controller_; }

  void draw() {
    controller_.look();
    for (int pass = 0; pass < 3; ++pass) {
      draw_once();
      const std::vector<view::Request> requests = std::exchange(ui_.requests, {});
      for (const view::Request& request : requests) controller_.carry_out(request);
      if (!fonts_.prepare(scale)) break;
    }
  }

  float width = 1440;
  float height = 900;
  float scale = 1;
  bool finger = false;
  Pinch pinch;         // of the next frame
  std::string lesson;  // the one that was asked for last
  Shell shell{nullptr, stages::all()};
  // Whether another frame is wanted although nothing was done.
  [[nodiscard]] bool moving() const { return ui_.moving(); }
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
  session::Catalogue catalogue_;
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

inline void expect_tidy_everywhere(const std::string& query, bool run, const std::vector<std::string>& cursors,
                                   bool code = false) {
  for (const Language language : {Language::en, Language::ko}) {
    for (const Size size : sizes) {
      SCOPED_TRACE(query + (language == Language::ko ? " ko " : " en ") + std::to_string(size.width));
      Screen screen;
      screen.width = size.width;
      screen.height = size.height;
      screen.shell.set_look({language, ThemeKind::light, code});
      screen.configure(query);
      screen.draw();
      expect_tidy(screen);
      if (run) screen.run_to_the_end();
      expect_tidy(screen);
      for (const std::string& cursor : cursors) {
        EXPECT_TRUE(screen.perform("slider", "step.scrubber", cursor));
        SCOPED_TRACE(cursor);
        expect_tidy(screen);
      }
    }
  }
}

}  // namespace interleave::view
