#include "view/panel/controls_view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "view/kit/slider_scale.h"
#include "view/kit/widgets.h"
#include "view/layout.h"
#include "view/messages.h"

namespace interleave::view {
namespace {

constexpr Text lesson{"Lesson", "수업"};
constexpr Text lesson_hint{"Opens the lesson about this: guess, see, and read why.",
                           "이 작업을 다루는 수업을 엽니다. 맞혀 보고, 확인하고, 까닭을 읽습니다."};
constexpr Text presets{"Presets", "미리 고른 설정"};
constexpr Text less{"Fewer settings", "접기"};
constexpr Text type_a_value{"Click to type a value", "눌러서 값을 입력"};

constexpr float label_column = 84;
constexpr float value_column = 92;
constexpr float row_gap = 4;
constexpr int most_text_lines = 4;

std::string control_key(const ParamSpec& spec) { return std::string("param.").append(spec.key); }

// Long labels of numbers stand above their control instead of being squeezed beside it.
bool stacked(Ui& ui, const ParamSpec& spec) { return ui.canvas.measure(Type::body, ui.say(spec.label)) > label_column; }

std::vector<Segment> segments_of(const Ui& ui, const ParamSpec& spec, bool enabled = true) {
  std::vector<Segment> out;
  for (const Option& option : spec.options) {
    out.push_back({option.key, ui.say(option.label), enabled, enabled ? ui.say(option.hint) : std::string_view{}});
  }
  return out;
}

// Few short options lie side by side, under the label where they do not fit beside it.
enum class ChoiceForm : std::uint8_t { beside, below, menu };
ChoiceForm form_of(Ui& ui, float width, const ParamSpec& spec, std::span<const Segment> segments) {
  if (segments.size() > 4) return ChoiceForm::menu;
  const float needed = segmented_width(ui, segments);
  const float label = ui.canvas.measure(Type::body, ui.say(spec.label)) + gap_4;
  if (label + needed <= width) return ChoiceForm::beside;
  return needed <= width + 24 && spec.primary ? ChoiceForm::below : ChoiceForm::menu;
}

void ask(Ui& ui, const ParamSpec& spec, ParamValue value) {
  ui.requests.push_back(SetParameter{std::string(spec.key), std::move(value)});
}

void take_typed(Ui& ui, const ParamSpec& spec, std::string_view text) {
  const Result<ParamValue> value = parse_value(spec, text);
  if (value) ask(ui, spec, value.value());
}

void draw_label(Ui& ui, Rect label, const ParamSpec& spec, bool enabled) {
  ui.canvas.text(label, Type::body, enabled ? ui.theme.text : ui.theme.mute, ui.say(spec.label));
  if (!enabled) return;
  Press over;
  over.hovered = ui.hovers(label);
  ui.hint(over, ui.say(spec.hint));
}

// Why the parameter cannot be set now, over all of its row. Told only while it is hovered: rows may have one reason.
void draw_reason(Ui& ui, Rect row, const ParamSpec& spec, const Need& unmet) {
  ui.tell({"note", control_key(spec) + ".reason", ui.say(unmet.reason)}, row);
  Press over;
  over.hovered = ui.hovers(row);
  if (over.hovered) ui.hint(over, ui.say(unmet.reason));
}

void draw_number(Ui& ui, Rect area, const ParamSpec& spec, const ParamValue& set, bool enabled) {
  const std::int64_t value = set.number();
  const bool above = stacked(ui, spec);
  Rect row = area;
  Rect label = above ? row.cut_top(22) : row.cut_left(label_column + gap_2);
  draw_label(ui, label, spec, enabled);
  const std::string shown(ui.say(show_value(spec, value)));
  const std::string exact = print_value(spec, value);
  const std::string key = control_key(spec);
  const float needed = ui.canvas.measure(Type::body_strong, shown) + gap_2;
  Rect figure = row.cut_right(std::max(above ? 72.0F : 56.0F, std::min(needed, value_column)));
  row.cut_right(gap_1);
  const SliderScale scale{spec.min, spec.max};
  const SliderChange change =
      slider(ui, row, key, scale.share_of(value), {ui.say(spec.label), exact, scale.notch(), enabled});
  if (change.typed) take_typed(ui, spec, *change.typed);
  if (change.share) {
    const std::int64_t moved = scale.value_at(*change.share);
    if (moved != value) ask(ui, spec, moved);
  }
  const std::string entry = key + ".entry";
  if (ui.editing(entry)) {
    ui.canvas.fill(figure.middle(figure.w, 28), ui.theme.raised, corner_small);
    ui.canvas.stroke(figure.middle(figure.w, 28), ui.theme.accent, corner_small);
    if (const auto typed = ui.edit(entry, figure.middle(figure.w, 28), exact)) take_typed(ui, spec, *typed);
    return;
  }
  const Press press = ui.press({"button", entry, ui.say(spec.label), exact}, figure, enabled);
  if (press.hovered) ui.canvas.fill(figure.middle(figure.w, 26), ui.theme.raised, corner_small);
  focus_ring(ui, press, figure.middle(figure.w, 26), corner_small);
  ui.canvas.text(figure, Type::body_strong, enabled ? ui.theme.text : ui.theme.mute, shown, Align::right);
  ui.hint(press, ui.say(type_a_value));
  if (press.clicked) ui.start_edit(entry);
}

void draw_choice(Ui& ui, Rect area, const ParamSpec& spec, const ParamValue& value, bool enabled) {
  const std::vector<Segment> segments = segments_of(ui, spec, enabled);
  const ChoiceForm form = form_of(ui, area.w, spec, segments);
  const std::string key = control_key(spec);
  const auto chosen = static_cast<std::size_t>(value.number());
  Rect row = area;
  std::optional<std::size_t> now;
  Rect label = form == ChoiceForm::below ? row.cut_top(24) : row;
  if (form == ChoiceForm::beside) {
    const Rect place = label.cut_right(segmented_width(ui, segments));
    now = segmented(ui, place.middle(place.w, ui.control()), key, segments, chosen);
  } else if (form == ChoiceForm::below) {
    now = segmented(ui, row.middle(row.w, ui.control()), key, segments, chosen);
  } else {
    const float width = std::min(dropdown_width(ui, segments), area.w * 0.62F);
    const Rect place = label.cut_right(width).middle(width, ui.control());
    now = dropdown(ui, place, key, ui.say(spec.label), segments, chosen, enabled);
  }
  draw_label(ui, label, spec, enabled);
  if (now) ask(ui, spec, static_cast<std::int64_t>(*now));
}

void draw_toggle(Ui& ui, Rect area, const ParamSpec& spec, const ParamValue& value, bool enabled) {
  Rect label = area;
  const Rect place = label.cut_right(40);
  draw_label(ui, label, spec, enabled);
  const bool on = value.number() != 0;
  if (toggle(ui, place, control_key(spec), ui.say(spec.label), on, enabled)) ask(ui, spec, on ? 0 : 1);
}

// Its first line, in a box that a press opens for typing: all of its lines, where it has several.
void draw_text(Ui& ui, Rect area, const ParamSpec& spec, const ParamValue& value, bool enabled) {
  const bool several = spec.text.lines > 1;
  Rect row = area;
  draw_label(ui, several ? row.cut_top(22) : row.cut_left(label_column + gap_2), spec, enabled);
  const std::string key = control_key(spec);
  const std::string exact = print_value(spec, value);
  const Rect box = several ? row : row.middle(row.w, ui.control());
  ui.canvas.fill(box, ui.theme.raised, corner_small);
  if (ui.editing(key)) {
    ui.canvas.stroke(box, ui.theme.accent, corner_small);
    if (const auto typed = ui.edit(key, box, exact, spec.text.lines)) take_typed(ui, spec, *typed);
    return;
  }
  const Press press = ui.press({"textbox", key, ui.say(spec.label), exact}, box, enabled);
  focus_ring(ui, press, box, corner_small);
  const bool empty = value.text().empty();
  const Rect first{box.x + gap_2, box.y, box.w - 2 * gap_2, ui.control()};
  ui.canvas.text(first, empty ? Type::body : Type::code, enabled && !empty ? ui.theme.text : ui.theme.mute,
                 ui.say(show_value(spec, value)));
  ui.hint(press, ui.say(spec.hint));
  if (press.value) take_typed(ui, spec, *press.value);
  if (press.clicked) ui.start_edit(key);
}

float number_height(Ui& ui, float, const ParamSpec& spec) {
  return stacked(ui, spec) ? 22 + ui.control() - gap_1 : ui.control();
}
float choice_height(Ui& ui, float width, const ParamSpec& spec) {
  const std::vector<Segment> segments = segments_of(ui, spec);
  return form_of(ui, width, spec, segments) == ChoiceForm::below ? 24 + ui.control() + gap_1 : ui.control();
}
float toggle_height(Ui& ui, float, const ParamSpec&) { return ui.control(); }
float text_height(Ui& ui, float, const ParamSpec& spec) {
  if (spec.text.lines == 1) return ui.control();
  return 22 + static_cast<float>(std::min(spec.text.lines, most_text_lines)) * info(Type::body).line + gap_2;
}

struct Widget {
  float (*height)(Ui& ui, float width, const ParamSpec& spec);
  void (*draw)(Ui& ui, Rect area, const ParamSpec& spec, const ParamValue& value, bool enabled);
};
// In the order of ParamKind.
constexpr std::array widgets{Widget{number_height, draw_number}, Widget{number_height, draw_number},
                             Widget{choice_height, draw_choice}, Widget{toggle_height, draw_toggle},
                             Widget{text_height, draw_text}};

const Widget& widget_of(const ParamSpec& spec) { return widgets[static_cast<std::size_t>(spec.kind)]; }

float draw_set(Ui& ui, Rect area, const ParamSet& set) {
  const float from = area.y;
  for (std::size_t at = 0; at < set.specs.size() && at < set.values.size(); ++at) {
    const float height = parameter_height(ui, area.w, set.specs[at]);
    draw_parameter(ui, Rect{area.x, area.y, area.w, height}, set, at);
    area.y += height + row_gap;
  }
  return area.y - from;
}

void draw_presets(Ui& ui, Rect row, const Model& model) {
  std::vector<Segment> entries{{"", ui.say(messages::defaults), true, {}}};
  for (const Preset& preset : model.workload->presets)
    entries.push_back({preset.key, ui.say(preset.label), true, ui.say(preset.hint)});
  const std::string_view label = ui.say(presets);
  const float width = ui.canvas.measure(Type::body, label) + 2 * gap_3 + 16;
  const auto chosen = dropdown(ui, row.cut_right(width).middle(width, 28), "presets", label, entries, entries.size());
  if (chosen) ui.requests.push_back(SelectPreset{std::string(entries[*chosen].key)});
}

}  // namespace

float parameter_height(Ui& ui, float width, const ParamSpec& spec) { return widget_of(spec).height(ui, width, spec); }

void draw_parameter(Ui& ui, Rect area, const ParamSet& set, std::size_t at) {
  const ParamSpec& spec = set.specs[at];
  const Need* unmet = unmet_need(set.specs, set.values, at);
  if (unmet != nullptr) draw_reason(ui, area, spec, *unmet);
  widget_of(spec).draw(ui, area, spec, set.values[at], unmet == nullptr);
}

void draw_next_note(Ui& ui, Rect row) {
  const std::string_view text = ui.say(messages::at_next_run);
  ui.canvas.text(row, Type::label_strong, ui.theme.accent, text);
  ui.tell({"status", "controls.next", text}, row);
}

namespace {

struct Place {
  std::size_t at;  // of the parameter, in the workload's order
  Rect rect;
};

// In one column, or two where there is room: each row is as high as its higher one.
std::vector<Place> primary_places(Ui& ui, Rect area, const Model& model, Keys keys) {
  const std::size_t columns = area.w >= two_columns_from ? 2 : 1;
  const auto count = static_cast<float>(columns);
  const float width = (area.w - (count - 1) * gap_6) / count;
  std::vector<Place> out;
  float y = area.y;
  float row = 0;
  for (std::size_t at = 0; at < model.set_params.specs.size(); ++at) {
    const ParamSpec& spec = model.set_params.specs[at];
    const bool chosen = keys.empty() ? spec.primary : std::ranges::find(keys, spec.key) != keys.end();
    if (!chosen) continue;
    const std::size_t column = out.size() % columns;
    if (column == 0 && !out.empty()) y += row + row_gap;
    const float height = parameter_height(ui, width, spec);
    row = column == 0 ? height : std::max(row, height);
    out.push_back({at, {area.x + static_cast<float>(column) * (width + gap_6), y, width, height}});
  }
  return out;
}

// At the title's right: the way to the lesson about it.
void draw_lesson(Ui& ui, Rect& row) {
  const std::string_view text = ui.say(lesson);
  const ButtonLook look{ButtonStyle::quiet, Icon::leave, true, true, false};
  const float width = button_width(ui, text, look);
  const Rect place = row.cut_right(width);
  const Rect press{place.x + gap_3, place.y + (place.h - ui.control()) / 2, width, ui.control()};
  if (button(ui, press, "lesson", text, look, ui.say(lesson_hint))) ui.requests.push_back(LessonRequest{});
  row.cut_right(gap_2);
}

}  // namespace

float primary_height(Ui& ui, float width, const Model& model, Keys keys) {
  float bottom = 0;
  for (const Place& place : primary_places(ui, {0, 0, width - 2 * gap_4, 0}, model, keys))
    bottom = std::max(bottom, place.rect.bottom());
  return bottom == 0 ? 0 : bottom + 2 * gap_2;
}

void draw_primary(Ui& ui, Rect area, const Model& model, Keys keys) {
  ui.canvas.fill(area, ui.theme.panel);
  ui.canvas.rule({area.x, area.bottom() - 1}, {area.right(), area.bottom() - 1}, ui.theme.line);
  const Rect inner = area.inset(gap_4, gap_2);
  // The others are in the panel, whose button is in the bar.
  for (const Place& place : primary_places(ui, inner, model, keys))
    if (place.rect.bottom() <= inner.bottom() + 0.5F) draw_parameter(ui, place.rect, model.set_params, place.at);
}

float draw_controls(Ui& ui, Rect area, const Model& model, bool& machine_open) {
  const float from = area.y;
  const auto next = [&](float height) {
    const Rect out{area.x, area.y, area.w, height};
    area.y += height;
    return out;
  };
  Rect title = next(info(Type::title).line);
  if (model.has_lesson) draw_lesson(ui, title);
  ui.canvas.text(title, Type::title, ui.theme.text, ui.say(model.workload->title));
  ui.tell({"heading", "title", ui.say(model.workload->title)}, area);
  area.y += gap_1;
  const std::vector<Stretch> summary = with_code(ui.say(model.workload->summary), Type::body, ui.theme.sub);
  area.y += ui.canvas.sentence(Rect{area.x, area.y, area.w, 200}, summary) + gap_4;
  Rect head = next(28);
  draw_presets(ui, head, model);
  // In the heading's place, so that nothing moves under the pointer that changes something.
  if (model.set_for_next) {
    draw_next_note(ui, head);
  } else {
    ui.canvas.text(head, Type::label_strong, ui.theme.mute, ui.say(messages::settings));
  }
  area.y += gap_2;
  area.y += draw_set(ui, area, model.set_params);
  if (!model.set_engine_params.specs.empty()) {
    const std::string_view label = ui.say(machine_open ? less : messages::more);
    const Rect row = next(ui.control());
    const Press press = ui.press({"button", "machine", label, machine_open ? "open" : "closed"}, row);
    if (press.clicked) machine_open = !machine_open;
    Rect inner = row;
    draw_icon(ui.canvas, machine_open ? Icon::minus : Icon::plus, inner.cut_left(16), ui.theme.accent);
    inner.cut_left(gap_1);
    ui.canvas.text(inner, Type::body, ui.theme.accent, label);
    focus_ring(ui, press, row, corner_small);
    if (machine_open) area.y += draw_set(ui, area, model.set_engine_params);
  }
  return area.y - from;
}

}  // namespace interleave::view
