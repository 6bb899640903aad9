// How much memory a search may use.
#pragma once

#include <cstddef>
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
  explicit MemoryBudget(std::size_t bytes) : allowed_(bytes) {}

  void allow_more(std::size_t bytes) { allowed_ += bytes; }
  // Whether whoever uses so many bytes may not take more.
  [[nodiscard]] bool spent(std::size_t used) {
    if (used >= allowed_) return true;
    // To ask what is left is dear.
    if (used < looked_at_ + between_looks) return false;
    looked_at_ = used;
    return memory_left() < memory_kept_free;
  }

 private:
  static constexpr std::size_t between_looks = std::size_t{2} * 1024 * 1024;

  std::size_t allowed_;
  std::size_t looked_at_ = 0;
};

}  // namespace interleave::explore
