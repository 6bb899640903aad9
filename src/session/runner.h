// Runs configurations, one after another: what the canvas and the command line share.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

#include "core/outcome.h"
#include "core/result.h"
#include "rt/execution.h"
#include "session/history.h"
#include "session/host.h"
#include "session/setup.h"
#include "trace/snapshot.h"

namespace interleave::session {

struct RunOptions {
  Nanoseconds timeout = 0;                            // real time after which the run is cancelled; 0: none
  bool paused = false;                                // simulated: wait for step() or resume()
  std::size_t budget = trace::Trace::default_budget;  // events kept
  bool keep = true;  // in the history; where not, outcome() tells what came of it, until the next one
};

// No call ever waits, so that a browser's main thread may make them. All are for one thread. Time
// passes only in advance(): call it once a frame, or in a loop, for as long as active().
class Runner {
 public:
  // The resources are handed to every run: live's pool of threads, or null where each run may make its own.
  explicit Runner(Host host = describe_host(), std::shared_ptr<rt::Resources> resources = nullptr);
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;
  // Cancels what still runs.
  ~Runner();

  // Starts a run. Where another has not finished, that one is cancelled and the new one begins once
  // it has ended (phase `starting`). An error where this build lacks the engine; then nothing changes.
  Result<> start(const Setup& setup, const RunOptions& options = {});
  // Works on a simulated run for about `budget` of real time, or looks how far a live one is.
  // Watches the time limit.
  void advance(Nanoseconds budget);
  // One step of a simulated run, by the thread given or by whichever the policy chooses; pauses a
  // running one. False where that cannot be.
  bool step(ThreadId thread = ThreadId::none());
  // Simulated runs only; false where that cannot be.
  bool pause();
  bool resume();
  // An exploration that was stopped or has spent its budget works again, with as much once more; what comes of it is a
  // record of its own. False where that cannot be.
  bool go_on();
  // Asks the run to stop. It finishes within 100 ms, as cancelled or with the outcome that it had
  // reached.
  void cancel();
  // Forgets the current run, so that the phase is `idle` (the history stays). Cancels it where it
  // still runs.
  void reset();

  // Whether advance() has anything left to do: not idle, paused or finished.
  [[nodiscard]] bool active() const;
  [[nodiscard]] trace::Phase phase() const;
  // With the phase refined to starting, paused and finished. Idle before the first run.
  [[nodiscard]] trace::Snapshot snapshot() const;
  // Of the current run; null before the first one.
  [[nodiscard]] const Setup* setup() const { return setup_ ? &*setup_ : nullptr; }
  // Of the current run, once finished.
  [[nodiscard]] const std::optional<Outcome>& outcome() const { return outcome_; }
  // Why the current run could not go on, for example a schedule that does not fit.
  [[nodiscard]] const std::optional<Words>& problem() const { return problem_; }
  // Real time since the start, pauses left out; the whole once finished.
  [[nodiscard]] Nanoseconds elapsed() const;

  // Finished runs, the newest last.
  [[nodiscard]] const std::deque<RunRecord>& history() const { return history_.records(); }
  [[nodiscard]] const RunRecord* latest() const { return history_.latest(); }
  [[nodiscard]] const Host& host() const { return host_; }

 private:
  struct Request {
    Setup setup;
    RunOptions options;
  };

  Result<> begin(const Request& request);
  [[nodiscard]] std::unique_ptr<rt::Execution> execution_of(const Setup& setup, const RunOptions& options) const;
  void finish();
  [[nodiscard]] std::uint64_t steps_seen() const;
  [[nodiscard]] bool simulates() const { return setup_ && setup_->engine() == Engine::simulate; }

  Host host_;
  std::shared_ptr<rt::Resources> resources_;
  std::unique_ptr<rt::Execution> execution_;  // the current run; null before the first and while one is to begin
  std::unique_ptr<rt::Execution> retiring_;   // cancelled in favour of another, and not yet ended
  std::optional<Request> next_;               // begins once retiring_ has ended
  std::optional<Setup> setup_;                // of the current run or of the one to begin; none before the first
  RunOptions options_;
  std::shared_ptr<const trace::Trace> trace_;  // of execution_
  bool paused_ = false;
  bool timed_out_ = false;
  bool finished_ = false;       // finish() has been done
  Nanoseconds resumed_at_ = 0;  // on the steady clock, while not paused
  Nanoseconds counted_ = 0;     // before resumed_at_
  std::optional<Outcome> outcome_;
  std::optional<Words> problem_;
  History history_;
};

}  // namespace interleave::session
