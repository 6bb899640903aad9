// Repeats and sweeps as the page carries them out, beside the reader's own runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/controller.h"
#include "core/clock.h"
#include "engines/registry.h"

namespace interleave::app {
namespace {

constexpr Nanoseconds frame = 2 * millisecond;
constexpr Nanoseconds patience = 20 * second;

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
