// The stage of `blocking_io`: each call as a bar, with what it waited for the interpreter lock in that colour, beside
// the threads that compute and the lock as a token.

#include <algorithm>
#include <array>
#include <cmath>

#include "core/format.h"
#include "stages/all.h"
#include "stages/blocking_io/scene.h"
#include "stages/common/gil_parts.h"
#include "stages/common/parts.h"
#include "view/messages.h"
#include "workloads/blocking_io.h"

namespace interleave::stages {
namespace {

using workloads::BlockingIo;

constexpr Text say_idle{"Run makes the calls. Each gets a bar here, as long as it took.",
                        "실행을 누르면 호출을 시작합니다. 호출마다 걸린 시간만큼 막대가 자랍니다."};
constexpr Text say_live{"Each call waits for its answer, without a core.", "호출마다 코어 없이 답을 기다린다."};
constexpr Text for_answer{"waits for the answer", "답을 기다림"};
constexpr Text for_gil{"waits for the GIL", "GIL을 기다림"};
constexpr Text for_core{"waits for a core", "코어를 기다림"};
constexpr Text calls_label{"calls", "호출"};
constexpr Text call_number{"call {n}", "호출 {n}"};
constexpr Text how_many{"How many calls took how long", "걸린 시간별 호출 수"};
constexpr Text half_within{"p50: half of the calls", "p50: 호출 절반"};
constexpr Text most_within{"p99: 99 of 100", "p99: 100번 중 99번"};
constexpr Text a_second{"calls a second", "초당 호출"};

constexpr std::size_t most_bars = 20;
constexpr float most_width = 720;
constexpr float chip_height = 32;
constexpr float legend_height = 24;
constexpr float figures_height = 52;

struct Picture {
  BlockingIo::Params params;
  GilScene gil;
  std::vector<IoCallSeen> calls;
  bool token = false;
};

Picture look(const StageInput& input) {
  Picture out;
  out.params = params_from<BlockingIo::Params>(input.model.params.values);
  out.token = BlockingIo::interpreter(out.params).has_gil();
  if (!input.run.has_trace()) return out;
  const bool live = input.model.engine == Engine::live;
  const std::size_t events = live ? all_events : input.run.events();
  out.gil = make_gil_scene(*input.run.trace(), events);
  IoReading how;
  how.lets_gil_go = out.token && out.params.gil == rt::GilDuringIo::released;
  how.sends_recorded = !live && out.params.echo;
  out.calls = calls_of(*input.run.trace(), events, how);
  return out;
}

Color waited_color(const Ui& ui, const Picture& picture) {
  return ui.theme.state(picture.token ? trace::State::waiting_gil : trace::State::ready);
}

void draw_legend(Ui& ui, Rect area, const Picture& picture) {
  const auto entry = [&](const Text& label, Color color) {
    const std::string_view text = ui.say(label);
    const float width = ui.canvas.measure(Type::label, text);
    ui.canvas.fill(area.cut_left(12).middle(12, 12), color, 3);
    area.cut_left(gap_2);
    ui.canvas.text(area.cut_left(width + 1), Type::label, ui.theme.sub, text);
    area.cut_left(gap_4);
  };
  entry(for_answer, ui.theme.state(trace::State::blocked));
  entry(picture.token ? for_gil : for_core, waited_color(ui, picture));
}

// A call on the scale from `from`, where `pixels` points are a nanosecond.
void draw_call(Ui& ui, Rect track, const IoCallSeen& call, Nanoseconds from, double pixels, Color waited) {
  const auto x = [&](Nanoseconds at) { return track.x + static_cast<float>(static_cast<double>(at - from) * pixels); };
  const auto part = [&](Nanoseconds begin, Nanoseconds end, Color color) {
    const float width = x(end) - x(begin);
    if (width < 0.25F) return;
    ui.canvas.fill({x(begin), track.y, std::max(width, 1.0F), track.h}, color, 2);
  };
  part(call.begin, call.asked, waited);
  part(call.asked, call.answered, ui.theme.state(trace::State::blocked));
  part(call.answered, call.end, waited);
}

// Where calls follow each other they begin at the same edge, so that their lengths can be compared; otherwise each is
// drawn when it was.
void draw_calls(Ui& ui, Rect area, const Picture& picture) {
  const auto count = static_cast<std::size_t>(picture.params.calls);
  const std::vector<IoCallSeen>& calls = picture.calls;
  const bool aligned = picture.params.mode == BlockingIo::Mode::serial && count > 8;
  Nanoseconds first = calls.empty() ? 0 : calls.front().begin;
  Nanoseconds span = picture.params.delay;
  for (const IoCallSeen& call : calls) span = std::max(span, aligned ? call.latency() : call.end - first);
  const float pitch = std::min(28.0F, area.h / static_cast<float>(count));
  const bool named = pitch >= 17;
  const std::string widest = fill(call_number, {{"n", static_cast<std::int64_t>(count)}}).in(ui.language);
  const float names = named ? ui.canvas.measure(Type::label, widest) + gap_3 : 0;
  const float figures = named ? ui.canvas.measure(Type::label, "88.88 ms") + gap_2 : 0;
  for (std::size_t at = 0; at < count; ++at) {
    Rect row = area.cut_top(pitch);
    const Rect name = row.cut_left(names);
    const Rect figure = row.cut_right(figures);
    const Rect track = row.middle(row.w, std::min(12.0F, pitch - 3));
    ui.canvas.fill(track, ui.theme.track.faded(0.5F), 3);
    const std::string text = fill(call_number, {{"n", static_cast<std::int64_t>(at + 1)}}).in(ui.language);
    if (named) ui.canvas.text(name, Type::label, ui.theme.sub, text);
    if (at >= calls.size()) continue;
    const IoCallSeen& call = calls[at];
    const std::string took = format_duration(call.latency());
    draw_call(ui, track, call, aligned ? call.begin : first, static_cast<double>(track.w) / static_cast<double>(span),
              waited_color(ui, picture));
    if (named && call.done) ui.canvas.text(figure, Type::label, ui.theme.text, took, Align::right);
    ui.tell({"group", text, text, took}, row);
  }
}

// Many calls: a column for each range of latencies, split as their time was.
void draw_histogram(Ui& ui, Rect area, const Picture& picture) {
  constexpr std::size_t columns = 24;
  struct Column {
    std::int64_t calls = 0;
    double waited = 0;
    double time = 0;
  };
  Nanoseconds longest = 1;
  for (const IoCallSeen& call : picture.calls) longest = std::max(longest, call.done ? call.latency() : 0);
  std::array<Column, columns> found{};
  for (const IoCallSeen& call : picture.calls) {
    if (!call.done) continue;
    const double share = static_cast<double>(call.latency()) / static_cast<double>(longest);
    Column& column = found.at(std::min(columns - 1, static_cast<std::size_t>(share * columns)));
    ++column.calls;
    column.waited += static_cast<double>(call.waited());
    column.time += static_cast<double>(call.latency());
  }
  const std::int64_t most = std::max<std::int64_t>(1, std::ranges::max_element(found, {}, &Column::calls)->calls);
  ui.canvas.text(area.cut_top(20), Type::label, ui.theme.sub, ui.say(how_many));
  Rect axis = area.cut_bottom(20);
  ui.canvas.text(axis.cut_left(axis.w / 2), Type::label, ui.theme.mute, "0");
  ui.canvas.text(axis, Type::label, ui.theme.mute, format_duration(longest), Align::right);
  ui.canvas.rule({area.x, area.bottom()}, {area.right(), area.bottom()}, ui.theme.line);
  const float width = area.w / static_cast<float>(columns);
  for (const Column& column : found) {
    Rect place = area.cut_left(width).inset(1.5F, 0);
    if (column.calls == 0) continue;
    const float height = std::max(3.0F, place.h * static_cast<float>(column.calls) / static_cast<float>(most));
    Rect bar_area = place.cut_bottom(height);
    const double share = column.time > 0 ? column.waited / column.time : 0;
    ui.canvas.fill(bar_area.cut_top(static_cast<float>(share) * height), waited_color(ui, picture), 1);
    ui.canvas.fill(bar_area, ui.theme.state(trace::State::blocked), 1);
  }
}

// The calls and the threads that compute, and the lock above whoever has it.
void draw_chips(Ui& ui, Rect area, const Picture& picture) {
  const auto hogs = static_cast<std::size_t>(picture.params.hogs);
  const auto count = static_cast<float>(hogs + 1);
  Rect token_row = picture.token ? area.cut_top(token_height + gap_1) : Rect{};
  const float width = std::min(132.0F, (area.w - gap_2 * (count - 1)) / count);
  float x = area.x;
  std::optional<float> holder;
  for (std::size_t at = 0; at <= hogs; ++at, x += width + gap_2) {
    const Rect chip{x, area.y, width, chip_height};
    // CPU-bound threads are started first, so they are numbers 1 to `hogs`.
    const bool has =
        picture.gil.holder && (at > 0 ? picture.gil.holder->index() == at
                                      : picture.gil.holder->index() == 0 || picture.gil.holder->index() > hogs);
    const trace::State state = at > 0 && at < picture.gil.states.size() ? picture.gil.states[at] : trace::State::idle;
    if (has) holder = chip.center().x;
    const std::string number = std::to_string(at);
    const std::string name =
        at == 0 ? std::string(ui.say(calls_label))
                : fill({"computing {n}", "계산 {n}"}, {{"n", std::string_view(number)}}).in(ui.language);
    ui.canvas.fill(chip, ui.theme.panel, corner_control);
    ui.canvas.stroke(chip, has ? ui.theme.accent : ui.theme.line, corner_control, has ? 1.5F : 1.0F);
    Rect inner = chip.inset(gap_1, 0);
    const Rect swatch = inner.cut_left(12).middle(8, 8);
    if (at > 0) ui.canvas.circle(swatch.center(), 4, ui.theme.state(state));
    inner.cut_left(gap_1);
    const bool fits = ui.canvas.measure(Type::label_strong, name) + gap_2 <= inner.w;
    const std::string& shown = fits || at == 0 ? name : number;
    if (ui.canvas.measure(Type::label_strong, shown) <= inner.w) {
      ui.canvas.text(inner, Type::label_strong, ui.theme.text, shown);
    }
    ui.tell({"group", "chip." + number, name, ui.say(label_of(state))}, chip);
  }
  if (!holder) return;
  const float half = token_width / 2;
  const float middle = std::clamp(ui.follow("blocking_io/token", *holder), area.x + half, area.right() - half);
  draw_gil_token(ui, {middle, token_row.center().y});
}

void draw_figures(Ui& ui, Rect area, const Outcome& outcome) {
  struct Entry {
    std::string_view key;
    Text label;
  };
  const std::array entries{Entry{"p50", half_within}, Entry{"p99", most_within}, Entry{"rate", a_second}};
  const float width = area.w / static_cast<float>(entries.size());
  for (const Entry& entry : entries) {
    Rect cell = area.cut_left(width);
    const double value = outcome.figure(entry.key).value_or(0);
    const std::string text = entry.key == "rate" ? format_number(value) : format_duration(std::llround(value));
    ui.tell({"meter", "io." + std::string(entry.key), ui.say(entry.label), text}, cell);
    ui.canvas.text(cell.cut_top(30), Type::title, ui.theme.text, text);
    ui.canvas.text(cell.cut_top(20), Type::label, ui.theme.sub, ui.say(entry.label));
  }
}

void draw(Ui& ui, Rect area, const StageInput& input) {
  const auto& picture = input.run.derived<Picture>(input.chosen, [&] { return look(input); });
  const std::string said = told_so_far(ui, input, say_idle, say_live);
  const Story story{said, {}};
  const float width = stage_column(area, most_width, 0).w;
  const float story_h = story_height(ui, width, story);
  const auto& outcome = input.model.snapshot->outcome;
  const auto count = static_cast<std::size_t>(picture.params.calls);
  const float rows = static_cast<float>(std::min(count, most_bars));
  const float least = count <= most_bars ? rows * 8 : 96;
  // Where room is short, the sentence goes first, then the figures, which the result has too, then who computes.
  float left = area.h - 2 * gap_3 - least - legend_height;
  const auto afford = [&](bool wanted, float height) {
    if (!wanted || left < height) return 0.0F;
    left -= height;
    return height;
  };
  const bool busy = picture.params.hogs > 0;
  const float chips = afford(busy, chip_height + gap_3 + (picture.token ? token_height + gap_1 : 0));
  const float figures = afford(outcome && outcome->verdict == Verdict::ok, gap_4 + figures_height);
  const float story_room = afford(true, gap_4 + story_h);
  const float top = std::min(least + std::max(0.0F, left), count <= most_bars ? rows * 28 : 220.0F);
  Rect column = stage_column(area, most_width, chips + top + legend_height + figures + story_room);
  if (chips > 0) draw_chips(ui, column.cut_top(chips), picture);
  const Rect middle = column.cut_top(top);
  if (count <= most_bars) {
    draw_calls(ui, middle, picture);
  } else {
    draw_histogram(ui, middle, picture);
  }
  draw_legend(ui, column.cut_top(legend_height), picture);
  if (story_room > 0) {
    column.cut_top(gap_4);
    draw_story(ui, column.cut_top(story_h), story);
  }
  if (figures == 0) return;
  column.cut_top(gap_4);
  draw_figures(ui, column, *outcome);
}

}  // namespace

Stage stage_of_blocking_io() { return {BlockingIo::id, draw, nullptr}; }

}  // namespace interleave::stages
