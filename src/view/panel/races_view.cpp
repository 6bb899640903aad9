#include "view/panel/races_view.h"

#include "core/format.h"
#include "trace/race_verdict.h"
#include "view/kit/widgets.h"

namespace interleave::view {
namespace {

constexpr Text racing_accesses{"Accesses that race", "경쟁하는 접근"};

constexpr float mark_width = 16;

// Of the run so far. Up to an earlier step only the first race counts: how many there are in all is not known of it.
trace::RaceVerdict verdict_at_cursor(const StageInput& input) {
  const trace::Snapshot& snapshot = *input.model.snapshot;
  const trace::RaceReport& whole = input.run.races();
  const std::optional<Verdict> outcome =
      snapshot.outcome && input.run.at_end() ? std::optional(snapshot.outcome->verdict) : std::nullopt;
  if (input.run.at_end()) return trace::judge_races(*input.run.trace(), whole, outcome);
  trace::RaceReport before{{}, 0, whole.accesses, whole.checked};
  if (!whole.races.empty() && whole.races.front().second.event < input.run.events()) {
    before.races.push_back(whole.races.front());
    before.count = 1;
  }
  return trace::judge_races(*input.run.trace(), before, outcome);
}

const trace::RaceVerdict* verdict_of(const StageInput& input) {
  if (input.model.snapshot->engine != Engine::simulate || !input.run.has_trace()) return nullptr;
  const auto& verdict =
      input.run.derived<trace::RaceVerdict>(ThreadId::none(), [&] { return verdict_at_cursor(input); });
  return verdict.sentence.empty() ? nullptr : &verdict;
}

void draw_mark(Ui& ui, Point center) {
  const Color color = ui.theme.warn;
  ui.canvas.triangle({center.x, center.y - 7}, {center.x + 8, center.y + 7}, {center.x - 8, center.y + 7}, color);
  ui.canvas.fill({center.x - 1, center.y - 2.5F, 2, 5}, ui.theme.panel, 1);
  ui.canvas.fill({center.x - 1, center.y + 3.5F, 2, 2}, ui.theme.panel, 1);
}

}  // namespace

float draw_race(Ui& ui, Rect area, const StageInput& input) {
  const trace::RaceVerdict* verdict = verdict_of(input);
  if (verdict == nullptr || verdict->finding != trace::RaceFinding::race) return 0;
  const Rect text{area.x + mark_width + gap_2, area.y + gap_3, area.w - mark_width - gap_2, area.h};
  const float height = ui.canvas.paragraph(text, Type::body, ui.theme.text, ui.say(verdict->sentence));
  draw_mark(ui, {area.x + mark_width / 2, text.y + 11});
  ui.tell({"status", "race", ui.say(verdict->sentence), key_of(verdict->finding)},
          Rect{area.x, text.y, area.w, height});
  return height + gap_3;
}

bool draw_short_race(Ui& ui, Rect row, const StageInput& input) {
  const trace::RaceVerdict* verdict = verdict_of(input);
  if (verdict == nullptr || verdict->finding != trace::RaceFinding::race) return false;
  ui.tell({"status", "race", ui.say(verdict->sentence), key_of(verdict->finding)}, row);
  draw_mark(ui, {row.x + mark_width / 2, row.center().y - 1});
  row.cut_left(mark_width + gap_2);
  const std::string count = format_count(static_cast<std::int64_t>(verdict->count));
  ui.canvas.text(row.cut_right(ui.canvas.measure(Type::body_strong, count) + 1), Type::body_strong, ui.theme.text,
                 count, Align::right);
  ui.canvas.text(row, Type::body, ui.theme.sub, ui.say(racing_accesses));
  return true;
}

float draw_no_race(Ui& ui, Rect area, const StageInput& input) {
  const trace::RaceVerdict* verdict = verdict_of(input);
  if (verdict == nullptr || verdict->finding == trace::RaceFinding::race) return 0;
  const Rect text{area.x, area.y + gap_1, area.w, area.h};
  const float height = ui.canvas.paragraph(text, Type::label, ui.theme.mute, ui.say(verdict->sentence));
  ui.tell({"status", "race", ui.say(verdict->sentence), key_of(verdict->finding)},
          Rect{area.x, text.y, area.w, height});
  return height + gap_1;
}

}  // namespace interleave::view
