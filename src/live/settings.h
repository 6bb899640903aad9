// What a reader may set of live runs.
#pragma once

#include "core/params.h"

namespace interleave::live {

struct Settings {
  std::int64_t seed = 1;

  template <class Visit>
  static void declare(Visit&& visit) {
    visit(integer("seed", {"Seed", "시드"},
                  {"For a workload's own random numbers. Real threads still take turns as they like.",
                   "작업이 쓰는 난수의 씨앗. 실제 스레드의 차례는 정하지 못한다."},
                  0, 4'294'967'295, {1, 1, 1}),
          &Settings::seed);
  }
};

}  // namespace interleave::live
