// One run of one workload on one engine, seen from outside: what session polls, steps and cancels.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "core/workload_info.h"
#include "trace/snapshot.h"

namespace interleave::rt {

// None of these calls ever waits, so that they may be made from a browser's main thread. All are for one thread.
class Execution {
 public:
  Execution() = default;
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;
  // A live run that has not finished must have been cancelled; it is then left to end by itself.
  virtual ~Execution() = default;

  // Simulated and explored runs work here, for about `budget` of real time; a live run works elsewhere, and this
  // only looks how far it is. Does nothing once finished.
  virtual void advance(Nanoseconds budget) = 0;
  // Performs one step of a simulated run, by the thread given or by whichever the policy chooses. False where that
  // cannot be: not simulated, finished, or the thread is not enabled.
  virtual bool step(ThreadId thread) = 0;
  // Asks the run to stop. It finishes within 100 ms with Verdict::cancelled, or with the outcome that it had reached.
  virtual void cancel() = 0;
  [[nodiscard]] virtual bool finished() const = 0;
  // A search that was stopped, or has spent its budget, works again, with as much budget once more. False where there
  // is nothing to go on with.
  virtual bool go_on() { return false; }

  // The phase is running until finished; the caller refines it (paused).
  [[nodiscard]] virtual trace::Snapshot snapshot() const = 0;
};

// What engines share between runs, kept by whoever starts them: live's pool of threads.
class Resources {
 public:
  Resources() = default;
  Resources(const Resources&) = delete;
  Resources& operator=(const Resources&) = delete;
  virtual ~Resources() = default;

  // Threads that carry bodies: how many there may be, and how many have a body now. Safe from every thread.
  [[nodiscard]] virtual std::size_t capacity() const = 0;
  [[nodiscard]] virtual std::size_t busy() const = 0;
};

// What one of several does of a search that they share.
struct Portion {
  std::vector<std::uint32_t> first_steps;  // of executions that begin with these threads' steps, by their numbers
  std::uint64_t number = 0;                // or of random runs: every of-th, from this one on
  std::uint64_t of = 1;
};

// Everything that decides a run. Values are in range and in the order of their declarations; session sees to that.
struct Start {
  ParamValues params;    // the workload's
  ParamValues settings;  // the engine's own: live::Settings, sim::Settings, explore::Settings
  std::size_t budget = trace::Trace::default_budget;  // events kept
  // Live runs need a live::Pool; where there is none they make one of their own, which costs each run its start.
  std::shared_ptr<Resources> resources;
  std::optional<Portion> portion = std::nullopt;  // explored: only so much of the search
};

using StartFunction = std::unique_ptr<Execution> (*)(const Start&);

// A workload on every engine. The build makes a table of these from workloads/all.h (engines/registry.h).
struct Entry {
  WorkloadInfo info;
  PerEngine<StartFunction> start;
};

}  // namespace interleave::rt
