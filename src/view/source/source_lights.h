// Where each thread of a run stands in its workload's source.
#pragma once

#include <cstdint>
#include <vector>

#include "view/model.h"
#include "view/run/run_view.h"

namespace interleave::view {

// A line that is lit for a thread.
struct SourceLight {
  ThreadId thread;
  int line = 0;                             // of the workload's header
  bool taken = false;                       // of the step just taken; else of the one that the thread is about to take
  trace::State state = trace::State::idle;  // of the thread
};

// Of a simulated run at the cursor, in the order of threads; the step just taken comes last. Threads that have ended,
// and steps without a line, are not in it.
[[nodiscard]] std::vector<SourceLight> simulated_lights(const Model& model, RunView& run);

// Of a live run, as it grows: threads that wait, since only waits are recorded with their line.
class LiveLights {
 public:
  // Reads what was added to the trace of run number `run`; begins anew with another run.
  void update(const trace::Trace& trace, std::uint64_t run);
  [[nodiscard]] std::vector<SourceLight> lights() const;

 private:
  struct Last {
    std::uint16_t line = 0;
    trace::State state = trace::State::idle;
  };
  std::uint64_t run_ = 0;
  std::vector<std::size_t> read_;  // events, of each stream
  std::vector<Last> last_;         // by ThreadId
};

}  // namespace interleave::view
