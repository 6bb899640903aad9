// What every stage is made of: whatever the view has, by its plain name.
#pragma once

#include "view/model.h"
#include "view/run/run_view.h"

namespace interleave::stages {

using namespace view;

}  // namespace interleave::stages
