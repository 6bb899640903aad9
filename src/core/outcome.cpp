#include "core/outcome.h"

#include <cmath>

#include "core/format.h"

namespace interleave {

std::string show_figure(const Figure& figure) {
  switch (figure.unit) {
    case FigureUnit::count: return format_large_count(figure.value);
    case FigureUnit::nanoseconds:
      // An operation's cost has decimals, a run's duration has not.
      return std::fabs(figure.value) >= 100 && std::fabs(figure.value) <= most_exact
                 ? format_duration(std::llround(figure.value))
                 : format_number(figure.value) + " ns";
    case FigureUnit::share: return format_percent(figure.value);
    case FigureUnit::ratio: return format_number(figure.value);
    case FigureUnit::rate: return format_number(figure.value) + "/s";
    case FigureUnit::bytes: return format_bytes(figure.value);
  }
  return {};
}

}  // namespace interleave
