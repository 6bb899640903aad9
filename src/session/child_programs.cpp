#include "session/child_programs.h"

#include <optional>

#include "live/program_side.h"
#include "workloads/all.h"

namespace interleave::session {
namespace {

constexpr int unknown_program = 127;

template <class W>
void run_if(std::string_view name, const std::string& argument, std::optional<int>& code) {
  if constexpr (requires { typename W::Program; }) {
    if (W::Program::id == name) code = live::ProgramRuntime().run<typename W::Program>(argument);
  }
}

template <class... W>
std::optional<int> run_one_of(workloads::TypeList<W...>, std::string_view name, const std::string& argument) {
  std::optional<int> code;
  (run_if<W>(name, argument, code), ...);
  return code;
}

}  // namespace

int run_program(std::string_view name, const std::string& argument) {
  return run_one_of(workloads::All{}, name, argument).value_or(unknown_program);
}

}  // namespace interleave::session
