// What each kind of parameter is: how a value of it is read, printed and shown. One row for each kind, so that nobody
// else has to tell the kinds apart.
#pragma once

#include <string>
#include <string_view>

#include "core/params.h"

namespace interleave {

// How a value stands in JSON.
enum class JsonForm : std::uint8_t { number, boolean, string };

struct KindTraits {
  ParamKind kind;
  std::string_view key;          // in JSON
  std::string_view placeholder;  // for a value in a flag's help; "" where the options stand there, or nothing
  JsonForm json;
  bool listed;  // each whole number from min to max is a value with a name of its own
  // Each does what the function of params.h does that is named after it; `read` knows that the bounds are to be
  // checked.
  Result<ParamValue> (*read)(const ParamSpec& spec, std::string_view text);
  Result<ParamValue> (*check)(const ParamSpec& spec, const ParamValue& value);
  std::string (*print)(const ParamSpec& spec, const ParamValue& value);
  Words (*show)(const ParamSpec& spec, const ParamValue& value);
  Words (*allowed)(const ParamSpec& spec);
};

[[nodiscard]] const KindTraits& traits_of(ParamKind kind);

[[nodiscard]] Error too_long(std::string_view key, std::size_t bytes, std::size_t most);
[[nodiscard]] Error not_text(std::string_view key, std::string_view given);

}  // namespace interleave
