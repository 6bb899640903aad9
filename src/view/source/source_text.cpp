#include "view/source/source_text.h"

#include <algorithm>

namespace interleave::view {
namespace {

constexpr std::array cpp_keywords{
    std::string_view{"auto"},     std::string_view{"bool"},      std::string_view{"break"},
    std::string_view{"case"},     std::string_view{"co_await"},  std::string_view{"co_return"},
    std::string_view{"const"},    std::string_view{"constexpr"}, std::string_view{"continue"},
    std::string_view{"else"},     std::string_view{"false"},     std::string_view{"for"},
    std::string_view{"if"},       std::string_view{"int"},       std::string_view{"return"},
    std::string_view{"static"},   std::string_view{"struct"},    std::string_view{"switch"},
    std::string_view{"template"}, std::string_view{"true"},      std::string_view{"typename"},
    std::string_view{"unsigned"}, std::string_view{"using"},     std::string_view{"void"},
    std::string_view{"while"}};
constexpr std::array python_keywords{
    std::string_view{"False"},  std::string_view{"None"},  std::string_view{"True"},  std::string_view{"and"},
    std::string_view{"as"},     std::string_view{"async"}, std::string_view{"await"}, std::string_view{"break"},
    std::string_view{"class"},  std::string_view{"def"},   std::string_view{"elif"},  std::string_view{"else"},
    std::string_view{"except"}, std::string_view{"for"},   std::string_view{"if"},    std::string_view{"in"},
    std::string_view{"is"},     std::string_view{"not"},   std::string_view{"or"},    std::string_view{"pass"},
    std::string_view{"return"}, std::string_view{"try"},   std::string_view{"while"}, std::string_view{"with"}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

std::size_t indentation(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

std::string_view trimmed(std::string_view text) {
  const std::size_t end = text.find_last_not_of(' ');
  return end == std::string_view::npos ? std::string_view{} : text.substr(0, end + 1);
}

// Whether "mode=queue,pool" holds: no condition always does.
bool holds(std::string_view condition, const ParamSet& params) {
  const std::size_t equals = condition.find('=');
  if (equals == std::string_view::npos) return true;
  const std::string_view chosen = params.option(condition.substr(0, equals));
  std::string_view options = condition.substr(equals + 1);
  while (true) {
    const std::size_t comma = std::min(options.find(','), options.size());
    if (options.substr(0, comma) == chosen) return true;
    if (comma == options.size()) return false;
    options.remove_prefix(comma + 1);
  }
}

// Takes the tags off the line's end.
std::vector<std::string_view> cut_tags(std::string_view& line, Tongue tongue) {
  const std::string_view sign = tongue == Tongue::cpp ? "// @" : "# @";
  const std::size_t at = line.find(sign);
  if (at == std::string_view::npos) return {};
  std::string_view rest = line.substr(at + sign.size());
  line = trimmed(line.substr(0, at));
  std::vector<std::string_view> out;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    out.push_back(rest.substr(0, end));
    rest.remove_prefix(
        std::min(rest.size(), rest.find('@') == std::string_view::npos ? rest.size() : rest.find('@') + 1));
  }
  return out;
}

bool is_template_head(std::string_view line) {
  const std::string_view bare = line.substr(indentation(line));
  return bare.starts_with("template <") && bare.ends_with(">");
}

template <class Visit>
void each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    visit(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
}

void add_region(const SourceRegion& region, std::vector<SourceLine>& lines) {
  std::size_t common = std::string_view::npos;
  each_line(region.text, [&](std::string_view line) {
    if (!trimmed(line).empty()) common = std::min(common, indentation(line));
  });
  int number = region.line;
  bool begun = false;
  if (!lines.empty()) lines.push_back({});
  each_line(region.text, [&](std::string_view line) {
    SourceLine out{number++, trimmed(line.substr(std::min(common, line.size()))), {}};
    if (region.tongue() == Tongue::cpp && is_template_head(out.text)) return;
    if (out.text.empty() && !begun) return;
    begun = true;
    out.tags = cut_tags(out.text, region.tongue());
    lines.push_back(std::move(out));
  });
  while (!lines.empty() && lines.back().number != 0 && lines.back().text.empty()) lines.pop_back();
}

// Where a text or a comment that begins at `at` ends.
std::size_t end_of_text(std::string_view line, std::size_t at) {
  const bool triple = line.substr(at).starts_with("\"\"\"");
  const std::string_view close = triple ? std::string_view{"\"\"\""} : line.substr(at, 1);
  std::size_t end = at + close.size();
  while (end < line.size() && line.substr(end, close.size()) != close) end += line[end] == '\\' ? 2U : 1U;
  return std::min(line.size(), end + close.size());
}

bool is_keyword(std::string_view word, Tongue tongue) {
  if (tongue == Tongue::cpp) return std::ranges::find(cpp_keywords, word) != cpp_keywords.end();
  return std::ranges::find(python_keywords, word) != python_keywords.end();
}

}  // namespace

std::optional<std::size_t> SourceText::place_of(int number) const {
  if (number == 0) return std::nullopt;
  const auto found = std::ranges::find(lines, number, &SourceLine::number);
  if (found == lines.end()) return std::nullopt;
  return static_cast<std::size_t>(found - lines.begin());
}

std::optional<std::size_t> SourceText::counterpart_of(const SourceLine& other) const {
  const auto same = [&](const SourceLine& line) {
    return std::ranges::any_of(
        line.tags, [&](std::string_view tag) { return std::ranges::find(other.tags, tag) != other.tags.end(); });
  };
  const auto found = std::ranges::find_if(lines, same);
  if (found == lines.end()) return std::nullopt;
  return static_cast<std::size_t>(found - lines.begin());
}

SourceText source_text(std::string_view workload, Tongue tongue, const ParamSet& params) {
  SourceText out;
  for (const SourceRegion& region : source_regions()) {
    if (region.workload != workload || region.tongue() != tongue || !holds(region.condition, params)) continue;
    out.file = region.file;
    add_region(region, out.lines);
  }
  return out;
}

std::vector<InkSpan> inks_of(std::string_view line, Tongue tongue) {
  std::vector<InkSpan> out;
  const std::string_view sign = tongue == Tongue::cpp ? "//" : "#";
  for (std::size_t at = 0; at < line.size();) {
    std::size_t end = at + 1;
    Ink ink = Ink::plain;
    if (line.substr(at).starts_with(sign)) {
      ink = Ink::comment;
      end = line.size();
    } else if (line[at] == '"' || (line[at] == '\'' && tongue == Tongue::python)) {
      ink = Ink::text;
      end = end_of_text(line, at);
    } else if (is_word(line[at])) {
      const bool number = is_digit(line[at]);
      // C++ parts the digits of a number by an apostrophe.
      while (end < line.size() && (is_word(line[end]) || (number && (line[end] == '\'' || line[end] == '.')))) ++end;
      if (number) ink = Ink::number;
      if (is_keyword(line.substr(at, end - at), tongue)) ink = Ink::keyword;
    }
    if (ink != Ink::plain) out.push_back({at, end, ink});
    at = end;
  }
  return out;
}

std::size_t columns_of(std::string_view text) {
  std::size_t out = 0;
  for (const char letter : text) {
    const bool continues = (static_cast<unsigned char>(letter) & 0xc0U) == 0x80U;
    if (!continues) out += is_ascii(letter) ? 1U : 2U;
  }
  return out;
}

std::vector<SourceRow> wrapped(std::string_view line, std::size_t columns) {
  constexpr std::size_t further = 4;
  std::vector<SourceRow> out;
  // What is indented by more than half of the width would leave no room.
  const std::size_t first = std::min(indentation(line), columns / 2);
  std::size_t at = indentation(line);
  do {
    SourceRow row{at, line.size(), out.empty() ? first : std::min(first + further, columns / 2)};
    const std::size_t room = columns - row.indent;
    if (line.size() - at > room) {
      // The last place within the room behind which a line may go on below.
      std::size_t cut = room;
      while (cut > 1 && std::string_view{" ,([{"}.find(line[at + cut - 1]) == std::string_view::npos) --cut;
      row.end = at + (cut > 1 ? cut : room);
      while (row.end > at + 1 && row.end < line.size() &&
             (static_cast<unsigned char>(line[row.end]) & 0xc0U) == 0x80U) {
        --row.end;
      }
    }
    out.push_back(row);
    at = row.end;
    while (at < line.size() && line[at] == ' ') ++at;
  } while (at < line.size());
  return out;
}

}  // namespace interleave::view
