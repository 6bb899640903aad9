#include "view/bars/chrome.h"

#include <algorithm>
#include <array>

#include <imgui.h>

#include "view/compare/messages_compare.h"
#include "view/kit/keys.h"
#include "view/kit/widgets.h"
#include "view/messages.h"
#include "view/panel/export_menu.h"

namespace interleave::view {
namespace {

constexpr Text code_words{"Code", "코드"};
constexpr Text code_hint{"The workload in C++ and in Python, with each thread's line lit (C).",
                         "이 작업의 C++와 파이썬 코드. 스레드마다 지금 줄에 불이 들어옵니다(C)."};

constexpr Text compare_hint{"Any two runs side by side.", "실행한 것 가운데 아무 둘이나 나란히 봅니다."};

constexpr Text workloads{"Workloads", "작업 목록"};
constexpr Text theme_text{"Light or dark", "밝게 또는 어둡게"};
constexpr Text language_text{"한국어로 보기", "Switch to English"};
constexpr Text keys_hint{"Keys and gestures: ?", "키와 손짓: ?"};
constexpr Text all_settings{"All settings and figures", "설정과 수치 모두"};
constexpr Text whole_page{"Open in full", "전체 화면"};
constexpr Text whole_page_hint{"All of it with these settings, in a new tab", "지금 설정 그대로 새 탭에서 엽니다"};

// Of buttons in the bar: a little taller than in the panel.
float bar_control(const Ui& ui) { return std::max(36.0F, ui.control()); }

// What the engine switch, Run and Reset take in the bar; and what is kept for Run beside the switch.
constexpr float room_for_all = 460;
constexpr float room_for_run = 84 + 2 * gap_3;
// The name stands in a bar that has room for it.
constexpr float name_from = 880;

constexpr float list_row = 32;
constexpr float list_heading = 28;
constexpr float least_list_share = 0.7F;  // below that its entries would touch

bool runs(const Model& model) {
  if (model.series != nullptr && model.series->active()) return true;
  return model.snapshot->phase == trace::Phase::running || model.snapshot->phase == trace::Phase::starting;
}

void draw_engines(Ui& ui, Rect& row, const Model& model, float widest) {
  constexpr std::array hints{messages::live_hint, messages::simulate_hint, messages::explore_hint};
  std::vector<Segment> segments;
  for (std::size_t at = 0; at < all_engines.size(); ++at) {
    const Words* reason = model.unavailable[at];
    segments.push_back({key_of(all_engines[at]), ui.say(label_of(all_engines[at])), reason == nullptr,
                        reason == nullptr ? ui.say(hints[at]) : ui.say(*reason)});
  }
  const float width = std::min(segmented_width(ui, segments), widest);
  const Rect place = row.cut_left(width).middle(width, bar_control(ui));
  if (const auto chosen = segmented(ui, place, "engine", segments, static_cast<std::size_t>(model.engine))) {
    ui.requests.push_back(SelectEngine{all_engines[*chosen]});
  }
  row.cut_left(gap_3);
}

void draw_run(Ui& ui, Rect& row, const Model& model, bool short_form) {
  const bool going = runs(model);
  const Text& text = going ? messages::stop : messages::run;
  // Run and Stop have one width, so that nothing jumps under the pointer.
  const ButtonLook look{ButtonStyle::primary, going ? Icon::stop : Icon::play, false, true, false};
  const float width =
      std::max(button_width(ui, ui.say(messages::run), look), button_width(ui, ui.say(messages::stop), look));
  const float room = std::min(width, row.w);
  const Rect place = row.cut_left(room).middle(room, bar_control(ui));
  const bool by_key = pressed(ui, Key::run);
  if (button(ui, place, going ? "stop" : "run", ui.say(text), look) || by_key) {
    if (going) {
      ui.requests.push_back(StopRequest{});
    } else {
      ui.requests.push_back(RunRequest{});
    }
  }
  row.cut_left(gap_3);
  const bool idle = model.snapshot->phase == trace::Phase::idle;
  const bool sign = short_form || row.w < button_width(ui, ui.say(messages::reset), {});
  const ButtonLook reset{ButtonStyle::secondary, sign ? Icon::restart : Icon::none, false, !idle, sign};
  if (!idle && pressed(ui, Key::reset)) ui.requests.push_back(ResetRequest{});
  const float reset_width = button_width(ui, ui.say(messages::reset), reset);
  if (row.w < reset_width) return;
  if (button(ui, row.cut_left(reset_width).middle(reset_width, bar_control(ui)), "reset", ui.say(messages::reset),
             reset)) {
    ui.requests.push_back(ResetRequest{});
  }
}

// Only its sign where the bar has no room for words.
void draw_compare(Ui& ui, Rect& row, bool& comparing) {
  ButtonLook look{ButtonStyle::secondary, Icon::none, false, true, false};
  if (row.w < button_width(ui, ui.say(messages::compare), look) + room_for_all) {
    look.icon = Icon::compare;
    look.text_hidden = true;
  }
  const float width = look.text_hidden ? bar_control(ui) : button_width(ui, ui.say(messages::compare), look);
  if (row.w < width) return;
  const Rect place = row.cut_right(width).middle(width, bar_control(ui));
  if (button(ui, place, "compare", ui.say(messages::compare), look, ui.say(compare_hint))) comparing = !comparing;
  if (comparing) ui.canvas.stroke(place, ui.theme.accent, corner_control, 2);
  row.cut_right(gap_2);
}

// Between the bar's controls. A phone has room for all of them where they stand close.
float bar_gap(Breadth breadth) { return breadth == Breadth::narrow ? gap_1 : gap_2; }

// Opens the source pane and closes it, and shows which it is.
void draw_code(Ui& ui, Rect& row, Look& look, Breadth breadth) {
  const bool short_form = breadth != Breadth::wide;
  const std::string_view text = ui.say(code_words);
  const ButtonLook shape{ButtonStyle::secondary, Icon::code, false, true, short_form};
  const float width = short_form ? bar_control(ui) : button_width(ui, text, shape);
  if (row.w < width) return;
  const Rect area = row.cut_right(width).middle(width, bar_control(ui));
  row.cut_right(bar_gap(breadth));
  const Press press = ui.press({"button", "code", text, look.code ? "on" : "off"}, area);
  const float hover = ui.follow("hover/code", press.hovered ? 1.0F : 0.0F, 0.12F);
  const Color ground = look.code ? ui.theme.accent_soft : mix(ui.theme.raised, ui.theme.pressed, hover);
  const Color ink = look.code ? ui.theme.accent : ui.theme.text;
  ui.canvas.fill(area, ground, corner_control);
  focus_ring(ui, press, area, corner_control);
  constexpr float sign = 16;
  const float text_width = short_form ? 0 : ui.canvas.measure(Type::body_strong, text) + gap_2;
  Rect inner = area.middle(sign + text_width, area.h);
  draw_icon(ui.canvas, Icon::code, inner.cut_left(sign), ink);
  if (!short_form) ui.canvas.text(inner, Type::body_strong, ink, text, Align::right);
  ui.hint(press, ui.say(code_hint));
  if (press.clicked || (press.value && (*press.value == "on") != look.code)) look.code = !look.code;
}

void draw_language(Ui& ui, Rect& row, Look& look, Breadth breadth) {
  const LanguageInfo& shown = interleave::info(look.language);
  const bool spelt_out = breadth == Breadth::wide && look.language == Language::ko;
  const std::string_view code = spelt_out ? shown.own_name : shown.mark;
  const float pill_width = ui.canvas.measure(Type::label_strong, code) + 2 * gap_3;
  const Rect language = row.cut_right(std::max(pill_width, bar_control(ui)));
  const Press press =
      ui.press({"button", "language", ui.say(language_text), shown.key}, language.middle(language.w, bar_control(ui)));
  pill(ui, language.middle(language.w, 24), code, Type::label_strong, ui.theme.sub,
       press.hovered ? ui.theme.pressed : ui.theme.raised);
  focus_ring(ui, press, language.middle(language.w, 24), 12);
  ui.hint(press, ui.say(language_text));
  if (press.clicked || (press.value && language_of(*press.value).value_or(shown.language) != shown.language)) {
    look.language = languages[(static_cast<std::size_t>(shown.language) + 1) % languages.size()].language;
  }
  row.cut_right(bar_gap(breadth));
}

void draw_theme(Ui& ui, Rect& row, Look& look) {
  const Rect theme = row.cut_right(bar_control(ui));
  const bool dark = look.theme == ThemeKind::dark;
  if (button(ui, theme.middle(bar_control(ui), bar_control(ui)), "theme", ui.say(theme_text),
             {ButtonStyle::quiet, dark ? Icon::moon : Icon::sun, false, true, true})) {
    look.theme = dark ? ThemeKind::light : ThemeKind::dark;
  }
}

// In somebody else's page: the way to the whole one.
void draw_whole_page(Ui& ui, Rect& row, Breadth breadth) {
  const std::string_view text = ui.say(whole_page);
  ButtonLook look{ButtonStyle::quiet, Icon::leave, true, true, false};
  look.text_hidden = row.w < button_width(ui, text, look) + room_for_all + 3 * bar_control(ui);
  const float width = look.text_hidden ? bar_control(ui) : button_width(ui, text, look);
  if (button(ui, row.cut_right(width).middle(width, bar_control(ui)), "whole", text, look, ui.say(whole_page_hint)))
    ui.requests.push_back(ShareRequest{true});
  row.cut_right(bar_gap(breadth));
}

void draw_share(Ui& ui, Rect& row, Breadth breadth) {
  const bool short_form = breadth != Breadth::wide;
  const ButtonLook share{ButtonStyle::secondary, short_form ? Icon::share : Icon::none, false, true, short_form};
  const float width = short_form ? bar_control(ui) : button_width(ui, ui.say(messages::share), share);
  if (row.w < width) return;
  if (button(ui, row.cut_right(width).middle(width, bar_control(ui)), "share", ui.say(messages::share), share,
             ui.say(messages::share_hint))) {
    ui.requests.push_back(ShareRequest{});
  }
  row.cut_right(bar_gap(breadth));
}

void draw_look(Ui& ui, Rect& row, const Model& model, Look& look, Breadth breadth) {
  if (look.embedded) {
    draw_whole_page(ui, row, breadth);
  } else {
    draw_language(ui, row, look, breadth);
    draw_theme(ui, row, look);
  }
  // Elsewhere the bar has room for the most needed only; and keys need a keyboard.
  const bool with_room = breadth == Breadth::wide;
  if (with_room && !ui.frame().coarse_pointer) {
    row.cut_right(gap_1);
    const Rect help = row.cut_right(bar_control(ui)).middle(bar_control(ui), bar_control(ui));
    if (button(ui, help, "keys", ui.say(keys_hint), {ButtonStyle::quiet, Icon::keys, false, true, true})) open_keys(ui);
  }
  if (with_room) draw_export(ui, row, model, bar_control(ui));
  row.cut_right(bar_gap(breadth));
  draw_share(ui, row, breadth);
  draw_code(ui, row, look, breadth);
  if (with_room) row.cut_right(gap_1);
}

// Where the window is too narrow for all settings beside the stage.
void draw_panel_button(Ui& ui, Rect& row, bool& open, Breadth breadth) {
  const Rect place = row.cut_left(bar_control(ui)).middle(bar_control(ui), bar_control(ui));
  const ButtonLook look{ButtonStyle::quiet, Icon::sliders, false, true, true};
  if (button(ui, place, "panel", ui.say(all_settings), look)) open = !open;
  if (open) ui.canvas.stroke(place, ui.theme.accent, corner_control, 2);
  row.cut_left(bar_gap(breadth));
}

void draw_name(Ui& ui, Rect& row) {
  // On a phone it is what can be spared.
  if (row.w < 20) return;
  draw_mark(ui.canvas, row.cut_left(20), ui.theme.accent);
  row.cut_left(gap_2);
  const float width = ui.canvas.measure(Type::sentence_strong, "Interleave");
  if (width > row.w) return;
  ui.canvas.text(row.cut_left(width + 1), Type::sentence_strong, ui.theme.text, "Interleave");
}

// How high the list's parts are: as they should be, or a little less each where it would not fit.
struct ListPitch {
  float row = list_row;
  float heading = list_heading;
  float gap = gap_2;

  [[nodiscard]] float height(const Model& model) const {
    float out = 2 * gap_2;
    std::optional<Group> group;
    for (const WorkloadInfo& workload : model.workloads) {
      if (group != workload.group) out += heading + (group ? gap : 0);
      group = workload.group;
      out += row;
    }
    return out;
  }
};

ListPitch pitch_for(float room, const Model& model) {
  ListPitch out;
  const float wanted = out.height(model);
  if (wanted <= room) return out;
  const float share = std::max(least_list_share, room / wanted);
  return {out.row * share, out.heading * share, out.gap * share};
}

void draw_entries(Ui& ui, Rect rest, const Model& model, bool in_menu) {
  const ListPitch pitch = pitch_for(rest.h + 2 * gap_2, model);
  std::optional<Group> group;
  for (const WorkloadInfo& workload : model.workloads) {
    if (group != workload.group) {
      if (group) rest.cut_top(pitch.gap);
      group = workload.group;
      ui.canvas.text(rest.cut_top(pitch.heading).inset(gap_2, 0), Type::label_strong, ui.theme.mute,
                     ui.say(title_of(workload.group)));
    }
    const Rect row = rest.cut_top(pitch.row);
    const bool chosen = model.workload == &workload;
    const std::string_view title = ui.say(workload.title);
    const Press press =
        ui.press({"radio", std::string("workload.").append(workload.id), title, chosen ? "on" : "off"}, row);
    if (chosen) {
      ui.canvas.fill(row, ui.theme.accent_soft, corner_small);
    } else if (press.hovered) {
      ui.canvas.fill(row, ui.theme.raised, corner_small);
    }
    focus_ring(ui, press, row, corner_small);
    ui.canvas.circle({row.x + 10, row.center().y}, 3, chosen ? ui.theme.accent : ui.theme.track);
    ui.canvas.text(Rect{row.x + 22, row.y, row.w - 30, row.h}, chosen ? Type::body_strong : Type::body,
                   chosen || press.hovered ? ui.theme.text : ui.theme.sub, title);
    if (press.clicked && !chosen) ui.requests.push_back(SelectWorkload{std::string(workload.id)});
    if (press.clicked && in_menu) ui.close_popup();
  }
}

void draw_menu_button(Ui& ui, Rect& row, const Model& model, Breadth breadth) {
  const Rect place = row.cut_left(bar_control(ui));
  if (button(ui, place.middle(bar_control(ui), bar_control(ui)), "menu", ui.say(workloads),
             {ButtonStyle::quiet, Icon::menu, false, true, true})) {
    ui.open_popup("menu/workloads");
  }
  ui.popup("menu/workloads", {place.x, place.bottom(), list_width, ListPitch{}.height(model)},
           [&](Rect area) { draw_entries(ui, area.inset(gap_2), model, true); });
  row.cut_left(bar_gap(breadth));
}

}  // namespace

void draw_top_bar(Ui& ui, const Layout& layout, const Model& model, Look& look, Opened& opened) {
  const Breadth breadth = layout.breadth;
  const bool narrow = breadth == Breadth::narrow;
  const bool one_bar = layout.engines.empty();
  ui.canvas.fill(layout.top, ui.theme.panel);
  Rect row = layout.top.inset(breadth == Breadth::wide ? gap_4 : gap_2, 0);
  if (breadth != Breadth::wide) {
    if (!look.embedded) draw_menu_button(ui, row, model, breadth);
    if (narrow) draw_panel_button(ui, row, opened.panel, breadth);
    row.cut_right(gap_2);
  }
  // Run and the engines come first where there is little room.
  if (!narrow && layout.top.w >= name_from) draw_name(ui, row);
  if (breadth == Breadth::wide) {
    const float begin = list_width + gap_3;
    row.cut_left(begin - row.x);
  } else if (!narrow) {
    row.cut_left(gap_2);
  }
  draw_look(ui, row, model, look, breadth);
  if (!look.embedded) draw_compare(ui, row, opened.comparison);
  if (!one_bar) draw_name(ui, row);
  if (one_bar) {
    draw_engines(ui, row, model, row.w - room_for_run);
    draw_run(ui, row, model, breadth != Breadth::wide);
    ui.canvas.rule({layout.top.x, layout.top.bottom() - 1}, {layout.top.right(), layout.top.bottom() - 1},
                   ui.theme.line);
    return;
  }
  ui.canvas.fill(layout.engines, ui.theme.panel);
  Rect second = layout.engines.inset(gap_4, 0);
  draw_engines(ui, second, model, second.w - room_for_run);
  draw_run(ui, second, model, true);
}

void draw_list(Ui& ui, Rect area, const Model& model) {
  ui.canvas.fill(area, ui.theme.panel);
  ui.canvas.rule({area.right() - 1, area.y}, {area.right() - 1, area.bottom()}, ui.theme.line);
  draw_entries(ui, Rect{area.x + gap_2, area.y + gap_4, area.w - 2 * gap_2, area.h - gap_4}, model, false);
}

}  // namespace interleave::view
