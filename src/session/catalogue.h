// What can be run: the workloads on their engines, and the engines' own settings.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/params.h"
#include "rt/execution.h"

namespace interleave::session {

class Setup;

// Reads a table of workloads; engines/registry.h has the real one. The table must outlive the
// catalogue and hold at least one entry. A catalogue never changes, so every thread may read it.
class Catalogue {
 public:
  explicit Catalogue(std::span<const rt::Entry> entries);

  [[nodiscard]] std::span<const rt::Entry> entries() const { return entries_; }
  // Null where no workload has that id.
  [[nodiscard]] const rt::Entry* find(std::string_view workload) const;
  [[nodiscard]] std::vector<std::string_view> ids() const;
  // The workload on the engine with its defaults. The workload must be one of the catalogue's, which must outlive it.
  [[nodiscard]] Setup setup(std::string_view workload, Engine engine) const;
  // What a reader may set of an engine, with the engine's own defaults.
  [[nodiscard]] std::span<const ParamSpec> settings(Engine engine) const {
    return settings_[static_cast<std::size_t>(engine)];
  }
  // The same in the same order, with the defaults that suit a workload (WorkloadInfo::policy).
  [[nodiscard]] std::span<const ParamSpec> settings(Engine engine, std::string_view workload) const;
  // The workload's presets for an engine as the options of a choice, so that a sweep can hold them side by side. Null
  // where there are fewer than two.
  [[nodiscard]] const ParamSpec* presets(std::string_view workload, Engine engine) const;
  static constexpr std::string_view preset_key = "preset";

 private:
  struct PresetChoice {
    std::vector<Option> options;
    std::optional<ParamSpec> spec;
  };

  std::span<const rt::Entry> entries_;
  PerEngine<std::vector<ParamSpec>> settings_;
  std::vector<std::vector<ParamSpec>> simulated_;  // by entry: settings_[simulate] with the workload's policy
  std::vector<PerEngine<PresetChoice>> presets_;   // by entry
};

}  // namespace interleave::session
