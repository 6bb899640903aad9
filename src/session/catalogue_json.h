// Everything that is declared of workloads and engines, as one JSON object: what `interleave list --json` prints, and
// what a page makes its form of.
#pragma once

#include "session/catalogue.h"
#include "session/run_json.h"

namespace interleave::session {

// Engines with their settings, workloads with their parameters and presets, all texts in both languages.
[[nodiscard]] Json catalogue_json(const Catalogue& catalogue);

}  // namespace interleave::session
