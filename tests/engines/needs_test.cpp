// A parameter that is said to have no effect beside certain values of another has none: simulated runs with different
// values of it leave the same trace. One test for each workload.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "any_workload/values.h"
#include "support/drive.h"

namespace interleave::test {
namespace {

std::size_t place_of(std::span<const ParamSpec> specs, std::string_view key) {
  return static_cast<std::size_t>(std::ranges::find(specs, key, &ParamSpec::key) - specs.begin());
}

// Of the parameter that is needed: all values that do not meet the need.
std::vector<std::int64_t> unmet_values(const ParamSpec& needed, const Need& need) {
  std::vector<std::int64_t> out;
  for (std::int64_t value = needed.min; value <= std::min(needed.max, needed.min + 10); ++value) {
    if (!need.met(value)) out.push_back(value);
  }
  return out;
}

// Two values that are far apart, and so short a run that both can be run.
std::pair<ParamValue, ParamValue> two_values(const ParamSpec& spec) {
  if (spec.kind == ParamKind::text) return {spec.default_on(Engine::simulate), ParamValue(SharedText("A2BA."))};
  const std::int64_t usual = spec.defaults[static_cast<std::size_t>(Engine::simulate)];
  if (spec.kind == ParamKind::integer || spec.kind == ParamKind::duration) {
    const std::int64_t other = usual > spec.min ? std::max(spec.min, usual / 5) : std::min(spec.max, usual + 3);
    return {usual, other};
  }
  return {usual, usual == spec.min ? spec.max : spec.min};
}

std::uint64_t hash_of(const rt::Entry& entry, const ParamValues& params, const ParamValues& settings) {
  const Configuration config{&entry, Engine::simulate, params, settings};
  const std::unique_ptr<rt::Execution> run = start(config, trace::Trace::default_budget);
  EXPECT_TRUE(wait_until_finished(*run)) << describe(config);
  return trace::hash(*run->snapshot().trace);
}

// Untimed by several seeds, and timed.
std::vector<ParamValues> ways_to_run() {
  std::vector<ParamValues> out;
  for (const std::int64_t seed : {1, 2, 3}) out.push_back(settings_with(Engine::simulate, "seed", seed));
  out.push_back(settings_with(Engine::simulate, "policy", 1));
  return out;
}

class Needs : public testing::TestWithParam<const rt::Entry*> {};

TEST_P(Needs, NameParametersAndValuesThatThereAre) {
  const std::vector<ParamSpec>& specs = GetParam()->info.params;
  for (const ParamSpec& spec : specs) {
    for (const Need& need : spec.needs) {
      const std::size_t other = place_of(specs, need.key);
      ASSERT_LT(other, specs.size()) << spec.key << " needs " << need.key;
      for (const std::int64_t value : need.values) EXPECT_TRUE(check_value(specs[other], value).ok());
      EXPECT_FALSE(unmet_values(specs[other], need).empty()) << spec.key << ": " << need.key << " always meets it";
    }
  }
}

TEST_P(Needs, WhatIsNotMetMakesNoDifference) {
  const rt::Entry& entry = *GetParam();
  const std::vector<ParamSpec>& specs = entry.info.params;
  for (std::size_t at = 0; at < specs.size(); ++at) {
    for (const Need& need : specs[at].needs) {
      const std::size_t other = place_of(specs, need.key);
      for (const std::int64_t unmet : unmet_values(specs[other], need)) {
        ParamValues params = defaults(specs, Engine::simulate);
        params[other] = unmet;
        ASSERT_NE(unmet_need(specs, params, at), nullptr);
        const auto [one, two] = two_values(specs[at]);
        ASSERT_NE(one, two);
        for (const ParamValues& settings : ways_to_run()) {
          params[at] = one;
          const std::uint64_t first = hash_of(entry, params, settings);
          params[at] = two;
          EXPECT_EQ(first, hash_of(entry, params, settings)) << specs[at].key << " makes a difference although "
                                                             << need.key << " is " << print_value(specs[other], unmet);
        }
      }
    }
  }
}

TEST_P(Needs, NoPresetSetsWhatHasNoEffect) {
  const WorkloadInfo& info = GetParam()->info;
  for (const Preset& preset : info.presets) {
    const auto [params, settings] = preset_values(info, preset);
    const std::vector<ParamSpec>& declared = settings_of(preset.engine);
    for (const auto& [key, value] : preset.values) {
      const std::size_t at = place_of(info.params, key);
      const Need* need = at < info.params.size() ? unmet_need(info.params, params, at)
                                                 : unmet_need(declared, settings, place_of(declared, key));
      EXPECT_EQ(need, nullptr) << preset.key << " sets " << key;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Workloads, Needs, testing::ValuesIn(all_workloads()), workload_name);

// The same of the simulator's own settings.
TEST(NeedsOfSettings, WhatIsNotMetMakesNoDifference) {
  const std::vector<ParamSpec>& specs = settings_of(Engine::simulate);
  int seen = 0;
  for (std::size_t at = 0; at < specs.size(); ++at) {
    for (const Need& need : specs[at].needs) {
      ++seen;
      ParamValues settings = settings_with(Engine::simulate, need.key, 0);
      ASSERT_NE(unmet_need(specs, settings, at), nullptr);
      const auto [one, two] = two_values(specs[at]);
      for (const rt::Entry* entry : all_workloads()) {
        const ParamValues params = defaults(entry->info.params, Engine::simulate);
        settings[at] = one;
        const std::uint64_t first = hash_of(*entry, params, settings);
        settings[at] = two;
        EXPECT_EQ(first, hash_of(*entry, params, settings)) << entry->info.id << ": " << specs[at].key;
      }
    }
  }
  EXPECT_EQ(seen, 3) << "the time slice, who is woken first, and the schedule";
}

}  // namespace
}  // namespace interleave::test
