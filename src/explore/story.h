// A counterexample, step by step, in words.
#pragma once

#include "explore/findings.h"
#include "explore/subject.h"

namespace interleave::explore {

// Replays the schedule with a trace and writes down what happens: "thread 1 reads 0", ..., "thread 2's update is
// lost". The subject must not be in use by a search (see Search::leave_execution).
void tell(Counterexample& counterexample, Subject& subject, const sim::Settings& settings);

}  // namespace interleave::explore
