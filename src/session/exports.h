// What is taken away of runs, besides JSON: a table, and what a trace for Perfetto says of itself.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "session/runner.h"
#include "trace/perfetto.h"

namespace interleave::session {

// The trace's title and the configuration that it came from.
[[nodiscard]] trace::PerfettoOptions perfetto_options(const Setup& setup, Language language,
                                                      std::optional<std::uint64_t> hash = {});

// A line for each run, after a line of names: its number, workload, engine, configuration (as in a URL), verdict, and
// every figure that any of them has, as numbers. A figure that a run has not is left empty.
[[nodiscard]] std::string runs_csv(const std::deque<RunRecord>& runs);

// The shortest form that reads back as the same number; locale never matters. Counts are written out.
[[nodiscard]] std::string csv_number(double value);

}  // namespace interleave::session
