#include "core/params.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <utility>

#include "core/format.h"
#include "core/suggestion.h"
#include "core/utf8.h"

namespace interleave {
namespace {

constexpr std::array<std::string_view, 4> on_words{"on", "true", "yes", "1"};
constexpr std::array<std::string_view, 4> off_words{"off", "false", "no", "0"};

struct DurationUnit {
  std::string_view suffix;
  std::int64_t nanoseconds;
};
// Longer suffixes first: "ms" ends in "s".
constexpr std::array<DurationUnit, 5> duration_units{
    {{"ns", 1}, {"us", 1'000}, {"\u00b5s", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}}};

std::string joined(std::span<const Option> options) {
  std::string out;
  for (const Option& option : options) out.append(out.empty() ? "" : ", ").append(option.key);
  return out;
}

Words nearest_option(const ParamSpec& spec, std::string_view text) {
  std::vector<std::string_view> keys;
  for (const Option& option : spec.options) keys.push_back(option.key);
  return did_you_mean(text, keys);
}

Error not_a_value(const ParamSpec& spec, std::string_view text) {
  const std::string given = quotable(text);
  const Words allowed = allowed_values(spec);
  switch (spec.kind) {
    case ParamKind::choice:
    case ParamKind::toggle:
      return {fill({"{key} cannot be \"{text}\". Allowed: {allowed}.{hint}",
                    "{key}에 \"{text}\"은(는) 쓸 수 없습니다. 쓸 수 있는 값: {allowed}.{hint}"},
                   {{"key", spec.key}, {"text", given}, {"allowed", allowed}, {"hint", nearest_option(spec, text)}})};
    case ParamKind::duration:
      return {fill({"{key} must be a duration such as 5ms or 1.5s, from {allowed}, not \"{text}\".",
                    "{key}은(는) 5ms, 1.5s 같은 시간이어야 합니다({allowed}). "
                    "\"{text}\"은(는) 쓸 수 없습니다."},
                   {{"key", spec.key}, {"allowed", allowed}, {"text", given}})};
    case ParamKind::integer: break;
  }
  return {fill({"{key} must be a whole number from {allowed}, not \"{text}\".",
                "{key}은(는) 정수여야 합니다({allowed}). \"{text}\"은(는) 쓸 수 없습니다."},
               {{"key", spec.key}, {"allowed", allowed}, {"text", given}})};
}

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

bool read_duration(std::string_view text, std::int64_t& out) {
  for (const DurationUnit& unit : duration_units) {
    if (!text.ends_with(unit.suffix)) continue;
    return read_decimal(text.substr(0, text.size() - unit.suffix.size()), unit.nanoseconds, out);
  }
  if (text != "0") return false;
  out = 0;
  return true;
}

ParamSpec make(ParamKind kind, std::string_view key, Text label, Text hint, std::int64_t min, std::int64_t max,
               PerEngine<std::int64_t> defaults, std::span<const Option> options = {}) {
  for ([[maybe_unused]] const std::int64_t value : defaults) assert(min <= value && value <= max);
  return {key, label, hint, kind, min, max, defaults, options, false, {}};
}

}  // namespace

ParamSpec integer(std::string_view key, Text label, Text hint, std::int64_t min, std::int64_t max,
                  PerEngine<std::int64_t> defaults) {
  return make(ParamKind::integer, key, label, hint, min, max, defaults);
}

ParamSpec duration(std::string_view key, Text label, Text hint, std::int64_t min, std::int64_t max,
                   PerEngine<std::int64_t> defaults) {
  return make(ParamKind::duration, key, label, hint, min, max, defaults);
}

ParamSpec choice(std::string_view key, Text label, Text hint, std::span<const Option> options,
                 PerEngine<std::int64_t> defaults) {
  return make(ParamKind::choice, key, label, hint, 0, static_cast<std::int64_t>(options.size()) - 1, defaults, options);
}

ParamSpec toggle(std::string_view key, Text label, Text hint, PerEngine<std::int64_t> defaults) {
  return make(ParamKind::toggle, key, label, hint, 0, 1, defaults);
}

bool Need::met(std::int64_t value) const {
  return values.empty() ? value >= least : std::ranges::find(values, value) != values.end();
}

ParamSpec needs(ParamSpec spec, Need need) {
  assert(need.key != spec.key);
  spec.needs.push_back(std::move(need));
  return spec;
}

ParamSpec needs_on(ParamSpec spec, std::string_view toggle, Text reason) {
  return needs(std::move(spec), Need{toggle, {1}, 0, reason});
}

ParamSpec needs_at_least(ParamSpec spec, std::string_view key, std::int64_t least, Text reason) {
  return needs(std::move(spec), Need{key, {}, least, reason});
}

const Need* unmet_need(std::span<const ParamSpec> specs, std::span<const std::int64_t> values, std::size_t at) {
  for (const Need& need : specs[at].needs) {
    for (std::size_t other = 0; other < specs.size() && other < values.size(); ++other) {
      if (specs[other].key == need.key && !need.met(values[other])) return &need;
    }
  }
  return nullptr;
}

ParamSpec primary(ParamSpec spec) {
  spec.primary = true;
  return spec;
}

ParamValues defaults(std::span<const ParamSpec> specs, Engine engine) {
  ParamValues out;
  for (const ParamSpec& spec : specs) out.push_back(spec.defaults[static_cast<std::size_t>(engine)]);
  return out;
}

Result<std::int64_t> check_value(const ParamSpec& spec, std::int64_t value) {
  if (spec.min <= value && value <= spec.max) return value;
  if (spec.kind == ParamKind::choice || spec.kind == ParamKind::toggle) return not_a_value(spec, std::to_string(value));
  return Error{
      fill({"{key} must be {range}, not {value}.", "{key}은(는) {range}여야 합니다. {value}은(는) 벗어났습니다."},
           {{"key", spec.key}, {"range", allowed_values(spec)}, {"value", print_value(spec, value)}})};
}

Result<std::int64_t> parse_value(const ParamSpec& spec, std::string_view text) {
  std::int64_t value = 0;
  switch (spec.kind) {
    case ParamKind::integer:
      if (!read_number(without_separators(text), value)) return not_a_value(spec, text);
      return check_value(spec, value);
    case ParamKind::duration:
      if (!read_duration(text, value)) return not_a_value(spec, text);
      return check_value(spec, value);
    case ParamKind::choice:
      for (std::size_t at = 0; at < spec.options.size(); ++at) {
        if (spec.options[at].key == text) return static_cast<std::int64_t>(at);
      }
      return not_a_value(spec, text);
    case ParamKind::toggle:
      if (std::ranges::find(on_words, text) != on_words.end()) return std::int64_t{1};
      if (std::ranges::find(off_words, text) != off_words.end()) return std::int64_t{0};
      return not_a_value(spec, text);
  }
  return not_a_value(spec, text);
}

std::string print_value(const ParamSpec& spec, std::int64_t value) {
  switch (spec.kind) {
    case ParamKind::integer: return std::to_string(value);
    case ParamKind::duration: return print_duration(value);
    case ParamKind::choice:
      return value >= 0 && value < static_cast<std::int64_t>(spec.options.size())
                 ? std::string(spec.options[static_cast<std::size_t>(value)].key)
                 : std::to_string(value);
    case ParamKind::toggle: return value != 0 ? "on" : "off";
  }
  return {};
}

Words allowed_values(const ParamSpec& spec) {
  switch (spec.kind) {
    case ParamKind::choice: return {joined(spec.options), joined(spec.options)};
    case ParamKind::toggle: return {"on, off", "on, off"};
    case ParamKind::integer:
    case ParamKind::duration: break;
  }
  return fill({"{min} to {max}", "{min}부터 {max}까지"},
              {{"min", print_value(spec, spec.min)}, {"max", print_value(spec, spec.max)}});
}

Words show_value(const ParamSpec& spec, std::int64_t value) {
  switch (spec.kind) {
    case ParamKind::integer: return {format_count(value), format_count(value)};
    case ParamKind::duration: return {format_duration(value), format_duration(value)};
    case ParamKind::choice:
      assert(value >= 0 && value < static_cast<std::int64_t>(spec.options.size()));
      return Words(spec.options[static_cast<std::size_t>(value)].label);
    case ParamKind::toggle: return value != 0 ? Words(Text{"on", "켬"}) : Words(Text{"off", "끔"});
  }
  return {};
}

namespace {

// How many letters must be added, left out, changed, or swapped with their neighbour (the optimal string alignment
// distance). Capitals count as their small letters.
std::size_t distance(std::string_view word, std::string_view candidate) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const auto same = [&](std::size_t i, std::size_t j) { return lower(word[i]) == lower(candidate[j]); };
  std::vector<std::size_t> row(candidate.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  std::vector<std::size_t> above = row;
  std::vector<std::size_t> two_above = row;
  for (std::size_t i = 0; i < word.size(); ++i) {
    two_above = std::exchange(above, row);
    row[0] = i + 1;
    for (std::size_t j = 0; j < candidate.size(); ++j) {
      row[j + 1] = std::min({row[j] + 1, above[j + 1] + 1, above[j] + (same(i, j) ? 0 : 1)});
      const bool swapped = i > 0 && j > 0 && same(i, j - 1) && same(i - 1, j);
      if (swapped) row[j + 1] = std::min(row[j + 1], two_above[j - 1] + 1);
    }
  }
  return row.back();
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t longest_word = 64;
  if (word.empty() || word.size() > longest_word) return {};
  // A candidate is near when at most a third of its letters, but one at least, would have to
  // change.
  std::string_view best;
  std::size_t best_distance = SIZE_MAX;
  for (const std::string_view candidate : candidates) {
    const std::size_t changes = distance(word, candidate);
    const std::size_t allowed = std::max<std::size_t>(1, (candidate.size() + 1) / 3);
    if (changes <= allowed && changes < candidate.size() && changes < best_distance) {
      best_distance = changes;
      best = candidate;
    }
  }
  return best;
}

}  // namespace interleave
