// Every workload on every engine: with its defaults, at the corners of its parameters' ranges, and with every pair of
// options. What must hold of each run stands in tests/any_workload. A workload that is added to all.h is in here.
#include <gtest/gtest.h>

#include "any_workload/invariants.h"
#include "any_workload/random_run.h"
#include "any_workload/values.h"
#include "sim/settings.h"
#include "support/drive.h"
#include "support/effort.h"
#include "support/roomy_pool.h"

namespace interleave::test {
namespace {

// A corner may be a run of hours (16 times 100,000,000 increments), so it is stopped after this long.
constexpr Nanoseconds longest = natively ? 50 * millisecond : 20 * millisecond;
// A generous limit on stopping: what is promised is measured in cancel_test.cpp.
constexpr Nanoseconds longest_stop = 10 * second;
constexpr std::size_t budget = 100'000;
// Of an exploration. The largest number of executions is a search of days.
constexpr int executions = 100;

std::vector<ParamValues> settings_to_try(Engine engine) {
  switch (engine) {
    case Engine::live: break;
    case Engine::simulate:
      return {settings_with(engine, "policy", static_cast<std::int64_t>(sim::PolicyKind::random)),
              settings_with(engine, "policy", static_cast<std::int64_t>(sim::PolicyKind::round_robin))};
    case Engine::explore: return {settings_with(engine, "executions", executions)};
  }
  return {defaults(settings_of(engine), engine)};
}

using WorkloadOnEngine = std::tuple<const rt::Entry*, Engine>;

class Matrix : public testing::TestWithParam<WorkloadOnEngine> {
 protected:
  // Ended by itself, or stopped once the time was over.
  Ended run(const Configuration& config, Nanoseconds time) {
    const auto execution = start(config, budget, pool_);
    go_on_until(*execution, config.engine, steady_now() + time);
    if (!execution->finished()) {
      ++stopped_;
      EXPECT_LT(stop(*execution, config.engine, steady_now()), longest_stop) << describe(config);
    }
    EXPECT_TRUE(execution->finished()) << describe(config);
    EXPECT_TRUE(nobody_busy(*pool_)) << describe(config);
    Ended ended{config, execution->snapshot()};
    for (const std::string& broken : violations(ended)) ADD_FAILURE() << describe(config) << "\n  " << broken;
    return ended;
  }

  // Calls see(ended) for each of these values with each of the engine's settings that are tried.
  template <class See>
  void run_all(const std::vector<ParamValues>& all, Nanoseconds time, See see) {
    const auto [entry, engine] = GetParam();
    if (!exists({entry, engine, {}, {}})) GTEST_SKIP() << "this build lacks the engine";
    int runs = 0;
    for (const ParamValues& params : all) {
      for (const ParamValues& settings : settings_to_try(engine)) {
        const Ended ended = run({entry, engine, params, settings}, time);
        ++runs;
        if (ended.snapshot.outcome) see(ended);
      }
    }
    RecordProperty("runs", runs);
    RecordProperty("stopped", stopped_);
  }

  std::shared_ptr<live::Pool> pool_ = roomy_pool();
  int stopped_ = 0;
};

TEST_P(Matrix, DefaultsAndCornersOfEveryRangeEndOrAreStopped) {
  const auto [entry, engine] = GetParam();
  run_all(corners(entry->info, engine), longest, [this](const Ended& ended) {
    if (ended.outcome().verdict != Verdict::limit || ended.config.engine != Engine::live) return;
    // Where there are not threads enough, that is told, with how many there are.
    if (ended.outcome().headline.en != "Not enough threads") return;
    EXPECT_NE(ended.outcome().sentence.en.find(std::to_string(pool_->capacity())), std::string::npos);
  });
}

TEST_P(Matrix, EveryPairOfOptionsEndsByItselfWhereNumbersAreSmall) {
  const auto [entry, engine] = GetParam();
  run_all(pairs_of_options(entry->info, engine), patience, [](const Ended& ended) {
    EXPECT_NE(ended.outcome().verdict, Verdict::cancelled) << describe(ended.config);
    // Under Node there are a handful of threads, and a small run of many threads may want more.
    if (natively) {
      EXPECT_NE(ended.outcome().verdict, Verdict::limit) << describe(ended.config);
    }
  });
}

std::string name_of(const testing::TestParamInfo<WorkloadOnEngine>& tested) {
  const auto [entry, engine] = tested.param;
  return std::string(entry->info.id) + "_" + std::string(key_of(engine));
}

INSTANTIATE_TEST_SUITE_P(Workloads, Matrix,
                         testing::Combine(testing::ValuesIn(all_workloads()),
                                          testing::Values(Engine::live, Engine::simulate, Engine::explore)),
                         name_of);

// Ten thousand are run by tests/tools/golden_random.test.mjs; a few here, also with the sanitizers.
constexpr int random_sets = fewer(500);

class RandomRuns : public testing::TestWithParam<const rt::Entry*> {};

TEST_P(RandomRuns, KeepTheInvariantsAndAreTheSameWhenStepsAreNotCounted) {
  int ended_by_themselves = 0;
  for (int number = 0; number < random_sets; ++number) {
    const Configuration config = random_configuration(*GetParam(), static_cast<std::uint64_t>(number));
    const Ended stepped = run_by_steps(config);
    for (const std::string& broken : violations(stepped)) ADD_FAILURE() << describe(config) << "\n  " << broken;
    ASSERT_TRUE(stepped.snapshot.outcome.has_value());
    if (stepped.outcome().verdict == Verdict::cancelled) continue;
    ++ended_by_themselves;
    const auto at_once = start(config, random_run_budget);
    ASSERT_TRUE(wait_until_finished(*at_once)) << describe(config);
    EXPECT_EQ(hash({config, at_once->snapshot()}), hash(stepped)) << describe(config);
  }
  EXPECT_GT(ended_by_themselves, random_sets / 10);
}

INSTANTIATE_TEST_SUITE_P(Workloads, RandomRuns, testing::ValuesIn(all_workloads()), workload_name);

}  // namespace
}  // namespace interleave::test
