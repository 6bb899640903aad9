// What the views say about data races besides trace/race_verdict.h's sentence.
#pragma once

#include "core/text.h"

namespace interleave::view::messages {

// Beside how many accesses race, where there is no room for the sentence.
inline constexpr Text racing_accesses{"Accesses that race", "경쟁하는 접근"};

}  // namespace interleave::view::messages
