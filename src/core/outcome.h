// What a run came to, in words and figures, judged by its workload.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"

namespace interleave {

enum class Verdict : std::uint8_t {
  ok,         // what the program was meant to do
  failure,    // an update was lost, a check failed, ...
  hang,       // every participant waits for something that cannot come
  cancelled,  // stopped from outside: by a reader, or at a time limit
  limit,      // it wanted more than this machine or build has, for example threads
};

inline constexpr std::array verdicts{Verdict::ok, Verdict::failure, Verdict::hang, Verdict::cancelled, Verdict::limit};

[[nodiscard]] constexpr std::string_view key_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok: return "ok";
    case Verdict::failure: return "failure";
    case Verdict::hang: return "hang";
    case Verdict::cancelled: return "cancelled";
    case Verdict::limit: return "limit";
  }
  return "";
}

// A ratio is a number with three significant digits: 1.97. A rate is how often in a second.
enum class FigureUnit : std::uint8_t { count, nanoseconds, share, ratio, rate, bytes };

[[nodiscard]] constexpr std::string_view key_of(FigureUnit unit) {
  switch (unit) {
    case FigureUnit::count: return "count";
    case FigureUnit::nanoseconds: return "ns";
    case FigureUnit::share: return "share";
    case FigureUnit::ratio: return "ratio";
    case FigureUnit::rate: return "per_second";
    case FigureUnit::bytes: return "bytes";
  }
  return "";
}

// The tone tells what a figure means, not how it looks.
enum class Tone : std::uint8_t { plain, good, bad };

[[nodiscard]] constexpr std::string_view key_of(Tone tone) {
  switch (tone) {
    case Tone::plain: return "plain";
    case Tone::good: return "good";
    case Tone::bad: return "bad";
  }
  return "";
}

struct Figure {
  std::string_view key;  // the name in JSON and CSV
  Text label;
  FigureUnit unit = FigureUnit::count;
  double value = 0;  // counts are exact up to 2^53
  Tone tone = Tone::plain;
};

[[nodiscard]] std::string show_figure(const Figure& figure);

struct Outcome {
  Verdict verdict = Verdict::ok;
  Words headline;  // the one thing that matters: "2,881,598 updates were lost"
  Words sentence;  // why, in one or two sentences
  std::vector<Figure> figures;
  // For a hang where locks have owners: who waits for whom, in words, each with the next, and the last with the first.
  std::vector<Words> cycle;

  // The value of the figure with this key, where there is one.
  [[nodiscard]] std::optional<double> figure(std::string_view key) const {
    const auto found = std::ranges::find(figures, key, &Figure::key);
    return found == figures.end() ? std::nullopt : std::optional(found->value);
  }
};

}  // namespace interleave
