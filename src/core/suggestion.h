// What was probably meant by a word that is not known.
#pragma once

#include <span>
#include <string_view>

#include "core/text.h"

namespace interleave {

// " Did you mean threads?", to be put behind a sentence; nothing where no candidate is near.
[[nodiscard]] Words did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace interleave
