// This executable as its own child: what main() asks before anything else.
#pragma once

#include <optional>

namespace interleave::session {

// Where the arguments say that this process is a child, its program is run and its return code given. A program of
// main() that starts child processes must ask this first.
[[nodiscard]] std::optional<int> run_as_child(int count, char** arguments);

}  // namespace interleave::session
