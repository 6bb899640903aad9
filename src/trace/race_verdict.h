// What happens-before says of a simulated run, in words, to stand beside its outcome.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/outcome.h"
#include "trace/races.h"

namespace interleave::trace {

enum class RaceFinding : std::uint8_t {
  nothing,    // no variable was touched: there is nothing to say
  none,       // no data race
  none_lost,  // no data race, and updates were lost all the same
  race,
  unchecked,
};

[[nodiscard]] constexpr std::string_view key_of(RaceFinding finding) {
  switch (finding) {
    case RaceFinding::nothing: return "no-variable";
    case RaceFinding::none: return "none";
    case RaceFinding::none_lost: return "none-but-lost";
    case RaceFinding::race: return "race";
    case RaceFinding::unchecked: return "unchecked";
  }
  return "";
}

// A race and its names, which outlive the trace.
struct NamedRace {
  Words variable;
  Words first;  // whose access that was
  Words second;
  Race race;
};

struct RaceVerdict {
  static constexpr std::size_t most_named = 16;

  RaceFinding finding = RaceFinding::nothing;
  Words sentence;                // a sentence or two; empty where there is nothing to say
  std::uint64_t count = 0;       // accesses that race with an earlier one
  std::uint64_t variables = 0;   // on so many variables
  std::vector<NamedRace> named;  // the first of each, for so many variables at most
};

// The verdict is that of the run's outcome; none while there is no outcome yet.
[[nodiscard]] RaceVerdict judge_races(const Trace& trace, const RaceReport& report, std::optional<Verdict> verdict);

}  // namespace interleave::trace
