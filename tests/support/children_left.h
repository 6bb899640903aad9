// What child processes may leave behind, and an end that nobody planned. One .cpp per platform.
#pragma once

#include <cstddef>
#include <ostream>

namespace interleave::test {

struct ChildrenLeft {
  std::ptrdiff_t running = 0;      // processes not reaped, or Workers not ended
  std::ptrdiff_t descriptors = 0;  // open ones, where there are any
  bool operator==(const ChildrenLeft&) const = default;
  friend std::ostream& operator<<(std::ostream& out, const ChildrenLeft& left) {
    return out << left.running << " children, " << left.descriptors << " descriptors";
  }
};

// As of now.
[[nodiscard]] ChildrenLeft children_left();
// Kills one that runs, from outside, as a system does that is short of memory. False where there is none, or where
// nobody but its parent can end one.
[[nodiscard]] bool kill_a_child();

}  // namespace interleave::test
