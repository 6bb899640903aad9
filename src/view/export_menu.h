// The menu of what can be taken away of a run.
#pragma once

#include "view/model.h"
#include "view/ui.h"

namespace interleave::view {

// A button at the row's right that opens it. `size` is the button's width and height.
void draw_export(Ui& ui, Rect& row, const Model& model, float size);

}  // namespace interleave::view
