// The divisors that `factorize` finds, counted another way.
#include "invariants_table.h"

namespace interleave::test {
namespace {

// Divisors come in pairs, one of them no larger than the root.
std::int64_t divisors_of(std::int64_t number) {
  std::int64_t out = 0;
  for (std::int64_t by = 1; by * by <= number; ++by) {
    if (number % by == 0) out += by * by == number ? 1 : 2;
  }
  return out;
}

std::int64_t divisors_in_all(const Configuration& config) {
  const std::int64_t count = config.param("numbers");
  const std::int64_t first = config.param("first");
  std::int64_t out = divisors_of(first);
  for (std::int64_t at = 1; at < count; ++at) {
    out += divisors_of(first + (config.param("last") - first) * at / (count - 1));
  }
  return out;
}

void check(const Ended& ended, Violations& out) {
  const std::int64_t expected = divisors_in_all(ended.config);
  if (ended.config.engine == Engine::explore) {
    for (const auto& bar : ended.snapshot.exploration->histogram) {
      if (bar.value != expected) out.push_back("an order found other divisors");
    }
    return;
  }
  if (!ended.judged()) return;
  if (ended.figure("divisors") != static_cast<double>(expected))
    out.emplace_back("the divisors are not those there are");
  if (ended.outcome().verdict != Verdict::ok) out.emplace_back("nothing can go wrong here");
}

}  // namespace

Invariants factorize_invariants() { return {.check = check}; }

}  // namespace interleave::test
