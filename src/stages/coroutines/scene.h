// What the stage of `coroutines` shows: where each task is at the cursor, and what each thread has done over time: the
// one that an event loop is on, those of its pool, or a thread for each task. Read from the lanes, without drawing.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "stages/common/view.h"
#include "workloads/coroutines.h"

namespace interleave::stages {

struct CoroutinesScene {
  enum class Phase : std::uint8_t { to_come, waiting, ready, running, ended };
  static constexpr std::size_t phase_count = 5;

  // A column of a strand: which shares of its time its threads ran, waited or were ready, and for whom mostly.
  struct Moment {
    float running = 0;
    float waiting = 0;
    float ready = 0;
    std::int64_t task = -1;  // from 0; -1 where nobody ran, or the main body did
  };
  struct Strand {
    enum class Kind : std::uint8_t { loop, pool, own };
    Kind kind = Kind::own;
    std::size_t first = 0;    // of its kind, from 0
    std::size_t threads = 1;  // drawn as one where there are many
    std::vector<Moment> moments;
  };
  static constexpr std::size_t most_strands = 28;
  // Fewer for each where there are many.
  [[nodiscard]] static constexpr std::size_t columns(std::size_t strands) { return strands <= 9 ? 360 : 120; }

  workloads::Coroutines::Params params;
  std::vector<Phase> tasks;  // by number, from 0
  std::array<std::int64_t, phase_count> in_phase{};
  std::vector<Strand> strands;
  Nanoseconds end = 0;     // of what the strands show, from 0, in nanoseconds or steps
  Nanoseconds cursor = 0;  // nothing is known of what lies behind it

  // A thread for each task.
  [[nodiscard]] bool each_its_own() const { return params.mode == workloads::Coroutines::Mode::threads; }
  [[nodiscard]] std::int64_t count(Phase phase) const { return in_phase.at(static_cast<std::size_t>(phase)); }
};

[[nodiscard]] CoroutinesScene make_coroutines_scene(const Model& model, RunView& run);

}  // namespace interleave::stages
