#include "session/child_mode.h"

namespace interleave::session {

// A page starts no processes.
std::optional<int> run_as_child(int, char**) { return std::nullopt; }

}  // namespace interleave::session
