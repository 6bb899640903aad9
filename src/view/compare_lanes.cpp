#include "view/compare_lanes.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "core/format.h"
#include "view/layout.h"
#include "view/messages.h"
#include "view/messages_compare.h"
#include "view/widgets.h"

namespace interleave::view {
namespace {

constexpr std::array letters{"A", "B"};
constexpr std::array keys{"compare.timeline.a", "compare.timeline.b"};
constexpr std::size_t most_lanes = 12;  // of one run: more would push the other off the screen
constexpr float pitch = 18;
constexpr float head_height = 28;
constexpr float legend_height = 28;
constexpr float side_gap = 12;
constexpr std::array shown_states{trace::State::running,     trace::State::ready,   trace::State::waiting_lock,
                                  trace::State::waiting_gil, trace::State::blocked, trace::State::idle};
constexpr std::uint32_t track_style = trace::state_count;  // after the states

std::array<float, 4> channels(Color c) {
  return {static_cast<float>(c.r) / 255, static_cast<float>(c.g) / 255, static_cast<float>(c.b) / 255,
          static_cast<float>(c.a) / 255};
}

gpu::Texture texture_of(trace::State state) {
  switch (state) {
    case trace::State::waiting_lock: return gpu::Texture::stripes;
    case trace::State::waiting_gil: return gpu::Texture::dots;
    case trace::State::blocked: return gpu::Texture::lines;
    case trace::State::ready: return gpu::Texture::frame;
    case trace::State::idle:
    case trace::State::running: return gpu::Texture::plain;
  }
  return gpu::Texture::plain;
}

std::vector<gpu::Style> styles_of(const Theme& theme) {
  std::vector<gpu::Style> out;
  for (std::size_t at = 0; at < trace::state_count; ++at) {
    const auto state = static_cast<trace::State>(at);
    const Color ink = state == trace::State::ready ? theme.state(trace::State::running) : theme.panel.faded(0.42F);
    out.push_back({channels(theme.state(state)), channels(ink), texture_of(state)});
  }
  out.push_back({channels(theme.raised), {}, gpu::Texture::plain});
  return out;
}

bool occurs(std::span<const trace::Lane> lanes, trace::State state) {
  constexpr std::size_t enough = 4096;  // spans of a lane: a glance will do for a legend
  return std::ranges::any_of(lanes, [&](const trace::Lane& lane) {
    const std::size_t count = std::min(lane.spans.size(), enough);
    for (std::size_t at = 0; at < count; ++at) {
      if (lane.spans[at].state == state) return true;
    }
    return false;
  });
}

}  // namespace

void CompareLanes::let_go() { sides_ = {}; }

void CompareLanes::show(const FinishedRun& a, const FinishedRun& b) {
  const bool other = sides_[0].number != a.number || sides_[1].number != b.number;
  if (!other) return;
  read(sides_[0], a);
  read(sides_[1], b);
}

void CompareLanes::read(Side& side, const FinishedRun& run) {
  side = Side{};
  side.number = run.number;
  side.engine = run.engine;
  if (run.trace == nullptr || *run.trace == nullptr) return;
  const trace::Trace& trace = **run.trace;
  side.has_trace = true;
  if (run.engine == Engine::live) {
    side.unit = Unit::real;
  } else {
    side.unit = run.timed ? Unit::simulated : Unit::steps;
  }
  if (side.unit == Unit::steps) {
    side.steps.update(trace);
  } else {
    side.times.update(trace);
  }
  for (std::size_t at = 0; at < trace.threads().size(); ++at) side.names.push_back(trace.threads()[at].name);
}

std::size_t CompareLanes::shown_lanes(const Side& side) const { return std::min(side.lanes().size(), most_lanes); }

float CompareLanes::side_height(Ui& ui, const Side& side, float width) const {
  if (!drawable(side)) {
    const Words gone = fill(messages::trace_gone, {{"n", static_cast<std::int64_t>(side.number)}});
    const std::string_view text = side.engine == Engine::explore ? ui.say(messages::no_timeline) : ui.say(gone);
    return head_height + ui.canvas.paragraph_height(width, Type::body, text);
  }
  const bool more = side.lanes().size() > most_lanes;
  return head_height + timeline_axis + static_cast<float>(shown_lanes(side)) * pitch + (more ? 20.0F : 0.0F);
}

float CompareLanes::height(Ui& ui, float width) const {
  return legend_height + side_height(ui, sides_[0], width) + side_gap + side_height(ui, sides_[1], width);
}

// As wide as the longest name of both, within bounds: the two axes begin at one place.
float CompareLanes::label_width(Ui& ui, float width) const {
  float widest = 48;
  for (const Side& side : sides_) {
    for (std::size_t at = 0; at < std::min(side.names.size(), most_lanes + 1); ++at) {
      widest = std::max(widest, ui.canvas.measure(Type::label, ui.say(side.names[at])) + gap_3);
    }
  }
  return std::min(widest, width * 0.34F);
}

std::string CompareLanes::told_end(const Ui& ui, const Side& side) const {
  switch (side.unit) {
    case Unit::none: return {};
    case Unit::real: return format_duration(side.end()) + " " + std::string(ui.say(messages::real_time));
    case Unit::simulated: return format_duration(side.end()) + " " + std::string(ui.say(messages::virtual_clock));
    case Unit::steps: return format_count(side.end()) + " " + std::string(ui.say(messages::in_steps));
  }
  return {};
}

void CompareLanes::draw_legend(Ui& ui, Rect area) const {
  for (const trace::State state : shown_states) {
    if (!std::ranges::any_of(sides_, [&](const Side& side) { return occurs(side.lanes(), state); })) continue;
    const std::string_view name = ui.say(label_of(state));
    const float width = ui.canvas.measure(Type::label_strong, name);
    if (area.w < width + 16) break;
    state_swatch(ui, area.cut_left(10).middle(10, 10), state);
    area.cut_left(6);
    ui.canvas.text(area.cut_left(width + 1), Type::label_strong, ui.theme.sub, name);
    area.cut_left(gap_4);
  }
  const std::string_view help = ui.say(one_axis() ? messages::timelines_help : messages::two_clocks);
  const float width = ui.canvas.measure(Type::label, help);
  if (area.w >= width + gap_2) ui.canvas.text(area, Type::label, ui.theme.mute, help, Align::right);
}

void CompareLanes::draw(Ui& ui, Rect area) {
  rows_.clear();
  const Nanoseconds longer = std::max({sides_[0].end(), sides_[1].end(), Nanoseconds{1}});
  for (Side& side : sides_) side.view.set_range(0, one_axis() ? longer : std::max<Nanoseconds>(side.end(), 1));
  draw_legend(ui, area.cut_top(legend_height));
  const float labels = label_width(ui, area.w);
  const Rect both = area;
  for (std::size_t at = 0; at < sides_.size(); ++at) {
    draw_side(ui, area.cut_top(side_height(ui, sides_[at], area.w)), at, labels);
    area.cut_top(side_gap);
  }
  if (rows_.empty()) return;
  const Rect lanes{both.x + labels, rows_.front().bar.y - 2, both.w - labels,
                   rows_.back().bar.bottom() - rows_.front().bar.y + 4};
  draw_spans(ui, lanes);
  handle_input(ui, lanes);
  explain(ui, lanes);
}

void CompareLanes::draw_side(Ui& ui, Rect area, std::size_t at, float labels) {
  const Side& side = sides_[at];
  Rect head = area.cut_top(head_height);
  badge(ui, {head.x + 10, head.center().y}, 10, letters[at], ui.theme.owner(at));
  head.cut_left(28);
  const Words number = fill(messages::run_number, {{"n", static_cast<std::int64_t>(side.number)}});
  const float width = ui.canvas.measure(Type::body_strong, ui.say(number));
  ui.canvas.text(head.cut_left(width + gap_3), Type::body_strong, ui.theme.text, ui.say(number));
  ui.canvas.text(head, Type::body, ui.theme.sub, told_end(ui, side));
  if (!drawable(side)) {
    const Words gone = fill(messages::trace_gone, {{"n", static_cast<std::int64_t>(side.number)}});
    const std::string_view text = side.engine == Engine::explore ? ui.say(messages::no_timeline) : ui.say(gone);
    ui.canvas.paragraph(area, Type::body, ui.theme.mute, text);
    ui.tell({"text", keys[at], text}, area);
    return;
  }
  const Rect axis = area.cut_top(timeline_axis);
  const std::size_t count = shown_lanes(side);
  Rect lanes{area.x + labels, area.y, area.w - labels, static_cast<float>(count) * pitch};
  draw_axis(ui, {lanes.x, axis.y, lanes.w, axis.h}, lanes, side);
  // The threads that were started come first; the run's main body, which starts them and waits, stands last.
  const std::size_t all = side.lanes().size();
  for (std::size_t row = 0; row < count; ++row) {
    const std::size_t lane = all <= most_lanes ? (row + 1) % all : row + 1;
    const Rect line{lanes.x, lanes.y + static_cast<float>(row) * pitch, lanes.w, pitch};
    rows_.push_back({at, lane, line.middle(line.w, pitch - 4)});
    if (lane < side.names.size())
      ui.canvas.text({area.x, line.y, labels - gap_2, line.h}, Type::label, ui.theme.sub, ui.say(side.names[lane]));
  }
  if (all > most_lanes) {
    const Words more = fill(messages::more_lanes, {{"n", static_cast<std::int64_t>(all - most_lanes)}});
    ui.canvas.text({lanes.x, lanes.bottom(), lanes.w, 20}, Type::label, ui.theme.mute, ui.say(more));
  }
  const Nanoseconds from = side.view.origin();
  const Nanoseconds to = from + static_cast<Nanoseconds>(side.view.span());
  ui.tell({"image", keys[at], ui.say(number), std::to_string(from) + ".." + std::to_string(to)}, lanes);
}

void CompareLanes::draw_axis(Ui& ui, Rect area, Rect lanes, const Side& side) const {
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

void CompareLanes::draw_spans(Ui& ui, Rect lanes) {
  const float scale = ui.canvas.scale();
  const double width = static_cast<double>(ui.canvas.px(lanes.right()) - ui.canvas.px(lanes.x));
  instances_.clear();
  for (const Row& row : rows_) {
    Side& side = sides_[row.side];
    side.indices.resize(side.lanes().size());
    const trace::Lane& lane = side.lanes()[row.lane];
    LaneIndex& index = side.indices[row.lane];
    index.update(lane);
    const float top = ui.canvas.px(row.bar.y) - ui.canvas.px(lanes.y);
    const float height = ui.canvas.px(row.bar.h);
    // The track ends where its run does, so that the shorter of the two is seen to be shorter.
    const double end = std::clamp(side.view.x_of(side.end(), width), 0.0, width);
    instances_.push_back({0, static_cast<float>(end), top, top + height, 2 * scale, track_style});
    pieces_.clear();
    add_pieces(lane, index, side.view, width, pieces_);
    for (const Piece& piece : pieces_) {
      const auto x0 = static_cast<float>(std::max(piece.x0, -8.0));
      auto x1 = static_cast<float>(std::min(piece.x1, width + 8));
      const bool roomy = !piece.merged && x1 - x0 > 4 * scale;
      if (roomy) x1 -= scale;
      instances_.push_back({x0, x1, top + height * piece.top, top + height * piece.bottom, roomy ? 3 * scale : 0,
                            static_cast<std::uint32_t>(piece.state)});
    }
  }
  const Rect seen = ui.canvas.visible(lanes);
  if (rectangles_ == nullptr || seen.empty()) return;
  // The device cuts at its view's edge: the view is what is not scrolled away, and the rectangles move up with it.
  const float above = ui.canvas.px(seen.y) - ui.canvas.px(lanes.y);
  for (gpu::Rectangle& one : instances_) {
    one.y0 -= above;
    one.y1 -= above;
  }
  rectangles_->upload(instances_);
  styles_ = styles_of(ui.theme);
  const ImVec2 surface = ImGui::GetIO().DisplaySize;
  device_view_ = {{ui.canvas.px(seen.x), ui.canvas.px(seen.y), static_cast<float>(width),
                   ui.canvas.px(seen.bottom()) - ui.canvas.px(seen.y)},
                  {surface.x, surface.y},
                  scale};
  const auto callback = [](const ImDrawList*, const ImDrawCmd* command) {
    const auto* self = static_cast<const CompareLanes*>(command->UserCallbackData);
    self->rectangles_->draw(self->device_view_, self->styles_);
  };
  ui.canvas.list()->AddCallback(callback, this);
  ui.canvas.list()->AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

// Whatever is done is done to both: where they share an axis they stay the same, and where not, they move in step.
void CompareLanes::handle_input(Ui& ui, Rect area) {
  const Press press = ui.press({"slider", "compare.lanes", ui.say(messages::timelines)}, area);
  const double width = static_cast<double>(area.w);
  const auto each = [&](auto act) {
    for (Side& side : sides_) act(side.view);
  };
  const double x = static_cast<double>(ui.pointer().x - area.x);
  if (press.hovered && ui.wheel() != 0) {
    const double factor = std::pow(0.8, static_cast<double>(ui.wheel()));
    each([&](Viewport& view) { view.zoom(factor, x, width); });
    ui.take_wheel();
  }
  if (press.held && ui.pointer_delta().x != 0) {
    const double moved = static_cast<double>(ui.pointer_delta().x);
    each([&](Viewport& view) { view.pan(moved, width); });
  }
  if (press.hovered && ui.double_clicked()) each([](Viewport& view) { view.fit(); });
  if (ui.editing_any()) return;
  if (ImGui::IsKeyPressed(ImGuiKey_F)) each([](Viewport& view) { view.fit(); });
  if (ImGui::IsKeyPressed(ImGuiKey_W)) each([&](Viewport& view) { view.zoom(0.8, width / 2, width); });
  if (ImGui::IsKeyPressed(ImGuiKey_S)) each([&](Viewport& view) { view.zoom(1.25, width / 2, width); });
  if (ImGui::IsKeyPressed(ImGuiKey_A)) each([&](Viewport& view) { view.pan(width * 0.1, width); });
  if (ImGui::IsKeyPressed(ImGuiKey_D)) each([&](Viewport& view) { view.pan(-width * 0.1, width); });
}

void CompareLanes::explain(Ui& ui, Rect lanes) const {
  const Point at = ui.pointer();
  if (!ui.hovers(ui.canvas.visible(lanes)) || ImGui::IsMouseDown(ImGuiMouseButton_Left)) return;
  for (const Row& row : rows_) {
    if (!row.bar.inset(0, -2).contains(at)) continue;
    const Side& side = sides_[row.side];
    const Nanoseconds time = side.view.time_at(static_cast<double>(at.x - row.bar.x), static_cast<double>(row.bar.w));
    const auto* span = span_at(side.lanes()[row.lane], time);
    if (span == nullptr) return;
    const bool steps = side.unit == Unit::steps;
    const auto show = [&](Nanoseconds t) { return steps ? format_count(t) : format_duration(t); };
    ui.tooltip({std::string(ui.say(label_of(span->state))) + " · " + show(span->end - span->begin),
                fill(messages::from_to, {{"from", show(span->begin)}, {"to", show(span->end)}}).in(ui.language)});
    return;
  }
}

}  // namespace interleave::view
