#include "view/shell.h"

#include <algorithm>

#include "view/kit/keys.h"
#include "view/kit/widgets.h"
#include "view/panel/controls_view.h"
#include "view/panel/export_menu.h"
#include "view/panel/results_view.h"
#include "view/stage.h"

namespace interleave::view {
namespace {

constexpr Text dismiss{"Close", "닫기"};

// Where stage, timeline and stepping bar are together; on a narrow screen everything under the title bar.
Rect center_of(const Layout& layout, const FrameInput& input) {
  const Rect top = layout.engines.empty() ? layout.top : layout.engines;
  const float left = layout.list.empty() ? 0 : layout.list.right();
  const float right = layout.panel.empty() ? input.width : layout.panel.x;
  return {left, top.bottom(), right - left, input.height - top.bottom()};
}

// The content of an area that is lower than it, moved to where the wheel has brought it.
Rect scrolled(Ui& ui, Rect area, float content, float& scroll) {
  if (ui.hovers(area) && content > area.h) scroll -= ui.wheel() * 48;
  scroll = std::clamp(scroll, 0.0F, std::max(0.0F, content - area.h));
  return {area.x, area.y - scroll, area.w, content};
}

void draw_thumb(Ui& ui, Rect area, float content, float scroll) {
  if (content <= area.h) return;
  const float thumb = area.h * area.h / content;
  const float y = area.y + (area.h - thumb) * scroll / (content - area.h);
  ui.canvas.fill({area.right() - 5, y + 2, 3, thumb - 4}, ui.theme.track, 1.5F);
}

}  // namespace

// With that of the main thread.
std::size_t Shell::lanes_to_come(const Model& model) const {
  const Stage& stage = stages_.of(model.workload->id);
  return 1 + (stage.threads == nullptr ? 1 : stage.threads(model));
}

Layout Shell::arrange(Ui& ui, const FrameInput& input, const Model& model) const {
  LayoutInput in;
  in.width = input.width;
  in.height = input.height;
  in.has_steps = model.engine == Engine::simulate;
  // Where it is too low for both, the bar to step with is worth more.
  const bool low = look_.embedded && input.height < low_below;
  in.has_timeline = model.engine != Engine::explore && !(low && in.has_steps);
  in.timeline_open = timeline_open_;
  in.source_open = look_.code;
  in.lanes = static_cast<float>(run_.has_trace() ? run_.lanes().size() : lanes_to_come(model));
  // An embedded page is low, so that the panel would take half of it.
  in.one_column = low;
  in.one_bar = look_.embedded && input.width >= two_columns_from;
  if (input.width < narrow_below || in.one_column) {
    in.controls_height = primary_height(ui, input.width, model, look_.controls);
    in.result_height = input.height < low_below ? 60 : 132;
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
  const bool narrow = layout_.breadth == Breadth::narrow;
  ui.canvas.fill(Rect{0, 0, input.width, input.height}, ui.theme.bg);
  const Instead what = instead(ui, model);
  const Rect center = center_of(layout_, input);
  if (what == Instead::nothing) draw_run(ui, model, stage_input);
  if (what == Instead::panel) draw_panel(ui, center, model);
  if (what == Instead::comparison) opened_.comparison = compare_.draw(ui, center, model, narrow ? &series_ : nullptr);
  if (what == Instead::series) series_.draw(ui, center, model);
  steps_.advance(ui, model, run_);
  if (pressed(ui, Key::code)) look_.code = !look_.code;
  Rect list = layout_.list;
  if (what != Instead::nothing) list.h = input.height - list.y;  // nothing lies under it
  if (!layout_.list.empty()) draw_list(ui, list, model);
  if (!layout_.panel.empty()) draw_panel(ui, layout_.panel, model);
  if (what == Instead::nothing && !layout_.controls.empty()) draw_primary(ui, layout_.controls, model, look_.controls);
  if (what == Instead::nothing && !layout_.result.empty())
    draw_short_result(ui, layout_.result, stage_input, stages_.of(model.workload->id));
  const Opened before = opened_;
  draw_top_bar(ui, layout_, model, look_, opened_);
  if (opened_.comparison && !before.comparison) {
    opened_.panel = false;
    compare_.open(model);
  }
  if (opened_.panel && !before.panel) opened_.comparison = false;
  draw_keys(ui);
  ui.end();
}

void Shell::let_go() {
  run_.let_go();
  compare_.let_go();
}

// A new run is to be seen, so it ends the comparison and takes the place of a series; so does a new series.
Shell::Instead Shell::instead(Ui& ui, const Model& model) {
  const SeriesReport* series = SeriesView::shown(model);
  const std::uint64_t number = series == nullptr ? 0 : series->number;
  const bool other_run = model.run != last_run_;
  const trace::Phase phase = model.snapshot->phase;
  // One that is only made ready, or is about to, has not; a simulated one goes on as the same run.
  const bool begun = phase == trace::Phase::running || phase == trace::Phase::finished;
  const bool begins = begun && (other_run || !begun_);
  const bool to_be_seen = begins || number != last_series_;
  if (to_be_seen || other_run) opened_.comparison = false;
  // Settings that are changed one after the other make one ready after the other.
  if (to_be_seen) opened_.panel = false;
  if (begins && series != nullptr && !series->active() && number == last_series_) ui.requests.push_back(CloseSeries{});
  last_run_ = model.run;
  last_series_ = number;
  begun_ = begun;
  if (opened_.comparison) return Instead::comparison;
  if (opened_.panel && layout_.breadth == Breadth::narrow) return Instead::panel;
  return series == nullptr ? Instead::nothing : Instead::series;
}

void Shell::draw_run(Ui& ui, const Model& model, const StageInput& input) {
  // The source may take the stage's place, and what cannot be done is told there then.
  Rect stage = layout_.stage;
  Rect source = layout_.source;
  draw_problems(ui, stage.empty() ? source : stage, model);
  if (!stage.empty()) draw_stage(ui, stage, input);
  if (!source.empty() && source_.draw(ui, source, model, run_)) look_.code = false;
  if (!source.empty() && !stage.empty()) {
    ui.canvas.rule({source.x, source.y}, {source.x, source.bottom()}, ui.theme.line);
  }
  if (!layout_.timeline.empty()) {
    const bool narrow = layout_.breadth == Breadth::narrow;
    if (timeline_.draw(ui, layout_.timeline, model, run_, {narrow, !narrow || timeline_open_}))
      timeline_open_ = !timeline_open_;
  }
  if (!layout_.steps.empty()) steps_.draw(ui, layout_.steps, model, run_);
}

void Shell::draw_stage(Ui& ui, Rect area, const StageInput& input) {
  // A low window shows a part of it rather than all of it squeezed.
  const Rect whole{area.x, area.y, area.w, std::max(area.h, stage_low)};
  ui.canvas.push_scroll(area);
  const Rect drawn = scrolled(ui, area, whole.h, stage_scroll_);
  if (input.model.engine == Engine::explore) {
    stages_.draw_exploration(ui, drawn, input);
  } else {
    stages_.of(input.model.workload->id).draw(ui, drawn, input);
  }
  ui.canvas.pop_scroll();
  draw_thumb(ui, area, whole.h, stage_scroll_);
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
  if (button(ui, close, "problem.close", ui.say(dismiss), {ButtonStyle::quiet, Icon::cross, false, true, true})) {
    dismissed_ = model.problems.size();
  }
}

void Shell::draw_panel(Ui& ui, Rect area, const Model& model) {
  ui.canvas.fill(area, ui.theme.panel);
  ui.canvas.rule({area.x, area.y}, {area.x, area.bottom()}, ui.theme.line);
  ui.canvas.push_scroll(area);
  const Rect inner = area.inset(gap_4);
  const float moved = scrolled(ui, area, panel_content_, panel_scroll_).y - area.y;
  Rect flow{inner.x, inner.y + gap_1 + moved, inner.w, inner.h};
  const float from = flow.y;
  flow.y += draw_controls(ui, flow, model, machine_open_) + gap_4;
  flow.y += draw_results(ui, flow, {model, run_, steps_.chosen()}, stages_.of(model.workload->id)) + gap_4;
  const ShortComparison pair = draw_short_comparison(ui, flow, model);
  flow.y += pair.height > 0 ? pair.height + gap_4 : 0;
  if (pair.opened) {
    opened_ = {true, false};
    compare_.open(model);
  }
  flow.y += series_.draw_controls(ui, flow, model) + gap_4;
  // Elsewhere the bar has a menu of it.
  if (layout_.breadth != Breadth::wide) flow.y += draw_exports(ui, flow, model) + gap_4;
  // The question stands at the panel's foot, or below the rest where that reaches so far.
  const float height = try_next_height(ui, inner.w, model);
  const float top = std::max(flow.y, inner.bottom() - height);
  draw_try_next(ui, Rect{inner.x, top, inner.w, height}, model);
  ui.canvas.pop_scroll();
  panel_content_ = flow.y - from + height + 2 * gap_4 + gap_1;
  draw_thumb(ui, area, panel_content_, panel_scroll_);
}

}  // namespace interleave::view
