#include <string_view>

#include "live/program_side.h"
#include "session/child_mode.h"
#include "workloads/all.h"

namespace interleave::session {
namespace {

constexpr int unknown_program = 127;  // as a shell has it

template <class W>
void run_if(std::string_view name, const char* argument, std::optional<int>& code) {
  if constexpr (requires { typename W::Program; }) {
    if (W::Program::id == name) code = live::ProgramRuntime().run<typename W::Program>(argument);
  }
}

template <class... W>
std::optional<int> run_one_of(workloads::TypeList<W...>, std::string_view name, const char* argument) {
  std::optional<int> code;
  (run_if<W>(name, argument, code), ...);
  return code;
}

}  // namespace

std::optional<int> run_as_child(int count, char** arguments) {
  if (count != 4 || live::child_flag != arguments[1]) return std::nullopt;
  return run_one_of(workloads::All{}, arguments[2], arguments[3]).value_or(unknown_program);
}

}  // namespace interleave::session
