#include "live/platform.h"
#include "support/roomy_pool.h"

namespace interleave::test {

std::shared_ptr<live::Pool> roomy_pool() {
  static const std::shared_ptr<live::Pool> pool = live::make_pool();
  return pool;
}

}  // namespace interleave::test
