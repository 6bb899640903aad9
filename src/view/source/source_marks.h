// The signs of the source pane: inks, the ground of lit lines, and who stands at them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "view/kit/ui.h"
#include "view/source/source_lights.h"
#include "view/source/source_text.h"

namespace interleave::view {

inline constexpr float gutter_width = 60;
inline constexpr float legend_height = 36;

[[nodiscard]] Color color_of(const Theme& theme, Ink ink);
[[nodiscard]] Color ground_of(const Theme& theme, bool taken);

// The ground of a line at which threads stand: strongest where the last step was taken.
void draw_lit_ground(Ui& ui, Rect area, bool taken);
// Those that stand at a line, as badges, as many as there is room for, and how many more there are. A ring: the step
// just taken. `more` stand there beside these.
void draw_marks(Ui& ui, Rect area, std::span<const SourceLight> lights, std::size_t more);
// What the marks mean.
void draw_legend(Ui& ui, Rect area);
// Whose lights they are, for a tooltip.
[[nodiscard]] std::vector<std::string> names_of(const Ui& ui, const Model& model, std::span<const SourceLight> lights,
                                                std::size_t more);

// What is lit on this engine, where no line is now.
[[nodiscard]] const Text& note_for(Engine engine);

}  // namespace interleave::view
