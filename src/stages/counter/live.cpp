// The counter on real threads: how far each is, and what came out. Single steps are not recorded there.

#include <algorithm>
#include <string>
#include <vector>

#include "stages/common/parts.h"
#include "stages/counter/stage.h"
#include "workloads/counter.h"

namespace interleave::stages {
namespace {

constexpr Text say_idle_live{"{threads} real threads wait for Run.", "실제 스레드 {threads}개가 실행을 기다립니다."};
constexpr Text say_live{
    "Real threads at full speed. A step takes less time than reading a clock, so only progress is "
    "recorded here; Simulate shows single steps.",
    "실제 스레드가 제 속도로 돈다. 한 걸음이 시계를 읽는 것보다 빨라서 여기서는 진행만 기록한다. "
    "한 걸음씩 보려면 시뮬레이션으로."};

}  // namespace

void draw_live_counter(Ui& ui, Rect area, const StageInput& input) {
  const auto params = params_from<workloads::Counter::Params>(input.model.params.values);
  const bool begun = input.run.has_trace();
  const auto threads = static_cast<std::size_t>(params.threads);
  const std::vector<ProgressRow> rows = live_rows(ui, input, threads, params.increments);
  const float width = stage_column(area, widest_column, 0).w;
  const Words idle = fill(say_idle_live, {{"threads", std::int64_t{params.threads}}});
  const Story story{begun ? ui.say(say_live) : ui.say(idle), {}};
  const float story_h = story_height(ui, width, story);
  const float fixed = gap_6 + story_h + gap_4 + comparison_height;
  const float top = std::min(progress_height(rows.size(), width), std::max(area.h - fixed - gap_6, 40.0F));
  Rect column = stage_column(area, widest_column, top + fixed);
  draw_progress(ui, column.cut_top(top), rows);
  column.cut_top(gap_6);
  draw_story(ui, column.cut_top(story_h), story);
  column.cut_top(gap_4);
  const double total = static_cast<double>(params.expected());
  const std::optional<Outcome>& outcome = input.model.snapshot->outcome;
  // A run that was stopped has none.
  const std::optional<double> found = outcome ? outcome->figure("found") : std::nullopt;
  if (found && input.model.snapshot->phase == trace::Phase::finished) {
    draw_comparison(ui, column, outcome->figure("expected").value_or(total), *found, total);
  }
}

}  // namespace interleave::stages
