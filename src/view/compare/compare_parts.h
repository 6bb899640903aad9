// The parts of a comparison: what was set differently, the figures side by side, and the list to choose from. Each
// draws into the area's width from its top and returns the height used; the area's own height does not matter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/comparison.h"
#include "view/kit/ui.h"
#include "view/model.h"

namespace interleave::view {

// A finished run as a comparison takes it.
[[nodiscard]] ComparedRun compared_run(const Model& model, const FinishedRun& run);
// Its engine, and what is unusual in its settings: "Live · Threads 2 · Lock mutex".
[[nodiscard]] std::string told_settings(const Ui& ui, const ComparedRun& run);
// The run with this number, or null.
[[nodiscard]] const FinishedRun* find_run(const Model& model, std::uint64_t number);

float draw_changes(Ui& ui, Rect area, const Comparison& comparison);
float draw_figures(Ui& ui, Rect area, const Comparison& comparison);

// The numbers of the runs that are compared; 0: none.
struct Picks {
  std::uint64_t a = 0;
  std::uint64_t b = 0;
};
// The last two runs of the workload, or, where it has not two, the last two of all.
[[nodiscard]] Picks default_picks(const Model& model);

// All finished runs, the newest first.
float draw_history(Ui& ui, Rect area, const Model& model, Picks& picks);

// In the panel: the runs that would be compared, a line each, with the figure that matters. Returns whether the reader
// wants to see the comparison.
struct ShortComparison {
  float height = 0;
  bool opened = false;
};
ShortComparison draw_short_comparison(Ui& ui, Rect area, const Model& model);

}  // namespace interleave::view
