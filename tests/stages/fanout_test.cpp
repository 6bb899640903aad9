// What the fan-out's stage shows, against real runs at every step, and in traces made by hand.
#include "workloads/fanout.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "stages/fanout/scene.h"
#include "support/made_trace.h"
#include "view/seen_run.h"

namespace interleave::stages {
namespace {

using Phase = FanoutCell::Phase;
using trace::Kind;
using trace::State;
using workloads::Fanout;

const std::string small = "workload=fanout&engine=sim&width=5&height=4&generations=3&workers=3&pattern=glider&wait=1ms";

TEST(FanoutSceneTest, BeforeARunShowsThePatternThatItWillBeginWith) {
  test::SeenRun seen(small);
  const FanoutScene scene = make_fanout_scene(seen.model, seen.run);
  EXPECT_EQ(scene.generation, 0);
  ASSERT_EQ(scene.cells.size(), 20U);
  EXPECT_EQ(scene.workers.size(), 3U);
  EXPECT_EQ(std::ranges::count_if(scene.cells, &FanoutCell::alive_before), 5);
  EXPECT_EQ(scene.living, 5);
}

// The soup is drawn by the main body, and the stage must know it beforehand: its dead and living cells say whether it
// did.
TEST(FanoutSceneTest, KnowsTheSoupThatTheRunWillDraw) {
  for (const char* engine : {"sim", "live"}) {
    const std::string query =
        std::string("workload=fanout&width=9&height=7&generations=1&wait=0ns&pattern=soup&seed=77&engine=") + engine;
    test::SeenRun after(query);
    after.run_to_the_end();
    after.seek(std::nullopt);
    const FanoutScene scene = make_fanout_scene(after.model, after.run);
    LifeGrid start{9, 7, {}};
    for (const FanoutCell& cell : scene.cells) start.cells.push_back(cell.alive_before ? 1 : 0);
    for (int at = 0; at < 63; ++at) {
      const Phase expected = life_next(start, at) ? Phase::alive : Phase::dead;
      EXPECT_EQ(scene.cells[static_cast<std::size_t>(at)].phase, expected) << engine << " " << at;
    }
  }
}

TEST(FanoutSceneTest, CountsAtEveryStepWhatHasBeenDone) {
  for (const char* mode : {"serial", "threads", "queue", "pool", "tasks"}) {
    SCOPED_TRACE(mode);
    test::SeenRun seen(small + "&mode=" + mode);
    seen.run_to_the_end();
    seen.seek(std::nullopt);
    ASSERT_GT(seen.run.steps(), 60U);
    std::int64_t done = 0;
    for (std::size_t step = 0; step <= seen.run.steps(); ++step) {
      seen.seek(step);
      const FanoutScene scene = make_fanout_scene(seen.model, seen.run);
      const auto computed = std::ranges::count_if(
          scene.cells, [](const FanoutCell& cell) { return cell.phase == Phase::dead || cell.phase == Phase::alive; });
      EXPECT_EQ(scene.done, computed + std::int64_t{20} * std::max(0, scene.generation - 1));
      EXPECT_GE(scene.done, done);
      done = scene.done;
      const auto in_work = std::ranges::count(scene.cells, Phase::begun, &FanoutCell::phase);
      if (!scene.each_its_own) {
        EXPECT_EQ(in_work, std::ranges::count_if(scene.workers, &FanoutWorker::at_cell));
      }
    }
    seen.seek(std::nullopt);
    const FanoutScene end = make_fanout_scene(seen.model, seen.run);
    const Outcome& outcome = *seen.snapshot.outcome;
    EXPECT_EQ(end.done, 60);
    EXPECT_EQ(end.generation, 3);
    EXPECT_EQ(static_cast<double>(end.living), outcome.figure("alive"));
    EXPECT_EQ(static_cast<double>(end.made), outcome.figure("made"));
    EXPECT_EQ(static_cast<double>(end.most_at_once), outcome.figure("most"));
    if (const auto busiest = outcome.figure("busiest")) {
      EXPECT_EQ(static_cast<double>(std::ranges::max(end.workers, {}, &FanoutWorker::cells).cells), busiest);
    }
  }
}

TEST(FanoutSceneTest, GivesEachCellToWhomeverItsNoteNames) {
  test::SeenRun seen("workload=fanout&engine=live&width=2&height=1&generations=1&workers=2&pattern=blinker");
  auto made = std::make_shared<test::MadeTrace>(2);
  made->add(0, 1, Kind::started, State::running);
  made->add(1, 2, Kind::started, State::running);
  const ObjectId told = made->trace.add_object({Words("cell", "칸"), trace::ObjectKind::gauge, 0});
  const auto tell = [&](Nanoseconds time, std::uint32_t thread, std::int64_t value) {
    made->at(time, thread, Kind::gauge, State::running, value).object = told;
    made->stream->record(made->event);
  };
  tell(2, 2, Fanout::note_of(0, Fanout::Note::begun));
  tell(3, 1, Fanout::note_of(1, Fanout::Note::begun));
  tell(4, 1, Fanout::note_of(1, Fanout::Note::alive));
  made->add(5, 2, Kind::wait, State::waiting_gil, 1);
  seen.snapshot.trace = std::shared_ptr<const trace::Trace>(made, &made->trace);
  seen.model.run = 1;
  seen.run.update(seen.model);
  const FanoutScene scene = make_fanout_scene(seen.model, seen.run);
  ASSERT_EQ(scene.cells.size(), 2U);
  EXPECT_EQ(scene.cells[0].phase, Phase::begun);
  EXPECT_EQ(scene.cells[0].worker, 1U);
  EXPECT_EQ(scene.cells[1].phase, Phase::alive);
  EXPECT_EQ(scene.cells[1].worker, 0U);
  EXPECT_EQ(scene.workers[0].cells, 1);
  EXPECT_FALSE(scene.workers[0].at_cell);
  EXPECT_TRUE(scene.workers[1].at_cell);
  EXPECT_EQ(scene.workers[1].state, State::waiting_gil);
  EXPECT_EQ(scene.made, 2);
  EXPECT_EQ(scene.most_at_once, 2);
}

}  // namespace
}  // namespace interleave::stages
