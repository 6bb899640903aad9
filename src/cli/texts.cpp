#include "cli/texts.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <istream>
#include <system_error>

#include "core/param_kinds.h"
#include "core/utf8.h"
#include "session/sharing.h"

namespace interleave::cli {
namespace {

// Twice as much as may be: "\r\n" counts as one.
Result<std::string> all_of(std::istream& in, const ParamSpec& spec) {
  const auto most = 2 * static_cast<std::size_t>(spec.text.most);
  std::string out;
  std::array<char, 4096> block{};
  while (in.read(block.data(), block.size()), in.gcount() > 0) {
    out.append(block.data(), static_cast<std::size_t>(in.gcount()));
    if (out.size() > most) return too_long(spec.key, out.size(), static_cast<std::size_t>(spec.text.most));
  }
  return out;
}

}  // namespace

TakenTexts take_texts(std::span<const std::string> arguments,
                      const std::function<bool(std::string_view key)>& is_text) {
  TakenTexts out;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const std::string_view argument = arguments[at];
    const std::size_t equals = argument.find('=');
    const std::string_view key = argument.starts_with("--") ? argument.substr(2, equals - 2) : std::string_view{};
    const bool apart = equals == std::string_view::npos;
    const bool has_value = !apart || (at + 1 < arguments.size() && !arguments[at + 1].starts_with("--"));
    if (key.empty() || !is_text(key) || !has_value) {
      out.rest.push_back(arguments[at]);
    } else if (apart) {
      out.pairs.push_back({std::string(key), arguments[++at]});
    } else {
      out.pairs.push_back({std::string(key), std::string(argument.substr(equals + 1))});
    }
  }
  return out;
}

Result<std::string> TextReader::read(const ParamSpec& spec, std::string_view value) {
  if (value.starts_with(session::verbatim_mark)) return std::string(value.substr(session::verbatim_mark.size()));
  if (value == "-") {
    if (in_is_read_) {
      return Error{fill({"{key} cannot be read from the standard input, which is another text already.",
                         "{key}은(는) 표준 입력에서 읽을 수 없습니다. 다른 글이 이미 읽었습니다."},
                        {{"key", spec.key}})};
    }
    in_is_read_ = true;
    return all_of(in_, spec);
  }
  if (!value.starts_with('@')) return std::string(value);
  const std::string name(value.substr(1));
  std::ifstream file(name, std::ios::binary);
  // A folder opens like a file. Reading it fails, but under Node, where it reads as empty.
  std::error_code unknown;
  if (!file || std::filesystem::is_directory(name, unknown) || (file.peek(), file.bad())) {
    return Error{fill({"{key}: the file \"{name}\" cannot be read. Allowed: @ and a file's name, - for the standard "
                       "input, or the text itself.",
                       "{key}: \"{name}\" 파일을 읽을 수 없습니다. 쓸 수 있는 값: @와 파일 이름, 표준 입력을 뜻하는 -, "
                       "또는 글 자체."},
                      {{"key", spec.key}, {"name", quotable(name)}})};
  }
  file.clear();
  return all_of(file, spec);
}

}  // namespace interleave::cli
