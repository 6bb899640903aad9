#include "core/format.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace interleave {
namespace {

struct Scale {
  std::int64_t nanoseconds;
  const char* unit;
  const char* short_unit;
};
constexpr std::array<Scale, 4> scales{
    {{1'000'000'000, "s", "s"}, {1'000'000, "ms", "ms"}, {1'000, "\u00b5s", "us"}, {1, "ns", "ns"}}};

std::string with_decimals(double value, int decimals) {
  std::array<char, 400> buffer{};  // the largest double has 309 digits
  const int written = std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
  return {buffer.data(), static_cast<std::size_t>(written)};
}

// "6000000" -> "6,000,000".
std::string grouped(std::string digits) {
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

constexpr double smallest_shown = 1e-9;

}  // namespace

std::string format_count(std::int64_t value) {
  // Through unsigned, so that the smallest integer has a magnitude too.
  const auto bits = static_cast<std::uint64_t>(value);
  const std::string digits = grouped(std::to_string(value < 0 ? ~bits + 1 : bits));
  return value < 0 ? "-" + digits : digits;
}

std::string format_number(double value) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value < 0 ? "-\u221e" : "\u221e";
  const double magnitude = std::fabs(value);
  const std::string sign = value < 0 ? "-" : "";
  if (magnitude >= 999.5) return sign + grouped(with_decimals(magnitude, 0));
  if (magnitude < smallest_shown) return "0";
  // The limits are where rounding to three digits reaches the next power of ten.
  int decimals = 0;
  for (double limit = 99.95; magnitude < limit; limit /= 10) ++decimals;
  return sign + with_decimals(magnitude, decimals);
}

std::string format_duration(std::int64_t nanoseconds) {
  for (const Scale& scale : scales) {
    // Rounded to three digits, 999.6 us is 1.00 ms: the larger unit takes over there already.
    const double magnitude = std::fabs(static_cast<double>(nanoseconds));
    const bool fits = magnitude >= static_cast<double>(scale.nanoseconds) * 0.9995;
    if (!fits && scale.nanoseconds != 1) continue;
    if (scale.nanoseconds == 1) return format_count(nanoseconds) + " ns";
    const double value = static_cast<double>(nanoseconds) / static_cast<double>(scale.nanoseconds);
    return format_number(value) + " " + scale.unit;
  }
  return {};  // the last scale fits every value
}

std::string print_duration(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return "0ns";
  for (const Scale& scale : scales) {
    if (nanoseconds % scale.nanoseconds == 0) {
      return std::to_string(nanoseconds / scale.nanoseconds) + scale.short_unit;
    }
  }
  return {};  // the last scale fits every value
}

std::string format_bytes(double bytes) {
  constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB"};
  std::size_t at = 0;
  // As with durations: what rounds to the next unit is shown in it.
  for (; at + 1 < units.size() && std::fabs(bytes) >= 1023.5; ++at) bytes /= 1024;
  return (at == 0 ? with_decimals(bytes, 0) : format_number(bytes)) + " " + units.at(at);
}

std::string format_percent(double share) { return with_decimals(share * 100.0, 1) + " %"; }

bool is_exact_count(double value) { return value == std::floor(value) && std::fabs(value) <= most_exact; }

std::string format_large_count(double value) {
  return is_exact_count(value) ? format_count(static_cast<std::int64_t>(value)) : format_number(value);
}

std::string format_chance(double share) {
  constexpr double least = 0.001;
  if (share > 0 && share < least) {
    return share < 0.000'001 ? "< 0.0001 %" : with_decimals(share * 100.0, 4) + " %";
  }
  return share < 1 && share > 1 - least ? "> 99.9 %" : format_percent(share);
}

}  // namespace interleave
