// Runs configurations, one after another: what the canvas and the command line share.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/outcome.h"
#include "core/result.h"
#include "rt/execution.h"
#include "session/parse.h"
#include "session/host.h"
#include "trace/metrics.h"
#include "trace/race_verdict.h"
#include "trace/snapshot.h"

namespace interleave::session {

// What is kept of a run that has finished.
struct RunRecord {
  std::uint64_t number = 0;  // counts from 1 over a Runner's life
  Config config;
  Outcome outcome;
  std::optional<std::uint64_t> hash;        // of the trace, where simulated
  std::optional<trace::RaceVerdict> races;  // where simulated
  Nanoseconds elapsed = 0;                  // real time from start to finish, pauses left out
  bool timed_out = false;                   // cancelled by the time limit
  bool timed = true;  // whether how long it took says anything: not under a policy that ignores the clock
  trace::Metrics metrics;
  std::string schedule;  // simulated: the choices made
  std::optional<trace::ExplorationReport> exploration;
  std::shared_ptr<const trace::Trace> trace;  // null where it was let go for newer ones
};

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
  // Traces of finished runs are kept while they hold no more than this many events together; the latest, which is shown,
  // in any case until another run begins.
  static constexpr std::size_t kept_events = 250'000;
  // What is known of a participant takes as much memory as so many events.
  static constexpr std::size_t events_a_participant = 8;
  static constexpr std::size_t kept_records = 50;

  // The catalogue must outlive the runner. The resources are handed to every run: live's pool of threads, or null
  // where each run may make its own.
  explicit Runner(const Catalogue& catalogue, Machine machine = describe_machine(),
                  std::shared_ptr<rt::Resources> resources = nullptr);
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;
  // Cancels what still runs.
  ~Runner();

  // Starts a run. Where another has not finished, that one is cancelled and the new one begins once
  // it has ended (phase `starting`). An error where the workload is unknown or this build lacks the
  // engine; then nothing changes.
  Result<> start(const Config& config, const RunOptions& options = {});
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
  [[nodiscard]] const Config* config() const;
  // Of the current run, once finished.
  [[nodiscard]] const std::optional<Outcome>& outcome() const { return outcome_; }
  // Why the current run could not go on, for example a schedule that does not fit.
  [[nodiscard]] const std::optional<Words>& problem() const { return problem_; }
  // Real time since the start, pauses left out; the whole once finished.
  [[nodiscard]] Nanoseconds elapsed() const;

  // Finished runs, the newest last.
  [[nodiscard]] const std::deque<RunRecord>& history() const { return history_; }
  [[nodiscard]] const RunRecord* latest() const { return history_.empty() ? nullptr : &history_.back(); }
  [[nodiscard]] const Machine& machine() const { return machine_; }
  [[nodiscard]] const Catalogue& catalogue() const { return *catalogue_; }

 private:
  struct Request {
    Config config;
    RunOptions options;
  };

  void retire();
  Result<> begin(const Request& request);
  [[nodiscard]] std::unique_ptr<rt::Execution> execution_of(const rt::Entry& entry, const Config& config,
                                                            const RunOptions& options) const;
  void finish();
  [[nodiscard]] std::uint64_t steps_seen() const;
  void forget_old_traces(std::size_t shown);

  const Catalogue* catalogue_;
  Machine machine_;
  std::shared_ptr<rt::Resources> resources_;
  std::unique_ptr<rt::Execution> execution_;  // the current run; null before the first and while one is to begin
  std::unique_ptr<rt::Execution> retiring_;   // cancelled in favour of another, and not yet ended
  std::optional<Request> next_;               // begins once retiring_ has ended
  Config config_;                             // of the current run or of the one to begin
  RunOptions options_;
  std::shared_ptr<const trace::Trace> trace_;  // of execution_
  bool paused_ = false;
  bool timed_out_ = false;
  bool finished_ = false;       // finish() has been done
  Nanoseconds resumed_at_ = 0;  // on the steady clock, while not paused
  Nanoseconds counted_ = 0;     // before resumed_at_
  std::optional<Outcome> outcome_;
  std::optional<Words> problem_;
  std::deque<RunRecord> history_;
  std::uint64_t runs_ = 0;
};

}  // namespace interleave::session
