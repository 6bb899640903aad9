// The two parts of the counter's stage.
#pragma once

#include "stages/common/view.h"
#include "view/stage.h"

namespace interleave::stages {

// On real threads: how far each is. Single steps are not recorded there.
void draw_live_counter(Ui& ui, Rect area, const StageInput& input);

}  // namespace interleave::stages
