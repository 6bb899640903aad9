#include "workloads/busy.h"

namespace interleave::workloads {

void busy(std::int64_t begin, std::int64_t end) {
  // A chain that the compiler can neither skip nor shorten: of additions and multiplications alone, as of a linear
  // congruential generator, it would make a single one of each.
  std::uint64_t value = 0x9e37'79b9'7f4a'7c15ULL + static_cast<std::uint64_t>(begin);
  for (std::int64_t at = begin; at < end; ++at) {
    for (int turn = 0; turn < 40; ++turn) value = (value ^ (value >> 29U)) * 0xd134'2543'de82'ef95ULL;
  }
  [[maybe_unused]] const volatile std::uint64_t kept = value;
}

}  // namespace interleave::workloads
