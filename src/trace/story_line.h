// A line of a run that is told in words.
#pragma once

#include "core/text.h"

namespace interleave::trace {

struct StoryLine {
  Words words;
  bool step = true;  // false: what came of the steps before it, an update that is lost, who waits for whom
};

}  // namespace interleave::trace
