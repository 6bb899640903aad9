#include "core/spread.h"

#include <algorithm>

namespace interleave {

std::size_t count_of(Outcomes outcomes, Verdict verdict) {
  return static_cast<std::size_t>(
      std::ranges::count_if(outcomes, [&](const Outcome* outcome) { return outcome->verdict == verdict; }));
}

std::vector<Figure> figures_of(Outcomes outcomes) {
  std::vector<Figure> out;
  for (const Outcome* outcome : outcomes) {
    for (const Figure& figure : outcome->figures) {
      if (std::ranges::find(out, figure.key, &Figure::key) == out.end()) out.push_back(figure);
    }
  }
  return out;
}

std::vector<Figure> sorted_figures(Outcomes outcomes, std::string_view key) {
  std::vector<Figure> out;
  for (const Outcome* outcome : outcomes) {
    const auto found = std::ranges::find(outcome->figures, key, &Figure::key);
    if (found != outcome->figures.end()) out.push_back(*found);
  }
  std::ranges::sort(out, {}, &Figure::value);
  return out;
}

}  // namespace interleave
