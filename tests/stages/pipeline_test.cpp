// A pipeline's picture, from gauges told by hand and from a simulated run.
#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stages/pipeline/scene.h"
#include "support/made_trace.h"
#include "view/seen_run.h"

namespace interleave::stages {
namespace {

using testing::ElementsAre;
using trace::Kind;
using trace::ObjectKind;
using trace::State;

constexpr std::size_t all = SIZE_MAX;

// Two stages with a worker each: thread 1, then thread 2.
class ATinyPipeline : public testing::Test {
 protected:
  ATinyPipeline() {
    first_queue = gauge();
    first_hand = gauge();
    second_queue = gauge();
    second_hand = gauge();
    room = made.trace.add_object({Words("room", "빈자리"), ObjectKind::condition, 0});
  }
  ObjectId gauge() { return made.trace.add_object({Words("gauge", "수치"), ObjectKind::gauge, 0}); }
  void tell(Nanoseconds time, std::uint32_t thread, ObjectId what, std::int64_t value) {
    made.at(time, thread, Kind::gauge, State::running, value).object = what;
    made.stream->record(made.event);
  }
  PipelineScene scene(std::size_t events = all) { return make_pipeline_scene(made.trace, events, std::array{1, 1}, 3); }

  test::MadeTrace made{2};
  ObjectId first_queue, first_hand, second_queue, second_hand, room;
};

TEST_F(ATinyPipeline, KnowsWhatIsInEachQueueAndInEachHand) {
  tell(0, 0, first_queue, 1);
  tell(1, 0, first_queue, 2);
  tell(2, 1, first_queue, 1);
  tell(2, 1, first_hand, 0);
  EXPECT_THAT(scene().lines[0].queue, ElementsAre(1));
  EXPECT_EQ(scene().lines[0].workers[0].item, 0);
  EXPECT_EQ(scene().lines[0].workers[0].thread, ThreadId{1});
  tell(12, 1, second_queue, 1);
  tell(13, 1, first_hand, no_item);
  EXPECT_THAT(scene().lines[1].queue, ElementsAre(0));
  EXPECT_EQ(scene().lines[0].workers[0].busy, 11);
  EXPECT_EQ(scene().lines[0].workers[0].items, 1);
  EXPECT_EQ(scene().done, 0);
  tell(14, 2, second_queue, 0);
  tell(14, 2, second_hand, 0);
  EXPECT_TRUE(scene().lines[1].queue.empty());
  tell(20, 2, second_hand, no_item);
  EXPECT_EQ(scene().done, 1);
  EXPECT_EQ(scene().lines[0].deepest, 2);
  EXPECT_EQ(scene(2).lines[0].depth(), 2) << "only what was there at the cursor";
}

TEST_F(ATinyPipeline, DoesNotCallAWorkerBusyThatOnlyWaitsForRoom) {
  tell(0, 0, first_queue, 1);
  tell(0, 1, first_hand, 0);
  made.add(10, 1, Kind::wait, State::blocked, room);
  made.add(90, 1, Kind::woken, State::running, 2);
  tell(100, 1, first_hand, no_item);
  const PipelineScene seen = scene();
  EXPECT_EQ(seen.lines[0].busy(), 10);
  EXPECT_NEAR(seen.busy_share(seen.lines[0]), 0.1, 1e-9);
  EXPECT_EQ(seen.bottleneck(), 2U) << "nobody was busy for half of the time";
}

TEST(PipelineScene, OfASimulatedRunAgreesWithItsOutcome) {
  test::SeenRun seen("?workload=pipeline&engine=sim&items=30&policy=round-robin");
  seen.run_to_the_end();
  seen.seek(std::nullopt);
  const PipelineScene scene = make_pipeline_scene(*seen.snapshot.trace, all, std::array{4, 2, 2}, 30);
  EXPECT_EQ(scene.done, 30);
  const Outcome outcome = seen.snapshot.outcome.value_or(Outcome{});
  const std::array keys{"busy-download", "busy-resize", "busy-upload"};
  for (std::size_t at = 0; at < keys.size(); ++at) {
    EXPECT_NEAR(scene.busy_share(scene.lines[at]), outcome.figure(keys[at]).value_or(-1), 0.01) << keys[at];
    EXPECT_TRUE(scene.lines[at].queue.empty());
  }
  EXPECT_EQ(scene.bottleneck(), 2U);
  // At every step there are as many items as there are numbers.
  for (std::size_t step = 0; step < seen.run.steps(); step += 37) {
    seen.run.seek(step);
    const PipelineScene then = make_pipeline_scene(*seen.snapshot.trace, seen.run.events(), std::array{4, 2, 2}, 30);
    for (const PipelineLine& line : then.lines) EXPECT_LE(line.queue.size(), static_cast<std::size_t>(line.depth()));
  }
}

}  // namespace
}  // namespace interleave::stages
