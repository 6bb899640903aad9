// What a reader must know of the computer to judge a run's figures.
#pragma once

#include <string>
#include <string_view>

#include "core/text.h"
#include "core/time.h"

namespace interleave::session {

// The program's version, as the build says it.
inline constexpr std::string_view program_version = INTERLEAVE_VERSION;

struct Host {
  int cores = 1;                     // logical ones that the operating system or browser admits to
  std::string compiler;              // "g++ 12.2.0", "clang 19.1.7"
  std::string environment;           // "native", or the browser's or Node's own name for itself
  Nanoseconds clock_resolution = 1;  // the smallest step seen between two readings of the steady clock
  std::string version;               // of this program
};

// Reading the clock takes up to 5 ms, so do it once.
[[nodiscard]] Host describe_host();

// A browser's name and version from what it calls itself ("Chrome 131", "Firefox 128", "Safari 17.4"); anything else as
// it is.
[[nodiscard]] std::string short_environment(std::string_view environment);
// Beside a result: "2 cores, g++ 12.2.0, clock resolution 42 ns", with the browser in the compiler's place where it is
// one.
[[nodiscard]] Words told(const Host& host);

// Of host_native.cpp and machine_web.cpp.
[[nodiscard]] int logical_cores();
[[nodiscard]] std::string environment_name();

}  // namespace interleave::session
