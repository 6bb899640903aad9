// What the timeline says in more than one file.
#pragma once

#include "core/text.h"

namespace interleave::view::messages {

inline constexpr Text timeline{"Timeline", "타임라인"};
inline constexpr Text steps_unit{"steps", "단계"};
inline constexpr Text from_to{"{from} to {to}", "{from}부터 {to}까지"};

}  // namespace interleave::view::messages
