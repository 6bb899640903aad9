#include "view/timeline/lane_strip.h"

#include <algorithm>

#include <imgui.h>

#include "view/kit/widgets.h"
#include "view/layout.h"

namespace interleave::view {
namespace {

constexpr std::uint32_t track_style = trace::state_count;  // after the states
constexpr float label_width = 88;
constexpr float most_label_width = 140;
// Names beyond so many are not measured: they have the same form as those before.
constexpr std::size_t names_measured = 32;
constexpr double least_single = 6;  // pixels of a span that can be pointed at

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

}  // namespace

bool occurs(std::span<const trace::Lane> lanes, trace::State state) {
  constexpr std::size_t enough = 4096;
  return std::ranges::any_of(lanes, [&](const trace::Lane& lane) {
    const std::size_t count = std::min(lane.spans.size(), enough);
    for (std::size_t at = 0; at < count; ++at) {
      if (lane.spans.state_of(at) == state) return true;
    }
    return false;
  });
}

bool draw_legend_entry(Ui& ui, Rect& row, trace::State state, std::string_view name) {
  const float width = ui.canvas.measure(Type::label_strong, name);
  if (row.w < width + 16) return false;
  state_swatch(ui, row.cut_left(10).middle(10, 10), state);
  row.cut_left(6);
  ui.canvas.text(row.cut_left(width + 1), Type::label_strong, ui.theme.sub, name);
  row.cut_left(gap_4);
  return true;
}

LaneStrip::LaneStrip(const gpu::Rectangles* rectangles) : rectangles_(rectangles) {
  if (rectangles_ != nullptr) batch_.emplace();
}

void LaneStrip::clear() {
  indices_.clear();
  singles_.clear();
  rows_.clear();
  made_.reset();
  scroll_ = 0;
}

float LaneStrip::width_of_labels(Ui& ui, const trace::Trace* trace) {
  float widest = label_width;
  if (trace == nullptr) return widest;
  const auto& threads = trace->threads();
  for (std::size_t at = 0; at < std::min(threads.size(), names_measured); ++at) {
    widest = std::max(widest, ui.canvas.measure(Type::label, ui.say(threads[at].name)) + gap_2 + 1);
  }
  return std::min(widest, most_label_width);
}

void LaneStrip::lay_rows(Rect lanes, std::size_t count) {
  rows_.clear();
  const float pitch = std::clamp(lanes.h / static_cast<float>(count), lane_pitch_least, lane_pitch);
  overflow_ = std::max(0.0F, static_cast<float>(count) * pitch - lanes.h);
  scroll_ = std::clamp(scroll_, 0.0F, overflow_);
  // Of thousands of lanes only those in sight are looked at.
  const auto first = static_cast<std::size_t>(std::max(0.0F, (scroll_ - 1) / pitch));
  for (std::size_t at = first; at < count; ++at) {
    const Rect row{lanes.x, lanes.y + static_cast<float>(at) * pitch - scroll_, lanes.w, pitch};
    if (row.y < lanes.y - 1) continue;
    if (row.bottom() > lanes.bottom() + 1) break;
    const float height = std::min(20.0F, pitch - 3);
    // The threads that were started come first; the run's main body, which starts them and waits, stands last.
    rows_.push_back({(at + 1) % count, row.middle(row.w, height)});
  }
}

const LaneStrip::Row* LaneStrip::row_of(std::size_t lane) const {
  const auto row = std::ranges::find(rows_, lane, &Row::lane);
  return row == rows_.end() ? nullptr : &*row;
}

void LaneStrip::draw_names(Ui& ui, Rect labels, const trace::Trace& trace) {
  for (const Row& row : rows_) {
    if (row.lane >= trace.threads().size()) continue;
    const Rect label{labels.x, row.bar.y, labels.w - gap_2, row.bar.h};
    ui.canvas.text(label, Type::label, ui.theme.sub, ui.say(trace.threads()[row.lane].name));
  }
}

void LaneStrip::draw(Ui& ui, Rect labels, Rect lanes, const StripSource& source, const Viewport& view) {
  if (source.lanes.empty()) return;
  if (ui.hovers(labels) && scrolls()) scroll_ -= ui.wheel() * 2 * lane_pitch_least;
  lay_rows(lanes, source.lanes.size());
  if (scrolls()) {
    const float thumb = lanes.h * lanes.h / (lanes.h + overflow_);
    const float y = lanes.y + (lanes.h - thumb) * scroll_ / overflow_;
    ui.canvas.fill({lanes.right() + 4, y, 3, thumb}, ui.theme.track, 1.5F);
  }
  if (source.trace != nullptr) draw_names(ui, labels, *source.trace);
  make_rectangles(ui, lanes, source, view);
  hand_over(ui, lanes);
}

void LaneStrip::make_rectangles(Ui& ui, Rect lanes, const StripSource& source, const Viewport& view) {
  const float scale = ui.canvas.scale();
  const Made now{source.stamp, view, lanes, scale, scroll_, source.lanes.size()};
  if (made_ == now) return;
  made_ = now;
  const double width = static_cast<double>(ui.canvas.px(lanes.right()) - ui.canvas.px(lanes.x));
  const auto right = static_cast<float>(width);
  indices_.resize(source.lanes.size());
  instances_.clear();
  singles_.clear();
  for (const Row& row : rows_) {
    const trace::Lane& lane = source.lanes[row.lane];
    LaneIndex& index = indices_[row.lane];
    index.update(lane);
    const float top = ui.canvas.px(row.bar.y) - ui.canvas.px(lanes.y);
    const float height = ui.canvas.px(row.bar.h);
    instances_.push_back({0, right, top, top + height, 2 * scale, track_style});
    pieces_.clear();
    add_pieces(lane, index, view, width, pieces_);
    for (const Piece& piece : pieces_) {
      const auto x0 = static_cast<float>(std::max(piece.x0, -8.0));
      auto x1 = static_cast<float>(std::min(piece.x1, width + 8));
      const bool roomy = !piece.merged && x1 - x0 > 4 * scale;
      if (roomy) x1 -= scale;
      instances_.push_back({x0, x1, top + height * piece.top, top + height * piece.bottom, roomy ? 3 * scale : 0,
                            static_cast<std::uint32_t>(piece.state)});
      if (!piece.merged && static_cast<double>(x1 - x0) >= least_single) singles_.push_back({row.lane, piece.span});
    }
  }
  if (batch_) batch_->upload(instances_);
}

// The device draws when ImGui's list reaches this place in it.
void LaneStrip::hand_over(Ui& ui, Rect lanes) {
  if (!batch_) return;
  styles_ = styles_of(ui.theme);
  const ImVec2 surface = ImGui::GetIO().DisplaySize;
  const auto pixels = [&](Rect area) {
    const float x = ui.canvas.px(area.x);
    const float y = ui.canvas.px(area.y);
    return std::array{x, y, ui.canvas.px(area.right()) - x, ui.canvas.px(area.bottom()) - y};
  };
  device_view_ = {pixels(lanes), pixels(ui.canvas.visible(lanes)), {surface.x, surface.y}, ui.canvas.scale()};
  const auto callback = [](const ImDrawList*, const ImDrawCmd* command) {
    const auto* self = static_cast<const LaneStrip*>(command->UserCallbackData);
    self->rectangles_->draw(*self->batch_, self->device_view_, self->styles_);
  };
  ui.canvas.list()->AddCallback(callback, this);
  ui.canvas.list()->AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

std::optional<LaneStrip::Hit> LaneStrip::hit(Point at, const StripSource& source, const Viewport& view) const {
  for (const Row& row : rows_) {
    if (!row.bar.inset(0, -3).contains(at)) continue;
    const double x = static_cast<double>(at.x - row.bar.x);
    const Place place = view.place_at(x, static_cast<double>(row.bar.w));
    if (const auto span = span_at(source.lanes[row.lane], place)) return Hit{row.lane, *span};
    return std::nullopt;
  }
  return std::nullopt;
}

StateTimes LaneStrip::between(const StripSource& source, Place from, Place to) {
  StateTimes out{};
  indices_.resize(source.lanes.size());
  for (std::size_t at = 0; at < source.lanes.size(); ++at) {
    indices_[at].update(source.lanes[at]);
    const StateTimes before = indices_[at].until_place(source.lanes[at], from);
    const StateTimes after = indices_[at].until_place(source.lanes[at], to);
    for (std::size_t state = 0; state < out.size(); ++state) out[state] += after[state] - before[state];
  }
  return out;
}

}  // namespace interleave::view
