// The counter on real threads: how far each is, and what came out. Single steps are not recorded there.

#include <algorithm>
#include <string>
#include <vector>

#include "core/format.h"
#include "view/messages.h"
#include "view/stage_counter.h"
#include "view/stage_parts.h"

namespace interleave::view {
namespace {

double figure_of(const Outcome& outcome, std::string_view key, double otherwise) {
  const auto found = std::ranges::find(outcome.figures, key, &Figure::key);
  return found == outcome.figures.end() ? otherwise : found->value;
}

}  // namespace

void draw_live_counter(Ui& ui, Rect area, const StageInput& input) {
  const std::int64_t each = std::max<std::int64_t>(input.model.params.value("increments", 1), 1);
  const auto threads = static_cast<std::size_t>(std::max<std::int64_t>(input.model.params.value("threads", 1), 1));
  std::vector<std::int64_t> done;
  const bool begun = input.run.has_trace();
  if (begun) done = live_progress(*input.run.trace());
  const bool finished = input.model.snapshot->phase == trace::Phase::finished;
  // The last batch of a thread's progress may not have been seen; one that ended by itself has done all.
  const std::optional<Outcome>& outcome = input.model.snapshot->outcome;
  const bool finished_fine =
      finished && outcome && (outcome->verdict == Verdict::ok || outcome->verdict == Verdict::failure);
  std::vector<ProgressRow> rows;
  std::vector<std::string> names;
  names.reserve(threads);
  for (std::size_t at = 1; at <= threads; ++at) {
    const bool known = begun && at < done.size();
    names.push_back(known ? std::string(ui.say(input.run.trace()->threads()[at].name))
                          : fill({"thread {n}", "스레드 {n}"}, {{"n", static_cast<std::int64_t>(at)}}).in(ui.language));
    const bool complete = known && finished_fine && last_state(input.run, at) == trace::State::idle;
    const std::int64_t count = complete ? each : known ? done[at] : 0;
    rows.push_back({letter_of(at - 1), names.back(), static_cast<double>(count) / static_cast<double>(each),
                    format_count(count), known ? last_state(input.run, at) : trace::State::idle});
  }
  const float width = stage_column(area, widest_column, 0).w;
  const Words idle = fill(messages::say_idle_live, {{"threads", static_cast<std::int64_t>(threads)}});
  const Story story{begun ? ui.say(messages::say_live) : ui.say(idle), {}};
  const float story_h = story_height(ui, width, story);
  const float fixed = gap_6 + story_h + gap_4 + comparison_height;
  const float top = std::min(progress_height(rows.size(), width), std::max(area.h - fixed - gap_6, 40.0F));
  Rect column = stage_column(area, widest_column, top + fixed);
  draw_progress(ui, column.cut_top(top), rows);
  column.cut_top(gap_6);
  draw_story(ui, column.cut_top(story_h), story);
  column.cut_top(gap_4);
  const double total = static_cast<double>(each) * static_cast<double>(threads);
  if (outcome && finished) {
    draw_comparison(ui, column, figure_of(*outcome, "expected", total), figure_of(*outcome, "found", 0), total);
  }
}

}  // namespace interleave::view
