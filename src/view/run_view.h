// The run as the views look at it: its lanes, and for a simulated one the place in it that is shown.
#pragma once

#include <optional>

#include "trace/lanes.h"
#include "trace/replay.h"
#include "view/model.h"

namespace interleave::view {

class RunView {
 public:
  // Reads what was added to the snapshot's trace; begins anew with another run.
  void update(const Model& model);

  [[nodiscard]] bool has_trace() const { return trace_ != nullptr; }
  [[nodiscard]] const trace::Trace* trace() const { return trace_.get(); }
  [[nodiscard]] const trace::Lanes& lanes() const { return lanes_; }
  [[nodiscard]] const trace::Replay& replay() const { return replay_; }

  // Simulated runs: the state at the cursor.
  [[nodiscard]] const trace::World& world() { return replay_.at(events()); }
  [[nodiscard]] std::size_t steps() const { return replay_.step_count(); }
  [[nodiscard]] std::size_t cursor() const;  // in steps, 0 to steps()
  [[nodiscard]] std::size_t events() const;  // the same, in events
  [[nodiscard]] bool at_end() const { return !cursor_.has_value(); }
  [[nodiscard]] Nanoseconds cursor_time() { return world().now; }

  void seek(std::size_t step);
  void seek_time(Nanoseconds time);
  void follow_end() { cursor_.reset(); }

 private:
  std::shared_ptr<const trace::Trace> trace_;
  std::uint64_t run_ = 0;
  trace::Lanes lanes_;
  trace::Replay replay_;
  std::optional<std::size_t> cursor_;  // none: always at the end
};

}  // namespace interleave::view
