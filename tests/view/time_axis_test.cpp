// Zooming keeps what is under the pointer, and ticks are round.
#include "view/timeline/time_axis.h"

#include <gtest/gtest.h>

#include "core/rng.h"
#include "core/time.h"

namespace interleave::view {
namespace {

constexpr double width = 900;

TEST(Viewport, ZoomKeepsTheTimeUnderThePointer) {
  for (const Nanoseconds end : {Nanoseconds{1000}, Nanoseconds{3'600} * second, Nanoseconds{400} * 86'400 * second}) {
    Viewport view;
    view.set_range(0, end);
    Rng rng(3);
    for (int step = 0; step < 400; ++step) {
      // Not at the very edges, where the run's ends hold the window.
      const double x = width * (0.3 + 0.4 * static_cast<double>(rng.below(1000)) / 1000);
      const Nanoseconds before = view.place_at(x, width);
      const double factor = rng.below(3) == 0 ? 1.3 : 0.8;
      const double widest = static_cast<double>(end);
      if (view.span() * factor > widest * 0.5) {
        view.zoom(0.7, x, width);
        continue;
      }
      view.zoom(factor, x, width);
      const bool held = view.origin() <= 0 || static_cast<double>(view.origin()) + view.span() >= widest - 1;
      if (!held) {
        EXPECT_NEAR(static_cast<double>(view.place_at(x, width) - before), 0, 1.5);
      }
    }
  }
}

TEST(Viewport, OneNanosecondKeepsItsPlaceInADay) {
  Viewport view;
  const Nanoseconds day = 86'400 * second;
  view.set_range(0, day);
  for (int step = 0; step < 200; ++step) view.zoom(0.8, width / 2, width);
  EXPECT_EQ(view.span(), Viewport::least_span);
  const Nanoseconds middle = view.place_at(width / 2, width);
  EXPECT_NEAR(view.x_of(middle + 1, width) - view.x_of(middle, width), width / Viewport::least_span, 1e-6);
}

TEST(Viewport, NeverLeavesTheRun) {
  Viewport view;
  view.set_range(0, 10'000);
  view.zoom(0.1, 0, width);
  view.pan(1e9, width);
  EXPECT_EQ(view.origin(), 0);
  view.pan(-1e9, width);
  EXPECT_NEAR(static_cast<double>(view.origin()) + view.span(), 10'000, 1);
  view.zoom(1e9, width / 2, width);
  EXPECT_EQ(view.origin(), 0);
  EXPECT_EQ(view.span(), 10'000);
}

TEST(Viewport, GrowsWithTheRunUntilTheReaderTakesOver) {
  Viewport view;
  view.set_range(0, 1'000);
  view.set_range(0, 5'000);
  EXPECT_EQ(view.span(), 5'000);
  view.zoom(0.5, 0, width);
  view.set_range(0, 50'000);
  EXPECT_EQ(view.span(), 2'500);
}

TEST(Viewport, FitsTheWorkFirstAndThenEverything) {
  Viewport view;
  view.set_range(800, 1'000);
  EXPECT_EQ(view.origin(), 800);
  EXPECT_EQ(view.span(), 200);
  view.fit();
  EXPECT_EQ(view.origin(), 0);
  EXPECT_EQ(view.span(), 1'000);
  view.fit();
  EXPECT_EQ(view.origin(), 800);
}

TEST(Ticks, AreRoundFewAndInside) {
  for (const Nanoseconds end :
       {Nanoseconds{10}, Nanoseconds{997}, Nanoseconds{21'500}, 14 * millisecond, 3 * second, 7'000 * second}) {
    Viewport view;
    view.set_range(0, end);
    const std::vector<Tick> found = ticks(view, 10);
    ASSERT_GE(found.size(), 2U) << end;
    EXPECT_LE(found.size(), 11U) << end;
    const Nanoseconds step = found[1].place - found[0].place;
    Nanoseconds lead = step;
    while (lead % 10 == 0) lead /= 10;
    EXPECT_TRUE(lead == 1 || lead == 2 || lead == 5) << step;
    for (const Tick& tick : found) {
      EXPECT_EQ(tick.place % step, 0);
      EXPECT_LE(tick.place, end);
    }
  }
}

TEST(Ticks, NameTheUnitOnce) {
  Viewport view;
  view.set_range(0, 6 * microsecond);
  const std::vector<Tick> found = ticks(view, 7);
  EXPECT_EQ(found[0].label, "0 µs");
  EXPECT_EQ(found[1].label, "1");
  EXPECT_EQ(ticks(view, 7, AxisUnit::steps)[1].label, "1,000");
}

// As `tail -f` does: who looks at the end stays there, who looks at something earlier is left in peace.
TEST(Viewport, FollowsTheEndUntilTheReaderLooksElsewhere) {
  Viewport view;
  view.set_range(0, 1'000'000);
  view.zoom(0.1, width, width);  // at the right edge
  EXPECT_TRUE(view.following());
  view.set_range(0, 1'500'000);
  EXPECT_NEAR(static_cast<double>(view.origin()) + view.span(), 1'500'000, 2);
  EXPECT_NEAR(view.span(), 100'000, 1);

  view.pan(300, width);
  EXPECT_FALSE(view.following());
  const Nanoseconds left = view.origin();
  view.set_range(0, 2'000'000);
  EXPECT_EQ(view.origin(), left);

  view.follow();
  EXPECT_NEAR(static_cast<double>(view.origin()) + view.span(), 2'000'000, 2);
  view.set_range(0, 2'100'000);
  EXPECT_NEAR(static_cast<double>(view.origin()) + view.span(), 2'100'000, 2);
}

TEST(Viewport, BringsAnInstantIntoSight) {
  Viewport view;
  view.set_range(400, 1'000);
  view.reveal(100);
  EXPECT_LE(view.origin(), 100) << "what lies before the part that fits at first";
  view.fit();
  view.zoom(0.1, 0, width);
  view.reveal(950);
  EXPECT_LE(view.origin(), 950);
  EXPECT_GE(static_cast<double>(view.origin()) + view.span(), 950);
}

}  // namespace
}  // namespace interleave::view
