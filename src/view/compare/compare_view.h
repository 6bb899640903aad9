// Any two runs of the history side by side, in the place of stage and timeline.
#pragma once

#include "view/compare/compare_lanes.h"
#include "view/compare/compare_parts.h"
#include "view/compare/series_view.h"

namespace interleave::view {

class CompareView {
 public:
  // Without rectangles (no device, as in tests) the lanes stay empty.
  explicit CompareView(const gpu::Rectangles* rectangles) : lanes_(rectangles) {}

  // Begins anew, with the last two runs of the workload.
  void open(const Model& model);
  // Keeps nothing of the runs that it has seen.
  void let_go() { lanes_.let_go(); }

  // Returns false where the reader wants to go back to the stage.
  // `series`, where it is not null: what begins a repeat or a sweep stands here, too, because there is no panel.
  bool draw(Ui& ui, Rect area, const Model& model, SeriesView* series);

 private:
  // Something that may be higher than its place.
  struct Scroll {
    float offset = 0;
    float content = 0;  // height in the last frame
  };
  template <class Draw>
  void scrolled(Ui& ui, Rect area, Scroll& scroll, Draw draw);
  float draw_pair(Ui& ui, Rect area, const Model& model);
  float draw_runs(Ui& ui, Rect area, const Model& model);

  CompareLanes lanes_;
  Picks picks_;
  Scroll pair_;
  Scroll list_;
};

}  // namespace interleave::view
