#include "any_workload/values.h"

#include <algorithm>
#include <bit>
#include <stdexcept>

#include "core/param_kinds.h"

namespace interleave::test {
namespace {

bool has_options(const ParamSpec& spec) { return traits_of(spec.kind).listed; }
bool is_text(const ParamSpec& spec) { return spec.kind == ParamKind::text; }

void add_if_new(std::vector<ParamValues>& all, const ParamValues& values) {
  if (std::ranges::find(all, values) == all.end()) all.push_back(values);
}

std::int64_t random_option(const ParamSpec& spec, Rng& rng) {
  return spec.min + rng.below(static_cast<std::uint32_t>(spec.max - spec.min + 1));
}

std::int64_t random_magnitude(std::int64_t min, std::int64_t max, Rng& rng) {
  const auto range = static_cast<std::uint64_t>(max - min);
  const auto bits = rng.below(static_cast<std::uint32_t>(std::bit_width(range)) + 1);
  const std::uint64_t below = std::uint64_t{1} << bits;
  return min + static_cast<std::int64_t>(std::min(rng.next() % below, range));
}

// False where the key is not declared.
bool set(std::span<const ParamSpec> specs, ParamValues& values, std::string_view key, std::string_view text) {
  const auto spec = std::ranges::find(specs, key, &ParamSpec::key);
  if (spec == specs.end()) return false;
  const Result<std::int64_t> parsed = parse_value(*spec, text);
  if (!parsed.ok()) throw std::invalid_argument(std::string(key) + " cannot be " + std::string(text));
  values[static_cast<std::size_t>(spec - specs.begin())] = parsed.value();
  return true;
}

}  // namespace

PresetValues preset_values(const WorkloadInfo& info, const Preset& preset) {
  const std::vector<ParamSpec>& settings = settings_of(preset.engine);
  PresetValues out{defaults(info.params, preset.engine), defaults(settings, preset.engine)};
  for (const auto& [key, text] : preset.values) {
    if (set(info.params, out.params, key, text) || set(settings, out.settings, key, text)) continue;
    throw std::invalid_argument(std::string(info.id) + " and its engine have no " + std::string(key));
  }
  return out;
}

ParamValues small_values(const WorkloadInfo& info, Engine engine) {
  constexpr std::int64_t most = 10'000;
  constexpr Nanoseconds longest = 2 * millisecond;
  ParamValues out = defaults(info.params, engine == Engine::explore ? Engine::explore : Engine::simulate);
  for (std::size_t at = 0; at < out.size(); ++at) {
    const ParamSpec& spec = info.params[at];
    if (has_options(spec) || is_text(spec)) continue;
    out[at] = std::max(spec.min, std::min(out[at].number(), spec.kind == ParamKind::duration ? longest : most));
  }
  return out;
}

std::vector<ParamValues> corners(const WorkloadInfo& info, Engine engine) {
  const ParamValues usual = defaults(info.params, engine);
  std::vector<ParamValues> out{usual};
  for (std::size_t at = 0; at < usual.size(); ++at) {
    const ParamSpec& spec = info.params[at];
    if (is_text(spec)) continue;  // of the presets
    const std::int64_t stride = has_options(spec) ? 1 : std::max<std::int64_t>(1, spec.max - spec.min);
    for (std::int64_t value = spec.min; value <= spec.max; value += stride) {
      ParamValues values = usual;
      values[at] = value;
      add_if_new(out, values);
    }
  }
  for (const Preset& preset : info.presets) {
    if (preset.engine == engine) add_if_new(out, preset_values(info, preset).params);
  }
  return out;
}

std::vector<ParamValues> pairs_of_options(const WorkloadInfo& info, Engine engine) {
  std::vector<ParamValues> out{small_values(info, engine)};
  const std::vector<ParamSpec>& specs = info.params;
  for (std::size_t one = 0; one < specs.size(); ++one) {
    for (std::size_t two = one; two < specs.size(); ++two) {
      if (!has_options(specs[one]) || !has_options(specs[two])) continue;
      for (std::int64_t first = specs[one].min; first <= specs[one].max; ++first) {
        for (std::int64_t second = specs[two].min; second <= specs[two].max; ++second) {
          ParamValues values = out.front();
          values[one] = first;
          values[two] = second;  // of a choice with itself, each of its options
          add_if_new(out, values);
        }
      }
    }
  }
  return out;
}

ParamValues random_values(std::span<const ParamSpec> specs, Rng& rng, std::int64_t most) {
  ParamValues out;
  for (const ParamSpec& spec : specs) {
    if (is_text(spec)) {
      out.push_back(spec.default_on(Engine::simulate));
    } else if (has_options(spec)) {
      out.emplace_back(random_option(spec, rng));
    } else {
      const std::int64_t max =
          spec.kind == ParamKind::integer ? std::max(spec.min, std::min(spec.max, most)) : spec.max;
      out.emplace_back(random_magnitude(spec.min, max, rng));
    }
  }
  return out;
}

void shuffle_options(std::span<const ParamSpec> specs, Rng& rng, ParamValues& values) {
  for (std::size_t at = 0; at < specs.size(); ++at) {
    if (has_options(specs[at])) values[at] = random_option(specs[at], rng);
  }
}

}  // namespace interleave::test
