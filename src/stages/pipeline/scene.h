// A pipeline at an instant: what is in each queue, what each worker has in hand, and how deep the queues were when.
// Derived from the gauges of a trace.
#pragma once

#include <vector>

#include "stages/common/view.h"
#include "trace/trace.h"
#include "workloads/pipeline.h"

namespace interleave::stages {

using workloads::Pipeline;

inline constexpr std::int64_t no_item = trace::nobody;

struct PipelineWorker {
  ThreadId thread;              // none before it has begun
  std::int64_t item = no_item;  // in hand
  Nanoseconds since = 0;        // when it took it; without an item, when it had none any more
  bool stuck = false;           // done with it, and waits for room in the next queue
  Nanoseconds busy = 0;         // with items in all, but for such waits
  std::int64_t items = 0;       // those it is through with
  trace::State state = trace::State::idle;
};

struct Depth {
  Nanoseconds time = 0;
  std::int64_t depth = 0;
};

struct PipelineLine {
  Pipeline::Stage stage = Pipeline::Stage::download;
  std::vector<Depth> depths;        // each time that it changed
  std::vector<std::int64_t> queue;  // the numbers of the items in it, who comes out next first; without sentinels
  std::int64_t deepest = 0;
  std::vector<PipelineWorker> workers;

  [[nodiscard]] std::int64_t depth() const { return depths.empty() ? 0 : depths.back().depth; }
  [[nodiscard]] Nanoseconds busy() const;
};

struct PipelineScene {
  Pipeline::Params params;  // what it was made with
  std::vector<PipelineLine> lines;
  Nanoseconds began = 0;  // when the first item was put in
  Nanoseconds now = 0;
  Nanoseconds elapsed = 0;  // since it began, until now or until the last item was through
  std::int64_t done = 0;    // items that are through

  // Of the time of all its workers, how much they were busy.
  [[nodiscard]] double busy_share(const PipelineLine& line) const {
    return Pipeline::busy_share(line.busy(), std::ssize(line.workers), elapsed);
  }
};

// Reads at most `events` events of each stream.
[[nodiscard]] PipelineScene make_pipeline_scene(const trace::Trace& trace, std::size_t events,
                                                const Pipeline::Params& params);

}  // namespace interleave::stages
