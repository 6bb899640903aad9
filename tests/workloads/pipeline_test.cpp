// The pipeline: its times in virtual time, its mistakes on every engine, and its pictures, which are really scaled.
#include "workloads/pipeline.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/built.h"
#include "explore/start.h"
#include "live/start.h"
#include "sim/start.h"
#include "support/free_of_charge.h"
#include "support/pool.h"
#include "support/running.h"

namespace interleave::test {
namespace {

using workloads::Gallery;
using workloads::Pipeline;
using Closing = Pipeline::Closing;
using Waiting = Pipeline::Waiting;

// Small enough for a test, and without anything to compute.
Pipeline::Params some(int items) {
  Pipeline::Params params;
  params.items = items;
  params.side = 0;
  params.downloaders = 2;
  params.resizers = 1;
  params.download_time = millisecond;
  params.upload_time = millisecond;
  return params;
}

trace::Snapshot simulate(const Pipeline::Params& params) {
  sim::Settings settings;
  settings.policy = sim::PolicyKind::round_robin;
  const auto run = sim::start<Pipeline>(start_with(params, settings));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

trace::Snapshot run_live(const Pipeline::Params& params) {
  const auto run = live::start<Pipeline>(start_with(params, live::Settings{}, shared_pool()));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

Outcome outcome_of(const trace::Snapshot& snapshot) { return snapshot.outcome.value_or(Outcome{}); }

TEST(PipelineTest, GoesAsFastAsItsSlowestStage) {
  Pipeline::Params params = some(200);
  params.resize = false;
  params.downloaders = 4;
  params.uploaders = 2;
  const trace::Snapshot run = simulate(params);
  EXPECT_EQ(outcome_of(run).verdict, Verdict::ok);
  // 200 uploads of a millisecond by two workers, and a download before the first of them.
  EXPECT_NEAR(figure(run, "elapsed"), 101e6, 1e6);
  EXPECT_GT(figure(run, "busy-upload"), 0.97);
  EXPECT_NEAR(figure(run, "busy-download"), 0.5, 0.03);
  EXPECT_THAT(outcome_of(run).sentence.en, testing::HasSubstr("bottleneck is upload"));
  params.uploaders = 5;
  EXPECT_NEAR(figure(simulate(params), "elapsed"), 51e6, 1e6);
}

TEST(PipelineTest, TheBottleneckIsWhereTheLeastWorkersAreAndNotWhereItComesInTheOrder) {
  Pipeline::Params params = some(100);
  params.resize = false;
  params.downloaders = 1;
  params.uploaders = 4;
  for (const int order : {0, 4}) {
    params.order = order;
    EXPECT_THAT(outcome_of(simulate(params)).sentence.en, testing::HasSubstr("bottleneck is download"));
  }
}

TEST(PipelineTest, TheBottleneckIsTheBusiestStageWhereOneIsBusyForMoreThanHalfOfTheTime) {
  EXPECT_EQ(Pipeline::bottleneck(std::array{0.2, 0.7, 0.6}), 1U);
  EXPECT_EQ(Pipeline::bottleneck(std::array{0.9, 0.9}), 0U);
  EXPECT_EQ(Pipeline::bottleneck(std::array{0.5, 0.5}), std::nullopt);
  EXPECT_EQ(Pipeline::bottleneck({}), std::nullopt);
}

// It is in one stage for half of the time, and in the other for the other half: neither keeps the other waiting.
TEST(PipelineTest, ASingleItemHasNoBottleneck) {
  Pipeline::Params params = some(1);
  params.resize = false;
  params.downloaders = params.uploaders = 1;
  const auto run = sim::start<Pipeline>(start_with(params, free_of_charge(4)));
  ASSERT_TRUE(wait_until_finished(*run));
  EXPECT_EQ(figure(run->snapshot(), "busy-download"), 0.5);
  EXPECT_THAT(outcome_of(run->snapshot()).sentence.en, testing::StartsWith("No stage was busy for more than half"));
}

TEST(PipelineTest, StagesAreTakenInTheChosenOrder) {
  using Stage = Pipeline::Stage;
  Pipeline::Params params;
  EXPECT_EQ(params.line(), (std::vector{Stage::download, Stage::resize, Stage::upload}));
  params.order = 5;
  EXPECT_EQ(params.line(), (std::vector{Stage::upload, Stage::resize, Stage::download}));
  params.resize = false;
  EXPECT_EQ(params.line(), (std::vector{Stage::upload, Stage::download}));
}

TEST(PipelineTest, HoldsLittlesLawWithEachSideMeasuredByItself) {
  for (const int capacity : {0, 4}) {
    Pipeline::Params params = some(200);
    params.capacity = capacity;
    const trace::Snapshot run = simulate(params);
    EXPECT_GT(figure(run, "queued"), 1);
    EXPECT_NEAR(figure(run, "little"), figure(run, "queued"), 0.02 * figure(run, "queued"));
  }
}

TEST(PipelineTest, AnUnboundedQueueTakesEverythingThatTheBottleneckLeaves) {
  Pipeline::Params params = some(200);
  params.resize = false;
  params.downloaders = 5;
  params.uploaders = 1;
  params.capacity = 0;
  EXPECT_GT(figure(simulate(params), "deepest"), 150);
  params.capacity = 8;
  EXPECT_LE(figure(simulate(params), "deepest"), 8);
}

// Each on live threads and in virtual time: it is found, and its reason is told.
TEST(PipelineTest, MistakesEndInAHangThatIsExplained) {
  Pipeline::Params never = some(20);
  never.closing = Closing::never;
  Pipeline::Params forgotten = some(20);
  forgotten.task_done = false;
  for (const bool live : {false, true}) {
    const Outcome unclosed = outcome_of(live ? run_live(never) : simulate(never));
    EXPECT_EQ(unclosed.verdict, Verdict::hang);
    EXPECT_THAT(unclosed.sentence.en, testing::HasSubstr("nobody closed the queues"));
    const Outcome unjoined = outcome_of(live ? run_live(forgotten) : simulate(forgotten));
    EXPECT_EQ(unjoined.verdict, Verdict::hang);
    EXPECT_THAT(unjoined.sentence.en, testing::HasSubstr("no worker called task_done"));
  }
}

TEST(PipelineTest, PollingCostsLooksInVainAndIsSaidToDoSo) {
  Pipeline::Params params = some(40);
  params.waiting = Waiting::poll;
  for (const trace::Snapshot& run : {simulate(params), run_live(params)}) {
    EXPECT_EQ(outcome_of(run).verdict, Verdict::ok);
    EXPECT_GT(figure(run, "vain"), 0);
    EXPECT_THAT(outcome_of(run).sentence.en, testing::HasSubstr("found nothing"));
  }
}

TEST(PipelineTest, AWorkerThatPollsAndIsNeverToldGivesUp) {
  Pipeline::Params params = some(10);
  params.waiting = Waiting::poll;
  params.closing = Closing::never;
  params.looks = 20;
  const Outcome outcome = outcome_of(simulate(params));
  EXPECT_EQ(outcome.verdict, Verdict::ok) << "all pictures came through before";
  EXPECT_THAT(outcome.sentence.en, testing::HasSubstr("gave up"));
}

TEST(PipelineTest, ClosesBySentinelOrByShutdownInEveryOrderOfSteps) {
  for (const Closing closing : {Closing::sentinel, Closing::shutdown}) {
    Pipeline::Params params = params_from<Pipeline::Params>(defaults(specs<Pipeline::Params>(), Engine::explore));
    params.closing = closing;
    const auto run = explore::start<Pipeline>(start_with(params, explore::Settings{}));
    EXPECT_TRUE(wait_until_finished(*run));
    const trace::Snapshot snapshot = run->snapshot();
    ASSERT_TRUE(snapshot.exploration.has_value());
    EXPECT_TRUE(snapshot.exploration->exhausted);
    EXPECT_GT(snapshot.exploration->executions, 10U);
    EXPECT_EQ(snapshot.exploration->failures, 0U);
  }
}

TEST(PipelineTest, RealThreadsCarryEveryPictureThroughThreeStages) {
  Pipeline::Params params = some(100);
  params.side = 64;
  const trace::Snapshot run = run_live(params);
  EXPECT_EQ(outcome_of(run).verdict, Verdict::ok) << outcome_of(run).sentence.en;
  EXPECT_EQ(figure(run, "done"), 100);
}

TEST(GalleryTest, AThumbnailMadeInPiecesIsTheSameAsOneMadeAtOnce) {
  Gallery gallery(200);
  gallery.make(0, 2);
  Gallery::Thumbnail whole;
  Gallery::Thumbnail pieces;
  gallery.scale(1, 0, Gallery::thumbnail_side, whole);
  for (int row = 0; row < Gallery::thumbnail_side; row += 5) {
    gallery.scale(1, row, std::min(row + 5, Gallery::thumbnail_side), pieces);
  }
  EXPECT_EQ(whole, pieces);
  Gallery::Thumbnail other;
  gallery.scale(0, 0, Gallery::thumbnail_side, other);
  EXPECT_NE(whole, other);
  // The sky at the top left is that of the picture itself.
  const auto expected = picture_at(1, 0.02F, 0.01F);
  for (std::size_t k = 0; k < expected.size(); ++k) EXPECT_NEAR(whole[k], expected[k], 6);
}

}  // namespace
}  // namespace interleave::test
