// The two scenes of the deadlock's stage.
#pragma once

#include "stages/common/view.h"
#include "stages/deadlock/scene.h"
#include "view/kit/geometry.h"
#include "view/kit/ui.h"

namespace interleave::stages {

// The colour of what an actor does: that of its lane in the timeline.
[[nodiscard]] Color color_of(const Ui& ui, const DeadlockActor& actor);
[[nodiscard]] Color ink_of(const Ui& ui, const DeadlockActor& actor);

// Philosophers around a table, forks between them or in their hands, and arrows from who waits to who holds.
[[nodiscard]] float table_height(const DeadlockScene& scene);
void draw_table(Ui& ui, Rect area, const DeadlockScene& scene);
// Two accounts, and a line between them for each teller: full where it holds, broken where it waits.
[[nodiscard]] float bank_height(const DeadlockScene& scene);
void draw_bank(Ui& ui, Rect area, const DeadlockScene& scene);

}  // namespace interleave::stages
