// The lanes of a simulated run, told by its steps.
#include "view/run/step_lanes.h"

#include <gtest/gtest.h>

#include "support/made_trace.h"

namespace interleave::view {
namespace {

using trace::Kind;
using trace::State;

TEST(StepLanes, GiveEachStepItsOwnSpan) {
  test::MadeTrace made(2);
  made.add(0, 1, Kind::started, State::ready);
  made.add(0, 2, Kind::started, State::ready);
  made.add(5, 1, Kind::load, State::running);
  made.add(5, 1, Kind::store, State::running);
  made.add(5, 2, Kind::load, State::running);
  made.add(9, 1, Kind::ended, State::idle);
  StepLanes lanes;
  lanes.update(made.trace);
  EXPECT_EQ(lanes.end(), 3);
  const trace::Spans& first = lanes.lanes()[1].spans;
  ASSERT_GE(first.size(), 3U);
  EXPECT_EQ(first[0].state, State::running);
  EXPECT_EQ(first[0].end, 1);
  EXPECT_EQ(first[1].state, State::running);
  EXPECT_EQ(first[1].end, 2);
  const trace::Spans& second = lanes.lanes()[2].spans;
  ASSERT_GE(second.size(), 2U);
  EXPECT_EQ(second[0].state, State::ready);
  EXPECT_EQ(second[0].end, 2);
  EXPECT_EQ(second[1].begin, 2);
}

}  // namespace
}  // namespace interleave::view
