// What came of several runs of one configuration, or of one parameter at several values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/outcome.h"
#include "core/spread.h"
#include "core/workload_info.h"

namespace interleave {

enum class SeriesState : std::uint8_t {
  running,
  stopping,  // told to stop; the run that was going on has not ended yet
  stopped,   // before its end
  finished,
};

struct SeriesRun {
  std::int64_t value = 0;  // of the parameter that is swept; 0 in a repeat
  Outcome outcome;
};

struct SeriesReport {
  std::uint64_t number = 0;  // counts from 1: another one for each series
  SeriesState state = SeriesState::running;
  std::string workload;
  Engine engine = Engine::live;
  bool timed = true;  // whether how long a run took says anything: not under a policy that ignores the clock
  std::optional<ParamSpec> swept;    // none: the same configuration again and again
  std::vector<std::int64_t> values;  // of the parameter that is swept, in the order in which they are run
  std::size_t planned = 0;           // runs in all
  std::vector<SeriesRun> runs;       // those that came to an outcome, in order
  std::optional<Words> problem;      // why it could not go on

  [[nodiscard]] bool active() const { return state == SeriesState::running || state == SeriesState::stopping; }
  // Runs of one value, or all of them.
  [[nodiscard]] std::vector<const Outcome*> outcomes() const;
  [[nodiscard]] std::vector<const Outcome*> outcomes_at(std::int64_t value) const;
};

// A figure of a sweep beside those of its outcomes: how large a share of one value's runs did not do what they should.
inline constexpr std::string_view went_wrong = "went-wrong";

// The figures that may be drawn of a series, each once: those of its outcomes, and after them `went_wrong` where a
// sweep has a run that went wrong.
[[nodiscard]] std::vector<Figure> figures_to_draw(const SeriesReport& report);

// One of them, of the runs of one value, the least first; the share is a single one. Empty where no run has it.
[[nodiscard]] std::vector<Figure> sorted_at(const SeriesReport& report, std::int64_t value, std::string_view key);

// How often it went wrong: "Updates were lost in 37 of 50 runs." `mishap` is the workload's own word for what goes
// wrong (WorkloadInfo::mishap). Empty before the first run has ended.
[[nodiscard]] Words told(const SeriesReport& report, const std::optional<Text>& mishap);

// The key of the figure that is worth seeing first, or "" where there is none: the one whose value the headlines name
// ("14 updates were lost"), if it ever tells of harm; else how long it took, where that says something; else one that
// the headlines name; else the first that differs between runs; else the first.
[[nodiscard]] std::string_view main_figure(Outcomes outcomes, bool timed);

// Whether a figure is a time that says nothing, because the policy ignores the clock.
[[nodiscard]] bool is_idle_time(const Figure& figure, bool timed);

// Values of a parameter from its least to its largest that show how something depends on it: every option; every whole
// number where there are few; else round ones, by ratio where the range is wide. At most `most` (2 or more), ascending,
// and without doubles. None of a text.
[[nodiscard]] std::vector<std::int64_t> values_to_sweep(const ParamSpec& spec, std::size_t most = 16);

}  // namespace interleave
