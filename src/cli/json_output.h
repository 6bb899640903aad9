// What the program prints with --json, besides a run or several: see session/run_json.h.
#pragma once

#include <span>
#include <string>

#include "cli/sweep.h"

#include "session/run_json.h"

namespace interleave::cli {

// The runs at each value of a parameter that is swept.
[[nodiscard]] std::string sweep_json(const session::Sweep& sweep, std::span<const SweepPoint> points,
                                     const session::Host& host, Language language);

}  // namespace interleave::cli
