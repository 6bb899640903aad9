// What is drawn of a lane stands for all of it, and stays bounded.
#include "view/timeline/density.h"

#include <gtest/gtest.h>

#include "core/rng.h"

namespace interleave::view {
namespace {

using trace::State;

// Spans of random lengths and states without gaps.
trace::Lane random_lane(std::uint64_t seed, std::size_t spans, std::uint32_t longest) {
  Rng rng(seed);
  trace::Lane lane;
  Nanoseconds time = 0;
  for (std::size_t at = 0; at < spans; ++at) {
    const Nanoseconds end = time + 1 + rng.below(longest);
    lane.spans.push(time, static_cast<State>(rng.below(trace::state_count)));
    lane.spans.set_end(end);
    time = end;
  }
  return lane;
}

double drawn_time(const std::vector<Piece>& pieces, State state, const Viewport& view, double width) {
  double sum = 0;
  for (const Piece& piece : pieces) {
    if (piece.state == state)
      sum += (piece.x1 - piece.x0) * static_cast<double>(piece.bottom - piece.top) * view.span() / width;
  }
  return sum;
}

TEST(LaneIndex, SumsAsAWalkOverAllSpansDoes) {
  const trace::Lane lane = random_lane(1, 1000, 50);
  LaneIndex index;
  index.update(lane);
  StateTimes sums{};
  for (std::size_t at = 0; at <= lane.spans.size(); ++at) {
    EXPECT_EQ(index.until(lane, at), sums) << at;
    if (at < lane.spans.size())
      sums[static_cast<std::size_t>(lane.spans[at].state)] += lane.spans[at].end - lane.spans[at].begin;
  }
}

TEST(LaneIndex, FollowsALaneThatGrows) {
  const trace::Lane whole = random_lane(2, 700, 9);
  trace::Lane growing;
  LaneIndex index;
  for (const trace::Span span : whole.spans) {
    growing.spans.push(span.begin, span.state);
    growing.spans.set_end(span.end);
    index.update(growing);
  }
  LaneIndex at_once;
  at_once.update(whole);
  EXPECT_EQ(index.until(growing, 700), at_once.until(whole, 700));
}

// A span of no length vanishes when the thread goes on at the same instant, and the one before it grows on: sums that a
// view took in between must not be out of date.
TEST(LaneIndex, IsRightWhereALaneTookASpanBack) {
  trace::Lane lane;
  LaneIndex index;
  for (Nanoseconds time = 0; time < 128; ++time) {
    lane.spans.push(time, time % 2 == 0 ? State::running : State::ready);
    index.update(lane);
  }
  lane.spans.set_end(128);
  lane.spans.push(128, State::blocked);
  index.update(lane);
  lane.spans.pop();
  lane.spans.set_end(1'000);
  for (Nanoseconds time = 1'000; time < 1'200; ++time) {
    lane.spans.push(time, time % 2 == 0 ? State::running : State::blocked);
    index.update(lane);
  }
  EXPECT_EQ(index.until(lane, 128)[static_cast<std::size_t>(State::ready)], 63 + 1'000 - 127);
}

TEST(LaneIndex, FindsWhereATimeLies) {
  const trace::Lane lane = random_lane(6, 5'000, 9);
  LaneIndex index;
  index.update(lane);
  Rng rng(7);
  for (int round = 0; round < 2'000; ++round) {
    const auto time = static_cast<Nanoseconds>(rng.below(30'000));
    const std::size_t from = rng.below(5'000);
    std::size_t expected = from;
    while (expected < lane.spans.size() && lane.spans.begin_of(expected) < time) ++expected;
    ASSERT_EQ(index.first_from(lane, from, time), expected) << time << " from " << from;
  }
}

TEST(LaneIndex, SumsUpToAnyTime) {
  const trace::Lane lane = random_lane(8, 300, 20);
  LaneIndex index;
  index.update(lane);
  StateTimes sums{};
  for (Nanoseconds time = 0; time <= lane.spans.back().end; ++time) {
    ASSERT_EQ(index.until_place(lane, time), sums) << time;
    if (const auto span = span_at(lane, time)) ++sums[static_cast<std::size_t>(lane.spans.state_of(*span))];
  }
}

TEST(Pieces, KeepEachStatesTimeAtEveryZoom) {
  const trace::Lane lane = random_lane(3, 20'000, 400);
  LaneIndex index;
  index.update(lane);
  Viewport view;
  const Nanoseconds end = lane.spans.back().end;
  view.set_range(0, end);
  for (const double width : {37.0, 900.0, 2000.0, 1e6}) {
    std::vector<Piece> pieces;
    add_pieces(lane, index, view, width, pieces);
    const StateTimes all = index.until(lane, lane.spans.size());
    for (const State state : {State::running, State::ready, State::waiting_lock, State::waiting_gil, State::blocked}) {
      const auto expected = static_cast<double>(all[static_cast<std::size_t>(state)]);
      const double drawn = drawn_time(pieces, state, view, width);
      // A column's idle share is left out of it, so the states in it fill what it covers.
      EXPECT_GE(drawn, expected * 0.999) << width;
    }
  }
}

TEST(Pieces, AreFewHoweverManySpansThereAre) {
  const trace::Lane lane = random_lane(4, 300'000, 20);
  LaneIndex index;
  index.update(lane);
  Viewport view;
  view.set_range(0, lane.spans.back().end);
  std::vector<Piece> pieces;
  add_pieces(lane, index, view, 1000, pieces);
  EXPECT_LE(pieces.size(), 1000U * trace::state_count / 2);
  EXPECT_TRUE(pieces.front().merged);
}

TEST(Pieces, ShowSingleSpansWhereThereIsRoom) {
  trace::Lane lane;
  lane.spans.push(0, State::running);
  lane.spans.push(40, State::idle);
  lane.spans.push(60, State::blocked);
  lane.spans.set_end(100);
  LaneIndex index;
  index.update(lane);
  Viewport view;
  view.set_range(0, 100);
  std::vector<Piece> pieces;
  add_pieces(lane, index, view, 100, pieces);
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_FALSE(pieces[0].merged);
  EXPECT_EQ(pieces[0].x1, 40);
  EXPECT_EQ(pieces[1].x0, 60);
  EXPECT_EQ(pieces[1].state, State::blocked);
}

TEST(SpanAt, IsTheOneThatCoversTheTime) {
  const trace::Lane lane = random_lane(5, 100, 10);
  for (Nanoseconds time = 0; time < lane.spans.back().end; ++time) {
    const std::optional<std::size_t> span = span_at(lane, time);
    ASSERT_TRUE(span.has_value());
    EXPECT_LE(lane.spans.begin_of(*span), time);
    EXPECT_GT(lane.spans.end_of(*span), time);
  }
  EXPECT_FALSE(span_at(lane, -1).has_value());
  EXPECT_FALSE(span_at(lane, lane.spans.back().end).has_value());
}

}  // namespace
}  // namespace interleave::view
