// The canvas application: a frame loop that draws only when something has changed.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/controller.h"
#include "app/input.h"
#include "app/window.h"
#include "view/shell.h"

namespace interleave::app {

struct AppOptions {
  view::FontFiles fonts;  // whose bytes outlive the app
  bool has_hangul = true;
  view::Look look;
  bool reduced_motion = false;
};

class App {
 public:
  // All three must outlive the app.
  [[nodiscard]] static Result<std::unique_ptr<App>> make(Window& window, const session::Catalogue& catalogue,
                                                         const AppOptions& options);
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  [[nodiscard]] Controller& controller() { return controller_; }
  [[nodiscard]] const Controller& controller() const { return controller_; }
  [[nodiscard]] const view::Semantics& semantics() const { return semantics_; }
  [[nodiscard]] const view::Shell& shell() const { return shell_; }
  [[nodiscard]] view::Shell& shell() { return shell_; }

  // Input, as it comes. False where the reader wants to quit.
  bool handle(const SDL_Event& event);
  // Something changed from outside: the next frames must be drawn.
  void wake();
  // Whether a frame would differ from the last one.
  [[nodiscard]] bool wants_frame() const { return frames_due_ > 0 || moving_ || controller_.active(); }
  // Nothing was done by the reader, but a live run goes on by itself: a frame now and then is enough.
  [[nodiscard]] bool only_watches() const {
    return frames_due_ == 0 && controller_.setup().engine() == Engine::live && controller_.active() &&
           !controller_.in_series();
  }
  // Lets the run go on, and draws. The time is in seconds, from any origin, and rises. Does not present.
  void frame(double time);

  // Whether anybody can see it: off the screen nothing is drawn, and runs go on.
  void set_visible(bool visible);
  [[nodiscard]] bool visible() const { return visible_; }
  // In place of a frame, while nobody can see it.
  void go_on_unseen();

  void set_reduced_motion(bool on) { reduced_motion_ = on; }
  [[nodiscard]] std::uint64_t frames() const { return frames_; }
  // The longest time between two frames of the current run, in seconds.
  [[nodiscard]] double longest_gap() const { return longest_gap_; }
  // The processor's part of a frame, in seconds: the median of the last ones.
  [[nodiscard]] double frame_cost() const;
  // What the reader asked for. Korean is shown once its letters are here (see use_fonts), and English until then.
  [[nodiscard]] view::Look look() const;
  void set_look(const view::Look& look);
  // Draws with other fonts, which have Hangul; their bytes must outlive the app.
  void use_fonts(view::FontFiles files);
  // Called when Hangul is to be drawn and no font has it; use_fonts() or give_up_hangul() is then to follow. After
  // giving up it is called again only where the reader asks for Korean again.
  void on_hangul_wanted(std::function<void()> wanted) { want_hangul_ = std::move(wanted); }
  void give_up_hangul();
  // Characters that were to be drawn and that no font has: there should be none.
  [[nodiscard]] const std::set<std::uint32_t>& absent_characters() const { return fonts_.absent(); }
  // Text fields of the surroundings': see view::Ui.
  void edit_elsewhere(std::function<void(const view::EditField&)> show) { ui_.edit_elsewhere(std::move(show)); }
  void answer_edit(std::optional<std::string> text) {
    ui_.answer_edit(std::move(text));
    wake();
  }
  // Acts on a widget of the last frame, as a click or with a value. False where there is none.
  bool perform(std::string_view role, std::string_view key, std::optional<std::string> value);

 private:
  App(Window& window, const session::Catalogue& catalogue, const AppOptions& options,
      std::unique_ptr<gpu::Rectangles> rectangles);

  void draw_once(double time);
  // Turns back to English where Korean cannot be shown yet, and asks for what is missing.
  void settle_language();
  // After a frame: what it asked for.
  void carry_out(const view::Request& request);
  void save_picture();
  void note_gap(double time);

  Window& window_;
  Controller controller_;
  view::Fonts fonts_;
  view::Semantics semantics_;
  view::Ui ui_;
  std::unique_ptr<gpu::Rectangles> rectangles_;
  view::Shell shell_;
  enum class Hangul : std::uint8_t { not_asked, asked, given_up, here };
  Hangul hangul_;
  bool korean_waits_ = false;
  std::function<void()> want_hangul_;
  bool reduced_motion_ = false;
  bool coarse_pointer_ = false;
  bool picture_due_ = false;  // the stage is to be saved once it has been drawn
  Touch touch_;
  view::Pinch pinch_;  // of the frame that is being drawn
  bool moving_ = false;
  bool visible_ = true;
  static constexpr std::size_t costs_kept = 64;
  std::array<double, costs_kept> costs_{};  // of the last frames, in seconds; frame n has place n % costs_kept
  int frames_due_ = 3;
  std::uint64_t frames_ = 0;
  double last_time_ = 0;
  bool was_active_ = false;
  double longest_gap_ = 0;
};

}  // namespace interleave::app
