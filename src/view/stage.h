// The stage: a workload drawn as what it is. Each workload may have one of its own; the generic one serves the rest.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
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
  std::string_view workload;  // its id; "" for the generic stage
  void (*draw)(Ui& ui, Rect area, const StageInput& input);
  // What can be said of a simulated run at the cursor, before it has an outcome. May be null.
  std::optional<Outcome> (*so_far)(const StageInput& input);
  // How many threads a run with these settings starts: the timeline keeps room for them before there is one. May be
  // null: one.
  std::size_t (*threads)(const Model& model) = nullptr;
};

// The stages that there are. The application hands the table in, so that the view knows no workload.
struct StageTable {
  std::span<const Stage> stages;
  Stage generic;
  void (*draw_exploration)(Ui& ui, Rect area, const StageInput& input);

  // The workload's own stage, or the generic one.
  [[nodiscard]] const Stage& of(std::string_view workload) const {
    const auto found = std::ranges::find(stages, workload, &Stage::workload);
    return found == stages.end() ? generic : *found;
  }
};

}  // namespace interleave::view
