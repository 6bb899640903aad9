// What makes a simulated run the one that it is: its seed and its schedule, shown and editable.
#pragma once

#include "view/kit/ui.h"
#include "view/model.h"

namespace interleave::view {

// A button that says both in short; it opens the rest. Takes its place off the row's right, where there is room.
void draw_identity(Ui& ui, Rect& row, const Model& model);

}  // namespace interleave::view
