// Threads that tests and benchmarks of the explorer have in common.
#pragma once

#include "explore/explore.h"

namespace interleave::test {

// A racing increment: a load, then a store of one variable.
template <int Times>
struct Increments {
  rt::Task<> operator()(sim::Machine& rt, explore::Shared& shared) const {
    for (int done = 0; done < Times; ++done) {
      const auto value = co_await rt.load(shared.x);
      co_await rt.store(shared.x, value + 1);
    }
  }
};

struct LockedIncrement {
  rt::Task<> operator()(sim::Machine& rt, explore::Shared& shared) const {
    auto held = co_await rt.acquire(shared.a);
    const auto value = co_await rt.load(shared.x);
    co_await rt.store(shared.x, value + 1);
  }
};

}  // namespace interleave::test
