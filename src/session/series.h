// Several runs of one configuration, one after the other: a repeat, or a sweep of one parameter over several values.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "session/setup.h"

namespace interleave::session {

// One parameter at one value after the other.
struct Sweep {
  ParamSpec spec;
  std::vector<std::int64_t> values;  // one at least, allowed by the spec, in the order in which they are run
};

inline constexpr std::size_t most_swept = 1'000;  // values of a sweep

// From "threads=1..8" (whole numbers, both ends included) or "lock=none,mutex": one of what may be swept of the setup,
// and at most most_swept values.
[[nodiscard]] Result<Sweep> parse_sweep(const Setup& setup, std::string_view text);
// The same from a key and values. An error where the key is unknown, a value is not allowed, or there are none or too
// many.
[[nodiscard]] Result<Sweep> make_sweep(const Setup& setup, std::string_view key, std::vector<std::int64_t> values);

struct Series {
  Setup base;
  std::optional<Sweep> sweep;  // none: the base alone
  int repeat = 1;              // runs of each value, 1 or more

  // Runs in all.
  [[nodiscard]] std::size_t size() const {
    return (sweep ? sweep->values.size() : 1) * static_cast<std::size_t>(repeat);
  }
  // The value of the swept parameter in the run with this index, below size(); 0 where none is swept. All runs of a
  // value come one after the other.
  [[nodiscard]] std::int64_t value_at(std::size_t index) const;
  // What the run with this index is to be. The n-th run of a value has the n-th seed after the base's, where the engine
  // has one; past the largest seed it begins again.
  [[nodiscard]] Setup at(std::size_t index) const;
};

// Why a run of a series came to no outcome: nobody is there to choose.
inline constexpr Text needs_a_choice{
    "The run stopped where someone has to choose the next thread. Here nobody can: choose another policy, or a "
    "schedule that "
    "goes to the end.",
    "다음 스레드를 골라야 하는 곳에서 멈췄습니다. 여기에서는 고를 수 없으니 다른 방식이나 끝까지 가는 일정을 쓰세요."};

}  // namespace interleave::session
