// The headless program, without a process around it.
#pragma once

#include <iosfwd>
#include <span>
#include <string>

#include "rt/execution.h"

namespace interleave::cli {

// What run_cli returns.
inline constexpr int exit_fine = 0;
inline constexpr int exit_failure = 1;    // with --expect-ok: the outcome was another
inline constexpr int exit_bad_input = 2;  // a sentence on `err` says what was wrong and what is allowed

// Carries out one command line, without the program's own name in front, on the workloads given.
// Returns the exit code. Waits until the run has ended.
[[nodiscard]] int run_cli(std::span<const std::string> arguments, std::span<const rt::Entry> workloads,
                          std::ostream& out, std::ostream& err);

}  // namespace interleave::cli
