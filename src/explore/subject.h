// What is explored: a program that can be run again and again, and judged each time.
#pragma once

#include <cstdint>

#include "rt/workload.h"
#include "sim/machine.h"

namespace interleave::explore {

// What one execution left.
struct Observation {
  std::int64_t figure = 0;  // the number that the histogram counts by
  bool fine = true;         // whether it did what it was meant to
};

class Subject {
 public:
  Subject() = default;
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;
  virtual ~Subject() = default;

  // Makes what is shared anew and begins the outermost body. The machine is as newly made; a machine that ran this
  // subject before has been reset.
  virtual void begin(sim::Machine& machine) = 0;
  // Whether threads share nothing but variables and locks, and observe() and judge() look at nothing else: then states
  // that agree in these are the same.
  [[nodiscard]] virtual bool all_in_variables() const { return false; }
  // After the end of an execution, a hang included.
  [[nodiscard]] virtual Observation observe() = 0;
  // The same in words, for the one execution that is told.
  [[nodiscard]] virtual Outcome judge(const rt::RunFacts& run) = 0;
  // A hang's outcome, with what is known of its cause.
  [[nodiscard]] virtual Outcome explained(Outcome hang) { return hang; }
};

}  // namespace interleave::explore
