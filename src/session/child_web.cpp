// The program of every child in a browser, a module of its own: what cmake/run_as_child.js calls in its Worker.
#include "session/child_programs.h"

extern "C" int interleave_run_child(const char* program, const char* argument) {
  return interleave::session::run_program(program, argument);
}
