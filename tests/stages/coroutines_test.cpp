// What the stage of coroutines shows, against real runs at every step.
#include <numeric>

#include <gtest/gtest.h>

#include "stages/coroutines/scene.h"
#include "view/seen_run.h"

namespace interleave::stages {
namespace {

using Phase = CoroutinesScene::Phase;
using Strand = CoroutinesScene::Strand;

const std::string waiting = "workload=coroutines&engine=sim&policy=round-robin&tasks=6&rounds=2&delay=2ms";
const std::string small = waiting + "&work=1ms";

double sum(const Strand& strand, float CoroutinesScene::Moment::* share) {
  double out = 0;
  for (const auto& moment : strand.moments) out += static_cast<double>(moment.*share);
  return out / static_cast<double>(strand.moments.size());
}

TEST(CoroutinesSceneTest, BeforeARunAllTasksAreToCome) {
  test::SeenRun seen(small);
  const CoroutinesScene scene = make_coroutines_scene(seen.model, seen.run);
  EXPECT_EQ(scene.tasks.size(), 6U);
  EXPECT_EQ(scene.count(Phase::to_come), 6);
  EXPECT_EQ(scene.strands.size(), 1U);
}

TEST(CoroutinesSceneTest, OnALoopOneTaskRunsAtATimeAtEveryStep) {
  for (const char* rest : {"&mode=loop", "&mode=loop&call=blocks", "&mode=pool&call=blocks&workers=2"}) {
    SCOPED_TRACE(rest);
    test::SeenRun seen(small + rest);
    seen.run_to_the_end();
    seen.seek(std::nullopt);
    ASSERT_GT(seen.run.steps(), 20U);
    std::int64_t ended = 0;
    for (std::size_t step = 0; step <= seen.run.steps(); ++step) {
      seen.seek(step);
      const CoroutinesScene scene = make_coroutines_scene(seen.model, seen.run);
      EXPECT_LE(scene.count(Phase::running), 1) << "at step " << step;
      EXPECT_EQ(std::accumulate(scene.in_phase.begin(), scene.in_phase.end(), std::int64_t{0}), 6);
      EXPECT_GE(scene.count(Phase::ended), ended);
      ended = scene.count(Phase::ended);
    }
    EXPECT_EQ(ended, 6);
  }
}

TEST(CoroutinesSceneTest, NoThreadDoesMoreThanOneThingAtATime) {
  for (const char* rest :
       {"&mode=loop", "&mode=loop&call=blocks", "&mode=pool&call=blocks&workers=2", "&mode=threads"}) {
    SCOPED_TRACE(rest);
    test::SeenRun seen(small + rest);
    seen.run_to_the_end();
    seen.seek(std::nullopt);
    const CoroutinesScene scene = make_coroutines_scene(seen.model, seen.run);
    for (const Strand& strand : scene.strands) {
      for (const auto& moment : strand.moments) EXPECT_LE(moment.running + moment.waiting + moment.ready, 1.001F);
    }
  }
}

TEST(CoroutinesSceneTest, ABlockingCallIsTheLoopsWaitAndInAPoolItIsTheThreads) {
  test::SeenRun blocked(small + "&mode=loop&call=blocks");
  blocked.run_to_the_end();
  blocked.seek(std::nullopt);
  const CoroutinesScene loop = make_coroutines_scene(blocked.model, blocked.run);
  ASSERT_EQ(loop.strands.size(), 1U);
  EXPECT_NEAR(sum(loop.strands[0], &CoroutinesScene::Moment::waiting), 2.0 / 3, 0.02) << "2 ms of every 3";
  EXPECT_NEAR(sum(loop.strands[0], &CoroutinesScene::Moment::running), 1.0 / 3, 0.02);

  test::SeenRun pooled(waiting + "&work=0ns&mode=pool&call=blocks&workers=2");
  pooled.run_to_the_end();
  pooled.seek(std::nullopt);
  const CoroutinesScene pool = make_coroutines_scene(pooled.model, pooled.run);
  ASSERT_EQ(pool.strands.size(), 3U);
  EXPECT_LT(sum(pool.strands[0], &CoroutinesScene::Moment::waiting), 0.01);
  for (const std::size_t thread : {1U, 2U}) {
    EXPECT_GT(sum(pool.strands[thread], &CoroutinesScene::Moment::waiting), 0.9) << "busy with calls throughout";
  }
}

TEST(CoroutinesSceneTest, ManyThreadsAreDrawnTogether) {
  test::SeenRun seen("workload=coroutines&engine=sim&policy=round-robin&tasks=1000&rounds=1&delay=2ms&mode=threads");
  seen.run_to_the_end();
  seen.seek(std::nullopt);
  const CoroutinesScene scene = make_coroutines_scene(seen.model, seen.run);
  EXPECT_LE(scene.strands.size(), CoroutinesScene::most_strands);
  std::size_t threads = 0;
  for (const Strand& strand : scene.strands) {
    EXPECT_EQ(strand.first, threads);
    threads += strand.threads;
  }
  EXPECT_EQ(threads, 1000U);
}

}  // namespace
}  // namespace interleave::stages
