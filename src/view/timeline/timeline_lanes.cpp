// What lies over the timeline's lanes: names of steps, lost updates, arrows, and what is told of a span.

#include <algorithm>

#include <imgui.h>

#include "core/format.h"
#include "view/layout.h"
#include "view/timeline/messages_timeline.h"
#include "view/timeline/timeline.h"

namespace interleave::view {
namespace {

constexpr Text waits_for_object{"waits for {name}", "{name} 기다림"};
constexpr Text waits_for_holder{"waits for {name}, which {who} has", "{name} 기다림. {who}이(가) 쥐고 있음"};
constexpr Text waits_for_end{"waits for {who}", "{who} 기다림"};
constexpr Text woken_by{"made possible by {name}", "{name} 덕분에 깨어남"};

constexpr std::size_t most_arrows = 40;  // all at once; more would only hide the lanes

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

void Timeline::draw_arrows(Ui& ui, Rect lanes) {
  if (arrows_) {
    for (const Arrow& arrow : arrows_in_sight(source_, strip_, view_, most_arrows))
      draw_arrow(ui, arrow, strip_, view_, lanes, false);
  }
  if (!hit_) return;
  for (const auto& arrow : {arrow_of(source_, *hit_), end_of_wait(source_, *hit_)}) {
    if (arrow) draw_arrow(ui, *arrow, strip_, view_, lanes, true);
  }
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
    const LaneStrip::Row* row = strip_.row_of(event->thread.index());
    if (row == nullptr || row->bar.h < 16) continue;
    const Rect block{lanes.x + static_cast<float>(view_.x_of(step, width)), row->bar.y, static_cast<float>(each),
                     row->bar.h};
    const std::string name = step_name(ui, *event);
    const float width_of_name = ui.canvas.measure(Type::label_strong, name) + gap_2;
    if (width_of_name > block.w || block.x < lanes.x || block.right() > lanes.right() + 1) continue;
    // A state's hatching would run through the letters.
    const Color ground = over(ui.theme.state(event->state), ui.theme.panel);
    const float left = block.center().x - width_of_name / 2;
    ui.canvas.fill({left, block.y + 1, width_of_name, block.h - 2}, ground);
    ui.canvas.text(block, Type::label_strong, ui.theme.ink_on(ground), name, Align::center);
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
    const LaneStrip::Row* row = event == nullptr ? nullptr : strip_.row_of(event->thread.index());
    if (row == nullptr) continue;
    const Point tip{lanes.x + static_cast<float>(x), row->bar.y + 3};
    ui.canvas.triangle({tip.x - 4, tip.y - 6}, {tip.x + 4, tip.y - 6}, tip, ui.theme.state(trace::State::waiting_lock));
  }
}

std::string Timeline::show_time(Nanoseconds time) const {
  return by_steps_ ? format_count(time) : format_duration(time);
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
  return fill(messages::from_to, {{"from", show_time(span.begin)}, {"to", show_time(span.end)}}).in(ui.language);
}

std::vector<std::string> Timeline::facts(const Ui& ui, const RunView& run, LaneStrip::Hit hit) const {
  const trace::Span span = source_.lanes[hit.lane].spans[hit.span];
  const trace::Trace& trace = *run.trace();
  const auto thread = [&](std::size_t index) { return trace.threads()[index].name; };
  std::vector<std::string> lines;
  std::string first = hit.lane < trace.threads().size() ? std::string(ui.say(thread(hit.lane))) + " · " : std::string();
  lines.push_back(
      first.append(ui.say(label_of(span.state))).append(" · ").append(show_length(ui, span.end - span.begin)));
  lines.push_back(detail(ui, run, span));
  const bool other =
      span.cause.valid() && span.cause.index() < trace.threads().size() && span.cause.index() != hit.lane;
  const bool named = span.object.valid() && span.object.index() < trace.objects().size();
  if (named && other) {
    lines.push_back(fill(waits_for_holder,
                         {{"name", trace.objects()[span.object.index()].name}, {"who", thread(span.cause.index())}})
                        .in(ui.language));
  } else if (named) {
    lines.push_back(fill(waits_for_object, {{"name", trace.objects()[span.object.index()].name}}).in(ui.language));
  } else if (other) {
    const bool waits = span.state == trace::State::blocked;
    lines.push_back(waits ? fill(waits_for_end, {{"who", thread(span.cause.index())}}).in(ui.language)
                          : fill(woken_by, {{"name", thread(span.cause.index())}}).in(ui.language));
  }
  return lines;
}

void Timeline::explain(Ui& ui, Rect lanes, const RunView& run) {
  if (!ui.hovers(lanes) || drag_ != Drag::none) return;
  const Point at = ui.pointer();
  for (const LaneStrip::Row& row : strip_.rows()) {
    if (row.bar.inset(0, -3).contains(at))
      ui.canvas.fill({at.x, row.bar.y - 3, 1, row.bar.h + 6}, ui.theme.text.faded(0.6F));
  }
  if (hit_) ui.tooltip(facts(ui, run, *hit_));
}

}  // namespace interleave::view
