// Controls for parameters, made from their declarations. A change is a SetParameter request.
#pragma once

#include <span>
#include <string>

#include "view/kit/ui.h"
#include "view/model.h"

namespace interleave::view {

// One parameter in the given width. Greyed, with the reason as its hint, where it has no effect beside the others.
[[nodiscard]] float parameter_height(Ui& ui, float width, const ParamSpec& spec);
void draw_parameter(Ui& ui, Rect area, const ParamSet& set, std::size_t at);

// The main controls only, for a narrow window: those with the keys, or else those declared so. As many as have room.
using Keys = std::span<const std::string>;
[[nodiscard]] float primary_height(Ui& ui, float width, const Model& model, Keys keys);
void draw_primary(Ui& ui, Rect area, const Model& model, Keys keys);

// Says that what was changed takes effect at the next run: for Model::set_for_next.
void draw_next_note(Ui& ui, Rect row);

// Title, summary and all settings. Returns the height used.
float draw_controls(Ui& ui, Rect area, const Model& model, bool& machine_open);

}  // namespace interleave::view
