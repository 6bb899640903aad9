// How much memory a search may use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/memory.h"

namespace interleave::explore {

template <class... Ts>
[[nodiscard]] std::size_t bytes_of(const std::vector<Ts>&... some) {
  return (std::size_t{0} + ... + (some.capacity() * sizeof(Ts)));
}

// Single-threaded. A page's memory is fixed, and running out of it ends everything: so what is left there counts, too.
class MemoryBudget {
 public:
  // May be more than there can be.
  explicit MemoryBudget(std::uint64_t bytes) : allowed_(bytes) {}

  void allow_more(std::uint64_t bytes) { allowed_ += bytes; }
  // Whether whoever uses so many bytes may not take more.
  [[nodiscard]] bool spent(std::size_t used) {
    if (used >= allowed_) return true;
    // To ask what is left is dear.
    if (used < looked_at_ + between_looks) return false;
    looked_at_ = used;
    // A vector that grows needs twice its size beside it, and the largest is less than half of what is used.
    return memory_left() < used + kept_free;
  }

 private:
  static constexpr std::size_t between_looks = std::size_t{2} * 1024 * 1024;
  static constexpr std::size_t kept_free = std::size_t{16} * 1024 * 1024;

  std::uint64_t allowed_;
  std::size_t looked_at_ = 0;
};

}  // namespace interleave::explore
