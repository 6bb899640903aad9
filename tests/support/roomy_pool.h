// A pool for workloads with many threads.
#pragma once

#include <memory>

#include "live/pool.h"

namespace interleave::test {

// Natively as large as the programs' own, so that no workload's largest parameters meet a limit. Under Node the module
// has a fixed number of threads, which the other tests' pool has taken, so it is that one, and more is a limit.
[[nodiscard]] std::shared_ptr<live::Pool> roomy_pool();

}  // namespace interleave::test
