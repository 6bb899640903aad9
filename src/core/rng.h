// A generator of our own, because the standard distributions differ between libraries and every platform must
// draw the same numbers. The generator is SplitMix64 (Steele, Lea, Flood 2014); bounded draws use Lemire's
// multiplication (2019) with rejection, so they are unbiased.
#pragma once

#include <cassert>
#include <cstdint>

namespace interleave {

class Rng {
 public:
  explicit constexpr Rng(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t next() {
    state_ += 0x9e37'79b9'7f4a'7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58'476d'1ce4'e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d0'49bb'1331'11ebULL;
    return z ^ (z >> 31U);
  }

  // Uniform in [0, bound). The bound is at least 1.
  constexpr std::uint32_t below(std::uint32_t bound) {
    assert(bound > 0);
    std::uint64_t product = (next() >> 32U) * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
      const std::uint32_t threshold = (0U - bound) % bound;
      while (static_cast<std::uint32_t>(product) < threshold) product = (next() >> 32U) * bound;
    }
    return static_cast<std::uint32_t>(product >> 32U);
  }

  // A generator for the given member of a family, the same whatever the others drew.
  [[nodiscard]] static constexpr Rng stream(std::uint64_t seed, std::uint64_t member) {
    Rng mixer(seed ^ (member * 0xd134'2543'de82'ef95ULL));
    return Rng(mixer.next());
  }

 private:
  std::uint64_t state_;
};

}  // namespace interleave
