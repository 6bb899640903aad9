// The page: its canvas, its frames, and the functions that it calls.

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <emscripten.h>
#include <emscripten/html5.h>
#include <nlohmann/json.hpp>

#include "app/app.h"
#include "app/font_file.h"
#include "app/form_json.h"
#include "app/page_requests.h"
#include "app/platform.h"
#include "app/state_json.h"
#include "core/clock.h"
#include "fonts.h"
#include "session/run_json.h"

// clang-format off
// The page makes of it what its reader wants: a link, an element for a blog, a command.
EM_JS(void, interleave_hand_on, (const char* shared), {
  document.dispatchEvent(new CustomEvent("interleave-share", {detail : JSON.parse(UTF8ToString(shared))}));
});
EM_JS(void, interleave_open_lesson, (const char* workload), {
  document.dispatchEvent(new CustomEvent("interleave-lesson", {detail : UTF8ToString(workload)}));
});
// A text field of the page's in the place of the canvas's.
EM_JS(void, interleave_edit, (const char* field), {
  document.dispatchEvent(new CustomEvent("interleave-edit", {detail : JSON.parse(UTF8ToString(field))}));
});
EM_JS(void, interleave_want_hangul, (), {
  document.dispatchEvent(new CustomEvent("interleave-hangul"));
});
EM_JS(void, interleave_save_file, (const char* name, const char* bytes, int count), {
  // A copy: the program's memory is shared, which a Blob may not be made of.
  const blob = new Blob([HEAPU8.slice(bytes, bytes + count)]);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = UTF8ToString(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
});
// clang-format on

namespace interleave::app {
namespace {

using json = session::Json;

// How often a live run is drawn. Where frames are slow because its threads have the cores, drawing less often leaves
// the page quick to answer. Milliseconds.
class Pace {
 public:
  void called(double now) {
    if (drew_) gap_ += (now - called_) / 4 - gap_ / 4;
    called_ = now;
    drew_ = false;
  }
  void drawn() {
    drawn_ = called_;
    drew_ = true;
  }
  [[nodiscard]] bool may_wait() const { return gap_ > slow && called_ - drawn_ < rest; }

 private:
  static constexpr double slow = 25;
  static constexpr double rest = 100;
  double gap_ = 16;  // from a drawn frame to the next call, smoothed
  double called_ = 0;
  double drawn_ = 0;
  bool drew_ = false;
};

// What the page's callbacks work on. The page has one canvas, so there is one of these, made in main and never ended.
struct Page {
  const session::Catalogue& catalogue;
  std::unique_ptr<Window> window;
  std::unique_ptr<App> app;
  StateWriter writer;
  std::string answer;  // what the last call returned; valid until the next one
  Words problem;
  std::vector<std::byte> regular;  // fonts that were fetched for Korean
  std::vector<std::byte> semibold;
  bool asleep = false;
  Pace pace;
};

Page*& the_page() {
  static Page* page = nullptr;
  return page;
}

void fit_canvas(Page& page) {
  double width = 0;
  double height = 0;
  emscripten_get_element_css_size("#canvas", &width, &height);
  const auto w = static_cast<int>(width + 0.5);
  const auto h = static_cast<int>(height + 0.5);
  const double ratio = emscripten_get_device_pixel_ratio();
  int now_w = 0;
  int now_h = 0;
  SDL_GetWindowSize(page.window->sdl(), &now_w, &now_h);
  const bool same_ratio = page.window->pixel_width() == static_cast<int>(now_w * ratio);
  if (w < 1 || h < 1 || (w == now_w && h == now_h && same_ratio)) return;
  page.window->set_size(w, h);
  page.app->wake();
}

void wake(Page& page) {
  if (page.app != nullptr) page.app->wake();
  if (!page.asleep) return;
  page.asleep = false;
  emscripten_resume_main_loop();
}

void on_frame(void* argument) {
  Page& page = *static_cast<Page*>(argument);
  page.pace.called(static_cast<double>(steady_now()) * 1e-6);
  fit_canvas(page);
  SDL_Event event{};
  while (SDL_PollEvent(&event) != 0) page.app->handle(event);
  if (!page.app->visible() && page.app->controller().active()) {
    page.app->go_on_unseen();
    page.writer.look(*page.app);
    return;
  }
  if (!page.app->visible() || !page.app->wants_frame()) {
    page.asleep = true;
    emscripten_pause_main_loop();
    return;
  }
  if (page.app->only_watches() && page.pace.may_wait()) return;
  page.app->frame(static_cast<double>(steady_now()) * 1e-9);
  page.pace.drawn();
  page.window->present();
  page.writer.look(*page.app);
}

// SDL queues events from the page's listeners; the first one ends the sleep. A look into the queue leaves a mark in it,
// which is none.
int on_event(void* argument, SDL_Event* event) {
  if (event->type != SDL_POLLSENTINEL) wake(*static_cast<Page*>(argument));
  return 1;
}

EM_BOOL on_resize(int kind, const EmscriptenUiEvent* event, void* argument) {
  (void)kind;
  (void)event;
  wake(*static_cast<Page*>(argument));
  return EM_FALSE;
}

Words words_of(const json& value) {
  if (value.is_string()) return {value.get<std::string>(), value.get<std::string>()};
  return {value.value("en", ""), value.value("ko", "")};
}

std::optional<Language> language_in(const json& options) {
  const json key = options.value("lang", json(nullptr));
  return key.is_string() ? language_of(key.get<std::string>()) : std::nullopt;
}

void apply_look(App& app, const json& options) {
  view::Look look = app.look();
  look.language = language_in(options).value_or(look.language);
  if (options.contains("theme"))
    look.theme = options["theme"] == "light" ? view::ThemeKind::light : view::ThemeKind::dark;
  if (options.contains("code")) look.code = options["code"] == true;
  if (options.contains("embedded")) look.embedded = options["embedded"] == true;
  if (options.contains("controls") && options["controls"].is_array()) {
    look.controls.clear();
    for (const json& key : options["controls"])
      if (key.is_string()) look.controls.push_back(key.get<std::string>());
  }
  app.set_look(look);
  if (options.contains("visible")) app.set_visible(options["visible"] == true);
  if (options.contains("reducedMotion")) app.set_reduced_motion(options["reducedMotion"] == true);
}

// Keys of an address that are the page's own.
constexpr std::array<std::string_view, 11> page_keys{"lang",
                                                     "theme",
                                                     "code",
                                                     "embed",
                                                     "start",
                                                     "controls",
                                                     "utm_*",
                                                     "fbclid",
                                                     "gclid",
                                                     session::version_key,
                                                     session::checksum_key};

// Controls that were asked for and that the workload has not.
void check_controls(Controller& controller, std::span<const std::string> keys) {
  const auto& params = controller.model().workload->params;
  for (const std::string& key : keys) {
    if (key == "none" || std::ranges::find(params, key, &ParamSpec::key) != params.end()) continue;
    std::string known = "none";
    for (const ParamSpec& spec : params) known.append(", ").append(spec.key);
    controller.add_problem(fill({"\"controls\" names \"{key}\", which is none here. There are: {known}.",
                                 "\"controls\"에 적힌 \"{key}\"은(는) 여기에 없습니다. 쓸 수 있는 것: {known}."},
                                {{"key", std::string_view(key)}, {"known", std::string_view(known)}}));
  }
}

// Large type is semibold, too: a third weight would be more to download for a difference that is hard to see.
view::FontFiles font_files(std::span<const std::byte> regular, std::span<const std::byte> semibold) {
  return {regular, semibold, semibold, fonts::jetbrains_mono_regular(), fonts::jetbrains_mono_bold()};
}

// Returns what is wrong, or nothing.
std::string start(Page& page, const json& options) {
  const Language language = language_in(options).value_or(Language::en);
  double width = 1024;
  double height = 768;
  emscripten_get_element_css_size("#canvas", &width, &height);
  // Keys belong to the page unless the canvas has the focus.
  SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "#canvas");
  Result<std::unique_ptr<Window>> window = Window::make({static_cast<int>(width), static_cast<int>(height), false});
  if (!window) return window.error().message.in(language);
  page.window = std::move(window).value();
  Result<std::unique_ptr<App>> app = App::make(
      *page.window, page.catalogue, {font_files(fonts::latin_regular(), fonts::latin_semibold()), false, {}, false});
  if (!app) return app.error().message.in(language);
  page.app = std::move(app).value();
  page.app->on_hangul_wanted([] { interleave_want_hangul(); });
  apply_look(*page.app, options);
  Controller& controller = page.app->controller();
  if (options.value("live", true) == false) {
    controller.forbid(Engine::live, options.contains("whyNoLive") ? words_of(options["whyNoLive"]) : Words{});
  }
  controller.on_save([](const std::string& name, const std::string& bytes) {
    interleave_save_file(name.c_str(), bytes.data(), static_cast<int>(bytes.size()));
  });
  controller.on_share([](const session::Shared& shared, bool whole_page) {
    const json out{
        {"workload", shared.workload}, {"query", shared.query}, {"command", shared.command}, {"wholePage", whole_page}};
    interleave_hand_on(out.dump().c_str());
  });
  if (!page.app->shell().look().embedded)
    controller.on_lesson([](const std::string& workload) { interleave_open_lesson(workload.c_str()); });
  page.app->edit_elsewhere([](const view::EditField& field) {
    const json out{{"key", field.key},
                   {"value", field.value},
                   {"rect", {field.area.x, field.area.y, field.area.w, field.area.h}},
                   {"lines", field.lines}};
    interleave_edit(out.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
  });
  controller.configure(session::from_query(options.value("query", "")), {{}, {}, page_keys});
  check_controls(controller, page.app->shell().look().controls);
  for (const json& problem : options.value("problems", json::array())) controller.add_problem(words_of(problem));
  SDL_AddEventWatch(on_event, &page);
  emscripten_set_resize_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, &page, EM_FALSE, on_resize);
  emscripten_set_main_loop_arg(on_frame, &page, 0, EM_FALSE);
  return {};
}

// Fonts that the page has fetched for Korean. False where they are none.
bool take_fonts(Page& page, std::span<const std::byte> regular, std::span<const std::byte> semibold) {
  if (page.app == nullptr) return false;
  if (!is_font(regular) || !is_font(semibold)) {
    page.app->give_up_hangul();
    return false;
  }
  std::vector<std::byte> first(regular.begin(), regular.end());
  std::vector<std::byte> second(semibold.begin(), semibold.end());
  page.app->use_fonts(font_files(first, second));
  // Bytes stay where they are when their vector moves.
  page.regular = std::move(first);
  page.semibold = std::move(second);
  wake(page);
  return true;
}

const char* answer(Page& page, std::string text) {
  page.answer = std::move(text);
  return page.answer.c_str();
}

}  // namespace

int run_on_platform(const session::Catalogue& catalogue, int, char**) {
  // The page asks for the start itself, once its canvas is there.
  the_page() = std::make_unique<Page>(Page{catalogue, nullptr, nullptr, {}, {}, {}, {}, {}, false, {}}).release();
  return 0;
}

}  // namespace interleave::app

// What the page calls; web/app.mjs is the other side.
extern "C" {

EMSCRIPTEN_KEEPALIVE const char* interleave_start(const char* options) {
  using namespace interleave::app;
  Page& page = *the_page();
  const auto read = interleave::session::Json::parse(options, nullptr, false);
  if (!read.is_object()) return answer(page, "The page's options are not a JSON object.");
  return answer(page, start(page, read));
}

EMSCRIPTEN_KEEPALIVE const char* interleave_state() {
  using namespace interleave::app;
  Page& page = *the_page();
  return answer(page, page.app == nullptr ? "{}" : state_as_json(*page.app));
}

EMSCRIPTEN_KEEPALIVE unsigned interleave_revision() {
  using namespace interleave::app;
  return static_cast<unsigned>(the_page()->writer.revision());
}

EMSCRIPTEN_KEEPALIVE int interleave_perform(const char* role, const char* key, const char* value) {
  using namespace interleave::app;
  Page& page = *the_page();
  if (page.app == nullptr) return 0;
  std::optional<std::string> given;
  if (value != nullptr) given = value;
  const bool known = page.app->perform(role, key, std::move(given));
  wake(page);
  return known ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE const char* interleave_ask(const char* request) {
  using namespace interleave::app;
  Page& page = *the_page();
  const auto read = interleave::session::Json::parse(request, nullptr, false);
  if (page.app == nullptr || !read.is_object()) return answer(page, "A request is a JSON object.");
  std::string wrong = carry_out(*page.app, read, {{}, {}, page_keys});
  wake(page);
  return answer(page, std::move(wrong));
}

EMSCRIPTEN_KEEPALIVE const char* interleave_catalogue() {
  using namespace interleave::app;
  Page& page = *the_page();
  return answer(page, page_catalogue(page.catalogue));
}

EMSCRIPTEN_KEEPALIVE const char* interleave_transcript(int korean) {
  using namespace interleave::app;
  Page& page = *the_page();
  const auto language = korean != 0 ? interleave::Language::ko : interleave::Language::en;
  return answer(page, page.app == nullptr ? "" : transcript(*page.app, language));
}

// Both fonts as files; of no bytes where they could not be fetched. 0 where Korean cannot be drawn with them.
EMSCRIPTEN_KEEPALIVE int interleave_use_fonts(const std::byte* regular, int regular_size, const std::byte* semibold,
                                              int semibold_size) {
  using namespace interleave::app;
  const std::span first(regular, static_cast<std::size_t>(regular_size));
  const std::span second(semibold, static_cast<std::size_t>(semibold_size));
  return take_fonts(*the_page(), first, second) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void interleave_answer_edit(const char* text) {
  using namespace interleave::app;
  Page& page = *the_page();
  if (page.app == nullptr) return;
  page.app->answer_edit(text == nullptr ? std::nullopt : std::optional<std::string>(text));
  wake(page);
}

EMSCRIPTEN_KEEPALIVE void interleave_set(const char* options) {
  using namespace interleave::app;
  Page& page = *the_page();
  const auto read = interleave::session::Json::parse(options, nullptr, false);
  if (page.app == nullptr || !read.is_object()) return;
  apply_look(*page.app, read);
  wake(page);
}
}
