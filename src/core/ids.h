// Numbers for the things of one run. They count from 0 in order of creation, so they index vectors, and they
// are types of their own, so that a thread is never taken for a lock.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace interleave {

template <class Tag>
struct Id {
  static constexpr std::uint32_t none_value = 0xffff'ffffU;
  std::uint32_t value = none_value;

  [[nodiscard]] static constexpr Id none() { return {}; }
  [[nodiscard]] constexpr bool valid() const { return value != none_value; }
  [[nodiscard]] constexpr std::size_t index() const { return value; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

// A participant of a run: a thread, a task or a process. The run's main body is number 0.
using ThreadId = Id<struct ThreadTag>;
// A shared variable or a lock.
using ObjectId = Id<struct ObjectTag>;

}  // namespace interleave
