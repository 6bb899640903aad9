// The stage of `subprocess`: a row for each child, with its three pipes as vessels that fill, what it is doing, and its
// return code.
#include <algorithm>
#include <array>
#include <string>

#include "core/format.h"
#include "stages/all.h"
#include "stages/common/parts.h"
#include "stages/subprocess/scene.h"
#include "view/messages.h"
#include "workloads/subprocess.h"

namespace interleave::stages {
namespace {

constexpr Text say_idle{"Run starts the children. Each has three pipes here; a pipe holds 65,536 bytes.",
                        "실행을 누르면 자식들을 시작합니다. 자식마다 파이프가 셋이고, 파이프 하나에 65,536바이트가 "
                        "들어갑니다."};
constexpr Text say_live{"The children run by themselves; their parent waits for what they say.",
                        "자식들은 알아서 돌고, 부모는 그 말을 기다린다."};
constexpr Text say_not_started{"not started", "시작 전"};
constexpr Text say_running{"running", "실행"};
constexpr Text say_sleeping{"sleeping", "잠"};
constexpr Text say_reading{"waits for input", "입력 대기"};
constexpr Text say_full{"pipe is full", "파이프 꽉 참"};
constexpr Text say_ended{"ended", "끝남"};
constexpr Text say_killed{"killed", "죽임"};
constexpr Text ended_as{"; code {code}, ended as number {n}", "; 코드 {code}, {n}번째로 끝남"};
constexpr Text child_name{"child {n}", "자식 {n}"};
constexpr Text parent_name{"parent", "부모"};
constexpr Text code_head{"code", "코드"};
// In which order they ended.
constexpr Text place_head{"order", "순서"};
// In the order of rt::Pipe.
constexpr std::array pipe_heads{Text{"stdin", "stdin"}, Text{"stdout", "stdout"}, Text{"stderr", "stderr"}};

constexpr auto capacity = static_cast<std::int64_t>(rt::pipe_capacity);
constexpr float most_width = 760;
constexpr float head_height = 24;
constexpr float tallest_row = 34;
constexpr float lowest_named_row = 16;  // a label's line

struct Picture {
  std::vector<ChildSeen> children;
  trace::State parent = trace::State::idle;
};

Picture look(const StageInput& input) {
  Picture out;
  if (input.run.has_trace()) {
    const bool live = input.model.engine == Engine::live;
    out.children = children_of(*input.run.trace(), live ? SIZE_MAX : input.run.events());
    out.parent = live                                ? last_state(input.run, 0)
                 : input.run.world().threads.empty() ? trace::State::idle
                                                     : input.run.world().threads[0].state;
  }
  out.children.resize(static_cast<std::size_t>(params_of<workloads::Subprocess>(input.model).children));
  return out;
}

Text doing(const ChildSeen& child) {
  if (child.code) return child.killed && *child.code < 0 ? say_killed : say_ended;
  if (!child.started) return say_not_started;
  if (child.asleep) return say_sleeping;
  if (child.waits_at) return child.waits_at == rt::Pipe::in ? say_reading : say_full;
  return say_running;
}

// How wide the columns are: those of words by what may stand in them, the pipes share the rest.
struct Columns {
  float parent = 0;
  float name = 0;
  float state = 0;
  float code = 0;
  float place = 0;
  float pipe = 0;
};

Columns columns_of(Ui& ui, float width, std::size_t children) {
  Columns out;
  const std::string widest = fill(child_name, {{"n", static_cast<std::int64_t>(children)}}).in(ui.language);
  out.name = 16 + ui.canvas.measure(Type::label, widest) + gap_2;
  for (const Text& text : {say_not_started, say_running, say_sleeping, say_reading, say_full, say_ended, say_killed}) {
    out.state = std::max(out.state, ui.canvas.measure(Type::label, ui.say(text)));
  }
  out.state += gap_2;
  const std::string widest_code = std::to_string(rt::code_of_killed);
  out.code =
      std::max(ui.canvas.measure(Type::label, widest_code), ui.canvas.measure(Type::label, ui.say(code_head))) + gap_2;
  out.place = ui.canvas.measure(Type::label, ui.say(place_head)) + gap_2;
  out.parent = ui.canvas.measure(Type::label_strong, ui.say(parent_name)) + (width < 480 ? gap_1 : 2 * gap_3);
  if (width < 480) out.state = 0;
  out.pipe = (width - out.parent - gap_2 - out.name - out.state - out.code - out.place) / 3;
  return out;
}

void draw_pipe(Ui& ui, Rect cell, const PipeSeen& pipe, bool named) {
  const Rect vessel = cell.inset(gap_1, named ? 3.0F : 1.5F);
  const float share = std::min(1.0F, static_cast<float>(pipe.level) / static_cast<float>(capacity));
  ui.canvas.fill(vessel, ui.theme.track.faded(0.6F), 4);
  if (pipe.level > 0) {
    const bool full = pipe.level >= capacity;
    const Color liquid = full ? ui.theme.bad : ui.theme.accent;
    ui.canvas.fill({vessel.x, vessel.y, std::max(2.0F, vessel.w * share), vessel.h}, liquid.faded(0.35F), 4);
    if (full) ui.canvas.stroke(vessel, ui.theme.bad, 4, 1.5F);
  }
  if (!named || pipe.passed == 0) return;
  const std::string text = format_count(pipe.level > 0 ? pipe.level : pipe.passed);
  if (ui.canvas.measure(Type::label, text) + gap_2 > vessel.w) return;
  ui.canvas.text(vessel.inset(gap_1, 0), Type::label, pipe.level > 0 ? ui.theme.text : ui.theme.sub, text,
                 Align::right);
}

// Which way bytes go through a pipe: to the child, or from it.
void draw_direction(Ui& ui, Point at, bool to_child) {
  const float tip = to_child ? 4.0F : -4.0F;
  ui.canvas.triangle({at.x - tip, at.y - 4}, {at.x + tip, at.y}, {at.x - tip, at.y + 4}, ui.theme.mute);
}

void draw_heads(Ui& ui, Rect row, const Columns& columns) {
  row.cut_left(columns.parent + gap_2);
  for (const Text& head : pipe_heads) {
    Rect cell = row.cut_left(columns.pipe).inset(gap_1, 0);
    draw_direction(ui, {cell.cut_left(10).center().x, cell.center().y}, &head == &pipe_heads.front());
    cell.cut_left(gap_1);
    ui.canvas.text(cell, Type::label, ui.theme.sub, ui.say(head));
  }
  row.cut_left(columns.name + columns.state);
  ui.canvas.text(row.cut_left(columns.code), Type::label, ui.theme.sub, ui.say(code_head), Align::right);
  ui.canvas.text(row, Type::label, ui.theme.sub, ui.say(place_head), Align::right);
}

// Whose the near ends of all pipes are.
void draw_parent(Ui& ui, Rect area, trace::State state) {
  ui.tell({"group", "parent", ui.say(parent_name), ui.say(label_of(state))}, area);
  const Rect box = area.inset(0, 2);
  ui.canvas.fill(box, ui.theme.panel, corner_control);
  ui.canvas.stroke(box, ui.theme.line, corner_control);
  Rect words = box.middle(box.w, std::min(box.h, 40.0F));
  ui.canvas.text(words.cut_top(std::min(words.h, 20.0F)), Type::label_strong, ui.theme.text, ui.say(parent_name),
                 Align::center);
  if (words.h >= 16) state_swatch(ui, words.middle(12, 12), state);
}

void draw_child(Ui& ui, Rect row, const Columns& columns, const ChildSeen& child, std::size_t number, bool named) {
  const std::string name = fill(child_name, {{"n", static_cast<std::int64_t>(number)}}).in(ui.language);
  const std::string_view does = ui.say(doing(child));
  const std::string code = child.code ? std::to_string(*child.code) : "";
  std::string told(does);
  for (const PipeSeen& pipe : child.pipes) told += " " + std::to_string(pipe.level);
  if (child.code) told += fill(ended_as, {{"code", *child.code}, {"n", child.place}}).in(ui.language);
  ui.tell({"group", "child." + std::to_string(number), name, told}, row);
  row.cut_left(columns.parent + gap_2);
  for (const PipeSeen& pipe : child.pipes) draw_pipe(ui, row.cut_left(columns.pipe), pipe, named);
  Rect title = row.cut_left(columns.name);
  ui.canvas.circle(title.cut_left(16).center(), 4, ui.theme.state(child.state));
  if (named) ui.canvas.text(title, Type::label, ui.theme.text, name);
  const Rect words = row.cut_left(columns.state);
  const bool bad = child.killed || (child.waits_at && child.waits_at != rt::Pipe::in);
  if (named && columns.state > 0) ui.canvas.text(words, Type::label, bad ? ui.theme.bad : ui.theme.sub, does);
  if (!named || code.empty()) return;
  const Color tone = code == "0" ? ui.theme.good : ui.theme.bad;
  ui.canvas.text(row.cut_left(columns.code), Type::label, tone, code, Align::right);
  ui.canvas.text(row, Type::label, ui.theme.sub, std::to_string(child.place), Align::right);
}

void draw(Ui& ui, Rect area, const StageInput& input) {
  const auto& picture = input.run.derived<Picture>(input.chosen, [&] { return look(input); });
  const std::string said = told_so_far(ui, input, say_idle, say_live);
  const Story story{said, {}};
  const float width = stage_column(area, most_width, 0).w;
  const float story_h = story_height(ui, width, story);
  const auto count = static_cast<float>(picture.children.size());
  float room = area.h - 2 * gap_3 - head_height;
  // Where room is short, the sentence goes before the names do.
  const float story_room = room - story_h - gap_4 >= count * lowest_named_row ? story_h + gap_4 : 0;
  room -= story_room;
  const float pitch = std::clamp(room / count, 6.0F, tallest_row);
  const bool named = pitch >= lowest_named_row;
  Rect column = stage_column(area, most_width, head_height + count * pitch + story_room);
  const Columns columns = columns_of(ui, column.w, picture.children.size());
  draw_heads(ui, column.cut_top(head_height), columns);
  draw_parent(ui, {column.x, column.y, columns.parent, count * pitch}, picture.parent);
  for (std::size_t at = 0; at < picture.children.size(); ++at) {
    draw_child(ui, column.cut_top(pitch), columns, picture.children[at], at + 1, named);
  }
  if (story_room == 0) return;
  column.cut_top(gap_4);
  draw_story(ui, column.cut_top(story_h), story);
}

}  // namespace

Stage stage_of_subprocess() { return {"subprocess", draw, nullptr}; }

}  // namespace interleave::stages
