// What the run came to: one headline, a sentence, the figures.
#pragma once

#include "view/stage.h"

namespace interleave::view {

// In which ink an outcome is told.
[[nodiscard]] Color ink_of(const Theme& theme, Verdict verdict);
// Returns the height used; the area's own height does not matter.
// The stage says what can be told before there is an outcome.
float draw_results(Ui& ui, Rect area, const StageInput& input, const Stage& stage);
// The same, with as many figures as there is room for.
void draw_short_result(Ui& ui, Rect area, const StageInput& input, const Stage& stage);
// A question that invites to a next run.
[[nodiscard]] float try_next_height(Ui& ui, float width, const Model& model);
void draw_try_next(Ui& ui, Rect area, const Model& model);

}  // namespace interleave::view
