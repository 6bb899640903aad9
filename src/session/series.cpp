#include "session/series.h"

#include <algorithm>
#include <cassert>

#include "core/suggestion.h"
#include "core/utf8.h"

namespace interleave::session {
namespace {

Error no_parameter(std::string_view key, const std::vector<ParamSpec>& specs) {
  std::vector<std::string_view> keys;
  std::string allowed;
  for (const ParamSpec& spec : specs) {
    keys.push_back(spec.key);
    allowed.append(allowed.empty() ? "" : ", ").append(spec.key);
  }
  const Words hint = did_you_mean(key, keys);
  return {fill({"There is no parameter \"{key}\" to sweep.{hint} Allowed: {allowed}.",
                "바꿔 볼 매개변수 \"{key}\"(이)가 없습니다.{hint} 쓸 수 있는 것: {allowed}."},
               {{"key", quotable(key)}, {"hint", hint}, {"allowed", std::string_view(allowed)}})};
}

Error too_many() {
  return {fill({"A sweep has at most {n} values.", "한 번에 바꿔 볼 수 있는 값은 {n}개까지입니다."},
               {{"n", static_cast<std::int64_t>(most_swept)}})};
}

// "1..8": each whole number from one end to the other.
Result<std::vector<std::int64_t>> range_of(const ParamSpec& spec, std::string_view text, std::size_t dots) {
  if (spec.kind != ParamKind::integer) {
    return Error{fill({"Only whole numbers have a range. Write the values of {key} with commas between them.",
                       "정수만 범위로 쓸 수 있습니다. {key}의 값은 쉼표로 나눠 쓰세요."},
                      {{"key", spec.key}})};
  }
  const Result<ParamValue> first = parse_value(spec, text.substr(0, dots));
  if (!first) return first.error();
  const Result<ParamValue> last = parse_value(spec, text.substr(dots + 2));
  if (!last) return last.error();
  const std::int64_t from = first.value().number();
  const std::int64_t to = last.value().number();
  const std::int64_t step = from <= to ? 1 : -1;
  if ((to - from) * step >= static_cast<std::int64_t>(most_swept)) return too_many();
  std::vector<std::int64_t> out;
  for (std::int64_t value = from;; value += step) {
    out.push_back(value);
    if (value == to) return out;
  }
}

Result<std::vector<std::int64_t>> values_in(const ParamSpec& spec, std::string_view text) {
  if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) return range_of(spec, text, dots);
  std::vector<std::int64_t> out;
  while (true) {
    const std::size_t comma = text.find(',');
    const Result<ParamValue> value = parse_value(spec, text.substr(0, comma));
    if (!value) return value.error();
    out.push_back(value.value().number());
    if (out.size() > most_swept) return too_many();
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

Result<Sweep> parse_sweep(const Setup& setup, std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return Error{Text{"A sweep is written as --sweep threads=1..8 or --sweep lock=none,mutex.",
                      "--sweep threads=1..8 또는 --sweep lock=none,mutex처럼 씁니다."}};
  }
  const std::vector<ParamSpec> specs = setup.sweepable();
  const auto spec = std::ranges::find(specs, text.substr(0, equals), &ParamSpec::key);
  if (spec == specs.end()) return no_parameter(text.substr(0, equals), specs);
  Result<std::vector<std::int64_t>> values = values_in(*spec, text.substr(equals + 1));
  if (!values) return values.error();
  return Sweep{*spec, std::move(values).value()};
}

Result<Sweep> make_sweep(const Setup& setup, std::string_view key, std::vector<std::int64_t> values) {
  const std::vector<ParamSpec> specs = setup.sweepable();
  const auto spec = std::ranges::find(specs, key, &ParamSpec::key);
  if (spec == specs.end()) return no_parameter(key, specs);
  if (values.empty()) return Error{Text{"A sweep needs a value at least.", "바꿔 볼 값이 하나는 있어야 합니다."}};
  if (values.size() > most_swept) return too_many();
  for (const std::int64_t value : values) {
    if (const Result<ParamValue> checked = check_value(*spec, value); !checked) return checked.error();
  }
  return Sweep{*spec, std::move(values)};
}

std::int64_t Series::value_at(std::size_t index) const {
  assert(index < size());
  return sweep ? sweep->values[index / static_cast<std::size_t>(repeat)] : 0;
}

Setup Series::at(std::size_t index) const {
  Setup out = base;
  if (sweep) out.set(sweep->spec.key, value_at(index));
  const auto number = static_cast<std::int64_t>(index % static_cast<std::size_t>(repeat));
  const auto seed = out.value("seed");
  if (!seed || number == 0) return out;
  if (!out.set("seed", seed->number() + number)) out.set("seed", number);
  return out;
}

}  // namespace interleave::session
