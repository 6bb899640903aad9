// What an exploration found: counts, whether it is a proof, what came out how often, and the shortest failure.

#include <algorithm>

#include "core/format.h"
#include "view/messages.h"
#include "view/stage_parts.h"

namespace interleave::view {
namespace {

using Report = trace::ExplorationReport;

constexpr float bar_row = 28;
constexpr float story_row = 24;
constexpr float failure_heading = 48;

void draw_count(Ui& ui, Rect area, std::uint64_t count, Text label, Color ink, std::string_view key) {
  const std::string value = format_count(static_cast<std::int64_t>(count));
  ui.canvas.text(area.cut_top(info(Type::figure).line), Type::figure, ink, value);
  ui.canvas.text(area.cut_top(20), Type::label, ui.theme.sub, ui.say(label));
  ui.tell({"meter", key, ui.say(label), value}, area);
}

void draw_histogram(Ui& ui, Rect area, const Report& report) {
  std::uint64_t most = 1;
  float labels = 0;
  float figures = 0;
  for (const Report::Bar& b : report.histogram) {
    most = std::max(most, b.executions);
    labels = std::max(labels, ui.canvas.measure(Type::code, format_count(b.value)));
    figures =
        std::max(figures, ui.canvas.measure(Type::body_strong, format_count(static_cast<std::int64_t>(b.executions))));
  }
  for (const Report::Bar& b : report.histogram) {
    Rect row = area.cut_top(bar_row);
    if (row.h < bar_row) break;
    ui.canvas.text(row.cut_left(labels + gap_4), Type::code, b.failure ? ui.theme.bad : ui.theme.text,
                   format_count(b.value));
    draw_icon(ui.canvas, b.failure ? Icon::cross : Icon::check, row.cut_left(16),
              b.failure ? ui.theme.bad : ui.theme.good);
    row.cut_left(gap_2);
    ui.canvas.text(row.cut_right(figures + gap_2), Type::body_strong, ui.theme.text,
                   format_count(static_cast<std::int64_t>(b.executions)), Align::right);
    row.cut_right(gap_2);
    const trace::State state = b.failure ? trace::State::waiting_lock : trace::State::running;
    bar(ui, row.middle(row.w, 12), static_cast<float>(b.executions) / static_cast<float>(most), ui.theme.state(state));
  }
}

void draw_failure(Ui& ui, Rect area, const Report& report, RunView& run) {
  Rect head = area.cut_top(failure_heading);
  if (!report.schedule.empty()) {
    ButtonLook look{ButtonStyle::secondary, Icon::step, false, true, false};
    const float heading = ui.canvas.measure(Type::body_strong, ui.say(messages::shortest)) + gap_4;
    look.text_hidden = heading + button_width(ui, ui.say(messages::watch), look) > head.w;
    const float width = button_width(ui, ui.say(messages::watch), look);
    if (button(ui, head.cut_right(width).middle(width, ui.control()), "watch", ui.say(messages::watch), look)) {
      ui.requests.push_back(trace::WatchSchedule{report.schedule});
      run.rewind_next();
    }
  }
  ui.canvas.text(head, Type::body_strong, ui.theme.text, ui.say(messages::shortest));
  std::size_t number = 0;
  for (const Words& step : report.story) {
    if (area.h < 2 * story_row) break;
    Rect row = area.cut_top(story_row);
    ui.canvas.text(row.cut_left(28), Type::label, ui.theme.mute, std::to_string(++number));
    ui.canvas.text(row, Type::body, number == report.story.size() ? ui.theme.bad : ui.theme.text, ui.say(step));
  }
  if (report.schedule.empty() || area.h < story_row) return;
  const std::string_view label = ui.say(messages::schedule);
  Rect row = area.cut_top(story_row);
  ui.canvas.text(row.cut_left(ui.canvas.measure(Type::label, label) + gap_3), Type::label, ui.theme.mute, label);
  ui.canvas.text(row, Type::code, ui.theme.sub, report.schedule);
}

}  // namespace

void draw_exploration(Ui& ui, Rect area, const StageInput& input) {
  const std::optional<Report>& found = input.model.snapshot->exploration;
  if (!found) {
    const std::string_view idle = ui.say(messages::explore_idle);
    const float width = stage_column(area, 640, 0).w;
    const float height = story_height(ui, width, {idle});
    draw_story(ui, stage_column(area, 640, height), {idle});
    return;
  }
  const Report& report = *found;
  const std::size_t bars = std::min<std::size_t>(report.histogram.size(), 8);
  const bool fails = report.failures + report.hangs > 0;
  const Text& verdict = fails ? messages::exhausted_failing : messages::exhausted;
  const Story proof{ui.say(report.exhausted ? verdict : messages::not_exhausted)};
  const float width = stage_column(area, 720, 0).w;
  const float proof_h = story_height(ui, width, proof);
  const float failure = report.story.empty() && report.schedule.empty()
                            ? 24
                            : failure_heading + static_cast<float>(report.story.size() + 1) * story_row;
  Rect column =
      stage_column(area, 720, 56 + gap_4 + proof_h + gap_6 + 24 + static_cast<float>(bars) * bar_row + gap_4 + failure);
  Rect counts = column.cut_top(56);
  const float third = counts.w / 3;
  draw_count(ui, counts.cut_left(third), report.executions, messages::executions, ui.theme.text, "executions");
  draw_count(ui, counts.cut_left(third), report.failures, messages::failures,
             report.failures > 0 ? ui.theme.bad : ui.theme.good, "failures");
  draw_count(ui, counts, report.hangs, messages::hangs, report.hangs > 0 ? ui.theme.bad : ui.theme.text, "hangs");
  column.cut_top(gap_4);
  draw_story(ui, column.cut_top(proof_h), proof);
  column.cut_top(gap_6);
  ui.canvas.text(column.cut_top(24), Type::body_strong, ui.theme.text, ui.say(messages::outcomes));
  draw_histogram(ui, column.cut_top(static_cast<float>(bars) * bar_row), report);
  column.cut_top(gap_4);
  if (report.story.empty() && report.schedule.empty()) {
    if (report.exhausted) ui.canvas.text(column, Type::body, ui.theme.good, ui.say(messages::none_fails));
  } else {
    draw_failure(ui, column, report, input.run);
  }
}

}  // namespace interleave::view
