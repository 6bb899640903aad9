// A schedule: who took which step, as a short string that replays exactly.
//
//   A2BA.      thread 1 twice, thread 2 once, thread 1 once; the '.' says that the run ended there
//   A2B-       the first steps only; whoever replays it goes on from there
//   ~@2A40B.   recorded under a timed policy (joins and starts are steps there), so replayed under one
//
// '@' is the outermost body, 'A' to 'Z' are the first 26 threads, '(27)' the 27th and so on. A count of one is left
// out. Without its end mark a string has lost its tail, and is refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "sim/machine.h"

namespace interleave::sim {

struct Schedule {
  bool timed = false;
  bool whole = true;
  std::vector<Machine::Choice> choices;
};

[[nodiscard]] std::string print_schedule(const Schedule& schedule);
[[nodiscard]] Schedule schedule_of(const Machine& machine);
// "A", "(27)": how a schedule names a thread.
[[nodiscard]] std::string schedule_name(std::uint32_t thread);

// Counts are 1 to 4,294,967,295, threads 0 to 999,999; an error names the place.
[[nodiscard]] Result<Schedule> parse_schedule(std::string_view text);

}  // namespace interleave::sim
