// What can be run: the workloads on their engines, and the engines' own settings.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/params.h"
#include "rt/execution.h"

namespace interleave::session {

// Reads a table of workloads; engines/registry.h has the real one. The table must outlive the
// catalogue and hold at least one entry. A catalogue never changes, so every thread may read it.
class Catalogue {
 public:
  explicit Catalogue(std::span<const rt::Entry> entries);

  [[nodiscard]] std::span<const rt::Entry> entries() const { return entries_; }
  // Null where no workload has that id.
  [[nodiscard]] const rt::Entry* find(std::string_view workload) const;
  [[nodiscard]] std::vector<std::string_view> ids() const;
  // What a reader may set of an engine, whatever the workload.
  [[nodiscard]] std::span<const ParamSpec> settings(Engine engine) const {
    return settings_[static_cast<std::size_t>(engine)];
  }

 private:
  std::span<const rt::Entry> entries_;
  PerEngine<std::vector<ParamSpec>> settings_;
};

}  // namespace interleave::session
