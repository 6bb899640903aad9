// The headless program, without a process around it.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>

#include "rt/execution.h"

namespace interleave::cli {

// What run_cli returns.
inline constexpr int exit_fine = 0;
inline constexpr int exit_failure = 1;    // a search found a failure; with --expect-ok: the outcome was another than ok
inline constexpr int exit_bad_input = 2;  // a sentence on `err` says what was wrong and what is allowed

// What live runs share; asked for once, when the first of them begins.
using MakeResources = std::function<std::shared_ptr<rt::Resources>()>;

// Carries out one command line, without the program's own name in front, on the workloads given. Returns the exit
// code. `in` is read where a text is to come from there. Waits until the run has ended. Without resources each live run
// makes its own.
[[nodiscard]] int run_cli(std::span<const std::string> arguments, std::span<const rt::Entry> workloads,
                          std::istream& in, std::ostream& out, std::ostream& err,
                          const MakeResources& make_resources = {});

}  // namespace interleave::cli
