// One pool of threads for the whole test program: under Node threads cannot be made without end, and a page makes its
// own pool once, too.
#pragma once

#include <memory>

#include "live/pool.h"

namespace interleave::test {

// Eight workers: more than any test here wants, and few enough that a test may make a small pool of its own beside it.
inline const std::shared_ptr<live::Pool>& shared_pool() {
  static const auto pool = std::make_shared<live::Pool>(8, live::Pool::Begin::beforehand);
  return pool;
}

}  // namespace interleave::test
