// The flow of `pipeline`: nothing is lost, nothing is faster than its waits, and no queue exceeds its capacity.
#include <array>
#include <cmath>

#include "invariants_table.h"

namespace interleave::test {
namespace {

struct StageParams {
  std::string_view on;
  std::string_view workers;
  std::string_view time;  // "" where it computes
};
constexpr std::array stages{StageParams{"download", "downloaders", "download-time"},
                            StageParams{"resize", "resizers", ""}, StageParams{"upload", "uploaders", "upload-time"}};

bool any_stage(const Configuration& config) {
  return config.param("download") != 0 || config.param("resize") != 0 || config.param("upload") != 0;
}

bool polls(const Configuration& config) { return config.option("waiting") == "poll"; }

// Where it comes to its end, the mistakes have not been made.
bool may_hang(const Configuration& config) {
  return any_stage(config) && (config.option("close") == "never" || config.param("task-done") == 0 || polls(config));
}

void check_times(const Ended& ended, Violations& out) {
  const Configuration& config = ended.config;
  const auto items = static_cast<double>(config.param("items"));
  double alone = 0;
  for (const StageParams& stage : stages) {
    if (config.param(stage.on) == 0 || stage.time.empty()) continue;
    const auto time = static_cast<double>(config.param(stage.time));
    alone += time;
    const double least = time * std::ceil(items / static_cast<double>(config.param(stage.workers)));
    if (ended.figure("elapsed") < least) out.push_back("the stage " + std::string(stage.on) + " was too fast");
  }
  if (ended.figure("p50") < alone) out.emplace_back("half of the items were through before their waits were over");
  if (!(ended.figure("p99") >= ended.figure("p50"))) out.emplace_back("the percentiles are out of order");
}

void check(const Ended& ended, Violations& out) {
  const Configuration& config = ended.config;
  if (!ended.judged()) return;
  if (any_stage(config) && !polls(config) && config.option("close") == "never") {
    out.emplace_back("workers ended that nobody had told to");
  }
  if (config.engine == Engine::explore) return;
  const bool all = ended.figure("done") == static_cast<double>(config.param("items"));
  if (any_stage(config) && !all && !polls(config)) out.emplace_back("an item was lost");
  if (!any_stage(config) || !all || std::isnan(ended.figure("elapsed"))) return;
  check_times(ended, out);
  const auto capacity = static_cast<double>(config.param("capacity"));
  if (capacity > 0 && ended.figure("deepest") > capacity) out.emplace_back("a queue held more than its capacity");
}

}  // namespace

Invariants pipeline_invariants() { return {.may_hang = may_hang, .check = check}; }

}  // namespace interleave::test
