// What the stage of `fanout` shows: which cell was computed by whom, and what each of those that compute is doing.
// Worked out from the notes in the trace; without a trace, what a run would begin with. Pure: no drawing.
#pragma once

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "stages/common/view.h"

namespace interleave::stages {

struct FanoutCell {
  enum class Phase : std::uint8_t { untouched, begun, dead, alive };
  Phase phase = Phase::untouched;     // in the generation that is shown
  bool alive_before = false;          // in the one before it
  std::optional<std::size_t> worker;  // index into workers, where they are a fixed number
};

struct FanoutWorker {
  std::size_t thread = 0;  // its number in the trace
  std::int64_t cells = 0;  // computed so far
  bool at_cell = false;
  trace::State state = trace::State::idle;
};

struct FanoutScene {
  int width = 1;
  int height = 1;
  int generation = 0;   // the one that is shown, from 1; 0 before any has begun
  int generations = 1;  // in all
  bool tasks = false;
  bool each_its_own = false;          // each cell has a thread or a task of its own: then there are no workers
  std::vector<FanoutCell> cells;      // row by row
  std::vector<FanoutWorker> workers;  // a fixed number; the main thread where it does everything itself
  std::int64_t done = 0;              // cells computed, of all generations
  std::int64_t living = 0;            // in the generation that is shown, as far as it is known
  std::int64_t made = 0;              // threads or tasks that have begun, the main body not counted
  std::vector<std::pair<Nanoseconds, std::int64_t>> there;  // from each time on, how many of them there were
  std::int64_t most_at_once = 0;                            // of those, between their beginning and their end
  std::array<std::int64_t, trace::state_count> in_state{};  // of those that are there now
};

[[nodiscard]] FanoutScene make_fanout_scene(const Model& model, const RunView& run);

}  // namespace interleave::stages
