// What the stages of workloads under an interpreter lock have in common.
#pragma once

#include <string>

#include "stages/common/gil_scene.h"
#include "stages/common/view.h"
#include "view/stage.h"

namespace interleave::stages {

// The lock itself: a small chip around this point.
inline constexpr float token_width = 44;
inline constexpr float token_height = 24;
void draw_gil_token(Ui& ui, Point center);
// A waiter's clock, which runs through the switch interval, and what it says: how long it has waited, or that it asked.
void draw_gil_clock(Ui& ui, Rect area, const GilWaiter& waiter, Nanoseconds now, Nanoseconds interval);

// What happened last in a simulated run at the cursor, as a sentence; how to begin where nothing has.
[[nodiscard]] std::string last_told(const Ui& ui, RunView& run);

}  // namespace interleave::stages
