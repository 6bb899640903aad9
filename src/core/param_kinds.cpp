#include "core/param_kinds.h"

#include <algorithm>
#include <charconv>

#include "core/format.h"
#include "core/suggestion.h"
#include "core/utf8.h"

namespace interleave {
namespace {

// ---- Numbers -------------------------------------------------------------------------------------------------------

struct DurationUnit {
  std::string_view suffix;
  std::int64_t nanoseconds;
};
// Longer suffixes first: "ms" ends in "s".
constexpr std::array<DurationUnit, 5> duration_units{
    {{"ns", 1}, {"us", 1'000}, {"\u00b5s", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}}};

std::string without_separators(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '_' && c != ',') out.push_back(c);
  }
  return out;
}

template <class Number>
bool read_number(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}

// "1.5" with a unit of 10^9 is 1'500'000'000: read by digits, since decimals would round
// differently by platform.
bool read_decimal(std::string_view text, std::int64_t unit, std::int64_t& out) {
  const std::size_t dot = text.find('.');
  std::int64_t whole = 0;
  if (!read_number(text.substr(0, dot), whole) || whole < 0) return false;
  if (whole > INT64_MAX / unit - 1) return false;
  out = whole * unit;
  if (dot == std::string_view::npos) return true;
  const std::string_view digits = text.substr(dot + 1);
  if (digits.empty()) return false;
  std::int64_t scale = unit;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return false;
    scale /= 10;
    if (scale == 0 && digit != '0') return false;  // finer than a nanosecond
    out += (digit - '0') * scale;
  }
  return true;
}

bool read_units(std::string_view text, std::int64_t& out) {
  for (const DurationUnit& unit : duration_units) {
    if (!text.ends_with(unit.suffix)) continue;
    return read_decimal(text.substr(0, text.size() - unit.suffix.size()), unit.nanoseconds, out);
  }
  if (text != "0") return false;
  out = 0;
  return true;
}

Words range_of(const ParamSpec& spec) {
  return fill({"{min} to {max}", "{min}부터 {max}까지"},
              {{"min", print_value(spec, spec.min)}, {"max", print_value(spec, spec.max)}});
}

Result<ParamValue> check_range(const ParamSpec& spec, const ParamValue& value) {
  if (spec.min <= value.number() && value.number() <= spec.max) return value;
  return Error{
      fill({"{key} must be {range}, not {value}.", "{key}은(는) {range}여야 합니다. {value}은(는) 벗어났습니다."},
           {{"key", spec.key}, {"range", range_of(spec)}, {"value", print_value(spec, value)}})};
}

Result<ParamValue> read_integer(const ParamSpec& spec, std::string_view text) {
  std::int64_t value = 0;
  if (read_number(without_separators(text), value)) return check_range(spec, value);
  return Error{fill({"{key} must be a whole number from {allowed}, not \"{text}\".",
                     "{key}은(는) 정수여야 합니다({allowed}). \"{text}\"은(는) 쓸 수 없습니다."},
                    {{"key", spec.key}, {"allowed", range_of(spec)}, {"text", quotable(text)}})};
}

Result<ParamValue> read_duration(const ParamSpec& spec, std::string_view text) {
  std::int64_t value = 0;
  if (read_units(text, value)) return check_range(spec, value);
  return Error{fill({"{key} must be a duration such as 5ms or 1.5s, from {allowed}, not \"{text}\".",
                     "{key}은(는) 5ms, 1.5s 같은 시간이어야 합니다({allowed}). "
                     "\"{text}\"은(는) 쓸 수 없습니다."},
                    {{"key", spec.key}, {"allowed", range_of(spec)}, {"text", quotable(text)}})};
}

std::string print_integer(const ParamSpec&, const ParamValue& value) { return std::to_string(value.number()); }
std::string print_time(const ParamSpec&, const ParamValue& value) { return print_duration(value.number()); }

Words show_integer(const ParamSpec&, const ParamValue& value) {
  return {format_count(value.number()), format_count(value.number())};
}
Words show_time(const ParamSpec&, const ParamValue& value) {
  return {format_duration(value.number()), format_duration(value.number())};
}

// ---- Options -------------------------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 4> on_words{"on", "true", "yes", "1"};
constexpr std::array<std::string_view, 4> off_words{"off", "false", "no", "0"};

Words options_of(const ParamSpec& spec) {
  if (spec.kind == ParamKind::toggle) return {"on, off", "on, off"};
  std::string out;
  for (const Option& option : spec.options) out.append(out.empty() ? "" : ", ").append(option.key);
  return {out, out};
}

Error not_an_option(const ParamSpec& spec, std::string_view text) {
  std::vector<std::string_view> keys;
  for (const Option& option : spec.options) keys.push_back(option.key);
  return {fill({"{key} cannot be \"{text}\". Allowed: {allowed}.{hint}",
                "{key}에 \"{text}\"은(는) 쓸 수 없습니다. 쓸 수 있는 값: {allowed}.{hint}"},
               {{"key", spec.key},
                {"text", quotable(text)},
                {"allowed", options_of(spec)},
                {"hint", did_you_mean(text, keys)}})};
}

Result<ParamValue> check_option(const ParamSpec& spec, const ParamValue& value) {
  if (spec.min <= value.number() && value.number() <= spec.max) return value;
  return not_an_option(spec, std::to_string(value.number()));
}

Result<ParamValue> read_option(const ParamSpec& spec, std::string_view text) {
  const auto found = std::ranges::find(spec.options, text, &Option::key);
  if (found == spec.options.end()) return not_an_option(spec, text);
  return ParamValue(static_cast<std::int64_t>(found - spec.options.begin()));
}

Result<ParamValue> read_toggle(const ParamSpec& spec, std::string_view text) {
  if (std::ranges::find(on_words, text) != on_words.end()) return ParamValue(1);
  if (std::ranges::find(off_words, text) != off_words.end()) return ParamValue(0);
  return not_an_option(spec, text);
}

std::string print_option(const ParamSpec& spec, const ParamValue& value) {
  const auto at = static_cast<std::size_t>(value.number());
  return at < spec.options.size() ? std::string(spec.options[at].key) : std::to_string(value.number());
}
std::string print_toggle(const ParamSpec&, const ParamValue& value) { return value.number() != 0 ? "on" : "off"; }

Words show_option(const ParamSpec& spec, const ParamValue& value) {
  const auto at = static_cast<std::size_t>(value.number());
  assert(at < spec.options.size());
  return spec.options[at].label;
}
Words show_toggle(const ParamSpec&, const ParamValue& value) {
  return value.number() != 0 ? Text{"on", "켬"} : Text{"off", "끔"};
}

// ---- Texts ---------------------------------------------------------------------------------------------------------

// With '\n' at each line's end, however it was written.
std::string with_plain_lines(const ParamSpec& spec, std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') continue;
    out.push_back(text[at] == '\r' ? '\n' : text[at]);
  }
  if (spec.text.lines == 1 && out.ends_with('\n')) out.pop_back();
  return out;
}

Words bytes_allowed(const ParamSpec& spec) {
  return fill(spec.text.lines == 1 ? Text{"a line of at most {most} bytes", "{most}바이트까지의 글 한 줄"}
                                   : Text{"a text of at most {most} bytes", "{most}바이트까지의 글"},
              {{"most", spec.text.most}});
}

Result<> check_letters(const ParamSpec& spec, std::string_view text) {
  const auto most = static_cast<std::size_t>(spec.text.most);
  if (text.size() > most) return too_long(spec.key, text.size(), most);
  const bool right = spec.text.lines == 1 ? is_printable(text) : is_plain_text(text);
  if (!right) {
    return Error{fill({"The value of {key} is not text: \"{value}\". Allowed: {allowed}, in UTF-8 and without control "
                       "characters.",
                       "{key}의 값이 글자가 아닙니다: \"{value}\". 쓸 수 있는 값: 제어 문자 없는 UTF-8, {allowed}."},
                      {{"key", spec.key}, {"value", quotable(text)}, {"allowed", bytes_allowed(spec)}})};
  }
  return spec.text.check == nullptr ? Result<>(Nothing{}) : spec.text.check(text);
}

Result<ParamValue> read_text(const ParamSpec& spec, std::string_view text) {
  std::string plain = with_plain_lines(spec, text);
  if (const Result<> checked = check_letters(spec, plain); !checked) return checked.error();
  return ParamValue(SharedText(std::move(plain)));
}

Result<ParamValue> check_text(const ParamSpec& spec, const ParamValue& value) {
  for (const Engine engine : all_engines) {
    if (value == spec.default_on(engine)) return value;
  }
  if (const Result<> checked = check_letters(spec, value.text().view()); !checked) return checked.error();
  return value;
}

std::string print_text(const ParamSpec&, const ParamValue& value) { return std::string(value.text().view()); }

Words show_text(const ParamSpec&, const ParamValue& value) {
  const std::string_view text = value.text().view();
  if (text.empty()) return Text{"empty", "비어 있음"};
  std::string line(text.substr(0, text.find('\n')));
  std::ranges::replace(line, '\t', ' ');
  const std::string first = quotable(line);
  const std::int64_t lines = std::ranges::count(text.substr(0, text.size() - 1), '\n') + 1;
  if (lines == 1) return {first, first};
  return fill({"{first} ({n} lines)", "{first} ({n}줄)"}, {{"first", std::string_view(first)}, {"n", lines}});
}

constexpr std::array<KindTraits, 5> kinds{{
    {ParamKind::integer, "integer", "N", JsonForm::number, false, read_integer, check_range, print_integer,
     show_integer, range_of},
    {ParamKind::duration, "duration", "TIME", JsonForm::string, false, read_duration, check_range, print_time,
     show_time, range_of},
    {ParamKind::choice, "choice", "", JsonForm::string, true, read_option, check_option, print_option, show_option,
     options_of},
    {ParamKind::toggle, "toggle", "", JsonForm::boolean, true, read_toggle, check_option, print_toggle, show_toggle,
     options_of},
    {ParamKind::text, "text", "TEXT", JsonForm::string, false, read_text, check_text, print_text, show_text,
     bytes_allowed},
}};

constexpr bool in_order() {
  for (std::size_t at = 0; at < kinds.size(); ++at) {
    if (kinds[at].kind != static_cast<ParamKind>(at)) return false;
  }
  return true;
}
static_assert(in_order(), "the rows stand in the order of the enumeration");

}  // namespace

const KindTraits& traits_of(ParamKind kind) { return kinds[static_cast<std::size_t>(kind)]; }

Error too_long(std::string_view key, std::size_t bytes, std::size_t most) {
  return {fill({"The value of {key} is {bytes} bytes long; at most {most} are allowed.",
                "{key}의 값이 {bytes}바이트입니다. {most}바이트까지 쓸 수 있습니다."},
               {{"key", key}, {"bytes", static_cast<std::int64_t>(bytes)}, {"most", static_cast<std::int64_t>(most)}})};
}

Error not_text(std::string_view key, std::string_view given) {
  return {fill({"The value of {key} is not text: \"{value}\".", "{key}의 값이 글자가 아닙니다: \"{value}\"."},
               {{"key", key}, {"value", quotable(given)}})};
}

Result<ParamValue> parse_value(const ParamSpec& spec, std::string_view text) {
  return traits_of(spec.kind).read(spec, text);
}
Result<ParamValue> check_value(const ParamSpec& spec, const ParamValue& value) {
  return traits_of(spec.kind).check(spec, value);
}
std::string print_value(const ParamSpec& spec, const ParamValue& value) {
  return traits_of(spec.kind).print(spec, value);
}
Words allowed_values(const ParamSpec& spec) { return traits_of(spec.kind).allowed(spec); }
Words show_value(const ParamSpec& spec, const ParamValue& value) { return traits_of(spec.kind).show(spec, value); }

}  // namespace interleave
