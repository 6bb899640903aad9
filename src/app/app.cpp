#include "app/app.h"

#include <algorithm>
#include <utility>

#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include "app/input.h"
#include "app/picture_of.h"
#include "core/clock.h"
#include "fonts.h"
#include "gpu/gl.h"
#include "shaders.h"
#include "stages/all.h"

namespace interleave::app {
namespace {

constexpr Nanoseconds slice = 8 * millisecond;  // of each frame, for simulated runs
constexpr int frames_after_input = 3;           // ImGui tells hovering and focus a frame late

// Large type is semibold, too: a third weight would be 60 KB more to download for a difference that is hard to see.
view::FontFiles font_files() {
  return {fonts::pretendard_regular(), fonts::pretendard_semibold(), fonts::pretendard_semibold(),
          fonts::jetbrains_mono_regular(), fonts::jetbrains_mono_bold()};
}

}  // namespace

Result<std::unique_ptr<App>> App::make(Window& window, const session::Catalogue& catalogue, const AppOptions& options) {
  Result<std::unique_ptr<gpu::Rectangles>> rectangles =
      gpu::Rectangles::make(shaders::rectangles_vert, shaders::rectangles_frag);
  if (!rectangles) return rectangles.error();
  return std::unique_ptr<App>(new App(window, catalogue, options, std::move(rectangles).value()));
}

App::App(Window& window, const session::Catalogue& catalogue, const AppOptions& options,
         std::unique_ptr<gpu::Rectangles> rectangles)
    : window_(window),
      controller_(catalogue),
      fonts_(font_files()),
      ui_(fonts_, semantics_),
      rectangles_(std::move(rectangles)),
      shell_(rectangles_.get(), stages::all()),
      reduced_motion_(options.reduced_motion) {
  shell_.set_look(options.look);
  controller_.before_run([this] { shell_.let_go(); });
}

bool App::handle(const SDL_Event& event) {
  if (event.type == SDL_QUIT) return false;
  if (event.type == SDL_FINGERDOWN) coarse_pointer_ = true;
  if (event.type == SDL_MOUSEMOTION && event.motion.which != SDL_TOUCH_MOUSEID) coarse_pointer_ = false;
  const float scale = window_.scale();
  const bool pinches = touch_.feed(event, static_cast<float>(window_.pixel_width()) / scale,
                                   static_cast<float>(window_.pixel_height()) / scale);
  if (pinches || feed(event, scale)) wake();
  return true;
}

void App::wake() { frames_due_ = frames_after_input; }

bool App::perform(std::string_view role, std::string_view key, std::optional<std::string> value) {
  const bool known = semantics_.perform(role, key, std::move(value));
  if (known) wake();
  return known;
}

void App::note_gap(double time) {
  const bool active = controller_.active();
  if (active && !was_active_) longest_gap_ = 0;
  if (active && was_active_) longest_gap_ = std::max(longest_gap_, time - last_time_);
  was_active_ = active;
}

void App::set_visible(bool visible) {
  if (visible && !visible_) wake();
  visible_ = visible;
}

void App::go_on_unseen() {
  controller_.advance(slice);
  controller_.look();
}

double App::frame_cost() const {
  const auto known = static_cast<std::size_t>(std::min<std::uint64_t>(frames_, costs_kept));
  if (known == 0) return 0;
  std::array<double, costs_kept> sorted = costs_;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(known / 2);
  std::nth_element(sorted.begin(), middle, sorted.begin() + static_cast<std::ptrdiff_t>(known));
  return *middle;
}

void App::frame(double time) {
  note_gap(time);
  controller_.advance(slice);
  controller_.look();
  const Nanoseconds began = steady_now();
  pinch_ = touch_.take();
  // A text with letters that are new to the atlas is drawn again once they are there, and before it is shown.
  constexpr int most_passes = 3;
  for (int pass = 0; pass < most_passes; ++pass) {
    draw_once(time);
    if (!fonts_.prepare(window_.scale())) break;
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  ImGui::Render();
  const view::Color bg = ui_.theme.bg;
  glViewport(0, 0, window_.pixel_width(), window_.pixel_height());
  glDisable(GL_SCISSOR_TEST);
  glClearColor(static_cast<float>(bg.r) / 255, static_cast<float>(bg.g) / 255, static_cast<float>(bg.b) / 255, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  // The menu that it was asked for in must be gone.
  if (picture_due_ && frames_due_ == 0) save_picture();
  costs_[static_cast<std::size_t>(frames_ % costs_kept)] = static_cast<double>(steady_now() - began) * 1e-9;
  last_time_ = time;
  ++frames_;
}

void App::draw_once(double time) {
  const float scale = window_.scale();
  if (fonts_.prepare(scale)) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(window_.pixel_width()), static_cast<float>(window_.pixel_height())};
  io.DisplayFramebufferScale = {1, 1};
  io.DeltaTime = static_cast<float>(std::clamp(time - last_time_, 1e-4, 0.1));
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  view::FrameInput input;
  input.scale = scale;
  input.time = time;
  input.width = io.DisplaySize.x / scale;
  input.height = io.DisplaySize.y / scale;
  input.reduced_motion = reduced_motion_;
  input.coarse_pointer = coarse_pointer_;
  input.pinch = std::exchange(pinch_, {});
  const view::Look before = shell_.look();
  shell_.draw(ui_, input, controller_.model());
  ImGui::EndFrame();
  moving_ = ui_.moving();
  if (frames_due_ > 0) --frames_due_;
  const std::vector<view::Request> requests = std::move(ui_.requests);
  ui_.requests.clear();
  for (const view::Request& request : requests) carry_out(request);
  const bool look_changed = before.language != shell_.look().language || before.theme != shell_.look().theme;
  if (look_changed || !requests.empty() || semantics_.action_waits()) wake();
}

void App::carry_out(const view::Request& request) {
  const auto* wanted = std::get_if<view::ExportRequest>(&request);
  if (wanted != nullptr && wanted->kind == view::ExportKind::picture) {
    picture_due_ = true;
  } else {
    controller_.carry_out(request);
  }
}

void App::save_picture() {
  picture_due_ = false;
  const float scale = window_.scale();
  const view::Rect stage = shell_.layout().stage;
  controller_.save("png", picture_of({stage.x * scale, stage.y * scale, stage.w * scale, stage.h * scale},
                                     window_.pixel_width(), window_.pixel_height()));
}

}  // namespace interleave::app
