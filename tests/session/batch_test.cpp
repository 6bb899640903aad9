// Repeats and sweeps, carried out a frame after the other.
#include "session/batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/clock.h"
#include "engines/registry.h"
#include "live/platform.h"
#include "session/parse.h"

namespace interleave::session {
namespace {

using ::testing::ElementsAre;

constexpr Nanoseconds frame = 2 * millisecond;
constexpr Nanoseconds patience = 20 * second;

class Batches : public ::testing::Test {
 protected:
  [[nodiscard]] Setup setup(std::string_view query) const {
    const Parsed parsed = parse(catalogue, from_query(query));
    EXPECT_TRUE(parsed.problems.empty()) << query;
    return parsed.setup;
  }
  [[nodiscard]] Series repeat(std::string_view query, int count) const { return {setup(query), std::nullopt, count}; }
  [[nodiscard]] Series sweep(std::string_view query, std::string_view key, std::vector<std::int64_t> values,
                             int count) const {
    Result<Sweep> made = make_sweep(setup(query), key, std::move(values));
    EXPECT_TRUE(made);
    return {setup(query), std::move(made).value(), count};
  }
  void finish() {
    const Nanoseconds until = steady_now() + patience;
    while (batch.active() && steady_now() < until) batch.advance(frame);
    EXPECT_FALSE(batch.active());
  }

  Catalogue catalogue{engines::registry()};
  std::shared_ptr<rt::Resources> pool = live::make_pool();
  Batch batch{Host{}, pool};
};

TEST_F(Batches, ARepeatTakesTheNextSeeds) {
  EXPECT_EQ(batch.report(), nullptr);
  batch.begin(repeat("engine=sim&threads=2&increments=20&seed=5", 6));
  EXPECT_TRUE(batch.active());
  EXPECT_TRUE(batch.report()->runs.empty());
  finish();
  const SeriesReport& report = *batch.report();
  EXPECT_EQ(report.state, SeriesState::finished);
  ASSERT_EQ(report.runs.size(), 6U);
  EXPECT_EQ(report.planned, 6U);
  EXPECT_FALSE(report.timed) << "the policy is random";
  // Each is the run that the seed gives alone.
  Runner alone;
  for (std::int64_t at = 0; at < 6; ++at) {
    ASSERT_TRUE(alone.start(setup("engine=sim&threads=2&increments=20&seed=" + std::to_string(5 + at))));
    while (alone.active()) alone.advance(frame);
    EXPECT_EQ(report.runs[static_cast<std::size_t>(at)].outcome.figure("found"), alone.outcome()->figure("found"));
  }
}

TEST_F(Batches, ASweepRunsEachValue) {
  batch.begin(sweep("engine=sim&increments=10&policy=round-robin", "threads", {1, 2, 4}, 2));
  finish();
  const SeriesReport& report = *batch.report();
  ASSERT_EQ(report.runs.size(), 6U);
  std::vector<std::int64_t> values;
  std::vector<double> expected;
  for (const SeriesRun& run : report.runs) {
    values.push_back(run.value);
    expected.push_back(*run.outcome.figure("expected"));
  }
  EXPECT_THAT(values, ElementsAre(1, 1, 2, 2, 4, 4));
  EXPECT_THAT(expected, ElementsAre(10, 10, 20, 20, 40, 40));
  EXPECT_EQ(report.swept->key, "threads");
  EXPECT_TRUE(report.timed);
}

TEST_F(Batches, OnRealThreadsRunsFollowEachOther) {
  batch.begin(repeat("engine=live&threads=2&increments=1000&lock=mutex", 4));
  finish();
  ASSERT_EQ(batch.report()->runs.size(), 4U);
  for (const SeriesRun& run : batch.report()->runs) EXPECT_EQ(run.outcome.verdict, Verdict::ok);
  EXPECT_EQ(pool == nullptr ? 0U : pool->busy(), 0U);
}

TEST_F(Batches, StopsHalfWayAndKeepsWhatItHas) {
  batch.begin(repeat("engine=sim&threads=2&increments=2000", 1'000));
  while (batch.active() && batch.report()->runs.empty()) batch.advance(frame);
  const std::size_t done = batch.report()->runs.size();
  ASSERT_GT(done, 0U);
  ASSERT_LT(done, 1'000U);
  batch.cancel();
  finish();
  EXPECT_EQ(batch.report()->state, SeriesState::stopped);
  EXPECT_EQ(batch.report()->runs.size(), done) << "the run that was stopped has no place in it";
  batch.advance(frame);
  EXPECT_EQ(batch.report()->runs.size(), done);
  batch.begin(repeat("engine=sim&increments=1", 1));
  finish();
  EXPECT_EQ(batch.report()->number, 2U);
}

TEST_F(Batches, StopsALiveRunThatWouldGoOnForLong) {
  batch.begin(repeat("engine=live&threads=2&increments=10000000&lock=mutex", 3));
  batch.advance(frame);
  batch.cancel();
  EXPECT_EQ(batch.report()->state, SeriesState::stopping);
  finish();
  EXPECT_EQ(batch.report()->state, SeriesState::stopped);
  EXPECT_TRUE(batch.report()->runs.empty());
}

TEST_F(Batches, ForgetsWhatCameOfIt) {
  batch.begin(repeat("engine=live&threads=2&increments=10000000&lock=mutex", 3));
  batch.advance(frame);
  batch.forget();
  EXPECT_EQ(batch.report(), nullptr);
  finish();
  EXPECT_EQ(batch.report(), nullptr);
}

TEST_F(Batches, SaysWhyItCannotGoOn) {
  batch.begin(repeat("engine=sim&policy=by-hand", 3));
  finish();
  ASSERT_TRUE(batch.report()->problem.has_value());
  EXPECT_THAT(batch.report()->problem->en, ::testing::HasSubstr("choose another policy"));
  EXPECT_EQ(batch.report()->state, SeriesState::stopped);
}

}  // namespace
}  // namespace interleave::session
