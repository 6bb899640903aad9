// The list of workloads, in the order of the list on the screen. The build makes each one on each engine from it.
#pragma once

#include "workloads/counter.h"

namespace interleave::workloads {

template <class... Workloads>
struct TypeList {};

using All = TypeList<Counter>;

}  // namespace interleave::workloads
