// A shared variable on live, the same for threads and for a loop's tasks, since a loop may have threads beside it.
#pragma once

#include "live/cell.h"
#include "live/run.h"

namespace interleave::live {

class Var {
 public:
  // RT is Threads or Loop.
  template <class RT>
  Var(RT& rt, const rt::Name& name, std::int32_t initial)
      : cell(initial), id(rt.run().add_object(name, trace::ObjectKind::variable, initial)) {}
  [[nodiscard]] std::int32_t peek() const { return cell.load(); }

  Cell cell;
  ObjectId id;
};

}  // namespace interleave::live
