// What the reader does to the timeline: zooming, moving, measuring, seeking.

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "view/kit/keys.h"
#include "view/timeline/messages_timeline.h"
#include "view/timeline/timeline.h"

namespace interleave::view {
namespace {

constexpr double zoom_in = 0.8;      // by one notch of a wheel, or one key
constexpr double pan_by_key = 0.1;   // of what is shown
constexpr double pan_by_wheel = 60;  // points
constexpr float still = 4;           // points: a shorter drag is a click

}  // namespace

void Timeline::handle_drag(Ui& ui, Rect lanes, RunView& run, bool can_seek, bool begins) {
  const double width = static_cast<double>(lanes.w);
  const double x = std::clamp(static_cast<double>(ui.pointer().x - lanes.x), 0.0, width);
  if (begins) {
    dragged_ = 0;
    const bool measures = measure_.tool() || ImGui::GetIO().KeyShift;
    // Where all is shown there is nothing to move, so a drag moves the cursor instead.
    drag_ = measures ? Drag::measure : (view_.fitted() && can_seek ? Drag::seek : Drag::pan);
    if (measures) measure_.begin(snapped(strip_, source_, view_, lanes, ui.pointer()));
  }
  const Point delta = ui.pointer_delta();
  if (!begins) dragged_ += std::abs(delta.x) + std::abs(delta.y);
  if (drag_ == Drag::measure) {
    measure_.drag_to(snapped(strip_, source_, view_, lanes, ui.pointer()));
    return;
  }
  if (begins) return;
  strip_.scroll(-delta.y);
  if (drag_ == Drag::pan && delta.x != 0) view_.pan(static_cast<double>(delta.x), width);
  if (drag_ == Drag::seek && dragged_ >= still) run.seek_place(view_.place_at(x, width));
}

void Timeline::handle_pointer(Ui& ui, Rect lanes, Rect area, RunView& run, bool can_seek) {
  const Press press = ui.press({"slider", "timeline.lanes", ui.say(messages::timeline)}, area);
  const double width = static_cast<double>(area.w);
  const auto x_of = [&](Point at) { return static_cast<double>(at.x - area.x); };
  const double x = x_of(ui.pointer());
  if (press.hovered && ui.wheel() != 0) {
    if (ImGui::GetIO().KeyShift) {
      view_.pan(pan_by_wheel * static_cast<double>(ui.wheel()), width);
    } else {
      view_.zoom(std::pow(zoom_in, static_cast<double>(ui.wheel())), x, width);
    }
  }
  if (press.hovered && ui.sideways() != 0) view_.pan(-pan_by_wheel * static_cast<double>(ui.sideways()), width);
  const Pinch& pinch = ui.frame().pinch;
  if (pinch.fingers && area.contains(pinch.center)) {
    view_.zoom(1 / static_cast<double>(pinch.apart), x_of(pinch.center), width);
    view_.pan(static_cast<double>(pinch.moved.x), width);
    strip_.scroll(-pinch.moved.y);
  }
  if (press.held) {
    handle_drag(ui, lanes, run, can_seek, drag_ == Drag::none);
  } else if (drag_ != Drag::none) {
    measure_.end();
    drag_ = Drag::none;
  }
  const bool tapped = press.clicked && dragged_ < still;
  if (tapped && can_seek && !measure_.tool() && !ImGui::GetIO().KeyShift)
    run.seek_place(view_.place_at(std::clamp(x, 0.0, width), width));
  if (press.hovered && ui.double_clicked()) view_.fit();
  hit_ = press.hovered && !press.held ? strip_.hit(ui.pointer(), source_, view_) : std::nullopt;
  handle_keys(ui, lanes);
}

void Timeline::handle_keys(Ui& ui, Rect lanes) {
  const double width = static_cast<double>(lanes.w);
  // A zoom by key keeps what is under the pointer, as the wheel does; else the middle.
  const bool points = lanes.contains(ui.pointer());
  const double x = points ? static_cast<double>(ui.pointer().x - lanes.x) : width / 2;
  if (pressed(ui, Key::fit)) view_.fit();
  if (pressed(ui, Key::zoom_in)) view_.zoom(zoom_in, x, width);
  if (pressed(ui, Key::zoom_out)) view_.zoom(1 / zoom_in, x, width);
  if (pressed(ui, Key::earlier)) view_.pan(width * pan_by_key, width);
  if (pressed(ui, Key::later)) view_.pan(-width * pan_by_key, width);
  if (pressed(ui, Key::measure)) {
    if (hit_) {
      const trace::Span span = source_.lanes[hit_->lane].spans[hit_->span];
      measure_.set(span.begin, span.end);
    } else {
      measure_.switch_tool();
    }
  }
  if (pressed(ui, Key::close)) measure_.clear();
}

}  // namespace interleave::view
