// What is drawn of a lane stands for all of it, and stays bounded.
#include "view/density.h"

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
    lane.spans.push_back(
        {time, end, ThreadId::none(), ObjectId::none(), static_cast<State>(rng.below(trace::state_count))});
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
  for (const trace::Span& span : whole.spans) {
    growing.spans.push_back(span);
    index.update(growing);
  }
  LaneIndex at_once;
  at_once.update(whole);
  EXPECT_EQ(index.until(growing, 700), at_once.until(whole, 700));
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
  lane.spans = {{0, 40, ThreadId::none(), ObjectId::none(), State::running},
                {40, 60, ThreadId::none(), ObjectId::none(), State::idle},
                {60, 100, ThreadId::none(), ObjectId::none(), State::blocked}};
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
    const trace::Span* span = span_at(lane, time);
    ASSERT_NE(span, nullptr);
    EXPECT_LE(span->begin, time);
    EXPECT_GT(span->end, time);
  }
  EXPECT_EQ(span_at(lane, -1), nullptr);
  EXPECT_EQ(span_at(lane, lane.spans.back().end), nullptr);
}

}  // namespace
}  // namespace interleave::view
