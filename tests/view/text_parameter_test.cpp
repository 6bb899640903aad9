// A text on the canvas: in the panel, in the history and in a comparison.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/letters.h"
#include "view/screen.h"

namespace interleave::view {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TextOnTheCanvas : public ::testing::Test {
 protected:
  void expect_no_flaws() { EXPECT_THAT(screen.semantics().flaws(), IsEmpty()); }
  std::vector<rt::Entry> entries = test::letters_workloads();
  Screen screen{entries};
};

TEST_F(TextOnTheCanvas, IsToldWholeAndSetByTyping) {
  screen.configure("engine=sim&program=x%20=%201%0Ay%20=%202");
  screen.draw();
  EXPECT_EQ(screen.value("param.program"), "x = 1\ny = 2");
  expect_no_flaws();
  ASSERT_TRUE(screen.perform("textbox", "param.program", "한글\n# 둘째 줄\n"));
  EXPECT_EQ(screen.value("param.program"), "한글\n# 둘째 줄\n");
  EXPECT_THAT(screen.controller().query(), HasSubstr("program=%ED%95%9C"));
  expect_no_flaws();
}

TEST_F(TextOnTheCanvas, WhatMayNotBeIsNotTaken) {
  screen.configure("engine=sim&note=before");
  screen.draw();
  ASSERT_TRUE(screen.perform("textbox", "param.note", std::string(41, 'x')));
  EXPECT_EQ(screen.value("param.note"), "before");
  ASSERT_TRUE(screen.perform("textbox", "param.note", "after"));
  EXPECT_EQ(screen.value("param.note"), "after");
}

TEST_F(TextOnTheCanvas, IsEditedInItsPlaceWithAllOfItsLines) {
  screen.configure("engine=sim");
  screen.draw();
  for (const char* key : {"param.program", "param.note"}) {
    ASSERT_TRUE(screen.perform("textbox", key));
    EXPECT_TRUE(screen.moving()) << "the caret blinks in " << key;
    screen.press(ImGuiKey_Escape);
    screen.draw();
  }
  expect_no_flaws();
}

TEST_F(TextOnTheCanvas, IsNamedInAComparisonByItsFirstLine) {
  screen.configure("engine=sim&policy=round-robin&program=x");
  screen.draw();
  screen.run_to_the_end();
  ASSERT_TRUE(screen.perform("textbox", "param.program", "x\ny\nz"));
  screen.run_to_the_end();
  ASSERT_TRUE(screen.perform("button", "compare"));
  EXPECT_EQ(screen.label("compare.change.program"), "Program x → x (3 lines)");
  expect_no_flaws();
}

TEST(ScheduleOnTheCanvas, IsATextOfTheEngineThatOnlyReplayFollows) {
  Screen screen;
  screen.configure("workload=counter&engine=sim&threads=2&increments=1&policy=replay");
  screen.draw();
  ASSERT_TRUE(screen.perform("button", "machine"));
  ASSERT_NE(screen.find("param.schedule"), nullptr);
  ASSERT_TRUE(screen.perform("textbox", "param.schedule", "AB2A."));
  EXPECT_THAT(screen.controller().query(), HasSubstr("schedule=AB2A."));
  screen.run_to_the_end();
  EXPECT_EQ(screen.controller().snapshot().schedule, "AB2A.");
  ASSERT_TRUE(screen.perform("textbox", "param.schedule", "nonsense"));
  EXPECT_THAT(screen.controller().query(), HasSubstr("schedule=AB2A."));
  screen.configure("workload=counter&engine=sim");
  screen.draw();
  EXPECT_NE(screen.find("param.schedule.reason"), nullptr);
}

}  // namespace
}  // namespace interleave::view
