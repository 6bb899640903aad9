#include "live/program_side.h"
#include "session/child_mode.h"
#include "session/child_programs.h"

namespace interleave::session {

std::optional<int> run_as_child(int count, char** arguments) {
  if (count != 4 || live::child_flag != arguments[1]) return std::nullopt;
  return run_program(arguments[2], arguments[3]);
}

}  // namespace interleave::session
