// What workloads offer to begin with, and what they offer as a remedy, can be run.
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "any_workload/values.h"
#include "support/drive.h"

namespace interleave::test {
namespace {

class Presets : public testing::TestWithParam<const rt::Entry*> {};

TEST_P(Presets, NameParametersAndValuesThatExist) {
  const WorkloadInfo& info = GetParam()->info;
  for (const Preset& preset : info.presets)
    EXPECT_NO_THROW(static_cast<void>(preset_values(info, preset))) << preset.key;
  if (!info.remedy) return;
  Preset remedy = *info.remedy;
  remedy.engine = Engine::explore;
  EXPECT_NO_THROW(static_cast<void>(preset_values(info, remedy)));
}

TEST_P(Presets, HaveKeysOfTheirOwn) {
  std::set<std::string_view> keys;
  for (const Preset& preset : GetParam()->info.presets) EXPECT_TRUE(keys.insert(preset.key).second) << preset.key;
}

INSTANTIATE_TEST_SUITE_P(Workloads, Presets, testing::ValuesIn(all_workloads()), workload_name);

TEST(ValuesOfAPreset, RefuseWhatIsNotDeclared) {
  const WorkloadInfo& info = all_workloads().front()->info;
  const auto with = [](std::string_view key, std::string_view value) {
    return Preset{"any", {"any", "아무거나"}, {"any", "아무거나"}, Engine::simulate, {{key, value}}};
  };
  EXPECT_NO_THROW(static_cast<void>(preset_values(info, with("seed", "3"))));
  EXPECT_THROW(static_cast<void>(preset_values(info, with("no-such-key", "3"))), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(preset_values(info, with("seed", "many"))), std::invalid_argument);
}

}  // namespace
}  // namespace interleave::test
