#include "view/compare/compare_lanes.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "core/format.h"
#include "view/compare/messages_compare.h"
#include "view/kit/keys.h"
#include "view/kit/widgets.h"
#include "view/layout.h"
#include "view/timeline/messages_timeline.h"

namespace interleave::view {
namespace {

constexpr Text timelines_help{"wheel to zoom both, drag to move, F to fit", "휠로 함께 확대, 끌어서 이동, F로 전체"};
constexpr Text trace_gone{"The timeline of run {n} was let go to make room for newer runs. Its figures are above.",
                          "새 실행에 자리를 내주느라 실행 {n}의 타임라인은 지웠습니다. 수치는 남아 있습니다."};
constexpr Text no_timeline{"An exploration has no timeline.", "탐색에는 타임라인이 없습니다."};
constexpr Text two_clocks{"Each timeline has its own clock, so lengths cannot be compared.",
                          "두 타임라인의 시계가 달라 길이를 견줄 수 없습니다."};
constexpr Text real_time{"real time", "실제 시간"};
constexpr Text virtual_clock{"virtual time", "가상 시간"};
constexpr Text in_steps{"steps", "단계"};

constexpr std::array letters{"A", "B"};
constexpr std::array node_keys{"compare.timeline.a", "compare.timeline.b"};
constexpr std::size_t most_lanes = 12;  // of one run at a time: more would push the other off the screen
constexpr float pitch = 18;
constexpr float head_height = 28;
constexpr float legend_height = 28;
constexpr float side_gap = 12;
constexpr double zoom_step = 0.8;
constexpr double pan_by_key = 0.1;   // of the width
constexpr double pan_by_wheel = 60;  // points a notch

float lanes_height(std::size_t lanes) { return static_cast<float>(std::min(lanes, most_lanes)) * pitch; }

}  // namespace

void CompareLanes::let_go() {
  for (Side& side : sides_) {
    side.number = 0;
    side.unit = Unit::none;
    side.source = {};
    side.times.clear();
    side.steps.clear();
    side.strip.clear();
    side.trace.reset();
  }
}

void CompareLanes::show(const FinishedRun& a, const FinishedRun& b) {
  if (sides_[0].number == a.number && sides_[1].number == b.number) return;
  let_go();
  read(sides_[0], a);
  read(sides_[1], b);
}

void CompareLanes::read(Side& side, const FinishedRun& run) {
  side.number = run.number;
  side.engine = run.engine;
  side.view = Viewport{};
  if (run.trace == nullptr || *run.trace == nullptr) return;
  side.trace = *run.trace;
  side.unit = run.engine == Engine::live ? Unit::real : run.timed ? Unit::simulated : Unit::steps;
  if (side.unit == Unit::steps) {
    side.steps.update(*side.trace);
    side.source.lanes = side.steps.lanes();
  } else {
    side.times.update(*side.trace);
    side.source.lanes = side.times.lanes();
  }
  side.source.trace = side.trace.get();
  side.source.stamp = ++read_;
}

std::string CompareLanes::why_nothing(const Ui& ui, const Side& side) {
  if (side.engine == Engine::explore) return std::string(ui.say(no_timeline));
  return fill(trace_gone, {{"n", static_cast<std::int64_t>(side.number)}}).in(ui.language);
}

float CompareLanes::side_height(Ui& ui, const Side& side, float width) {
  if (!side.drawable()) return head_height + ui.canvas.paragraph_height(width, Type::body, why_nothing(ui, side));
  return head_height + timeline_axis + lanes_height(side.source.lanes.size());
}

float CompareLanes::height(Ui& ui, float width) const {
  return legend_height + side_height(ui, sides_[0], width) + side_gap + side_height(ui, sides_[1], width);
}

std::string CompareLanes::told_end(const Ui& ui, const Side& side) {
  switch (side.unit) {
    case Unit::none: return {};
    case Unit::real: return format_duration(side.end()) + " " + std::string(ui.say(real_time));
    case Unit::simulated: return format_duration(side.end()) + " " + std::string(ui.say(virtual_clock));
    case Unit::steps: return format_count(side.end()) + " " + std::string(ui.say(in_steps));
  }
  return {};
}

void CompareLanes::draw_legend(Ui& ui, Rect area) const {
  for (const trace::State state : legend_states) {
    if (!std::ranges::any_of(sides_, [&](const Side& side) { return occurs(side.source.lanes, state); })) continue;
    if (!draw_legend_entry(ui, area, state, ui.say(label_of(state)))) break;
  }
  const std::string_view help = ui.say(one_axis() ? timelines_help : two_clocks);
  const float width = ui.canvas.measure(Type::label, help);
  if (area.w >= width + gap_2) ui.canvas.text(area, Type::label, ui.theme.mute, help, Align::right);
}

void CompareLanes::draw(Ui& ui, Rect area) {
  const Nanoseconds longer = std::max({sides_[0].end(), sides_[1].end(), Nanoseconds{1}});
  float labels = 0;
  for (Side& side : sides_) {
    side.view.set_range(0, one_axis() ? longer : std::max<Nanoseconds>(side.end(), 1));
    labels = std::max(labels, LaneStrip::width_of_labels(ui, side.trace.get()));
  }
  // Both axes begin at one place.
  labels = std::min(labels, area.w * 0.28F);
  draw_legend(ui, area.cut_top(legend_height));
  for (std::size_t at = 0; at < sides_.size(); ++at) {
    draw_side(ui, area.cut_top(side_height(ui, sides_[at], area.w)), at, labels);
    area.cut_top(side_gap);
  }
  const Side& first = sides_[0].drawable() ? sides_[0] : sides_[1];
  const Side& last = sides_[1].drawable() ? sides_[1] : sides_[0];
  if (!first.drawable()) return;
  handle_input(ui, {first.bars.x, first.bars.y, first.bars.w, last.bars.bottom() - first.bars.y});
}

void CompareLanes::draw_side(Ui& ui, Rect area, std::size_t at, float labels) {
  Side& side = sides_[at];
  Rect head = area.cut_top(head_height);
  badge(ui, {head.x + 10, head.center().y}, 10, letters[at], ui.theme.owner(at));
  head.cut_left(28);
  const Words number = fill(messages::run_number, {{"n", static_cast<std::int64_t>(side.number)}});
  const float width = ui.canvas.measure(Type::body_strong, ui.say(number));
  ui.canvas.text(head.cut_left(width + gap_3), Type::body_strong, ui.theme.text, ui.say(number));
  ui.canvas.text(head, Type::body, ui.theme.sub, told_end(ui, side));
  if (!side.drawable()) {
    const std::string text = why_nothing(ui, side);
    ui.canvas.paragraph(area, Type::body, ui.theme.mute, text);
    ui.tell({"text", node_keys[at], text}, area);
    return;
  }
  const Rect axis = area.cut_top(timeline_axis);
  const Rect names = area.cut_left(labels);
  side.bars = area;
  draw_axis(ui, {area.x, axis.y, area.w, axis.h}, area, side);
  side.strip.draw(ui, names, area, side.source, side.view);
  // Where the run ends: of two on one axis the shorter is seen to be shorter.
  const float end = area.x + static_cast<float>(side.view.x_of(side.end(), static_cast<double>(area.w)));
  if (end < area.right() - 1) ui.canvas.fill({end, area.y - 2, 1.5F, area.h + 4}, ui.theme.owner(at));
  const Nanoseconds from = side.view.origin();
  const Nanoseconds to = from + static_cast<Nanoseconds>(side.view.span());
  ui.tell({"image", node_keys[at], ui.say(number), std::to_string(from) + ".." + std::to_string(to)}, area);
}

void CompareLanes::draw_axis(Ui& ui, Rect area, Rect lanes, const Side& side) {
  const auto most = static_cast<std::size_t>(std::clamp(area.w / 90, 2.0F, 12.0F));
  float free_from = area.x;
  for (const Tick& tick : ticks(side.view, most, side.unit == Unit::steps ? AxisUnit::steps : AxisUnit::time)) {
    const float x = area.x + static_cast<float>(side.view.x_of(tick.time, static_cast<double>(area.w)));
    ui.canvas.rule({x, lanes.y - 4}, {x, lanes.bottom()}, ui.theme.line);
    const float width = ui.canvas.measure(Type::label, tick.label);
    const float at = std::clamp(x - width / 2, area.x, std::max(area.x, area.right() - width));
    if (at < free_from) continue;
    ui.canvas.text(Point{at, area.y}, Type::label, ui.theme.mute, tick.label);
    free_from = at + width + gap_2;
  }
}

// Whatever is done is done to both: where they share an axis they stay the same, and where not, they move in step.
void CompareLanes::handle_input(Ui& ui, Rect area) {
  const Press press = ui.press({"slider", "compare.lanes", ui.say(messages::timeline)}, area);
  const double width = static_cast<double>(area.w);
  const double x = static_cast<double>(ui.pointer().x - area.x);
  const auto zoom = [&](double factor, double at) {
    for (Side& side : sides_) side.view.zoom(factor, at, width);
  };
  const auto pan = [&](double points) {
    for (Side& side : sides_) side.view.pan(points, width);
  };
  const auto fit = [&] {
    for (Side& side : sides_) side.view.fit();
  };
  if (press.hovered && ui.wheel() != 0) {
    if (ImGui::GetIO().KeyShift) {
      pan(pan_by_wheel * static_cast<double>(ui.wheel()));
    } else {
      zoom(std::pow(zoom_step, static_cast<double>(ui.wheel())), x);
    }
    ui.take_wheel();
  }
  if (press.hovered && ui.sideways() != 0) pan(-pan_by_wheel * static_cast<double>(ui.sideways()));
  const Pinch& pinch = ui.frame().pinch;
  if (pinch.fingers && ui.canvas.visible(area).contains(pinch.center)) {
    zoom(1 / static_cast<double>(pinch.apart), static_cast<double>(pinch.center.x - area.x));
    pan(static_cast<double>(pinch.moved.x));
  }
  if (press.held && ui.pointer_delta().x != 0) pan(static_cast<double>(ui.pointer_delta().x));
  if (press.hovered && ui.double_clicked()) fit();
  if (press.hovered && !press.held) {
    for (const Side& side : sides_) explain(ui, side);
  }
  const double middle = press.hovered ? x : width / 2;
  if (pressed(ui, Key::fit)) fit();
  if (pressed(ui, Key::zoom_in)) zoom(zoom_step, middle);
  if (pressed(ui, Key::zoom_out)) zoom(1 / zoom_step, middle);
  if (pressed(ui, Key::earlier)) pan(width * pan_by_key);
  if (pressed(ui, Key::later)) pan(-width * pan_by_key);
}

void CompareLanes::explain(Ui& ui, const Side& side) {
  if (!side.drawable()) return;
  const auto hit = side.strip.hit(ui.pointer(), side.source, side.view);
  if (!hit) return;
  const trace::Span span = side.source.lanes[hit->lane].spans[hit->span];
  const auto show = [&](Nanoseconds t) { return side.unit == Unit::steps ? format_count(t) : format_duration(t); };
  ui.tooltip({std::string(ui.say(label_of(span.state))) + " · " + show(span.end - span.begin),
              fill(messages::from_to, {{"from", show(span.begin)}, {"to", show(span.end)}}).in(ui.language)});
}

}  // namespace interleave::view
