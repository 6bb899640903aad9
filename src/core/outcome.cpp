#include "core/outcome.h"

#include <cmath>

#include "core/format.h"

namespace interleave {

std::string show_figure(const Figure& figure) {
  switch (figure.unit) {
    case FigureUnit::count:
      return figure.value == std::floor(figure.value) ? format_count(static_cast<std::int64_t>(figure.value))
                                                      : format_number(figure.value);
    case FigureUnit::nanoseconds:
      return figure.value < 100 ? format_number(figure.value) + " ns"
                                : format_duration(static_cast<std::int64_t>(figure.value));
    case FigureUnit::share: return format_percent(figure.value);
  }
  return {};
}

}  // namespace interleave
