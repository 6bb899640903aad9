// Several outcomes of one program together: how often each verdict came, and how a figure is spread.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/outcome.h"

namespace interleave {

using Outcomes = std::span<const Outcome* const>;  // none is null

[[nodiscard]] std::size_t count_of(Outcomes outcomes, Verdict verdict);

// The figures of all outcomes, each once and as it first appears, in that order.
[[nodiscard]] std::vector<Figure> figures_of(Outcomes outcomes);

// One figure of every outcome that has it, the least first.
[[nodiscard]] std::vector<Figure> sorted_figures(Outcomes outcomes, std::string_view key);

// Of what sorted_figures gave, at least one: one of the figures, the upper one of two in the middle.
[[nodiscard]] inline const Figure& median_of(std::span<const Figure> sorted) { return sorted[sorted.size() / 2]; }

}  // namespace interleave
