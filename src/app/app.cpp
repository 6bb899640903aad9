#include "app/app.h"

#include <algorithm>
#include <utility>

#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include "app/input.h"
#include "app/picture_of.h"
#include "core/clock.h"
#include "gpu/gl.h"
#include "shaders.h"
#include "stages/all.h"

namespace interleave::app {
namespace {

constexpr Nanoseconds slice = 8 * millisecond;  // of each frame, for simulated runs
constexpr int frames_after_input = 3;           // ImGui tells hovering and focus a frame late

// Syllables, and the letters that they are made of.
bool is_hangul(std::uint32_t code) {
  return (code >= 0xac00 && code <= 0xd7a3) || (code >= 0x3131 && code <= 0x318e) || (code >= 0x1100 && code <= 0x11ff);
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
      fonts_(options.fonts),
      ui_(fonts_, semantics_),
      rectangles_(std::move(rectangles)),
      shell_(rectangles_.get(), stages::all()),
      hangul_(options.has_hangul ? Hangul::here : Hangul::not_asked),
      reduced_motion_(options.reduced_motion) {
  set_look(options.look);
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

view::Look App::look() const {
  view::Look out = shell_.look();
  if (korean_waits_) out.language = Language::ko;
  return out;
}

void App::set_look(const view::Look& look) {
  korean_waits_ = false;
  shell_.set_look(look);
  settle_language();
}

void App::use_fonts(view::FontFiles files) {
  fonts_ = view::Fonts(files);
  hangul_ = Hangul::here;
  set_look(look());
  wake();
}

void App::give_up_hangul() {
  korean_waits_ = false;
  hangul_ = Hangul::given_up;
}

void App::settle_language() {
  if (hangul_ == Hangul::here) return;
  view::Look look = shell_.look();
  const bool asks_for_korean = look.language == Language::ko;
  if (asks_for_korean) {
    korean_waits_ = true;
    look.language = Language::en;
    shell_.set_look(look);
  }
  const bool asks_again = asks_for_korean && hangul_ == Hangul::given_up;
  const bool asks_first =
      hangul_ == Hangul::not_asked && (asks_for_korean || std::ranges::any_of(fonts_.absent(), is_hangul));
  if (!asks_again && !asks_first) return;
  hangul_ = Hangul::asked;
  if (want_hangul_) want_hangul_();
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
    settle_language();
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
