// The list of workloads, from which the build makes each one on each engine. The first one is shown where none is asked
// for; the list on the screen is in groups.
#pragma once

#include "workloads/blocking_io.h"
#include "workloads/coroutines.h"
#include "workloads/counter.h"
#include "workloads/deadlock.h"
#include "workloads/factorize.h"
#include "workloads/fanout.h"
#include "workloads/pipeline.h"
#include "workloads/process_pool.h"
#include "workloads/refcount.h"
#include "workloads/subprocess.h"

namespace interleave::workloads {

template <class... Workloads>
struct TypeList {};

using All =
    TypeList<Counter, Deadlock, Factorize, BlockingIo, Refcount, Pipeline, Fanout, Coroutines, Subprocess, ProcessPool>;

}  // namespace interleave::workloads
