// The stage of an exploration. It looks the same for every workload.
#pragma once

#include "stages/common/view.h"
#include "view/stage.h"

namespace interleave::stages {

void draw_exploration(Ui& ui, Rect area, const StageInput& input);

}  // namespace interleave::stages
