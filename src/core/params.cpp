#include "core/params.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace interleave {
namespace {

ParamSpec make(ParamKind kind, std::string_view key, Text label, Text hint, std::int64_t min, std::int64_t max,
               PerEngine<std::int64_t> defaults, std::span<const Option> options = {}) {
  for ([[maybe_unused]] const std::int64_t value : defaults) assert(min <= value && value <= max);
  return {key, label, hint, kind, min, max, defaults, options, false, {}, {}};
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

ParamSpec text(std::string_view key, Text label, Text hint, TextForm form) {
  assert(form.most > 0 && form.most <= longest_text && form.lines > 0);
  ParamSpec out = make(ParamKind::text, key, label, hint, 0, form.most, {});
  out.text = form;
  return out;
}

ParamValue ParamSpec::default_on(Engine engine) const {
  const auto at = static_cast<std::size_t>(engine);
  return kind == ParamKind::text ? ParamValue(SharedText(text.defaults[at])) : ParamValue(defaults[at]);
}

bool is_unsaid(const ParamSpec& spec, Engine engine, const ParamValue& value) {
  return spec.kind == ParamKind::text && value.text().empty() && value == spec.default_on(engine);
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

const Need* unmet_need(std::span<const ParamSpec> specs, std::span<const ParamValue> values, std::size_t at) {
  for (const Need& need : specs[at].needs) {
    for (std::size_t other = 0; other < specs.size() && other < values.size(); ++other) {
      if (specs[other].key == need.key && !need.met(values[other].number())) return &need;
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
  for (const ParamSpec& spec : specs) out.push_back(spec.default_on(engine));
  return out;
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
