// The title bar and the list of workloads.
#pragma once

#include <string>
#include <vector>

#include "view/kit/ui.h"
#include "view/layout.h"
#include "view/model.h"

namespace interleave::view {

// What the bar changes that is the view's own.
struct Look {
  Language language = Language::en;
  ThemeKind theme = ThemeKind::dark;
  bool code = false;  // whether the source pane is open
  // In somebody else's page, which chose workload, language and theme: only what belongs to the run itself.
  bool embedded = false;
  // Keys of the parameters to be shown where there is room for the main ones only; empty: as declared.
  std::vector<std::string> controls{};
};

// What the bar's buttons open in the place of stage and timeline, and close.
struct Opened {
  bool comparison = false;
  bool panel = false;  // all settings and figures, where the window is too narrow for them beside the stage
};

void draw_top_bar(Ui& ui, const Layout& layout, const Model& model, Look& look, Opened& opened);
void draw_list(Ui& ui, Rect area, const Model& model);

}  // namespace interleave::view
