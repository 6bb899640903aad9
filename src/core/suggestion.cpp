#include "core/suggestion.h"

#include "core/params.h"

namespace interleave {

Words did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view near = nearest(word, candidates);
  if (near.empty()) return {};
  return fill({" Did you mean {near}?", " {near}을(를) 뜻했나요?"}, {{"near", near}});
}

}  // namespace interleave
