// Texts on a command line. CLI11 would take "[a, b]" for a list of two values, so they are taken out before it looks.
#pragma once

#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/params.h"
#include "session/key_values.h"

namespace interleave::cli {

struct TakenTexts {
  session::KeyValues pairs;       // as they were given
  std::vector<std::string> rest;  // the other arguments, in their order
};
// Takes "--key value" and "--key=value" of each key that is a text's. A flag without its value stays.
[[nodiscard]] TakenTexts take_texts(std::span<const std::string> arguments,
                                    const std::function<bool(std::string_view key)>& is_text);

// Reads what values of texts stand for: "@FILE" for what is in the file, "-" for what comes on the standard input,
// "@=TEXT" for TEXT as it stands, anything else for itself.
class TextReader {
 public:
  explicit TextReader(std::istream& in) : in_(in) {}
  // An error where the file cannot be read, where it is much longer than the text may be, or where the standard input
  // has been read for another text.
  [[nodiscard]] Result<std::string> read(const ParamSpec& spec, std::string_view value);

 private:
  std::istream& in_;
  bool in_is_read_ = false;
};

}  // namespace interleave::cli
