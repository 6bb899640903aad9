// Every workload without a stage of its own: its threads, what each is doing, and how far it is.
#include "stages/common/generic.h"

#include "stages/common/parts.h"
#include "view/run/names.h"

namespace interleave::stages {
namespace {

constexpr Text stage_idle{"Press Run, and each thread gets a row here.",
                          "실행을 누르면 스레드마다 한 줄이 나타납니다."};

void draw(Ui& ui, Rect area, const StageInput& input) {
  std::vector<ProgressRow> rows;
  if (input.run.has_trace()) {
    const trace::Trace& trace = *input.run.trace();
    const std::vector<std::int64_t> done = live_progress(trace);
    for (std::size_t at = 1; at < trace.threads().size() && rows.size() < 16; ++at) {
      const trace::State state = last_state(input.run, at);
      rows.push_back({letter_of(at - 1), thread_name(input.run, at).in(ui.language),
                      state == trace::State::idle ? 1.0 : 0.0, std::string(ui.say(label_of(state))), state});
    }
  }
  if (rows.empty()) {
    const Rect column = stage_column(area, 640, 60);
    draw_story(ui, column, {ui.say(stage_idle), {}});
    return;
  }
  const Rect column = stage_column(area, 720, progress_height(rows.size(), 720));
  draw_progress(ui, column, rows);
}

}  // namespace

Stage generic_stage() { return {"", draw, nullptr}; }

}  // namespace interleave::stages
