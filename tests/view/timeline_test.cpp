// The timeline as a reader uses it: zooming, moving, measuring, and what is told of a span.
#include <charconv>

#include <gtest/gtest.h>

#include "support/made_trace.h"
#include "view/kit/keys.h"
#include "view/screen.h"
#include "view/timeline/arrows.h"

namespace interleave::view {
namespace {

using trace::Kind;
using trace::State;

struct Range {
  Nanoseconds from = 0;
  Nanoseconds to = 0;
  [[nodiscard]] Nanoseconds length() const { return to - from; }
};

Range shown(const Screen& screen) {
  Range out;
  const Node* node = screen.find("timeline.view");
  if (node == nullptr) return out;
  const std::string& text = node->value;
  const std::size_t dots = text.find("..");
  std::from_chars(text.data(), text.data() + dots, out.from);
  std::from_chars(text.data() + dots + 2, text.data() + text.size(), out.to);
  return out;
}

Rect lanes_of(const Screen& screen) { return screen.find("timeline.view")->rect; }

class TimelineTest : public ::testing::Test {
 protected:
  TimelineTest() {
    screen.configure("workload=counter&engine=sim&policy=round-robin&threads=3&increments=40&lock=mutex");
    screen.run_to_the_end();
    screen.draw();
  }
  Screen screen;
};

TEST_F(TimelineTest, ZoomsAtThePointer) {
  const Range before = shown(screen);
  const Rect lanes = lanes_of(screen);
  const float x = lanes.x + lanes.w * 0.25F;
  screen.move_to({x, lanes.center().y});
  screen.wheel(3);
  const Range after = shown(screen);
  EXPECT_LT(after.length(), before.length());
  const auto at = [](const Range& range) {
    return static_cast<double>(range.from) + 0.25 * static_cast<double>(range.length());
  };
  EXPECT_NEAR(at(after), at(before), static_cast<double>(before.length()) * 0.005);
}

TEST_F(TimelineTest, MovesByDraggingAndShowsAllAgain) {
  const Range whole = shown(screen);
  const Rect lanes = lanes_of(screen);
  screen.move_to(lanes.center());
  screen.wheel(6);
  const Range near = shown(screen);
  screen.drag(lanes.center(), {lanes.center().x - 200, lanes.center().y});
  const Range moved = shown(screen);
  EXPECT_GT(moved.from, near.from);
  EXPECT_NEAR(static_cast<double>(moved.length()), static_cast<double>(near.length()), 2);
  ASSERT_TRUE(screen.perform("button", "timeline.fit"));
  EXPECT_EQ(shown(screen).from, whole.from);
  EXPECT_EQ(shown(screen).to, whole.to);
}

TEST_F(TimelineTest, KeysZoomAndMove) {
  const Range whole = shown(screen);
  screen.press(ImGuiKey_W);
  screen.press(ImGuiKey_W);
  const Range near = shown(screen);
  EXPECT_LT(near.length(), whole.length());
  screen.press(ImGuiKey_D);
  EXPECT_GT(shown(screen).from, near.from);
  screen.press(ImGuiKey_A);
  EXPECT_NEAR(static_cast<double>(shown(screen).from), static_cast<double>(near.from), 2);
  screen.press(ImGuiKey_S);
  EXPECT_GT(shown(screen).length(), near.length());
  screen.press(ImGuiKey_F);
  EXPECT_EQ(shown(screen).length(), whole.length());
}

TEST_F(TimelineTest, TwoFingersZoomAndMove) {
  const Range before = shown(screen);
  const Rect lanes = lanes_of(screen);
  screen.pinch = {true, 2.0F, lanes.center(), {0, 0}};
  screen.draw();
  screen.draw();
  const Range after = shown(screen);
  EXPECT_NEAR(static_cast<double>(after.length()), static_cast<double>(before.length()) / 2, 4);
  screen.pinch = {true, 1.0F, lanes.center(), {-lanes.w / 4, 0}};
  screen.draw();
  screen.draw();
  EXPECT_NEAR(static_cast<double>(shown(screen).from - after.from), static_cast<double>(after.length()) / 4,
              static_cast<double>(after.length()) * 0.01);
}

TEST_F(TimelineTest, MeasuresBetweenTwoPoints) {
  const Rect lanes = lanes_of(screen);
  EXPECT_EQ(screen.find("timeline.measured"), nullptr);
  screen.hold(ImGuiMod_Shift, true);
  screen.drag({lanes.x + lanes.w * 0.25F, lanes.y + 2}, {lanes.x + lanes.w * 0.75F, lanes.y + 2});
  screen.hold(ImGuiMod_Shift, false);
  const Node* measured = screen.find("timeline.measured");
  ASSERT_NE(measured, nullptr);
  EXPECT_NE(measured->label.find("%"), std::string::npos) << measured->label;
  screen.press(ImGuiKey_Escape);
  EXPECT_EQ(screen.find("timeline.measured"), nullptr);
}

TEST_F(TimelineTest, TheMeasuringToolNeedsNoKeyboard) {
  const Rect lanes = lanes_of(screen);
  ASSERT_TRUE(screen.perform("button", "timeline.measure"));
  screen.drag({lanes.x + lanes.w * 0.4F, lanes.y + 2}, {lanes.x + lanes.w * 0.6F, lanes.y + 2});
  EXPECT_NE(screen.find("timeline.measured"), nullptr);
  ASSERT_TRUE(screen.perform("button", "timeline.measure.clear"));
  EXPECT_EQ(screen.find("timeline.measured"), nullptr);
}

TEST_F(TimelineTest, AStepOutOfSightIsBroughtIntoIt) {
  const Rect lanes = lanes_of(screen);
  screen.move_to({lanes.x + 4, lanes.center().y});
  screen.wheel(12);
  const Nanoseconds end = shown(screen).to;
  ASSERT_TRUE(screen.perform("slider", "step.scrubber", std::to_string(screen.shell.run().steps() - 5)));
  const Nanoseconds place = screen.shell.run().place();
  ASSERT_GT(place, end);
  EXPECT_LE(shown(screen).from, place);
  EXPECT_GE(shown(screen).to, place);
}

TEST_F(TimelineTest, TheListOfKeysHasThemAll) {
  screen.press(ImGuiKey_Slash);
  for (const KeyInfo& key : keys())
    EXPECT_NE(screen.find(std::string("keys.").append(key.shown)), nullptr) << key.shown;
  ASSERT_TRUE(screen.perform("button", "keys.close"));
  screen.draw();
  EXPECT_EQ(screen.find("keys.title"), nullptr);
}

TEST_F(TimelineTest, AKeyThatIsTypedIntoAFieldDoesNothingElse) {
  const Range whole = shown(screen);
  ASSERT_TRUE(screen.perform("button", "param.threads.entry"));
  screen.press(ImGuiKey_W);
  EXPECT_EQ(shown(screen).length(), whole.length());
}

// ---- arrows --------------------------------------------------------------------------------------------------------

TEST(Arrows, LeadFromWhoWokeAndToWhoHasTheLock) {
  test::MadeTrace made(2);
  const ObjectId lock = made.trace.add_object({Words("lock", "락"), trace::ObjectKind::lock, 0});
  made.add(0, 1, Kind::started, State::running);
  made.add(0, 2, Kind::started, State::running);
  made.at(10, 2, Kind::wait, State::waiting_lock, 1).object = lock;
  made.stream->record(made.event);
  made.add(30, 2, Kind::woken, State::ready, 1);
  made.add(35, 2, Kind::scheduled, State::running);
  made.add(40, 2, Kind::ended, State::idle);
  trace::Lanes lanes;
  lanes.update(made.trace);
  const StripSource source{lanes.lanes(), &made.trace, 1};
  const LaneStrip::Hit waiting{2, 1};
  ASSERT_EQ(lanes.lanes()[2].spans.state_of(1), State::waiting_lock);
  const auto held = arrow_of(source, waiting);
  ASSERT_TRUE(held.has_value());
  EXPECT_TRUE(held->waits);
  EXPECT_EQ(held->from, 2U);
  EXPECT_EQ(held->to, 1U);
  EXPECT_EQ(held->place, 10);
  const auto woken = end_of_wait(source, waiting);
  ASSERT_TRUE(woken.has_value());
  EXPECT_FALSE(woken->waits);
  EXPECT_EQ(woken->from, 1U);
  EXPECT_EQ(woken->to, 2U);
  EXPECT_EQ(woken->place, 30);
  EXPECT_FALSE(arrow_of(source, {2, 3}).has_value()) << "getting a core is nobody's doing";
}

// ---- what is changed during a run ----------------------------------------------------------------------------------

TEST(Controls, AChangeDuringARunTakesEffectAtTheNext) {
  Screen screen;
  screen.configure("workload=coroutines&engine=live&tasks=3&delay=200ms&mode=threads");
  screen.draw();
  screen.controller().carry_out(view::RunRequest{});
  screen.draw();
  ASSERT_TRUE(screen.controller().active());
  EXPECT_EQ(screen.find("controls.next"), nullptr);
  screen.controller().carry_out(view::SetParameter{"tasks", 5});
  screen.draw();
  EXPECT_TRUE(screen.controller().active()) << "the run was ended";
  EXPECT_NE(screen.find("controls.next"), nullptr);
  EXPECT_EQ(screen.controller().model().params.value("tasks"), 3);
  EXPECT_EQ(screen.controller().model().set_params.value("tasks"), 5);
  screen.finish();
  ASSERT_TRUE(screen.controller().snapshot().outcome.has_value());
  EXPECT_EQ(screen.controller().model().params.value("tasks"), 3) << "the result is that of three tasks";
  screen.controller().carry_out(view::RunRequest{});
  screen.draw();
  EXPECT_EQ(screen.controller().model().params.value("tasks"), 5);
  EXPECT_EQ(screen.find("controls.next"), nullptr);
}

TEST(Controls, APhoneTellsItAndNothingIsClippedByIt) {
  for (const Language language : {Language::en, Language::ko}) {
    for (const float width : {390.0F, 1024.0F}) {
      Screen screen;
      screen.width = width;
      screen.height = 844;
      screen.shell.set_look({language, ThemeKind::light});
      screen.configure("workload=coroutines&engine=live&tasks=3&delay=200ms&mode=threads");
      screen.draw();
      screen.controller().carry_out(view::RunRequest{});
      screen.controller().carry_out(view::SetParameter{"tasks", 5});
      screen.draw();
      EXPECT_NE(screen.find("controls.next"), nullptr) << width;
      EXPECT_TRUE(screen.semantics().flaws().empty()) << screen.semantics().flaws().front();
      screen.finish();
    }
  }
}

// ---- seed and schedule ---------------------------------------------------------------------------------------------

TEST(Identity, ATypedSeedAndScheduleAreFollowed) {
  Screen screen;
  screen.configure("workload=counter&engine=sim&threads=2&increments=2");
  screen.draw();
  ASSERT_TRUE(screen.perform("button", "identity"));
  screen.draw();
  ASSERT_TRUE(screen.perform("textbox", "identity.seed", "7"));
  while (screen.controller().active()) screen.controller().advance(millisecond);
  screen.draw();
  EXPECT_EQ(screen.controller().snapshot().seed, 7U);
  ASSERT_NE(screen.find("identity.schedule"), nullptr);
  ASSERT_TRUE(screen.perform("textbox", "identity.schedule", "A B A B"));
  screen.run_to_the_end();
  EXPECT_TRUE(screen.controller().snapshot().schedule.starts_with("ABAB")) << screen.controller().snapshot().schedule;
}

TEST(Identity, AScheduleThatCannotBeReadLeavesTheRunAsItWas) {
  Screen screen;
  screen.configure("workload=counter&engine=sim&threads=2&increments=2");
  screen.run_to_the_end();
  const std::string before = screen.controller().snapshot().schedule;
  screen.controller().carry_out(view::FollowSchedule{"A?-"});
  screen.draw();
  EXPECT_EQ(screen.controller().snapshot().schedule, before);
  EXPECT_FALSE(screen.controller().problems().empty());
}

// ---- playing -------------------------------------------------------------------------------------------------------

TEST(Playing, ByTheClockMovesOnAsTheVirtualClockDoes) {
  Screen screen;
  screen.configure("workload=blocking_io&engine=sim&calls=3&delay=100ms&mode=serial");
  screen.draw();
  ASSERT_TRUE(screen.perform("combobox", "step.speed", "x0.1"));
  ASSERT_TRUE(screen.perform("button", "step.play"));
  // Each frame of the test lasts a second; what is more than a quarter of one is not caught up.
  for (int frame = 0; frame < 8; ++frame) screen.draw();
  const Nanoseconds now = screen.controller().snapshot().now;
  EXPECT_GT(now, 100 * millisecond);
  EXPECT_LT(now, 400 * millisecond);
}

TEST(Playing, AsFastAsItGoesRunsToTheEnd) {
  Screen screen;
  screen.configure("workload=counter&engine=sim&threads=2&increments=50");
  screen.draw();
  ASSERT_TRUE(screen.perform("combobox", "step.speed", "most"));
  ASSERT_TRUE(screen.perform("button", "step.play"));
  for (int frame = 0; frame < 200 && screen.controller().snapshot().phase != trace::Phase::finished; ++frame) {
    screen.controller().advance(5 * millisecond);
    screen.draw();
  }
  EXPECT_EQ(screen.controller().snapshot().phase, trace::Phase::finished);
}

}  // namespace
}  // namespace interleave::view
