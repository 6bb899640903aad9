// Everything that the views are told about the world outside: the workloads, what is set, and the run.
#pragma once

#include <span>
#include <string_view>

#include "core/outcome.h"
#include "core/series.h"
#include "core/workload_info.h"
#include "trace/snapshot.h"

namespace interleave::view {

// Declarations and their values, in the same order.
struct ParamSet {
  std::span<const ParamSpec> specs;
  std::span<const ParamValue> values;

  // The value of the given key, or `otherwise` where there is none.
  [[nodiscard]] std::int64_t value(std::string_view key, std::int64_t otherwise = 0) const {
    for (std::size_t at = 0; at < specs.size() && at < values.size(); ++at) {
      if (specs[at].key == key) return values[at].number();
    }
    return otherwise;
  }
  // The key of the option chosen, or "".
  [[nodiscard]] std::string_view option(std::string_view key) const {
    for (std::size_t at = 0; at < specs.size() && at < values.size(); ++at) {
      const auto index = static_cast<std::size_t>(values[at].number());
      if (specs[at].key == key && index < specs[at].options.size()) return specs[at].options[index].key;
    }
    return {};
  }
};

// A run of this session that came to its end.
struct FinishedRun {
  std::string_view workload;
  Engine engine = Engine::live;
  std::span<const ParamValue> params;  // the workload's
  const Outcome* outcome = nullptr;    // never null
  std::uint64_t number = 0;            // counts from 1
  bool timed = true;  // whether how long it took says anything: not under a policy that ignores the clock
  std::span<const ParamSpec> setting_specs;
  std::span<const ParamValue> settings;  // the engine's own
  // Null where there is none; what it points to is null where it was let go for newer ones.
  const std::shared_ptr<const trace::Trace>* trace = nullptr;
};

struct Model {
  std::span<const WorkloadInfo> workloads;
  const WorkloadInfo* workload = nullptr;  // never null while drawing
  Engine engine = Engine::live;
  PerEngine<const Words*> unavailable{};  // why an engine cannot be chosen here, or null
  ParamSet params;                        // the workload's, of the run that is shown
  ParamSet engine_params;                 // the engine's, likewise
  ParamSet set_params;                    // what the controls are set to: the next run's
  ParamSet set_engine_params;
  bool set_for_next = false;  // whether something was changed during the run, which takes effect at the next
  const trace::Snapshot* snapshot = nullptr;  // never null while drawing
  std::span<const Words> problems;            // sentences about what could not be done as asked
  std::uint64_t run = 0;                      // another number for each run
  std::span<const FinishedRun> history;       // the oldest first; a bounded number of them
  const SeriesReport* series = nullptr;       // the repeat or sweep that goes on or was the last, or null
  const ParamSpec* presets = nullptr;         // those for the engine, as a choice to sweep over; null: fewer than two
  bool has_lesson = false;                    // whether a lesson can be opened from here
  const Words* machine = nullptr;             // what a reader must know of it to judge a figure; may be null
};

}  // namespace interleave::view
