#include "view/timeline/identity_view.h"

#include <algorithm>

#include "view/kit/widgets.h"
#include "view/messages.h"

namespace interleave::view {
namespace {

constexpr Text seed_words{"seed {seed}", "시드 {seed}"};

constexpr Text identity{"Seed and schedule", "시드와 일정"};
constexpr Text seed_label{"Seed", "시드"};
constexpr Text seed_note_text{"The same seed gives the same run, on every machine.",
                              "시드가 같으면 어느 기계에서나 같은 실행이 됩니다."};
constexpr Text schedule_note_text{
    "Who took each step of this run, written down: `A4B2` is four steps of A, then two of B. Another one is followed "
    "from the start.",
    "이 실행의 단계마다 누구 차례였는지 적은 것입니다. `A4B2`는 A가 네 단계, 이어서 B가 두 단계입니다. 다른 일정을 "
    "적으면 처음부터 그대로 따릅니다."};
constexpr Text schedule_empty{"No step yet", "아직 단계 없음"};
constexpr Text edit_schedule{"Edit", "고치기"};

constexpr std::string_view popup_key = "identity";
constexpr std::string_view seed_key = "seed";
constexpr float popup_width = 380;
constexpr std::size_t shown_letters = 10;  // of a schedule on the button
constexpr std::size_t line_letters = 38;   // of a schedule in a line of the popup
constexpr std::size_t most_lines = 4;

const ParamSpec* seed_spec(const Model& model) {
  const auto found = std::ranges::find(model.set_engine_params.specs, seed_key, &ParamSpec::key);
  return found == model.set_engine_params.specs.end() ? nullptr : &*found;
}

std::string beginning(std::string_view text, std::size_t letters) {
  if (text.size() <= letters) return std::string(text);
  return std::string(text.substr(0, letters)).append("…");
}

// A schedule that says how it ends. Without a mark it is taken as a beginning, from which the run then goes on.
std::string ended(std::string schedule) {
  std::erase_if(schedule, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
  if (!schedule.empty() && schedule.back() != '.' && schedule.back() != '-') schedule.push_back('-');
  return schedule;
}

void draw_seed(Ui& ui, Rect row, const Model& model) {
  const ParamSpec* spec = seed_spec(model);
  if (spec == nullptr) return;
  const std::string value = std::to_string(model.set_engine_params.value(seed_key));
  const std::string entry = "identity.seed";
  Rect label = row;
  const Rect place = label.cut_right(150).middle(150, ui.control());
  ui.canvas.text(label, Type::body, ui.theme.text, ui.say(seed_label));
  const auto take = [&](std::string_view text) {
    if (const Result<ParamValue> seed = parse_value(*spec, text))
      ui.requests.push_back(SetParameter{std::string(seed_key), seed.value()});
  };
  ui.canvas.fill(place, ui.theme.raised, corner_small);
  if (ui.editing(entry)) {
    ui.canvas.stroke(place, ui.theme.accent, corner_small);
    if (const auto typed = ui.edit(entry, place, value)) take(*typed);
    return;
  }
  const Press press = ui.press({"textbox", entry, ui.say(seed_label), value}, place);
  focus_ring(ui, press, place, corner_small);
  ui.canvas.text(place.inset(gap_2, 0), Type::code, ui.theme.text, value);
  if (press.value) take(*press.value);
  if (press.clicked) ui.start_edit(entry);
}

// Wrapped by letters, and shortened in the middle of a run of millions of steps.
void draw_schedule_text(Ui& ui, Rect area, std::string_view schedule) {
  for (std::size_t line = 0; line < most_lines && line * line_letters < schedule.size(); ++line) {
    std::string_view part = schedule.substr(line * line_letters, line_letters);
    std::string last;
    if (line + 1 == most_lines && schedule.size() > most_lines * line_letters) {
      last = std::string(part.substr(0, line_letters - 1)).append("…");
      part = last;
    }
    ui.canvas.text(area.cut_top(18), Type::code, ui.theme.text, part);
  }
}

void draw_schedule(Ui& ui, Rect rest, const Model& model) {
  const std::string& schedule = model.snapshot->schedule;
  const std::string entry = "identity.schedule";
  Rect head = rest.cut_top(ui.control());
  const ButtonLook look{ButtonStyle::quiet, Icon::none, false, true, false};
  const float width = button_width(ui, ui.say(edit_schedule), look);
  const Rect edit = head.cut_right(width).middle(width, ui.control());
  ui.canvas.text(head, Type::body, ui.theme.text, ui.say(messages::schedule));
  rest.cut_top(gap_1);
  const Rect box{rest.x, rest.y, rest.w, static_cast<float>(most_lines) * 18 + 2 * gap_2};
  ui.canvas.fill(box, ui.theme.raised, corner_small);
  const auto take = [&](std::string text) {
    ui.requests.push_back(FollowSchedule{ended(std::move(text))});
    ui.close_popup();
  };
  if (ui.editing(entry)) {
    ui.canvas.stroke(box, ui.theme.accent, corner_small);
    if (const auto typed = ui.edit(entry, box.inset(gap_1).middle(box.w - 2 * gap_1, ui.control()), schedule))
      take(*typed);
    return;
  }
  const Press press = ui.press({"textbox", entry, ui.say(messages::schedule), schedule}, box);
  focus_ring(ui, press, box, corner_small);
  if (schedule.empty()) {
    ui.canvas.text(box.inset(gap_2), Type::body, ui.theme.mute, ui.say(schedule_empty));
  } else {
    draw_schedule_text(ui, box.inset(gap_2), schedule);
  }
  if (press.value) take(*press.value);
  if (press.clicked || button(ui, edit, "identity.edit", ui.say(edit_schedule), look)) ui.start_edit(entry);
}

}  // namespace

void draw_identity(Ui& ui, Rect& row, const Model& model) {
  if (model.engine != Engine::simulate || seed_spec(model) == nullptr) return;
  const std::string number = std::to_string(model.snapshot->seed);
  std::string text = fill(seed_words, {{"seed", std::string_view(number)}}).in(ui.language);
  if (!model.snapshot->schedule.empty()) text.append(" · ").append(beginning(model.snapshot->schedule, shown_letters));
  const float width = ui.canvas.measure(Type::label_strong, text) + 2 * gap_3;
  if (row.w < width + 2 * gap_3) return;
  const Rect place =
      row.cut_right(width).middle(width, std::max(24.0F, ui.frame().coarse_pointer ? ui.control() : 24.0F));
  row.cut_right(gap_2);
  const Press press = ui.press({"button", "identity", ui.say(identity), text}, place);
  pill(ui, place.middle(place.w, 24), text, Type::label_strong, ui.theme.sub,
       press.hovered ? ui.theme.pressed : ui.theme.raised);
  focus_ring(ui, press, place.middle(place.w, 24), 12);
  ui.hint(press, ui.say(identity));
  if (press.clicked) ui.open_popup(popup_key);
  const float inner = std::min(popup_width, ui.frame().width - 2 * gap_4) - 2 * gap_4;
  const std::vector<Stretch> seed_note = with_code(ui.say(seed_note_text), Type::label, ui.theme.sub);
  const std::vector<Stretch> schedule_note = with_code(ui.say(schedule_note_text), Type::label, ui.theme.sub);
  const float seed_note_height = ui.canvas.sentence_height(inner, seed_note);
  const float schedule_note_height = ui.canvas.sentence_height(inner, schedule_note);
  const float box = static_cast<float>(most_lines) * 18 + 2 * gap_2;
  const float height = 2 * gap_4 + ui.control() + gap_1 + seed_note_height + gap_4 + ui.control() + gap_1 + box +
                       gap_2 + schedule_note_height;
  ui.popup(popup_key, {place.right() - inner - 2 * gap_4, place.y - height - gap_2, inner + 2 * gap_4, height},
           [&](Rect area) {
             Rect rest = area.inset(gap_4);
             draw_seed(ui, rest.cut_top(ui.control()), model);
             rest.cut_top(gap_1);
             ui.canvas.sentence(rest.cut_top(seed_note_height), seed_note);
             rest.cut_top(gap_4);
             draw_schedule(ui, rest.cut_top(ui.control() + gap_1 + box), model);
             rest.cut_top(gap_2);
             ui.canvas.sentence(rest, schedule_note);
           });
}

}  // namespace interleave::view
