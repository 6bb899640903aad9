// The timeline's lanes: what lies between its axis and its edge.

#include <algorithm>

#include <imgui.h>

#include "core/format.h"
#include "view/layout.h"
#include "view/messages.h"
#include "view/timeline.h"

namespace interleave::view {
namespace {

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

// What a step did, short enough to stand in its block.
std::string step_name(const Ui& ui, const trace::Event& event) {
  std::string name(ui.say(trace::info(event.kind).label));
  switch (event.kind) {
    case trace::Kind::load: return name + " " + format_count(event.value);
    case trace::Kind::store:
    case trace::Kind::fetch_add: return name + " " + format_count(trace::written(event.value));
    default: return name;
  }
}

}  // namespace

void Timeline::lay_rows(Rect lanes, const RunView& run) {
  rows_.clear();
  const std::size_t count = run.lanes().size();
  const float pitch = std::clamp(lanes.h / static_cast<float>(count), lane_pitch_least, lane_pitch);
  // The threads that were started come first; the run's main body, which starts them and waits, stands last.
  lane_overflow_ = std::max(0.0F, static_cast<float>(count) * pitch - lanes.h);
  lane_scroll_ = std::clamp(lane_scroll_, 0.0F, lane_overflow_);
  for (std::size_t at = 0; at < count; ++at) {
    const Rect row{lanes.x, lanes.y + static_cast<float>(at) * pitch - lane_scroll_, lanes.w, pitch};
    if (row.y < lanes.y - 1) continue;
    if (row.bottom() > lanes.bottom() + 1) break;
    const float height = std::min(20.0F, pitch - 3);
    rows_.push_back({(at + 1) % count, row.middle(row.w, height)});
  }
}

void Timeline::draw_lanes(Ui& ui, Rect labels, Rect lanes, const Model& model, RunView& run) {
  (void)model;
  if (ui.hovers(labels) && lane_overflow_ > 0) lane_scroll_ -= ui.wheel() * 2 * lane_pitch_least;
  lay_rows(lanes, run);
  if (lane_overflow_ > 0) {
    const float thumb = lanes.h * lanes.h / (lanes.h + lane_overflow_);
    const float y = lanes.y + (lanes.h - thumb) * lane_scroll_ / lane_overflow_;
    ui.canvas.fill({lanes.right() + 4, y, 3, thumb}, ui.theme.track, 1.5F);
  }
  const trace::Trace& trace = *run.trace();
  for (const Row& row : rows_) {
    if (row.lane >= trace.threads().size()) continue;
    const Rect label{labels.x, row.bar.y, labels.w - gap_2, row.bar.h};
    const Type type = Type::label;
    ui.canvas.text(label, type, ui.theme.sub, ui.say(trace.threads()[row.lane].name));
  }
  draw_spans(ui, lanes, run);
  draw_step_names(ui, lanes, run);
  draw_overwrites(ui, lanes, run);
  if (ui.hovers(lanes) && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) explain(ui, run);
}

void Timeline::draw_spans(Ui& ui, Rect lanes, const RunView& run) {
  const float scale = ui.canvas.scale();
  const double width = static_cast<double>(ui.canvas.px(lanes.right()) - ui.canvas.px(lanes.x));
  indices_.resize(run.lanes().size());
  instances_.clear();
  for (const Row& row : rows_) {
    const trace::Lane& lane = run.lanes()[row.lane];
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

// Where there is room, each step says what it did.
void Timeline::draw_step_names(Ui& ui, Rect lanes, const RunView& run) {
  const double width = static_cast<double>(lanes.w);
  const double each = width / view_.span();
  constexpr double least = 44;
  if (!by_steps_ || each < least) return;
  const Nanoseconds last = std::min<Nanoseconds>(view_.time_at(width, width) + 1, run.end());
  for (Nanoseconds step = view_.origin(); step < last; ++step) {
    const std::size_t events = run.replay().events_of(static_cast<std::size_t>(step) + 1);
    const trace::Event* event = run.replay().last_step(events);
    if (event == nullptr) continue;
    const auto row = std::ranges::find(rows_, event->thread.index(), &Row::lane);
    if (row == rows_.end() || row->bar.h < 16) continue;
    const Rect block{lanes.x + static_cast<float>(view_.x_of(step, width)), row->bar.y, static_cast<float>(each),
                     row->bar.h};
    const std::string name = step_name(ui, *event);
    const bool fits = ui.canvas.measure(Type::label_strong, name) + gap_2 <= block.w;
    if (fits && block.x >= lanes.x && block.right() <= lanes.right() + 1) {
      ui.canvas.text(block, Type::label_strong, ui.theme.on_accent, name, Align::center);
    }
  }
}

// A mark over each step that lost an update.
void Timeline::draw_overwrites(Ui& ui, Rect lanes, const RunView& run) {
  if (!by_steps_) return;
  const double width = static_cast<double>(lanes.w);
  const auto steps = run.replay().overwrites();
  const auto first =
      std::ranges::lower_bound(steps, static_cast<std::size_t>(std::max<Nanoseconds>(view_.origin(), 0)));
  double free_from = -1;
  for (auto at = first; at != steps.end(); ++at) {
    const double x = view_.x_of(static_cast<Nanoseconds>(*at), width) + width / view_.span() / 2;
    if (x > width) break;
    if (x < free_from) continue;
    free_from = x + 5;
    const trace::Event* event = run.replay().last_step(run.replay().events_of(*at + 1));
    const auto row = event == nullptr ? rows_.end() : std::ranges::find(rows_, event->thread.index(), &Row::lane);
    if (row == rows_.end()) continue;
    const Point tip{lanes.x + static_cast<float>(x), row->bar.y + 3};
    ui.canvas.triangle({tip.x - 4, tip.y - 6}, {tip.x + 4, tip.y - 6}, tip, ui.theme.state(trace::State::waiting_lock));
  }
}

std::string Timeline::show_length(const Ui& ui, Nanoseconds length) const {
  if (!by_steps_) return format_duration(length);
  return format_count(length).append(" ").append(ui.say(messages::steps_unit));
}

// The second line of what is told about a span: the operation, where a span is a step, else from when to when.
std::string Timeline::detail(const Ui& ui, const RunView& run, const trace::Span& span) const {
  if (by_steps_ && span.state == trace::State::running) {
    const trace::Event* event =
        run.replay().last_step(run.replay().events_of(static_cast<std::size_t>(span.begin) + 1));
    if (event != nullptr) return step_name(ui, *event);
  }
  const auto show = [&](Nanoseconds at) { return by_steps_ ? format_count(at) : format_duration(at); };
  return fill(messages::from_to, {{"from", show(span.begin)}, {"to", show(span.end)}}).in(ui.language);
}

void Timeline::explain(Ui& ui, const RunView& run) {
  const Point at = ui.pointer();
  for (const Row& row : rows_) {
    if (!row.bar.inset(0, -3).contains(at)) continue;
    const double x = static_cast<double>(at.x - row.bar.x);
    const Nanoseconds time = view_.time_at(x, static_cast<double>(row.bar.w));
    const trace::Span* span = span_at(run.lanes()[row.lane], time);
    ui.canvas.fill({at.x, row.bar.y - 3, 1, row.bar.h + 6}, ui.theme.text.faded(0.6F));
    if (span == nullptr) return;
    const trace::Trace& trace = *run.trace();
    std::vector<std::string> lines;
    lines.push_back(
        std::string(ui.say(label_of(span->state))).append(" · ").append(show_length(ui, span->end - span->begin)));
    lines.push_back(detail(ui, run, *span));
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
