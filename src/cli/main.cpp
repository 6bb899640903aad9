#include <iostream>
#include <string>
#include <vector>

#include "cli/cli.h"

#include "engines/registry.h"
#include "live/platform.h"
#include "session/child_mode.h"

int main(int count, char** arguments) {
  if (const auto code = interleave::session::run_as_child(count, arguments)) return *code;
  const std::vector<std::string> given(arguments + 1, arguments + count);
  return interleave::cli::run_cli(given, interleave::engines::registry(), std::cin, std::cout, std::cerr,
                                  interleave::live::make_pool);
}
