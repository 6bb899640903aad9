// Carries out a repeat or a sweep, a run after the other: over the frames of the page, or in a loop.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/series.h"
#include "session/runner.h"
#include "session/series.h"

namespace interleave::session {

// No call waits. Of each run the outcome is kept, and its trace let go when the next begins: memory does not grow with
// their number.
class Batch {
 public:
  // What is to be done with each run that came to an outcome, before the next begins; its record is the history's
  // latest.
  using Ended = std::function<void(const RunRecord& record)>;
  // The resources are handed to every run: see Runner. Without `ended` no records are kept.
  Batch(Host host, std::shared_ptr<rt::Resources> resources, Ended ended = {}, Nanoseconds timeout = 0);

  // None may be going on. The first run begins in the next advance().
  void begin(Series series);
  // Works for about `budget` of real time: as many simulated runs as that allows, or a look at a live one.
  void advance(Nanoseconds budget);
  // Asks it to stop. The run that goes on ends within 100 ms, without a place in the report; none begins any more.
  void cancel();
  // Stops it and forgets what came of it.
  void forget();

  [[nodiscard]] bool active() const { return (report_ && report_->active()) || runner_.active(); }
  // Null before the first and once forgotten.
  [[nodiscard]] const SeriesReport* report() const { return report_ ? &*report_ : nullptr; }

 private:
  void begin_run();
  void take_run();
  void end(SeriesState state);

  Runner runner_;  // one of its own, so that the reader's history stays
  Ended ended_;
  Nanoseconds timeout_;           // of each run; 0: none
  std::optional<Series> series_;  // of the report
  std::optional<SeriesReport> report_;
  std::uint64_t begun_ = 0;  // series
  std::size_t next_ = 0;     // index of the run that is to begin
  bool running_ = false;     // the one before it has begun and not ended
};

}  // namespace interleave::session
