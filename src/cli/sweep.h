// One parameter at one value after the other: which values, and what came of each.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "session/runner.h"
#include "session/series.h"

namespace interleave::cli {

struct AskedSweep {
  std::string text;  // as it was asked for: see session::parse_sweep
  session::Sweep sweep;
};

// The runs of one value.
struct SweepPoint {
  std::int64_t value = 0;
  std::vector<session::RunRecord> records;  // one at least
};

// A row for each value: how often the outcome was as meant, and the median of the first figures.
void print_sweep(const AskedSweep& asked, std::span<const SweepPoint> points, const session::Host& host,
                 Language language, std::ostream& out);

// A line for each run, after a line of names: the parameter that is swept, where one is, the verdict, and every figure
// that any of them has, as numbers. A figure that a run has not is left empty.
void print_csv(const session::Sweep* sweep, std::span<const SweepPoint> points, std::ostream& out);

}  // namespace interleave::cli
