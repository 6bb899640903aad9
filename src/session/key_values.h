// A list of keys and values: what a URL's query, command-line flags and a JSON object all become, so that one function
// reads them (session/parse.h). Nothing here throws or crashes, whatever the input.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/text.h"

namespace interleave::session {

// One sentence about input that could not be taken as it was.
struct Problem {
  std::string key;  // as it was given, or "" where the input as a whole is meant
  Words message;    // what was wrong, what is allowed, and the nearest name where there is one
};

struct KeyValue {
  std::string key;
  std::optional<std::string> value;  // none: the key stood alone, which switches a toggle on

  friend bool operator==(const KeyValue&, const KeyValue&) = default;
};
using KeyValues = std::vector<KeyValue>;

// The common form, and what was wrong with the form that it came from.
struct Listed {
  KeyValues pairs;
  std::vector<Problem> problems;
};

// Longer input is refused with a Problem.
inline constexpr std::size_t longest_input = 65'536;  // bytes of a URL, of JSON, of all flags together
inline constexpr std::size_t longest_key = 64;        // bytes
inline constexpr std::size_t longest_value = 256;     // bytes, except those of a text: see TextForm
inline constexpr std::size_t most_pairs = 256;        // keys and values in one list

// A query, with or without '?' in front, or a whole URL. "%XX" and '+' are decoded; what follows
// '#' is left out: the page puts long texts there, and reads them itself (web/fragment.mjs).
[[nodiscard]] Listed from_query(std::string_view text);
// "--key value", "--key=value", and "--key" alone. A value may begin with one '-', but not with
// two.
[[nodiscard]] Listed from_flags(std::span<const std::string> arguments);
// A flat object: strings, whole numbers, and true and false.
[[nodiscard]] Listed from_json(std::string_view text);

// Without '?'. from_query reads it.
[[nodiscard]] std::string to_query(std::span<const KeyValue> pairs);
// Each "--key=value". from_flags reads it.
[[nodiscard]] std::vector<std::string> to_flags(std::span<const KeyValue> pairs);
// A flat object of strings. from_json reads it.
[[nodiscard]] std::string to_json(std::span<const KeyValue> pairs);

}  // namespace interleave::session
