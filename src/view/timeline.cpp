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

bool occurs(const trace::Lanes& lanes, trace::State state) {
  return std::ranges::any_of(lanes.lanes(), [&](const trace::Lane& lane) {
    // A glance at the first spans is enough for a legend.
    const std::size_t count = std::min<std::size_t>(lane.spans.size(), 4096);
    return std::any_of(lane.spans.begin(), lane.spans.begin() + static_cast<std::ptrdiff_t>(count),
                       [&](const trace::Span& span) { return span.state == state; });
  });
}

}  // namespace

bool Timeline::draw(Ui& ui, Rect area, const Model& model, RunView& run, const TimelineOptions& options) {
  if (model.run != run_) {
    run_ = model.run;
    view_ = Viewport{};
    indices_.clear();
  }
  view_.set_end(std::max<Nanoseconds>(run.lanes().end(), 1));
  ui.canvas.fill(area, ui.theme.panel);
  ui.canvas.rule({area.x, area.y}, {area.right(), area.y}, ui.theme.line);
  Rect rest = area;
  Rect header = rest.cut_top(timeline_header).inset(gap_4, 0);
  bool fold = false;
  if (options.can_fold) {
    const Rect place = header.cut_right(ui.control()).middle(ui.control(), ui.control());
    const Text& text = options.open ? messages::hide_timeline : messages::show_timeline;
    fold = button(ui, place, "timeline.fold", ui.say(text),
                  {ButtonStyle::quiet, options.open ? Icon::chevron : Icon::menu, false, true, true});
    header.cut_right(gap_2);
  }
  draw_header(ui, header, model, run);
  if (!options.open) return fold;
  rest = Rect{rest.x + gap_4, rest.y, rest.w - 2 * gap_4, rest.h - gap_3};
  Rect labels = rest.cut_left(std::min(label_width, rest.w * 0.25F));
  labels.cut_top(timeline_axis);
  const Rect axis = rest.cut_top(timeline_axis);
  ui.tell({"image", "timeline", ui.say(messages::timeline)}, area);
  if (!run.has_trace() || run.lanes().lanes().empty()) {
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
                                             {"all", format_duration(run.lanes().end())}})
                        .in(ui.language));
  } else {
    parts.push_back(format_duration(run.lanes().end()));
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
    const std::string_view name = ui.say(label_of(state));
    const float width = ui.canvas.measure(Type::label_strong, name);
    if (rest.w < width + 16) break;
    state_swatch(ui, rest.cut_left(10).middle(10, 10), state);
    rest.cut_left(6);
    ui.canvas.text(rest.cut_left(width + 1), Type::label_strong, ui.theme.sub, name);
    rest.cut_left(gap_4);
  }
}

void Timeline::draw_axis(Ui& ui, Rect area, Rect lanes) {
  const auto most = static_cast<std::size_t>(std::clamp(area.w / 90, 2.0F, 12.0F));
  float free_from = area.x - label_width;
  for (const Tick& tick : ticks(view_, most)) {
    const float x = area.x + static_cast<float>(view_.x_of(tick.time, static_cast<double>(area.w)));
    ui.canvas.rule({x, lanes.y - 4}, {x, lanes.bottom()}, ui.theme.line);
    const float width = ui.canvas.measure(Type::label, tick.label);
    const float at = std::clamp(x - width / 2, area.x - label_width / 2, area.right() - width);
    if (at < free_from) continue;
    ui.canvas.text(Point{at, area.y}, Type::label, ui.theme.mute, tick.label);
    free_from = at + width + gap_2;
  }
}

void Timeline::lay_rows(Rect lanes, const RunView& run) {
  rows_.clear();
  const std::size_t count = run.lanes().lanes().size();
  const float pitch = std::clamp(lanes.h / static_cast<float>(count), lane_pitch_least, lane_pitch);
  // The threads that were started come first; the run's main body, which starts them and waits, stands last.
  for (std::size_t at = 0; at < count; ++at) {
    const Rect row{lanes.x, lanes.y + static_cast<float>(at) * pitch, lanes.w, pitch};
    if (row.bottom() > lanes.bottom() + 1) break;
    const float height = std::min(20.0F, pitch - 3);
    rows_.push_back({(at + 1) % count, row.middle(row.w, height)});
  }
}

void Timeline::draw_lanes(Ui& ui, Rect labels, Rect lanes, const Model& model, RunView& run) {
  (void)model;
  lay_rows(lanes, run);
  const trace::Trace& trace = *run.trace();
  for (const Row& row : rows_) {
    if (row.lane >= trace.threads().size()) continue;
    const Rect label{labels.x, row.bar.y, labels.w - gap_2, row.bar.h};
    const Type type = Type::label;
    ui.canvas.text(label, type, ui.theme.sub, ui.say(trace.threads()[row.lane].name));
  }
  draw_spans(ui, lanes, run);
  if (ui.hovers(lanes) && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) explain(ui, run);
}

void Timeline::draw_spans(Ui& ui, Rect lanes, const RunView& run) {
  const float scale = ui.canvas.scale();
  const double width = static_cast<double>(ui.canvas.px(lanes.right()) - ui.canvas.px(lanes.x));
  indices_.resize(run.lanes().lanes().size());
  instances_.clear();
  for (const Row& row : rows_) {
    const trace::Lane& lane = run.lanes().lanes()[row.lane];
    LaneIndex& index = indices_[row.lane];
    index.update(lane);
    const float top = ui.canvas.px(row.bar.y) - ui.canvas.px(lanes.y);
    const float height = ui.canvas.px(row.bar.h);
    const auto right = static_cast<float>(width);
    instances_.push_back({0, right, top, top + height, 2 * scale, track_style});
    pieces_.clear();
    add_pieces(lane, index, view_, width, pieces_);
    for (const Piece& piece : pieces_) {
      const auto x0 = static_cast<float>(std::max(piece.x0, -8.0));
      auto x1 = static_cast<float>(std::min(piece.x1, width + 8));
      const bool roomy = !piece.merged && x1 - x0 > 4 * scale;
      if (roomy) x1 -= scale;
      instances_.push_back({x0, x1, top + height * piece.top, top + height * piece.bottom, roomy ? 3 * scale : 0,
                            static_cast<std::uint32_t>(piece.state)});
    }
  }
  if (rectangles_ == nullptr) return;
  rectangles_->upload(instances_);
  styles_ = styles_of(ui.theme);
  const ImVec2 surface = ImGui::GetIO().DisplaySize;
  device_view_ = {{ui.canvas.px(lanes.x), ui.canvas.px(lanes.y), static_cast<float>(width),
                   ui.canvas.px(lanes.bottom()) - ui.canvas.px(lanes.y)},
                  {surface.x, surface.y},
                  scale};
  const auto callback = [](const ImDrawList*, const ImDrawCmd* command) {
    const auto* self = static_cast<const Timeline*>(command->UserCallbackData);
    self->rectangles_->draw(self->device_view_, self->styles_);
  };
  ui.canvas.list()->AddCallback(callback, this);
  ui.canvas.list()->AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

void Timeline::draw_cursor(Ui& ui, Rect axis, Rect lanes, RunView& run) {
  const float x = axis.x + static_cast<float>(view_.x_of(run.cursor_time(), static_cast<double>(axis.w)));
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
    // Where all is shown there is nothing to move, so a drag moves the cursor instead.
    if (!view_.fitted()) {
      if (delta.x != 0) view_.pan(static_cast<double>(delta.x), width);
    } else if (can_seek) {
      run.seek_time(view_.time_at(std::clamp(x, 0.0, width), width));
    }
  }
  if (press.clicked && dragged_ < 4 && can_seek) run.seek_time(view_.time_at(std::clamp(x, 0.0, width), width));
  if (press.hovered && ui.double_clicked()) view_.fit();
  if (ui.editing_any()) return;
  if (ImGui::IsKeyPressed(ImGuiKey_F)) view_.fit();
  if (ImGui::IsKeyPressed(ImGuiKey_W)) view_.zoom(0.8, width / 2, width);
  if (ImGui::IsKeyPressed(ImGuiKey_S)) view_.zoom(1.25, width / 2, width);
  if (ImGui::IsKeyPressed(ImGuiKey_A)) view_.pan(width * 0.1, width);
  if (ImGui::IsKeyPressed(ImGuiKey_D)) view_.pan(-width * 0.1, width);
}

void Timeline::explain(Ui& ui, const RunView& run) {
  const Point at = ui.pointer();
  for (const Row& row : rows_) {
    if (!row.bar.inset(0, -3).contains(at)) continue;
    const double x = static_cast<double>(at.x - row.bar.x);
    const Nanoseconds time = view_.time_at(x, static_cast<double>(row.bar.w));
    const trace::Span* span = span_at(run.lanes().lanes()[row.lane], time);
    ui.canvas.fill({at.x, row.bar.y - 3, 1, row.bar.h + 6}, ui.theme.text.faded(0.6F));
    if (span == nullptr) return;
    const trace::Trace& trace = *run.trace();
    std::vector<std::string> lines;
    lines.push_back(
        std::string(ui.say(label_of(span->state))).append(" · ").append(format_duration(span->end - span->begin)));
    lines.push_back(
        fill(messages::from_to, {{"from", format_duration(span->begin)}, {"to", format_duration(span->end)}})
            .in(ui.language));
    if (span->object.valid() && span->object.index() < trace.objects().size()) {
      lines.push_back(
          fill(messages::waits_for_object, {{"name", trace.objects()[span->object.index()].name}}).in(ui.language));
    }
    if (span->cause.valid() && span->cause.index() < trace.threads().size()) {
      lines.push_back(fill(messages::woken_by, {{"name", trace.threads()[span->cause.index()].name}}).in(ui.language));
    }
    ui.tooltip(std::move(lines));
    return;
  }
}

}  // namespace interleave::view
