#include "session/host.h"

#include <array>

#include "core/clock.h"
#include "core/format.h"

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

Host describe_host() {
  return {logical_cores(), compiler_name(), environment_name(), measure_clock_resolution(),
          std::string(program_version)};
}

std::string short_environment(std::string_view environment) {
  struct Browser {
    std::string_view name;
    std::string_view sign;  // in front of its version
  };
  // The more special first: Edge and Opera call themselves Chrome, too, and Chrome calls itself Safari.
  constexpr std::array browsers{Browser{"Edge", "Edg/"}, Browser{"Opera", "OPR/"}, Browser{"Firefox", "Firefox/"},
                                Browser{"Chrome", "Chrome/"}, Browser{"Safari", "Version/"}};
  if (!environment.starts_with("Mozilla/")) return std::string(environment);
  for (const Browser& browser : browsers) {
    const std::size_t sign = environment.find(browser.sign);
    if (sign == std::string_view::npos) continue;
    std::string_view version = environment.substr(sign + browser.sign.size());
    version = version.substr(0, version.find(' '));
    // Of 131.0.6778.33 the first number is the version as people know it.
    if (const std::size_t zero = version.find(".0"); zero != std::string_view::npos) version = version.substr(0, zero);
    return std::string(browser.name).append(" ").append(version);
  }
  return std::string(environment);
}

Words told(const Host& host) {
  const std::string environment = short_environment(host.environment);
  const std::string& program = environment == "native" ? host.compiler : environment;
  return fill(host.cores == 1 ? Text{"1 core, {program}, clock resolution {clock}",
                                     "코어 {cores}개, {program}, 시계 해상도 {clock}"}
                              : Text{"{cores} cores, {program}, clock resolution {clock}",
                                     "코어 {cores}개, {program}, 시계 해상도 {clock}"},
              {{"cores", std::int64_t{host.cores}},
               {"program", std::string_view(program)},
               {"clock", format_duration(host.clock_resolution)}});
}

}  // namespace interleave::session
