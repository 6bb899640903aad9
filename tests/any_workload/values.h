// Which values of a workload's parameters are worth a run.
#pragma once

#include <string>
#include <vector>

#include "any_workload/configuration.h"
#include "core/rng.h"

namespace interleave::test {

// What simulating (or exploring) takes by default, but no number above 10,000 and no wait above 2 ms where the ranges
// allow that: on every engine such a run soon ends by itself.
[[nodiscard]] ParamValues small_values(const WorkloadInfo& info, Engine engine);

// The engine's defaults; each parameter at its least and its most, and at each of its options, with all others at
// their defaults; the presets made for this engine. No two are the same.
[[nodiscard]] std::vector<ParamValues> corners(const WorkloadInfo& info, Engine engine);

// A preset's values over its engine's defaults.
struct PresetValues {
  ParamValues params;
  ParamValues settings;
};
// Throws std::invalid_argument where the preset names what neither the workload nor the engine declares, or a value
// that its declaration does not allow.
[[nodiscard]] PresetValues preset_values(const WorkloadInfo& info, const Preset& preset);

// Every option of every choice with every option of every other (a toggle has two), with all others small.
[[nodiscard]] std::vector<ParamValues> pairs_of_options(const WorkloadInfo& info, Engine engine);

// Integers and durations spread over the orders of magnitude, options evenly: the same on every platform. No integer
// is above `most`, unless all that are allowed are, since a simulated computation is done in one step.
[[nodiscard]] ParamValues random_values(std::span<const ParamSpec> specs, Rng& rng, std::int64_t most);

// The options of choices at random, all else as it is.
void shuffle_options(std::span<const ParamSpec> specs, Rng& rng, ParamValues& values);

}  // namespace interleave::test
