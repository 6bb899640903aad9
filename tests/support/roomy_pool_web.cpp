#include "support/pool.h"
#include "support/roomy_pool.h"

namespace interleave::test {

std::shared_ptr<live::Pool> roomy_pool() { return shared_pool(); }

}  // namespace interleave::test
