// Data races of a simulated run, beside its outcome: up to the cursor where the reader looks at an earlier step.
#pragma once

#include "view/stage.h"

namespace interleave::view {

// One sentence with a mark where there is a race, which belongs right under the outcome, and nothing otherwise. Returns
// the height used.
float draw_race(Ui& ui, Rect area, const StageInput& input);
// The same in one row with the number of accesses that race, for a narrow window. False where there is no race.
bool draw_short_race(Ui& ui, Rect row, const StageInput& input);
// A quiet line where there is none, or where it was not looked for.
float draw_no_race(Ui& ui, Rect area, const StageInput& input);

}  // namespace interleave::view
