#include "view/shell.h"

#include <algorithm>

#include "view/controls_view.h"
#include "view/keys.h"
#include "view/messages.h"
#include "view/results_view.h"
#include "view/stage.h"
#include "view/widgets.h"

namespace interleave::view {

Layout Shell::arrange(Ui& ui, const FrameInput& input, const Model& model) const {
  LayoutInput in;
  in.width = input.width;
  in.height = input.height;
  in.has_timeline = model.engine != Engine::explore;
  in.has_steps = model.engine == Engine::simulate;
  in.timeline_open = timeline_open_;
  in.source_open = look_.code;
  const auto threads = static_cast<float>(model.params.value("threads", 1)) + 1;
  in.lanes = run_.has_trace() ? static_cast<float>(run_.lanes().size()) : threads;
  if (input.width < narrow_below) {
    in.controls_height = primary_height(ui, input.width, model);
    in.result_height = 132;
  }
  return make_layout(in);
}

void Shell::draw(Ui& ui, const FrameInput& input, const Model& model) {
  ui.theme = make_theme(look_.theme);
  ui.language = look_.language;
  ui.begin(input);
  run_.update(model);
  layout_ = arrange(ui, input, model);
  const StageInput stage_input{model, run_, steps_.chosen()};
  ui.canvas.fill(Rect{0, 0, input.width, input.height}, ui.theme.bg);
  // The source may take the stage's place, and what cannot be done is told there then.
  Rect stage = layout_.stage;
  Rect source = layout_.source;
  draw_problems(ui, stage.empty() ? source : stage, model);
  if (!stage.empty()) draw_stage(ui, stage, stage_input);
  if (!source.empty() && source_.draw(ui, source, model, run_)) look_.code = false;
  if (!source.empty() && !stage.empty()) {
    ui.canvas.rule({source.x, source.y}, {source.x, source.bottom()}, ui.theme.line);
  }
  if (!layout_.list.empty()) draw_list(ui, layout_.list, model);
  if (!layout_.timeline.empty()) {
    const bool narrow = layout_.breadth == Breadth::narrow;
    if (timeline_.draw(ui, layout_.timeline, model, run_, {narrow, !narrow || timeline_open_}))
      timeline_open_ = !timeline_open_;
  }
  if (!layout_.steps.empty()) steps_.draw(ui, layout_.steps, model, run_);
  steps_.advance(ui, model, run_);
  if (pressed(ui, Key::code)) look_.code = !look_.code;
  if (!layout_.panel.empty()) draw_panel(ui, layout_.panel, model);
  if (!layout_.controls.empty()) draw_primary(ui, layout_.controls, model);
  if (!layout_.result.empty()) draw_short_result(ui, layout_.result, stage_input);
  draw_top_bar(ui, layout_, model, look_);
  draw_keys(ui);
  ui.end();
}

void Shell::draw_stage(Ui& ui, Rect area, const StageInput& input) {
  ui.canvas.push_clip(area);
  if (input.model.engine == Engine::explore) {
    draw_exploration(ui, area, input);
  } else {
    stage_for(input.model.workload->id).draw(ui, area, input);
  }
  ui.canvas.pop_clip();
}

// What could not be done as asked stands above the stage until it is closed.
void Shell::draw_problems(Ui& ui, Rect& area, const Model& model) {
  if (model.problems.size() < dismissed_) dismissed_ = 0;
  if (model.problems.size() == dismissed_) return;
  const std::string_view text = ui.say(model.problems.back());
  const float width = std::min(area.w - 2 * gap_4, 560.0F);
  const float inner = width - 2 * gap_4 - 36;
  const float height = ui.canvas.paragraph_height(inner, Type::body, text) + 2 * gap_3;
  area.cut_top(gap_4);
  const Rect box = area.cut_top(height).middle(width, height);
  ui.canvas.fill(box, ui.theme.panel, corner_control);
  ui.canvas.stroke(box, ui.theme.warn, corner_control);
  ui.canvas.paragraph(Rect{box.x + gap_4, box.y + gap_3, inner, height}, Type::body, ui.theme.text, text);
  ui.tell({"alert", "problem", text}, box);
  const Rect close{box.right() - 40, box.y + 4, 36, 36};
  if (button(ui, close, "problem.close", ui.say(messages::dismiss),
             {ButtonStyle::quiet, Icon::cross, false, true, true})) {
    dismissed_ = model.problems.size();
  }
}

void Shell::draw_panel(Ui& ui, Rect area, const Model& model) {
  ui.canvas.fill(area, ui.theme.panel);
  ui.canvas.rule({area.x, area.y}, {area.x, area.bottom()}, ui.theme.line);
  const float most = std::max(0.0F, panel_content_ - area.h);
  if (ui.hovers(area)) panel_scroll_ -= ui.wheel() * 48;
  panel_scroll_ = std::clamp(panel_scroll_, 0.0F, most);
  ui.canvas.push_clip(area);
  const Rect inner = area.inset(gap_4);
  Rect flow{inner.x, inner.y + gap_1 - panel_scroll_, inner.w, inner.h};
  const float from = flow.y;
  flow.y += draw_controls(ui, flow, model, machine_open_) + gap_4;
  flow.y += draw_results(ui, flow, {model, run_, steps_.chosen()}) + gap_4;
  // The question stands at the panel's foot, or below the rest where that reaches so far.
  const float height = try_next_height(ui, inner.w, model);
  const float top = std::max(flow.y, inner.bottom() - height);
  draw_try_next(ui, Rect{inner.x, top, inner.w, height}, model);
  ui.canvas.pop_clip();
  panel_content_ = flow.y - from + height + 2 * gap_4 + gap_1;
  if (most > 0) {
    const float thumb = area.h * area.h / panel_content_;
    const float y = area.y + (area.h - thumb) * panel_scroll_ / most;
    ui.canvas.fill({area.right() - 5, y + 2, 3, thumb - 4}, ui.theme.track, 1.5F);
  }
}

}  // namespace interleave::view
