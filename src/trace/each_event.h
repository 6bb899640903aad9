// Reading a trace from its start, stream after stream.
#pragma once

#include <algorithm>

#include "trace/trace.h"

namespace interleave::trace {

// Calls visit(event) for at most `most` events of each stream. Safe while the trace grows: it reads what was there.
template <class Visit>
void each_event(const Trace& trace, std::size_t most, Visit visit) {
  for (std::size_t at = 0; at < trace.streams().size(); ++at) {
    const auto& log = trace.streams()[at]->events();
    const std::size_t count = std::min(log.size(), most);
    for (std::size_t index = 0; index < count;) {
      const auto [first, run] = log.run(index, count);
      for (std::size_t k = 0; k < run; ++k) visit(first[k]);
      index += run;
    }
  }
}

}  // namespace interleave::trace
