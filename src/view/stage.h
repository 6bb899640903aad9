// The stage: a workload drawn as what it is. Each workload may have one of its own; the generic one serves the rest.
#pragma once

#include <optional>
#include <string_view>

#include "core/outcome.h"
#include "view/kit/ui.h"
#include "view/run/run_view.h"

namespace interleave::view {

struct StageInput {
  const Model& model;
  RunView& run;
  ThreadId chosen;  // the reader's choice for the next step, or none
};

struct Stage {
  void (*draw)(Ui& ui, Rect area, const StageInput& input);
  // What can be said of a simulated run at the cursor, before it has an outcome.
  std::optional<Outcome> (*so_far)(const StageInput& input);
};

[[nodiscard]] Stage stage_for(std::string_view workload);

// For every workload that has none of its own. A workload <id> gets one by a file stage_<id>.cpp that defines
// `Stage stage_of_<id>()`: the build finds it there.
[[nodiscard]] Stage generic_stage();
// An exploration looks the same for every workload.
void draw_exploration(Ui& ui, Rect area, const StageInput& input);

}  // namespace interleave::view
