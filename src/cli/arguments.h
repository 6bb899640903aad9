// From a command line to what is to be done.
#pragma once

#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "cli/sweep.h"

#include "core/text.h"
#include "core/time.h"
#include "session/parse.h"

namespace interleave::cli {

struct ListCommand {
  bool json = false;
  Language language = Language::en;
};

struct RunCommand {
  session::Setup setup;
  int repeat = 1;
  Nanoseconds timeout = 0;  // real time; 0: none
  bool json = false;
  bool csv = false;
  bool expect_ok = false;
  Language language = Language::en;
  std::string trace_file;  // "" for none
  std::optional<AskedSweep> sweep;
};

// An exit code where nothing is left to do: help has been printed on `out`, or what was wrong on `err`.
using Command = std::variant<int, ListCommand, RunCommand>;

[[nodiscard]] Command read_arguments(std::span<const std::string> arguments, const session::Catalogue& catalogue,
                                     std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace interleave::cli
