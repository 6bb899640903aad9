#include "session/machine.h"

#include "core/clock.h"

namespace interleave::session {
namespace {

std::string compiler_name() {
#if defined(__clang__)
  return "clang " + std::to_string(__clang_major__) + "." + std::to_string(__clang_minor__) + "." +
         std::to_string(__clang_patchlevel__);
#elif defined(__GNUC__)
  return "g++ " + std::to_string(__GNUC__) + "." + std::to_string(__GNUC_MINOR__) + "." +
         std::to_string(__GNUC_PATCHLEVEL__);
#else
  return "unknown";
#endif
}

// Natively a step is a reading's own duration; browsers round their clock to 5 us and more.
Nanoseconds measure_clock_resolution() {
  constexpr Nanoseconds longest = 5 * millisecond;
  constexpr int enough = 64;
  const Nanoseconds begin = steady_now();
  Nanoseconds last = begin;
  Nanoseconds smallest = longest;
  for (int steps = 0; steps < enough && last - begin < longest;) {
    const Nanoseconds now = steady_now();
    if (now == last) continue;
    smallest = now - last < smallest ? now - last : smallest;
    last = now;
    ++steps;
  }
  return smallest;
}

}  // namespace

Machine describe_machine() {
  return {logical_cores(), compiler_name(), environment_name(), measure_clock_resolution(),
          std::string(program_version)};
}

}  // namespace interleave::session
