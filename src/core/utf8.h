// Text that came from outside, before it is trusted or shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace interleave {

// Whether the bytes are UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above
// U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view bytes);

// Whether it is UTF-8 without control characters, so that it may be shown as it is.
[[nodiscard]] bool is_printable(std::string_view bytes);

// Whether it is UTF-8 without control characters but line breaks and tabs.
[[nodiscard]] bool is_plain_text(std::string_view bytes);

// Fit to be quoted in a sentence: at most `longest` characters, with an ellipsis where it was
// longer; control characters and bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string quotable(std::string_view bytes, std::size_t longest = 40);

}  // namespace interleave
