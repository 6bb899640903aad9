// What a reader may set of an exploration.
#pragma once

#include "core/params.h"

namespace interleave::explore {

struct Settings {
  std::int64_t executions = 1'000'000;
  std::int64_t seed = 1;

  template <class Visit>
  static void declare(Visit&& visit) {
    visit(integer("executions", {"Executions at most", "최대 실행 수"},
                  {"The search stops after so many; then nothing is proved.",
                   "이만큼 돌리면 멈춘다. 그때는 증명된 것이 없다."},
                  1, 1'000'000'000, {1'000'000, 1'000'000, 1'000'000}),
          &Settings::executions);
    visit(integer("seed", {"Seed", "시드"}, {"For a workload's own random numbers.", "작업이 쓰는 난수의 씨앗."}, 0,
                  4'294'967'295, {1, 1, 1}),
          &Settings::seed);
  }
};

}  // namespace interleave::explore
