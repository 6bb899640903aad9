// Repeats and sweeps as the page carries them out: a frame after the other.
#include "app/batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/controller.h"
#include "core/clock.h"
#include "engines/registry.h"
#include "live/platform.h"

namespace interleave::app {
namespace {

using ::testing::ElementsAre;

constexpr Nanoseconds frame = 2 * millisecond;
constexpr Nanoseconds patience = 20 * second;

class Batches : public ::testing::Test {
 protected:
  [[nodiscard]] session::Config config(std::string_view query) const {
    const session::Parsed parsed = session::parse(catalogue, session::from_query(query));
    EXPECT_TRUE(parsed.problems.empty()) << query;
    return parsed.config;
  }
  [[nodiscard]] session::Series repeat(std::string_view query, int count) const {
    return {config(query), std::nullopt, count};
  }
  [[nodiscard]] session::Series sweep(std::string_view query, std::string_view key, std::vector<std::int64_t> values,
                                      int count) const {
    Result<session::Sweep> made = session::make_sweep(catalogue, config(query), key, std::move(values));
    EXPECT_TRUE(made);
    return {config(query), std::move(made).value(), count};
  }
  void finish() {
    const Nanoseconds until = steady_now() + patience;
    while (batch.active() && steady_now() < until) batch.advance(frame);
    EXPECT_FALSE(batch.active());
  }

  session::Catalogue catalogue{engines::registry()};
  std::shared_ptr<rt::Resources> pool = live::make_pool();
  Batch batch{catalogue, session::Machine{}, pool};
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
  session::Runner alone(catalogue);
  for (std::int64_t at = 0; at < 6; ++at) {
    ASSERT_TRUE(alone.start(config("engine=sim&threads=2&increments=20&seed=" + std::to_string(5 + at))));
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

class Controllers : public ::testing::Test {
 protected:
  void finish() {
    const Nanoseconds until = steady_now() + patience;
    while (controller.active() && steady_now() < until) controller.advance(frame);
    controller.look();
  }
  void run(const std::string& query) {
    controller.configure(session::from_query(query));
    controller.carry_out(view::RunRequest{});
    finish();
  }

  session::Catalogue catalogue{engines::registry()};
  Controller controller{catalogue};
};

TEST_F(Controllers, KeepASeriesApartFromTheHistory) {
  run("engine=sim&threads=2&increments=5");
  const std::string query = controller.query();
  controller.carry_out(view::SweepRun{"threads", {1, 2, 3}, 2});
  EXPECT_TRUE(controller.in_series());
  finish();
  const view::Model model = controller.model();
  ASSERT_NE(model.series, nullptr);
  EXPECT_EQ(model.series->runs.size(), 6U);
  EXPECT_EQ(model.history.size(), 1U);
  EXPECT_EQ(controller.query(), query);
  controller.carry_out(view::CloseSeries{});
  EXPECT_EQ(controller.model().series, nullptr);
}

TEST_F(Controllers, RefuseASweepOverWhatIsNotThere) {
  controller.configure(session::from_query("engine=sim"));
  controller.carry_out(view::SweepRun{"thread", {1}, 1});
  ASSERT_EQ(controller.problems().size(), 1U);
  EXPECT_THAT(controller.problems().front().en, ::testing::HasSubstr("threads"));
  controller.carry_out(view::SweepRun{"threads", {1, 99}, 1});
  EXPECT_EQ(controller.problems().size(), 2U);
  EXPECT_FALSE(controller.in_series());
}

TEST_F(Controllers, StopStopsASeries) {
  controller.configure(session::from_query("engine=sim&threads=2&increments=1000"));
  controller.carry_out(view::RepeatRun{1'000});
  controller.advance(frame);
  controller.carry_out(view::RunRequest{});
  EXPECT_TRUE(controller.in_series()) << "a run cannot come between";
  controller.carry_out(view::StopRequest{});
  finish();
  EXPECT_EQ(controller.model().series->state, SeriesState::stopped);
}

TEST_F(Controllers, SetAnEarlierRunsParametersAgain) {
  run("engine=sim&threads=2&increments=5&lock=mutex&seed=9");
  const std::string first = controller.query();
  run("engine=sim&threads=3&increments=4");
  ASSERT_EQ(controller.model().history.size(), 2U);
  const view::FinishedRun& shown = controller.model().history.front();
  EXPECT_EQ(shown.number, 1U);
  EXPECT_FALSE(shown.timed);
  ASSERT_NE(shown.trace, nullptr);
  EXPECT_NE(*shown.trace, nullptr);
  controller.carry_out(view::RestoreRun{1});
  EXPECT_EQ(controller.query(), first);
  controller.carry_out(view::RestoreRun{77});
  EXPECT_EQ(controller.query(), first);
}

}  // namespace
}  // namespace interleave::app
