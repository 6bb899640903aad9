// The run as the views look at it: its lanes, and for a simulated one the place in it that is shown.
#pragma once

#include <any>
#include <map>
#include <optional>
#include <typeindex>

#include "trace/lanes.h"
#include "trace/races.h"
#include "trace/replay.h"
#include "view/model.h"
#include "view/run/place.h"
#include "view/run/step_lanes.h"

namespace interleave::view {

class RunView {
 public:
  // Keeps nothing of the run that it has seen.
  void let_go();
  // Reads what was added to the snapshot's trace; begins anew with another run.
  void update(const Model& model);

  [[nodiscard]] bool has_trace() const { return trace_ != nullptr; }
  [[nodiscard]] const trace::Trace* trace() const { return trace_.get(); }
  // What the axis counts: steps in a simulated run whose policy does not obey the clock.
  [[nodiscard]] AxisUnit unit() const { return by_steps_ ? AxisUnit::steps : AxisUnit::time; }
  [[nodiscard]] bool by_steps() const { return by_steps_; }
  [[nodiscard]] std::span<const trace::Lane> lanes() const { return by_steps_ ? step_lanes_.lanes() : lanes_.lanes(); }
  // Another number whenever something new was seen.
  [[nodiscard]] std::uint64_t stamp() const { return seen_; }
  [[nodiscard]] Place end() const { return by_steps_ ? step_lanes_.end() : lanes_.end(); }
  [[nodiscard]] const trace::Replay& replay() const { return replay_; }

  // Simulated runs: of all that has been recorded so far.
  [[nodiscard]] const trace::RaceReport& races() const { return races_.report(); }

  // Simulated runs: the state at the cursor.
  [[nodiscard]] const trace::World& world() { return replay_.at(events()); }
  [[nodiscard]] std::size_t steps() const { return replay_.step_count(); }
  [[nodiscard]] std::size_t cursor() const;  // in steps, 0 to steps()
  [[nodiscard]] std::size_t events() const;  // the same, in events
  [[nodiscard]] bool at_end() const { return !cursor_.has_value(); }
  [[nodiscard]] Nanoseconds cursor_time() { return world().now; }

  void seek(std::size_t step);
  // The cursor on the timeline's axis.
  [[nodiscard]] Place place() { return by_steps_ ? static_cast<Place>(cursor()) : cursor_time(); }
  void seek_place(Place place);
  void seek_time(Nanoseconds time) { seek(replay_.steps_in(replay_.events_until(time))); }
  void follow_end() { cursor_.reset(); }
  // The next run is to be looked at from its beginning.
  void rewind_next() { rewind_ = true; }

  // What a stage works out of the run at the cursor: made again only when the run, the cursor or `chosen` has changed.
  // One of each type is kept, until the next call for that type.
  template <class T, class Make>
  const T& derived(ThreadId chosen, Make make) {
    Kept& kept = derived_[typeid(T)];
    const Stamp now{seen_, events(), chosen};
    if (!kept.what.has_value() || kept.when != now) kept = {now, std::any(T(make()))};
    return *std::any_cast<T>(&kept.what);
  }

 private:
  struct Stamp {
    std::uint64_t seen = 0;
    std::size_t events = 0;
    ThreadId chosen;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  struct Kept {
    Stamp when;
    std::any what;
  };

  std::shared_ptr<const trace::Trace> trace_;
  std::uint64_t run_ = 0;
  trace::Lanes lanes_;
  StepLanes step_lanes_;
  bool by_steps_ = false;
  trace::Replay replay_;
  trace::Races races_;
  bool rewind_ = false;
  std::optional<std::size_t> cursor_;  // none: always at the end
  // Another number whenever update has found something new.
  std::uint64_t seen_ = 0;
  std::uint64_t recorded_ = 0;
  trace::Phase phase_ = trace::Phase::idle;
  std::map<std::type_index, Kept> derived_;
};

}  // namespace interleave::view
