// A figure that a workload tells, on live: the same for threads and for a loop's tasks.
#pragma once

#include "live/run.h"

namespace interleave::live {

class Gauge {
 public:
  // RT is Threads or Loop.
  template <class RT>
  Gauge(RT& rt, const rt::Name& name, std::int64_t initial)
      : id(rt.run().add_object(name, trace::ObjectKind::gauge, initial)) {}

  ObjectId id;
};

}  // namespace interleave::live
