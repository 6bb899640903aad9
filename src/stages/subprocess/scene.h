// Child processes as a trace tells of them: what each does, what is in its pipes, and how it ended.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "rt/child.h"
#include "stages/common/view.h"
#include "trace/trace.h"

namespace interleave::stages {

struct PipeSeen {
  std::int64_t level = 0;   // bytes in it now
  std::int64_t passed = 0;  // bytes that were written into it so far
};

struct ChildSeen {
  bool started = false;
  bool asleep = false;
  bool killed = false;
  std::optional<rt::Pipe> waits_at;
  std::optional<std::int64_t> code;  // it has ended, with this return code
  Nanoseconds ended_at = 0;          // where it has
  std::int64_t place = 0;            // and as which of them, from 1; those that ended together share one
  trace::State state = trace::State::idle;
  std::array<PipeSeen, rt::pipe_count> pipes;  // in the order of rt::Pipe

  [[nodiscard]] const PipeSeen& pipe(rt::Pipe which) const { return pipes.at(static_cast<std::size_t>(which)); }
};

// In the order in which they were made, as many as there are pipes for. Reads at most `events` events of each stream.
// They were started in that order, too, unless `numbers` says which one was started first, second and so on, from 0.
[[nodiscard]] std::vector<ChildSeen> children_of(const trace::Trace& trace, std::size_t events,
                                                 std::span<const std::size_t> numbers = {});

}  // namespace interleave::stages
