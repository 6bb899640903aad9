// The whole window: puts the parts where the layout says, and keeps what only the view remembers.
#pragma once

#include "view/bars/chrome.h"
#include "view/bars/step_bar.h"
#include "view/compare/compare_view.h"
#include "view/compare/series_view.h"
#include "view/kit/ui.h"
#include "view/run/run_view.h"
#include "view/source/source_pane.h"
#include "view/stage.h"
#include "view/timeline/timeline.h"

namespace interleave::view {

class Shell {
 public:
  // The stages must outlive the shell.
  Shell(const gpu::Rectangles* rectangles, const StageTable& stages)
      : stages_(stages), timeline_(rectangles), compare_(rectangles) {}

  // Draws one frame. What the reader asked for lies in ui.requests until the next one begins.
  void draw(Ui& ui, const FrameInput& input, const Model& model);

  [[nodiscard]] const Look& look() const { return look_; }
  void set_look(const Look& look) { look_ = look; }
  [[nodiscard]] const RunView& run() const { return run_; }
  [[nodiscard]] RunView& run() { return run_; }
  // Keeps nothing of the runs that it has seen.
  void let_go();
  [[nodiscard]] const Layout& layout() const { return layout_; }

 private:
  // What stands in the place of stage and timeline, where something else does.
  enum class Instead : std::uint8_t { nothing, comparison, series, panel };
  [[nodiscard]] Instead instead(Ui& ui, const Model& model);
  void draw_run(Ui& ui, const Model& model, const StageInput& input);
  void draw_stage(Ui& ui, Rect area, const StageInput& input);
  void draw_panel(Ui& ui, Rect area, const Model& model);
  // Takes what it needs off the top of the area.
  void draw_problems(Ui& ui, Rect& area, const Model& model);
  [[nodiscard]] std::size_t lanes_to_come(const Model& model) const;
  [[nodiscard]] Layout arrange(Ui& ui, const FrameInput& input, const Model& model) const;

  StageTable stages_;
  Look look_;
  RunView run_;
  Timeline timeline_;
  CompareView compare_;
  SeriesView series_;
  Opened opened_;
  std::uint64_t last_run_ = 0;     // the model's, in the last frame
  std::uint64_t last_series_ = 0;  // likewise
  bool begun_ = false;             // whether the run had, likewise
  StepBar steps_;
  SourcePane source_;
  Layout layout_;
  bool timeline_open_ = false;
  bool machine_open_ = false;
  std::size_t dismissed_ = 0;  // problems that the reader has closed
  float stage_scroll_ = 0;
  float panel_scroll_ = 0;
  float panel_content_ = 0;  // height of the panel's content in the last frame
};

}  // namespace interleave::view
