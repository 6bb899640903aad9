// What the program prints with --json. Every document has "format": 1; a change that would break a
// reader gets 2.
#pragma once

#include <span>
#include <string>

#include "cli/sweep.h"

#include "core/text.h"
#include "session/runner.h"

namespace interleave::cli {

inline constexpr int json_format = 1;

// Everything that is declared: engines with their settings, workloads with their parameters and
// presets, all texts in both languages.
[[nodiscard]] std::string list_json(const session::Catalogue& catalogue);

// One run. Sentences are in the language given; keys never change.
[[nodiscard]] std::string run_json(const session::Catalogue& catalogue, const session::RunRecord& record,
                                   const session::Machine& machine, Language language);

// Several runs of one configuration (but for the seed): how often each verdict, and each run.
[[nodiscard]] std::string runs_json(const session::Catalogue& catalogue, std::span<const session::RunRecord> records,
                                    const session::Machine& machine, Language language);

// The runs at each value of a parameter that is swept.
[[nodiscard]] std::string sweep_json(const session::Catalogue& catalogue, const session::Sweep& sweep,
                                     std::span<const SweepPoint> points, const session::Machine& machine,
                                     Language language);

}  // namespace interleave::cli
