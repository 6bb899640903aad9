// The runs of a session that came to their end.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "core/outcome.h"
#include "session/setup.h"
#include "trace/metrics.h"
#include "trace/race_verdict.h"
#include "trace/snapshot.h"

namespace interleave::session {

// What is kept of a run that has finished.
struct RunRecord {
  std::uint64_t number = 0;  // counts from 1 over a Runner's life
  Setup setup;
  Outcome outcome;
  std::optional<std::uint64_t> hash = std::nullopt;        // of the trace, where simulated
  std::optional<trace::RaceVerdict> races = std::nullopt;  // where simulated
  Nanoseconds elapsed = 0;                                 // real time from start to finish, pauses left out
  bool timed_out = false;                                  // cancelled by the time limit
  bool timed = true;  // whether how long it took says anything: not under a policy that ignores the clock
  trace::Metrics metrics{};
  std::string schedule{};  // simulated: the choices made
  std::optional<trace::ExplorationReport> exploration = std::nullopt;
  std::shared_ptr<const trace::Trace> trace = nullptr;  // null where it was let go for newer ones
};

// Bounded: old records go, and large traces before them.
class History {
 public:
  // Traces are kept while they hold no more than this many events together; the latest, which is shown, in any case
  // until another run begins.
  static constexpr std::size_t kept_events = 250'000;
  // What is known of a participant takes as much memory as so many events.
  static constexpr std::size_t events_a_participant = 8;
  static constexpr std::size_t kept_records = 50;

  void add(RunRecord record);
  // Another run begins: the latest is no longer shown.
  void forget_shown() { forget_old_traces(0); }

  // The newest last.
  [[nodiscard]] const std::deque<RunRecord>& records() const { return records_; }
  [[nodiscard]] const RunRecord* latest() const { return records_.empty() ? nullptr : &records_.back(); }

 private:
  void forget_old_traces(std::size_t shown);

  std::deque<RunRecord> records_;
  std::uint64_t added_ = 0;
};

}  // namespace interleave::session
