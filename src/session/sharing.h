// What is handed on of what is shown: a link's query and a command, each of which gives it again. A link names the
// version it was made with and a checksum, so that one that gives something else by now says so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "session/setup.h"

namespace interleave::session {

// Keys of a link beside the configuration's.
inline constexpr std::string_view version_key = "v";
inline constexpr std::string_view checksum_key = "sum";

struct Shared {
  std::string workload;  // its id
  std::string query;     // from_query reads it; with version and checksum
  std::string command;   // for a POSIX shell: what the command line runs
};

// `schedule` is that of a run by hand, or "". `run` is the hash of the finished simulated run that is shown, if there
// is one.
[[nodiscard]] Shared share(const Setup& setup, const std::string& schedule, std::optional<std::uint64_t> run);

// How a command line's value of a text begins that is to be taken as it stands behind the mark: one that begins with
// '@' names a file, and '-' is the standard input.
inline constexpr std::string_view verbatim_mark = "@=";

// The command that runs it, for a POSIX shell: with "--key=value", or with "--key value" where that can be.
enum class FlagForm : std::uint8_t { joined, apart };
[[nodiscard]] std::string command_of(const Setup& setup, FlagForm form);

// What a link promises.
struct Promise {
  std::string version;
  std::string config;  // checksum of every setting, also those that the link leaves out; or ""
  std::string run;     // checksum of the simulated run, or ""
};

// None where the link has no checksum. A checksum that is none is told in `problems`.
[[nodiscard]] std::optional<Promise> promise_of(const Listed& listed, std::vector<Problem>& problems);
// What is to be said where the configuration that a link gives is not the one it was made for; none where it is.
[[nodiscard]] std::optional<Words> broken_by(const Promise& promise, const Setup& setup);
// Likewise of its run.
[[nodiscard]] std::optional<Words> broken_by(const Promise& promise, std::uint64_t run);

}  // namespace interleave::session
