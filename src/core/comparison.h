// Two runs side by side: what was set differently, which figures they share, and what that comes to in one sentence.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/outcome.h"
#include "core/params.h"
#include "core/workload_info.h"

namespace interleave {

// One of the two. Everything that it refers to must outlive the comparison.
struct ComparedRun {
  const WorkloadInfo* workload = nullptr;  // never null
  Engine engine = Engine::live;
  bool timed = true;  // whether how long it took says anything: not under a policy that ignores the clock
  std::span<const ParamValue> params;  // in the order of workload->params
  std::span<const ParamSpec> setting_specs;
  std::span<const ParamValue> settings;  // the engine's own, in the order of setting_specs
  const Outcome* outcome = nullptr;      // never null
};

// A parameter and its value, as a reader sees them.
struct Setting {
  std::string_view key;
  Words name;
  Words value;
};
// What is set other than the defaults of the run's engine, in the order of the declarations.
[[nodiscard]] std::vector<Setting> unusual_settings(const ComparedRun& run);

// What was set differently: the workload, the engine, a parameter. The value of a parameter that a run has not is
// empty.
struct Change {
  std::string_view key;
  Words name;
  Words a;
  Words b;
};

struct FigurePair {
  Figure a;
  Figure b;
  // Whether both may be drawn on one scale: not real time beside virtual time, nor times that say nothing.
  bool comparable = true;
  // b's share of a, where they are comparable and a is above 0.
  std::optional<double> ratio;
};

struct Comparison {
  std::vector<Change> changes;
  std::vector<FigurePair>
      figures;     // those that both have: how long it took first, then what is good or bad, then the rest
  Words sentence;  // "B was 2.2 times slower than A, and no update was lost."
  Words note;      // why the times are not compared; empty where they are, or where there are none
};

// What comes out differs a little from one live run to the next, so that times within 10 % are told as about the same.
inline constexpr double live_noise = 1.1;

[[nodiscard]] Comparison compare(const ComparedRun& a, const ComparedRun& b);

}  // namespace interleave
