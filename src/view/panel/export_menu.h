// The menu of what can be taken away of a run.
#pragma once

#include "view/kit/ui.h"
#include "view/model.h"

namespace interleave::view {

// A button at the row's right that opens it. `size` is the button's width and height.
void draw_export(Ui& ui, Rect& row, const Model& model, float size);

// The same as a list, from the area's top. Returns the height used.
float draw_exports(Ui& ui, Rect area, const Model& model);

}  // namespace interleave::view
