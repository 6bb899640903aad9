// The program's own flags, and a flag's description from its declaration.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/params.h"

namespace interleave::cli {

// Flags that decide how a run is carried out and told, not what is run. In the order of Flag.
[[nodiscard]] std::vector<ParamSpec> program_flags();
enum class Flag : std::uint8_t { repeat, timeout, json, csv, expect_ok, lang };

// "Threads. How many threads add at the same time.\n1 to 16. Default: 6 (live), 2 (sim), 2 (explore)." The
// engines are those whose defaults are told.
[[nodiscard]] std::string describe(const ParamSpec& spec, std::span<const Engine> engines, Language language);

// What stands for the value in a flag's help: "N", "TIME", "none|mutex".
[[nodiscard]] std::string placeholder(const ParamSpec& spec);

}  // namespace interleave::cli
