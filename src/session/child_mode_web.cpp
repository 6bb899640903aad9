#include "session/child_mode.h"

namespace interleave::session {

// A child in a Worker is a program of its own: see child_web.cpp.
std::optional<int> run_as_child(int, char**) { return std::nullopt; }

}  // namespace interleave::session
