// From a list of keys and values to a Setup. A URL's query, command-line flags and a JSON object all become such a
// list; one function reads it. So the keys, bounds and errors are the same everywhere. Nothing here throws or crashes,
// whatever the input.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "session/setup.h"

namespace interleave::session {

// The declaration of the key `engine`: its values are those of Engine.
[[nodiscard]] ParamSpec engine_spec();

// Keys that are not part of a Setup but may stand beside it: a page's language, a command's time
// limit.
struct OtherKeys {
  std::span<const ParamSpec> read;              // values come back in Parsed::others
  std::span<const std::string_view> known{};    // names of what is read elsewhere: only suggested for misspelt keys
  std::span<const std::string_view> ignored{};  // passed over without a word; "utm_*" stands for all that begin so
};

struct Parsed {
  Setup setup;                                      // always complete and usable: what was wrong has its default
  std::vector<Problem> problems;                    // in the order of the input
  std::vector<std::optional<std::int64_t>> others;  // of OtherKeys::read, in its order; none where not given
};

// Reads the list. Keys: workload, engine, the workload's parameters, the engine's settings, and others. A missing
// workload is the catalogue's first; a missing engine is live; the first of several equal keys counts. A schedule sets
// the policy to `replay` where none is given.
[[nodiscard]] Parsed parse(const Catalogue& catalogue, const Listed& listed, const OtherKeys& others = {});

// The same onto a setup whose workload and engine have been chosen: what is not named stays as it is there, except that
// a policy other than `replay` lets go of a schedule. The keys workload and engine are only checked.
[[nodiscard]] Parsed parse_onto(Setup base, const Listed& listed, const OtherKeys& others = {});

}  // namespace interleave::session
