// The stage: a workload drawn as what it is. Each workload may have one of its own; the generic one serves the rest.
#pragma once

#include <optional>
#include <string_view>

#include "core/outcome.h"
#include "view/run_view.h"
#include "view/ui.h"

namespace interleave::view {

struct StageInput {
  const Model& model;
  RunView& run;
  ThreadId chosen;  // the reader's choice for the next step, or none
};

struct Stage {
  std::string_view workload;
  void (*draw)(Ui& ui, Rect area, const StageInput& input);
  // What can be said of a simulated run at the cursor, before it has an outcome.
  std::optional<Outcome> (*so_far)(const StageInput& input);
};

[[nodiscard]] const Stage& stage_for(std::string_view workload);

// Of the stages' own files.
void draw_generic_stage(Ui& ui, Rect area, const StageInput& input);
void draw_counter_stage(Ui& ui, Rect area, const StageInput& input);
void draw_live_counter(Ui& ui, Rect area, const StageInput& input);
[[nodiscard]] std::optional<Outcome> counter_so_far(const StageInput& input);
// An exploration looks the same for every workload.
void draw_exploration(Ui& ui, Rect area, const StageInput& input);

}  // namespace interleave::view
