// The programs that run as child processes: those that the workloads declare.
#pragma once

#include <string>
#include <string_view>

namespace interleave::session {

// Runs a program to its end, in a process (or a Worker) that is there for that alone, and gives its return code: 127
// where there is no such program, as a shell has it.
[[nodiscard]] int run_program(std::string_view name, const std::string& argument);

}  // namespace interleave::session
