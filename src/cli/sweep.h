// One parameter at one value after the other: which values, and what came of each.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "session/runner.h"

namespace interleave::cli {

struct Sweep {
  std::string text;  // as it was asked for
  ParamSpec spec;
  std::vector<std::int64_t> values;  // allowed by the spec, in the order asked for
};

// From "threads=1..8" (whole numbers, both ends included) or "lock=none,mutex": a parameter of the configuration's
// workload or a setting of its engine, and at most 1,000 values.
[[nodiscard]] Result<Sweep> parse_sweep(const session::Catalogue& catalogue, const session::Config& config,
                                        std::string_view text);

// The runs of one value.
struct SweepPoint {
  std::int64_t value = 0;
  std::vector<session::RunRecord> records;  // one at least
};

// A row for each value: how often the outcome was as meant, and the median of the first figures.
void print_sweep(const session::Catalogue& catalogue, const Sweep& sweep, std::span<const SweepPoint> points,
                 const session::Machine& machine, Language language, std::ostream& out);

// A line for each run, after a line of names: the parameter that is swept, where one is, the verdict, and every figure
// that any of them has, as numbers. A figure that a run has not is left empty.
void print_csv(const Sweep* sweep, std::span<const SweepPoint> points, std::ostream& out);

}  // namespace interleave::cli
