// What the results panel tells of data races: of the whole run, and up to the step that is looked at.
#include <gtest/gtest.h>

#include "view/screen.h"

namespace interleave::view {
namespace {

class RacesView : public testing::Test {
 protected:
  void run(const std::string& query) {
    screen.configure(query);
    screen.draw();
    EXPECT_EQ(told().key, "") << "there is nothing to tell before a run";
    screen.run_to_the_end();
  }
  [[nodiscard]] Node told() const {
    for (const Node& node : screen.semantics().nodes()) {
      if (node.role == "status" && node.key == "race") return node;
    }
    return {};
  }

  Screen screen;
};

TEST_F(RacesView, TellOfARunThatHappenedToBeRight) {
  run("engine=sim&policy=round-robin&threads=2&increments=3&lock=none");
  EXPECT_EQ(told().value, "race");
  EXPECT_TRUE(told().label.starts_with("This run happened to be right, and is a data race all the same: "))
      << told().label;
}

TEST_F(RacesView, TellQuietlyThatThereIsNone) {
  run("engine=sim&threads=2&increments=3&lock=mutex");
  EXPECT_EQ(told().value, "none");
  EXPECT_EQ(told().label, "No data race in this run, which proves nothing for other orders.");
}

TEST_F(RacesView, TellOfUpdatesThatAreLostWithoutOne) {
  run("engine=sim&threads=3&increments=100&interpreter=cpython39");
  EXPECT_EQ(told().value, "none-but-lost");
}

TEST_F(RacesView, FollowTheCursor) {
  run("engine=sim&threads=2&increments=3&lock=none&seed=1");
  ASSERT_EQ(told().value, "race");
  ASSERT_FALSE(screen.shell.run().races().races.empty());
  const std::size_t step = screen.shell.run().races().races.front().second.step;
  EXPECT_TRUE(screen.perform("slider", "step.scrubber", std::to_string(step - 1)));
  EXPECT_EQ(told().value, "none");
  EXPECT_EQ(told().label, "No data race so far.");
  EXPECT_TRUE(screen.perform("slider", "step.scrubber", std::to_string(step)));
  EXPECT_EQ(told().value, "race");
}

TEST_F(RacesView, SayNothingOfRealThreads) {
  run("engine=live&threads=2&increments=1000&lock=none");
  EXPECT_EQ(told().key, "");
}

TEST_F(RacesView, HaveARowOnAPhone) {
  screen.width = 390;
  screen.height = 844;
  run("engine=sim&threads=2&increments=3&lock=none");
  EXPECT_EQ(told().value, "race");
}

}  // namespace
}  // namespace interleave::view
