// A trace as Chrome's trace-event JSON, which Perfetto's UI and chrome://tracing open. Source:
// "Trace Event Format", the Chromium project's document; Perfetto reads the same.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.h"
#include "trace/trace.h"

namespace interleave::trace {

struct PerfettoOptions {
  std::string title = "interleave";  // the process's name
  Language language = Language::en;
  std::vector<std::pair<std::string, std::string>> metadata;  // shown with the trace: configuration, hash, ...
};

// Writes the whole file, part by part, in order. One complete span for each state of each thread, an instant for each
// operation, arrows from who woke to who was woken, counters for progress. Times are microseconds
// with three decimals, so no nanosecond is lost. Threads are numbered from 1, because 0 is the idle
// thread to those programs.
void write_perfetto(const Trace& trace, const PerfettoOptions& options,
                    const std::function<void(std::string_view part)>& write);

}  // namespace interleave::trace
