#include "view/timeline/timeline.h"

#include <algorithm>

#include <imgui.h>

#include "core/format.h"
#include "view/kit/widgets.h"
#include "view/layout.h"
#include "view/messages.h"
#include "view/timeline/identity_view.h"
#include "view/timeline/messages_timeline.h"

namespace interleave::view {
namespace {

constexpr Text show_timeline{"Show the timeline", "타임라인 펴기"};
constexpr Text hide_timeline{"Hide the timeline", "타임라인 접기"};
constexpr Text timeline_empty{"Each thread gets a lane here once something runs.",
                              "실행하면 스레드마다 한 줄씩 여기에 그려집니다."};
constexpr Text of_time{"{shown} of {all}", "{all} 중 {shown}"};
constexpr Text step_of{"step {step} of {all}", "단계 {step} / {all}"};
constexpr Text virtual_now{"virtual time {time}", "가상 시간 {time}"};
constexpr Text ready_only{"Ready", "차례를 기다림"};
constexpr Text ready_inferred{"Ready, inferred", "코어 대기(추정)"};
constexpr Text lost_update{"Lost update", "사라진 갱신"};
constexpr Text help{"drag to move, Shift-drag to measure, ? for keys", "끌어서 이동, Shift+끌기로 재기, ?로 키 보기"};
constexpr Text fit{"Show the whole run", "실행 전체 보기"};
constexpr Text follow{"Follow", "따라가기"};
constexpr Text follow_hint{"Keeps the latest in sight while the run goes on.",
                           "실행이 이어지는 동안 맨 끝을 계속 보여 줍니다."};
constexpr Text measure{"Measure", "길이 재기"};
constexpr Text measure_hint{
    "Drag over the lanes to measure. Shift-drag does so at any time; M takes the span under the pointer.",
    "줄 위를 끌어 길이를 잽니다. Shift를 누르고 끌어도 되고, M은 가리킨 조각을 잽니다."};
constexpr Text arrows{"Arrows", "화살표"};
constexpr Text arrows_hint{
    "Who woke whom, and who waited for whose lock. All of them where there is room, else those of the span under the "
    "pointer.",
    "누가 누구를 깨웠고, 누가 누구의 락을 기다렸는지. 자리가 모자라면 가리킨 조각의 것만."};
constexpr Text clear_measure{"Clear the measurement", "잰 것 지우기"};

constexpr Text timed{"timed", "시간을 따름"};
constexpr Text untimed{"untimed", "시간을 안 따름"};
constexpr Text timed_hint{"This policy obeys the virtual clock: a time slice of 5 ms lasts 5 ms.",
                          "가상 시계를 따르는 방식입니다. 5 ms 조각은 5 ms 동안 이어집니다."};
constexpr Text untimed_hint{"This policy does not obey the clock: any thread may be next at any step.",
                            "시계를 따르지 않는 방식입니다. 어느 단계에서나 아무 스레드가 다음일 수 있습니다."};

constexpr float tick_pitch = 90;     // points between two ticks at least
constexpr float tick_overhang = 44;  // how far a tick's label may reach out at the left

// When the first started thread began: before that, the run's main body only starts the others. Not worth leaving out
// where it is short.
Nanoseconds work_begins(const RunView& run) {
  Nanoseconds first = run.end();
  const auto lanes = run.lanes();
  for (std::size_t at = 1; at < lanes.size(); ++at) {
    if (!lanes[at].spans.empty()) first = std::min(first, lanes[at].spans.begin_of(0));
  }
  const bool long_enough = first < run.end() && first * 20 > run.end();
  return long_enough ? first : 0;
}

// On live, "ready" is a guess; where one step is taken at a time, it has nothing to do with cores.
Text state_name(trace::State state, const Model& model) {
  if (state != trace::State::ready) return label_of(state);
  if (model.engine == Engine::live) return ready_inferred;
  return model.snapshot->timed ? label_of(state) : ready_only;
}

bool goes_on(const Model& model) {
  return model.snapshot->phase == trace::Phase::running || model.snapshot->phase == trace::Phase::starting;
}

}  // namespace

void Timeline::look_at(const Model& model, RunView& run) {
  if (model.run != run_) {
    run_ = model.run;
    view_ = Viewport{};
    strip_.clear();
    measure_.clear();
    place_ = -1;
  }
  by_steps_ = run.by_steps();
  source_ = {run.lanes(), run.trace(), run.stamp()};
  view_.set_range(by_steps_ ? 0 : work_begins(run), std::max<Nanoseconds>(run.end(), 1));
}

bool Timeline::draw(Ui& ui, Rect area, const Model& model, RunView& run, const TimelineOptions& options) {
  look_at(model, run);
  ui.canvas.fill(area, ui.theme.panel);
  ui.canvas.rule({area.x, area.y}, {area.right(), area.y}, ui.theme.line);
  Rect rest = area;
  Rect header = rest.cut_top(timeline_header).inset(gap_4, 0);
  bool fold = false;
  if (options.can_fold) {
    const Rect place = header.cut_right(ui.control()).middle(ui.control(), ui.control());
    const Text& text = options.open ? hide_timeline : show_timeline;
    fold = button(ui, place, "timeline.fold", ui.say(text),
                  {ButtonStyle::quiet, options.open ? Icon::chevron : Icon::chevron_up, false, true, true});
    header.cut_right(gap_2);
  }
  draw_header(ui, header, model, run, options.open);
  if (!options.open) return fold;
  rest = Rect{rest.x + gap_4, rest.y, rest.w - 2 * gap_4, rest.h - gap_3};
  Rect labels = rest.cut_left(std::min(LaneStrip::width_of_labels(ui, run.trace()), rest.w * 0.28F));
  labels.cut_top(timeline_axis);
  const Rect axis = rest.cut_top(timeline_axis);
  ui.tell({"image", "timeline", ui.say(messages::timeline)}, area);
  if (source_.lanes.empty()) {
    ui.canvas.text(Rect{labels.x, rest.y, labels.w + rest.w, std::min(rest.h, 2 * lane_pitch)}, Type::body,
                   ui.theme.mute, ui.say(timeline_empty));
    return fold;
  }
  const bool stepped = model.engine == Engine::simulate;
  handle_pointer(ui, rest, Rect{axis.x, axis.y, axis.w, axis.h + rest.h}, run, stepped);
  // A step that lies out of sight is brought into it.
  if (stepped && run.place() != place_) {
    place_ = run.place();
    if (drag_ == Drag::none) view_.reveal(place_);
  }
  draw_axis(ui, axis, rest);
  strip_.draw(ui, labels, rest, source_, view_);
  draw_step_names(ui, rest, run);
  draw_overwrites(ui, rest, run);
  draw_arrows(ui, rest);
  if (stepped) draw_cursor(ui, axis, rest, run);
  if (const auto measured = measure_.stretch())
    measure_.draw(ui, axis, rest, view_, show_length(ui, measured->to - measured->from));
  explain(ui, rest, run);
  const Nanoseconds last = view_.origin() + static_cast<Nanoseconds>(view_.span());
  ui.tell({"status", "timeline.view", ui.say(messages::timeline),
           std::to_string(view_.origin()).append("..").append(std::to_string(last))},
          rest);
  return fold;
}

std::vector<std::string> Timeline::status(Ui& ui, const Model& model, RunView& run) {
  std::vector<std::string> parts;
  if (!run.has_trace()) return parts;
  if (const auto measured = measure_.stretch()) {
    parts.push_back(show_length(ui, measured->to - measured->from));
    parts.push_back(fill(messages::from_to, {{"from", show_time(measured->from)}, {"to", show_time(measured->to)}})
                        .in(ui.language));
    parts.push_back(measure_.shares(ui, strip_, source_));
    return parts;
  }
  if (model.engine == Engine::simulate) {
    parts.push_back(fill(virtual_now, {{"time", format_duration(run.cursor_time())}}).in(ui.language));
    parts.push_back(fill(step_of, {{"step", static_cast<std::int64_t>(run.cursor())},
                                   {"all", static_cast<std::int64_t>(run.steps())}})
                        .in(ui.language));
    parts.emplace_back(ui.say(model.snapshot->timed ? timed : untimed));
    return parts;
  }
  if (!view_.fitted()) {
    parts.push_back(fill(of_time, {{"shown", format_duration(static_cast<Nanoseconds>(view_.span()))},
                                   {"all", format_duration(run.end())}})
                        .in(ui.language));
  } else {
    parts.push_back(format_duration(run.end()));
  }
  parts.emplace_back(ui.say(help));
  return parts;
}

// Buttons at the right, from the right.
void Timeline::draw_tools(Ui& ui, Rect& row, const Model& model) {
  const float size = ui.control();
  const auto tool = [&](std::string_view key, Text text, Icon icon, std::string_view hint, bool on, bool enabled) {
    const Rect place = row.cut_right(size).middle(size, size);
    const ButtonStyle style = on ? ButtonStyle::secondary : ButtonStyle::quiet;
    const bool pressed = button(ui, place, key, ui.say(text), {style, icon, false, enabled, true}, hint);
    row.cut_right(gap_1);
    return pressed;
  };
  if (tool("timeline.fit", fit, Icon::fit, {}, false, !view_.fitted())) view_.fit();
  if (tool("timeline.measure", measure, Icon::ruler, ui.say(measure_hint), measure_.tool(), true))
    measure_.switch_tool();
  if (tool("timeline.arrows", arrows, Icon::arrows, ui.say(arrows_hint), arrows_, true)) arrows_ = !arrows_;
  row.cut_right(gap_2);
  if (!goes_on(model) || view_.following()) return;
  const ButtonLook look{ButtonStyle::secondary, Icon::step, false, true, false};
  const float width = button_width(ui, ui.say(follow), look);
  if (row.w < width) return;
  if (button(ui, row.cut_right(width).middle(width, size), "timeline.follow", ui.say(follow), look,
             ui.say(follow_hint)))
    view_.follow();
  row.cut_right(gap_2);
}

void Timeline::draw_header(Ui& ui, Rect area, const Model& model, RunView& run, bool open) {
  Rect rest = area;
  if (open && !source_.lanes.empty()) draw_tools(ui, rest, model);
  if (!measure_.stretch()) draw_identity(ui, rest, model);
  // The status takes what it needs, and gives up its last parts first.
  std::vector<std::string> parts = status(ui, model, run);
  std::string shown;
  const auto join = [&] {
    shown.clear();
    for (const std::string& part : parts) {
      if (!part.empty()) shown.append(shown.empty() ? "" : " · ").append(part);
    }
  };
  join();
  const float most = measure_.stretch() ? 0.75F : 0.55F;
  while (parts.size() > 1 && ui.canvas.measure(Type::label_strong, shown) + 2 * gap_3 > rest.w * most) {
    parts.pop_back();
    join();
  }
  if (!shown.empty()) {
    if (measure_.stretch()) {
      const Rect close = rest.cut_right(28).middle(28, 28);
      if (button(ui, close, "timeline.measure.clear", ui.say(clear_measure),
                 {ButtonStyle::quiet, Icon::cross, false, true, true}))
        measure_.clear();
    }
    const float width = std::min(ui.canvas.measure(Type::label_strong, shown) + 2 * gap_3, rest.w);
    const Rect place = rest.cut_right(width).middle(width, 24);
    const bool measured = measure_.stretch().has_value();
    pill(ui, place, shown, Type::label_strong, measured ? ui.theme.text : ui.theme.sub,
         measured ? ui.theme.accent_soft : ui.theme.raised);
    ui.tell({"status", measured ? "timeline.measured" : "timeline.status", shown}, place);
    if (model.engine == Engine::simulate && !measured && ui.hovers(place)) {
      ui.tooltip({std::string(ui.say(model.snapshot->timed ? timed_hint : untimed_hint))});
    }
    rest.cut_right(gap_3);
  }
  draw_legend(ui, rest, model, run);
}

void Timeline::draw_legend(Ui& ui, Rect rest, const Model& model, const RunView& run) const {
  for (const trace::State state : legend_states) {
    const bool always = state == trace::State::running || state == trace::State::waiting_lock;
    if (!always && !occurs(run.lanes(), state)) continue;
    if (!draw_legend_entry(ui, rest, state, ui.say(state_name(state, model)))) break;
  }
  const std::string_view lost = ui.say(lost_update);
  const float width = ui.canvas.measure(Type::label_strong, lost);
  if (!by_steps_ || run.replay().overwrites().empty() || rest.w < width + 16) return;
  const Point tip{rest.x + 5, rest.center().y + 3};
  ui.canvas.triangle({tip.x - 4, tip.y - 6}, {tip.x + 4, tip.y - 6}, tip, ui.theme.state(trace::State::waiting_lock));
  rest.cut_left(14);
  ui.canvas.text(rest.cut_left(width + 1), Type::label_strong, ui.theme.sub, lost);
}

void Timeline::draw_axis(Ui& ui, Rect area, Rect lanes) {
  const auto most = static_cast<std::size_t>(std::clamp(area.w / tick_pitch, 2.0F, 12.0F));
  float free_from = area.x - 2 * tick_overhang;
  const bool measured = measure_.stretch().has_value();
  for (const Tick& tick : ticks(view_, most, by_steps_ ? AxisUnit::steps : AxisUnit::time)) {
    const float x = area.x + static_cast<float>(view_.x_of(tick.time, static_cast<double>(area.w)));
    ui.canvas.rule({x, lanes.y - 4}, {x, lanes.bottom()}, ui.theme.line);
    // What is measured has its length written here.
    if (measured) continue;
    const float width = ui.canvas.measure(Type::label, tick.label);
    const float at = std::clamp(x - width / 2, area.x - tick_overhang, area.right() - width);
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

}  // namespace interleave::view
