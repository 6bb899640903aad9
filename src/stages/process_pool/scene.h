// A pool of workers as a trace tells of it: which task is where, what each worker is about, and where its time went.
// Pure: no drawing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "stages/common/view.h"
#include "stages/subprocess/scene.h"
#include "trace/trace.h"
#include "workloads/process_pool.h"

namespace interleave::stages {

using workloads::ProcessPool;

// Where a worker's time went. What is left of the whole is time without work.
enum class PoolShare : std::uint8_t { starting, coding, moving, computing, waiting };
inline constexpr std::size_t pool_share_count = 5;

struct PoolTask {
  enum class Place : std::uint8_t { to_do, in_work, done };
  Place place = Place::to_do;
  std::size_t worker = 0;  // who has it, or did it
};

struct PoolWorker {
  std::size_t thread = 0;  // of the parent's
  ProcessPool::Phase phase = ProcessPool::Phase::idle;
  trace::State state = trace::State::idle;
  bool begun = false;
  bool ended = false;
  bool holds_gil = false;           // that of the parent
  std::int64_t tasks = 0;           // done so far
  std::optional<std::size_t> task;  // of those in its hands, the first
  std::size_t in_hand = 0;          // how many those are
  std::array<Nanoseconds, pool_share_count> shares{};
  std::optional<ChildSeen> process;  // where it has one

  [[nodiscard]] Nanoseconds share(PoolShare which) const { return shares.at(static_cast<std::size_t>(which)); }
  // Whether its process is at work: it has read what was sent, and has not said all of what it found.
  [[nodiscard]] bool process_computes() const;
};

struct PoolScene {
  ProcessPool::Params params;  // what it was made with
  std::vector<PoolTask> tasks;
  std::vector<PoolWorker> workers;
  std::int64_t done = 0;
  std::int64_t in_work = 0;
  Nanoseconds elapsed = 0;  // from the first worker's beginning to the last one's end, or to now

  // Whether the main thread does it all, and is the only worker.
  [[nodiscard]] bool serial() const { return params.mode == ProcessPool::Mode::serial; }
  // Whether each worker has a process.
  [[nodiscard]] bool processes() const { return params.mode == ProcessPool::Mode::processes; }
};

// Reads at most `events` events of each stream.
[[nodiscard]] PoolScene make_pool_scene(const trace::Trace& trace, std::size_t events,
                                        const ProcessPool::Params& params);

}  // namespace interleave::stages
