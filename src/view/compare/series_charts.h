// The two pictures of a series: how a figure is spread over all runs of a repeat, and how it follows a parameter.
#pragma once

#include <string_view>

#include "core/series.h"
#include "view/kit/ui.h"

namespace interleave::view {

// A dot for each run that has the figure, above its value; columns where there are too many for dots.
void draw_distribution(Ui& ui, Rect area, const SeriesReport& report, std::string_view figure);

// The median over the values of the parameter, in a band from the least to the most, with a dot for each run. A point
// that is clicked asks for its value to be set. Needs report.swept.
void draw_curve(Ui& ui, Rect area, const SeriesReport& report, std::string_view figure);

}  // namespace interleave::view
