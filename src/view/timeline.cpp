#include "view/timeline.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "core/format.h"
#include "view/layout.h"
#include "view/messages.h"
#include "view/widgets.h"

namespace interleave::view {
namespace {

constexpr float label_width = 88;
constexpr float most_label_width = 140;
// Names beyond so many are not measured: they have the same form as those before.
constexpr std::size_t names_measured = 32;

// When the first started thread began: before that, the run's main body only starts the others. Not worth leaving out
// where it is short.
Nanoseconds work_begins(const RunView& run) {
  Nanoseconds first = run.end();
  const auto lanes = run.lanes();
  for (std::size_t at = 1; at < lanes.size(); ++at) {
    if (!lanes[at].spans.empty()) first = std::min(first, lanes[at].spans.front().begin);
  }
  const bool long_enough = first < run.end() && first * 20 > run.end();
  return long_enough ? first : 0;
}

// On live, "ready" is a guess; where one step is taken at a time, it has nothing to do with cores.
Text state_name(trace::State state, const Model& model) {
  if (state != trace::State::ready) return label_of(state);
  if (model.engine == Engine::live) return messages::ready_inferred;
  return model.snapshot->timed ? label_of(state) : messages::ready_only;
}

bool occurs(std::span<const trace::Lane> lanes, trace::State state) {
  return std::ranges::any_of(lanes, [&](const trace::Lane& lane) {
    // A glance at the first spans is enough for a legend.
    const std::size_t count = std::min<std::size_t>(lane.spans.size(), 4096);
    return std::any_of(lane.spans.begin(), lane.spans.begin() + static_cast<std::ptrdiff_t>(count),
                       [&](const trace::Span& span) { return span.state == state; });
  });
}

// As wide as the longest name, within bounds.
float width_of_labels(Ui& ui, const RunView& run) {
  float widest = label_width;
  if (!run.has_trace()) return widest;
  const auto& threads = run.trace()->threads();
  for (std::size_t at = 0; at < std::min(threads.size(), names_measured); ++at) {
    widest = std::max(widest, ui.canvas.measure(Type::label, ui.say(threads[at].name)) + gap_2 + 1);
  }
  return std::min(widest, most_label_width);
}

}  // namespace

bool Timeline::draw(Ui& ui, Rect area, const Model& model, RunView& run, const TimelineOptions& options) {
  if (model.run != run_) {
    run_ = model.run;
    view_ = Viewport{};
    indices_.clear();
  }
  by_steps_ = run.by_steps();
  view_.set_range(by_steps_ ? 0 : work_begins(run), std::max<Nanoseconds>(run.end(), 1));
  ui.canvas.fill(area, ui.theme.panel);
  ui.canvas.rule({area.x, area.y}, {area.right(), area.y}, ui.theme.line);
  Rect rest = area;
  Rect header = rest.cut_top(timeline_header).inset(gap_4, 0);
  bool fold = false;
  if (options.can_fold) {
    const Rect place = header.cut_right(ui.control()).middle(ui.control(), ui.control());
    const Text& text = options.open ? messages::hide_timeline : messages::show_timeline;
    fold = button(ui, place, "timeline.fold", ui.say(text),
                  {ButtonStyle::quiet, options.open ? Icon::chevron : Icon::chevron_up, false, true, true});
    header.cut_right(gap_2);
  }
  draw_header(ui, header, model, run);
  if (!options.open) return fold;
  rest = Rect{rest.x + gap_4, rest.y, rest.w - 2 * gap_4, rest.h - gap_3};
  Rect labels = rest.cut_left(std::min(width_of_labels(ui, run), rest.w * 0.28F));
  labels.cut_top(timeline_axis);
  const Rect axis = rest.cut_top(timeline_axis);
  ui.tell({"image", "timeline", ui.say(messages::timeline)}, area);
  if (!run.has_trace() || run.lanes().empty()) {
    ui.canvas.text(Rect{labels.x, rest.y, labels.w + rest.w, std::min(rest.h, 2 * lane_pitch)}, Type::body,
                   ui.theme.mute, ui.say(messages::timeline_empty));
    return fold;
  }
  draw_axis(ui, axis, rest);
  draw_lanes(ui, labels, rest, model, run);
  const bool stepped = model.engine == Engine::simulate;
  handle_input(ui, Rect{axis.x, axis.y, axis.w, axis.h + rest.h}, run, stepped);
  if (stepped) draw_cursor(ui, axis, rest, run);
  return fold;
}

std::vector<std::string> Timeline::status(Ui& ui, const Model& model, RunView& run) const {
  std::vector<std::string> parts;
  const trace::Snapshot& snapshot = *model.snapshot;
  if (!run.has_trace()) return parts;
  if (model.engine == Engine::simulate) {
    parts.push_back(fill(messages::virtual_now, {{"time", format_duration(run.cursor_time())}}).in(ui.language));
    parts.push_back(fill(messages::step_of, {{"step", static_cast<std::int64_t>(run.cursor())},
                                             {"all", static_cast<std::int64_t>(run.steps())}})
                        .in(ui.language));
    parts.push_back(fill(messages::seed, {{"seed", std::string_view(std::to_string(snapshot.seed))}}).in(ui.language));
    parts.emplace_back(ui.say(snapshot.timed ? messages::timed : messages::untimed));
    return parts;
  }
  if (!view_.fitted()) {
    parts.push_back(fill(messages::of_time, {{"shown", format_duration(static_cast<Nanoseconds>(view_.span()))},
                                             {"all", format_duration(run.end())}})
                        .in(ui.language));
  } else {
    parts.push_back(format_duration(run.end()));
  }
  parts.emplace_back(ui.say(messages::help));
  return parts;
}

void Timeline::draw_header(Ui& ui, Rect area, const Model& model, RunView& run) {
  Rect rest = area;
  // The status takes what it needs, and gives up its last parts first.
  std::vector<std::string> parts = status(ui, model, run);
  std::string shown;
  const auto join = [&] {
    shown.clear();
    for (const std::string& part : parts) shown.append(shown.empty() ? "" : " · ").append(part);
  };
  join();
  while (parts.size() > 1 && ui.canvas.measure(Type::label_strong, shown) > area.w * 0.5F) {
    parts.pop_back();
    join();
  }
  if (!shown.empty()) {
    const float width = ui.canvas.measure(Type::label_strong, shown) + 2 * gap_3;
    const Rect place = rest.cut_right(width).middle(width, 24);
    pill(ui, place, shown, Type::label_strong, ui.theme.sub, ui.theme.raised);
    ui.tell({"status", "timeline.status", shown}, place);
    if (model.engine == Engine::simulate && ui.hovers(place)) {
      ui.tooltip({std::string(ui.say(model.snapshot->timed ? messages::timed_hint : messages::untimed_hint))});
    }
    rest.cut_right(gap_3);
  }
  for (const trace::State state : {trace::State::running, trace::State::ready, trace::State::waiting_lock,
                                   trace::State::waiting_gil, trace::State::blocked, trace::State::idle}) {
    const bool always = state == trace::State::running || state == trace::State::waiting_lock;
    if (!always && !occurs(run.lanes(), state)) continue;
    const std::string_view name = ui.say(state_name(state, model));
    const float width = ui.canvas.measure(Type::label_strong, name);
    if (rest.w < width + 16) break;
    state_swatch(ui, rest.cut_left(10).middle(10, 10), state);
    rest.cut_left(6);
    ui.canvas.text(rest.cut_left(width + 1), Type::label_strong, ui.theme.sub, name);
    rest.cut_left(gap_4);
  }
  const std::string_view lost = ui.say(messages::lost_update);
  const float width = ui.canvas.measure(Type::label_strong, lost);
  if (!by_steps_ || run.replay().overwrites().empty() || rest.w < width + 16) return;
  const Point tip{rest.x + 5, rest.center().y + 3};
  ui.canvas.triangle({tip.x - 4, tip.y - 6}, {tip.x + 4, tip.y - 6}, tip, ui.theme.state(trace::State::waiting_lock));
  rest.cut_left(14);
  ui.canvas.text(rest.cut_left(width + 1), Type::label_strong, ui.theme.sub, lost);
}

void Timeline::draw_axis(Ui& ui, Rect area, Rect lanes) {
  const auto most = static_cast<std::size_t>(std::clamp(area.w / 90, 2.0F, 12.0F));
  float free_from = area.x - label_width;
  for (const Tick& tick : ticks(view_, most, by_steps_ ? AxisUnit::steps : AxisUnit::time)) {
    const float x = area.x + static_cast<float>(view_.x_of(tick.time, static_cast<double>(area.w)));
    ui.canvas.rule({x, lanes.y - 4}, {x, lanes.bottom()}, ui.theme.line);
    const float width = ui.canvas.measure(Type::label, tick.label);
    const float at = std::clamp(x - width / 2, area.x - label_width / 2, area.right() - width);
    if (at < free_from) continue;
    ui.canvas.text(Point{at, area.y}, Type::label, ui.theme.mute, tick.label);
    free_from = at + width + gap_2;
  }
}

void Timeline::draw_cursor(Ui& ui, Rect axis, Rect lanes, RunView& run) {
  const float x = axis.x + static_cast<float>(view_.x_of(run.place(), static_cast<double>(axis.w)));
  if (x < axis.x - 1 || x > axis.right() + 1) return;
  ui.canvas.fill({x - 0.75F, axis.bottom() - 6, 1.5F, lanes.h + 6}, ui.theme.text);
  const float y = axis.bottom() - 8;
  ui.canvas.triangle({x - 6, y}, {x + 6, y}, {x, y + 7}, ui.theme.text);
}

void Timeline::handle_input(Ui& ui, Rect area, RunView& run, bool can_seek) {
  const Press press = ui.press({"slider", "timeline.lanes", ui.say(messages::timeline)}, area);
  const double width = static_cast<double>(area.w);
  const double x = static_cast<double>(ui.pointer().x - area.x);
  if (press.hovered && ui.wheel() != 0) view_.zoom(std::pow(0.8, static_cast<double>(ui.wheel())), x, width);
  if (press.held) {
    const Point delta = ui.pointer_delta();
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) dragged_ = 0;
    dragged_ += std::abs(delta.x) + std::abs(delta.y);
    lane_scroll_ -= delta.y;
    // Where all is shown there is nothing to move, so a drag moves the cursor instead.
    if (!view_.fitted()) {
      if (delta.x != 0) view_.pan(static_cast<double>(delta.x), width);
    } else if (can_seek) {
      run.seek_place(view_.time_at(std::clamp(x, 0.0, width), width));
    }
  }
  if (press.clicked && dragged_ < 4 && can_seek) run.seek_place(view_.time_at(std::clamp(x, 0.0, width), width));
  if (press.hovered && ui.double_clicked()) view_.fit();
  if (ui.editing_any()) return;
  if (ImGui::IsKeyPressed(ImGuiKey_F)) view_.fit();
  if (ImGui::IsKeyPressed(ImGuiKey_W)) view_.zoom(0.8, width / 2, width);
  if (ImGui::IsKeyPressed(ImGuiKey_S)) view_.zoom(1.25, width / 2, width);
  if (ImGui::IsKeyPressed(ImGuiKey_A)) view_.pan(width * 0.1, width);
  if (ImGui::IsKeyPressed(ImGuiKey_D)) view_.pan(-width * 0.1, width);
}

}  // namespace interleave::view
