// A configuration as a URL's query and as command-line flags.
#include "session/key_values.h"

#include <array>

#include "core/utf8.h"

namespace interleave::session {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// False where a '%' is not followed by two hexadecimal digits; it is then kept as it stands.
bool decode(std::string_view text, std::string& out) {
  bool sound = true;
  out.clear();
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+') {
      out.push_back(' ');
    } else if (text[at] != '%') {
      out.push_back(text[at]);
    } else {
      const int high = at + 1 < text.size() ? hex_digit(text[at + 1]) : -1;
      const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
      if (high < 0 || low < 0) {
        out.push_back('%');
        sound = false;
        continue;
      }
      out.push_back(static_cast<char>(high * 16 + low));
      at += 2;
    }
  }
  return sound;
}

void encode(std::string_view text, std::string& out) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  // RFC 3986's unreserved characters, and those that a query may hold as they are and that
  // schedules use.
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~,:@()";
  for (const char c : text) {
    if (plain.find(c) != std::string_view::npos) {
      out.push_back(c);
    } else {
      const unsigned byte = static_cast<unsigned char>(c);
      out.append({'%', digits[byte >> 4U], digits[byte & 15U]});
    }
  }
}

std::string_view query_of(std::string_view text) {
  text = text.substr(0, text.find('#'));
  if (text.starts_with('?')) return text.substr(1);
  const bool whole_url = text.find("://") < text.find('=');
  if (!whole_url) return text;
  const std::size_t mark = text.find('?');
  return mark == std::string_view::npos ? std::string_view{} : text.substr(mark + 1);
}

Words too_long(Text what, std::size_t bytes) {
  return fill({"The {what} is {bytes} bytes long; at most {most} are read.",
               "{what}의 길이가 {bytes}바이트입니다. {most}바이트까지만 읽습니다."},
              {{"what", Words(what)},
               {"bytes", static_cast<std::int64_t>(bytes)},
               {"most", static_cast<std::int64_t>(longest_input)}});
}

}  // namespace

Listed from_query(std::string_view text) {
  Listed out;
  if (text.size() > longest_input) {
    out.problems.push_back({"", too_long({"address", "주소"}, text.size())});
    return out;
  }
  std::string_view rest = query_of(text);
  // One more than is read, so that parse() sees that there were too many.
  for (std::size_t parts = 0; !rest.empty() && parts <= most_pairs; ++parts) {
    const std::size_t end = rest.find('&');
    const std::string_view part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    KeyValue pair;
    bool sound = decode(part.substr(0, equals), pair.key);
    if (equals != std::string_view::npos) {
      sound = decode(part.substr(equals + 1), pair.value.emplace()) && sound;
    }
    if (!sound) {
      // What was meant cannot be known, so the key keeps its default.
      out.problems.push_back({quotable(pair.key), fill({"\"{part}\" has a % without two hexadecimal digits behind it.",
                                                        "\"{part}\"의 % 뒤에 16진수 두 자리가 없습니다."},
                                                       {{"part", quotable(part)}})});
      continue;
    }
    out.pairs.push_back(std::move(pair));
  }
  return out;
}

Listed from_flags(std::span<const std::string> arguments) {
  Listed out;
  std::size_t bytes = 0;
  for (const std::string& argument : arguments) bytes += argument.size();
  if (bytes > longest_input) {
    out.problems.push_back({"", too_long({"command line", "명령줄"}, bytes)});
    return out;
  }
  for (std::size_t at = 0; at < arguments.size() && out.pairs.size() <= most_pairs; ++at) {
    const std::string_view argument = arguments[at];
    if (!argument.starts_with("--") || argument.size() == 2 || argument[2] == '=') {
      out.problems.push_back({quotable(argument), fill({"\"{text}\" is not a flag. Write --key value.",
                                                        "\"{text}\"은(는) 플래그가 아닙니다. --키 값 꼴로 쓰세요."},
                                                       {{"text", quotable(argument)}})});
      continue;
    }
    const std::size_t equals = argument.find('=');
    KeyValue pair{std::string(argument.substr(2, equals == std::string_view::npos ? equals : equals - 2)),
                  std::nullopt};
    if (equals != std::string_view::npos) {
      pair.value = argument.substr(equals + 1);
    } else if (at + 1 < arguments.size() && !arguments[at + 1].starts_with("--")) {
      pair.value = arguments[++at];
    }
    out.pairs.push_back(std::move(pair));
  }
  return out;
}

std::string to_query(std::span<const KeyValue> pairs) {
  std::string out;
  for (const KeyValue& pair : pairs) {
    if (!out.empty()) out.push_back('&');
    encode(pair.key, out);
    if (!pair.value) continue;
    out.push_back('=');
    encode(*pair.value, out);
  }
  return out;
}

std::vector<std::string> to_flags(std::span<const KeyValue> pairs) {
  std::vector<std::string> out;
  for (const KeyValue& pair : pairs) {
    out.push_back("--" + pair.key + (pair.value ? "=" + *pair.value : std::string{}));
  }
  return out;
}

}  // namespace interleave::session
