// Figures as people read them. The same in both languages, so that they can be compared and
// searched.
#pragma once

#include <cstdint>
#include <string>

namespace interleave {

// 6000000 -> "6,000,000".
[[nodiscard]] std::string format_count(std::int64_t value);

// Nanoseconds with three significant digits and the unit that fits: "642 ms", "3.84 µs", "24.1 s",
// "0 ns".
[[nodiscard]] std::string format_duration(std::int64_t nanoseconds);

// The shortest exact form that parse_duration reads: "5ms", "1500us", "1s", "0ns".
[[nodiscard]] std::string print_duration(std::int64_t nanoseconds);

// 2^53: up to it a double holds every whole number, above it it is no count any more.
inline constexpr double most_exact = 9'007'199'254'740'992.0;
// Whether a value is a whole number that a double holds exactly.
[[nodiscard]] bool is_exact_count(double value);

// A count that may be too large for an integer: exact up to 2^53, three significant digits beyond.
[[nodiscard]] std::string format_large_count(double value);

// Three significant digits, no exponent: 0.284 -> "0.284", 12.34 -> "12.3", 1234.5 -> "1,235" or
// "1,234". Below 1e-9 "0".
[[nodiscard]] std::string format_number(double value);

// Bytes with three significant digits and the power of 1024 that fits: "613 B", "8.00 MiB".
[[nodiscard]] std::string format_bytes(double bytes);

// A share of one in percent: 0.4803 -> "48.0 %".
[[nodiscard]] std::string format_percent(double share);
// The same for what may be rare, or nearly certain: neither is rounded to never or always. "50 %", "0.0125 %", "> 99.9
// %".
[[nodiscard]] std::string format_chance(double share);

}  // namespace interleave
