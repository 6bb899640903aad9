// The stage of every workload that has none of its own.
#pragma once

#include "stages/common/view.h"
#include "view/stage.h"

namespace interleave::stages {

[[nodiscard]] Stage generic_stage();

}  // namespace interleave::stages
