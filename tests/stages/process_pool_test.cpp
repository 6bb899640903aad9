// A pool as it is seen in traces made by runs: which task is where, what each worker is about, and where its time went.
#include "workloads/process_pool.h"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "stages/process_pool/scene.h"
#include "view/seen_run.h"

namespace interleave::stages {
namespace {

using Phase = ProcessPool::Phase;

class Seen {
 public:
  Seen(const std::string& engine, const std::string& query)
      : seen_("workload=process_pool&engine=" + engine + "&" + query) {
    seen_.run_to_the_end();
    seen_.seek(std::nullopt);
  }
  [[nodiscard]] PoolScene at(std::size_t events) {
    return make_pool_scene(*seen_.run.trace(), events, params_of<ProcessPool>(seen_.model));
  }
  [[nodiscard]] PoolScene at_the_end() { return at(SIZE_MAX); }
  [[nodiscard]] std::size_t events() const { return seen_.run.trace()->streams()[0]->events().size(); }
  [[nodiscard]] double figure(std::string_view key) const {
    return seen_.snapshot.outcome->figure(key).value_or(std::numeric_limits<double>::quiet_NaN());
  }
  [[nodiscard]] Verdict verdict() const { return seen_.snapshot.outcome->verdict; }

 private:
  test::SeenRun seen_;
};

double sum(const PoolScene& scene, PoolShare share) {
  return std::accumulate(scene.workers.begin(), scene.workers.end(), 0.0, [&](double before, const PoolWorker& worker) {
    return before + static_cast<double>(worker.share(share));
  });
}

constexpr std::array engines{"sim&policy=round-robin", "sim&policy=random", "live"};

TEST(PoolScene, AfterwardsEveryTaskIsDoneAndSharesAreWhatTheRunMeasured) {
  for (const char* engine : engines) {
    SCOPED_TRACE(engine);
    Seen seen(engine, "tasks=10&workers=3&chunk=2&units=20000&sent=3000&returned=500");
    ASSERT_EQ(seen.verdict(), Verdict::ok);
    const PoolScene scene = seen.at_the_end();
    EXPECT_EQ(scene.done, 10);
    EXPECT_EQ(scene.in_work, 0);
    std::int64_t tasks = 0;
    for (const PoolWorker& worker : scene.workers) {
      EXPECT_TRUE(worker.ended);
      ASSERT_TRUE(worker.process.has_value());
      EXPECT_EQ(worker.process->code, 0);
      EXPECT_EQ(worker.in_hand, 0U);
      EXPECT_EQ(worker.tasks * 3000 <= worker.process->pipe(rt::Pipe::in).passed, true);
      tasks += worker.tasks;
    }
    EXPECT_EQ(tasks, 10);
    // A gauge is told with the clock that the workload reads.
    EXPECT_DOUBLE_EQ(sum(scene, PoolShare::coding), seen.figure("encoding"));
    EXPECT_DOUBLE_EQ(sum(scene, PoolShare::moving), seen.figure("moving"));
    EXPECT_DOUBLE_EQ(sum(scene, PoolShare::computing), seen.figure("computing"));
  }
}

TEST(PoolScene, EachTaskIsWithItsWorkerUntilItIsDone) {
  Seen seen("sim&policy=round-robin", "tasks=6&workers=2&chunk=2&units=1000&sent=100000");
  std::array<bool, 6> phases{};
  bool in_pipe = false;
  bool computed = false;
  for (std::size_t events = 0; events <= seen.events(); ++events) {
    const PoolScene scene = seen.at(events);
    EXPECT_EQ(scene.done + scene.in_work + std::ranges::count(scene.tasks, PoolTask::Place::to_do, &PoolTask::place),
              6);
    for (const PoolWorker& worker : scene.workers) {
      phases.at(static_cast<std::size_t>(worker.phase)) = true;
      EXPECT_LE(worker.in_hand, 2U);
      const bool busy = worker.phase == Phase::away || worker.phase == Phase::encodes;
      EXPECT_EQ(worker.in_hand, busy ? 2U : worker.in_hand);
      in_pipe = in_pipe || (worker.process && worker.process->pipe(rt::Pipe::in).level > 60'000);
      computed = computed || worker.process_computes();
      Nanoseconds all = 0;
      for (const Nanoseconds share : worker.shares) all += share;
      EXPECT_LE(all, scene.elapsed);
    }
  }
  EXPECT_EQ(phases, (std::array{true, true, true, true, true, false}));
  EXPECT_TRUE(in_pipe);
  EXPECT_TRUE(computed);
}

TEST(PoolScene, ThreadsWaitForTheGilAndHaveNoProcesses) {
  Seen seen("sim&policy=round-robin", "mode=threads&tasks=8&workers=2");
  const PoolScene scene = seen.at_the_end();
  EXPECT_EQ(scene.done, 8);
  for (const PoolWorker& worker : scene.workers) {
    EXPECT_FALSE(worker.process.has_value());
    EXPECT_EQ(worker.share(PoolShare::moving) + worker.share(PoolShare::coding), 0);
    // They take turns, so that each waits about as long as it computes.
    EXPECT_NEAR(static_cast<double>(worker.share(PoolShare::waiting)),
                static_cast<double>(worker.share(PoolShare::computing)), 0.2 * static_cast<double>(scene.elapsed));
  }
  bool held = false;
  for (std::size_t events = 0; events <= seen.events(); events += 7) {
    const PoolScene now = seen.at(events);
    EXPECT_LE(std::ranges::count(now.workers, true, &PoolWorker::holds_gil), 1);
    held = held || std::ranges::count(now.workers, true, &PoolWorker::holds_gil) == 1;
  }
  EXPECT_TRUE(held);
}

TEST(PoolScene, TheMainThreadDoesEverythingWhereNobodyElseDoes) {
  for (const char* engine : engines) {
    Seen seen(engine, "mode=serial&tasks=5&units=1000");
    const PoolScene scene = seen.at_the_end();
    ASSERT_EQ(scene.workers.size(), 1U);
    EXPECT_EQ(scene.workers[0].thread, 0U);
    EXPECT_EQ(scene.workers[0].tasks, 5);
    EXPECT_EQ(scene.done, 5);
  }
}

TEST(PoolScene, IsThereBeforeARun) {
  const trace::Trace nothing;
  const PoolScene scene =
      make_pool_scene(nothing, SIZE_MAX, {.mode = ProcessPool::Mode::processes, .tasks = 7, .workers = 3});
  EXPECT_EQ(scene.tasks.size(), 7U);
  ASSERT_EQ(scene.workers.size(), 3U);
  EXPECT_FALSE(scene.workers[2].begun);
  EXPECT_EQ(scene.elapsed, 0);
}

}  // namespace
}  // namespace interleave::stages
