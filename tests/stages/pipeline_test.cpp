// A pipeline's picture, from gauges told by hand and from a simulated run.
#include "workloads/pipeline.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/format.h"
#include "stages/pipeline/scene.h"
#include "support/made_trace.h"
#include "view/screen.h"
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
  PipelineScene scene(std::size_t events = all) {
    return make_pipeline_scene(made.trace, events,
                               {.items = 3, .resize = false, .downloaders = 1, .uploaders = 1, .capacity = 16});
  }

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
}

TEST_F(ATinyPipeline, IsBusyForAShareOfTheTimeUntilItsLastItemIsThrough) {
  tell(0, 0, first_queue, 3);
  for (int item = 0; item < 3; ++item) {
    tell(10 * item, 1, first_hand, item);
    tell(10 * item + 5, 1, first_hand, no_item);
    tell(10 * item + 5, 2, second_hand, item);
    tell(10 * item + 10, 2, second_hand, no_item);
  }
  made.add(300, 0, Kind::woken, State::running, 1);
  EXPECT_EQ(scene().done, 3);
  EXPECT_EQ(scene().elapsed, 30) << "what comes after that is no work";
  EXPECT_NEAR(scene().busy_share(scene().lines[0]), 0.5, 1e-9);
}

TEST(PipelineScene, OfASimulatedRunAgreesWithItsOutcome) {
  test::SeenRun seen("?workload=pipeline&engine=sim&items=30&policy=round-robin");
  seen.run_to_the_end();
  seen.seek(std::nullopt);
  const auto params = params_of<Pipeline>(seen.model);
  const PipelineScene scene = make_pipeline_scene(*seen.snapshot.trace, all, params);
  EXPECT_EQ(scene.done, 30);
  const Outcome outcome = seen.snapshot.outcome.value_or(Outcome{});
  ASSERT_EQ(scene.lines.size(), 3U);
  for (const PipelineLine& line : scene.lines) {
    const std::string_view key = Pipeline::busy_key(line.stage);
    EXPECT_NEAR(scene.busy_share(line), outcome.figure(key).value_or(-1), 0.01) << key;
    EXPECT_TRUE(line.queue.empty());
  }
  // At every step there are as many items as there are numbers.
  for (std::size_t step = 0; step < seen.run.steps(); step += 37) {
    seen.run.seek(step);
    const PipelineScene then = make_pipeline_scene(*seen.snapshot.trace, seen.run.events(), params);
    for (const PipelineLine& line : then.lines) EXPECT_LE(line.queue.size(), static_cast<std::size_t>(line.depth()));
  }
}

// In another order, and with one of them left out.
TEST(PipelineScene, KnowsWhichLineAGaugeTellsOfInEveryOrder) {
  for (const char* order : {"dru", "dur", "rdu", "rud", "udr", "urd"}) {
    for (const char* without : {"none", "download", "resize", "upload"}) {
      std::string query = std::string("?workload=pipeline&engine=sim&items=6&policy=round-robin&downloaders=1&order=");
      query.append(order);
      if (std::string_view(without) != "none") query.append("&").append(without).append("=off");
      SCOPED_TRACE(query);
      test::SeenRun seen(query);
      seen.run_to_the_end();
      seen.seek(std::nullopt);
      const auto params = params_of<Pipeline>(seen.model);
      const PipelineScene scene = make_pipeline_scene(*seen.snapshot.trace, all, params);
      EXPECT_EQ(scene.done, 6);
      ASSERT_EQ(scene.lines.size(), params.line().size());
      for (std::size_t at = 0; at < scene.lines.size(); ++at) {
        const PipelineLine& line = scene.lines[at];
        EXPECT_EQ(line.stage, params.line()[at]);
        EXPECT_EQ(std::ssize(line.workers), params.workers(line.stage));
        std::int64_t items = 0;
        for (const PipelineWorker& worker : line.workers) items += worker.items;
        EXPECT_EQ(items, 6);
      }
    }
  }
}

// What is marked on the stage is what the outcome names, and with the same share as its figure.
TEST(PipelineStage, TheBottleneckOnItIsTheOneThatTheOutcomeNames) {
  struct Case {
    std::string query;
    std::optional<Pipeline::Stage> bottleneck;
  };
  using Stage = Pipeline::Stage;
  const std::string sim = "workload=pipeline&engine=sim&";
  const std::array cases{
      Case{sim + "policy=round-robin&items=40", Stage::upload},
      Case{sim + "policy=round-robin&items=40&downloaders=1&order=urd", Stage::download},
      Case{sim + "policy=round-robin&items=40&resizers=1&side=1024&uploaders=5", Stage::resize},
      // One after the other, each about half of the time: nobody decides.
      Case{sim + "policy=round-robin&items=1&resize=off&downloaders=1&uploaders=1", std::nullopt},
      Case{sim + "policy=random&items=40", std::nullopt},
  };
  for (const auto& [query, bottleneck] : cases) {
    for (const Language language : {Language::en, Language::ko}) {
      for (const float width : {1440.0F, 390.0F}) {
        SCOPED_TRACE(query + (language == Language::ko ? " ko " : " en ") + std::to_string(width));
        Screen screen;
        screen.width = width;
        screen.shell.set_look({language, ThemeKind::light, false});
        screen.configure(query);
        screen.draw();
        screen.run_to_the_end();
        const Outcome& outcome = *screen.controller().snapshot().outcome;
        const auto params = params_of<Pipeline>(screen.controller().model());
        for (std::size_t at = 0; at < params.line().size(); ++at) {
          const Stage stage = params.line()[at];
          const std::string share = format_percent(outcome.figure(Pipeline::busy_key(stage)).value_or(-1));
          const Node* told = screen.find("busy." + std::to_string(at + 1));
          ASSERT_NE(told, nullptr);
          EXPECT_THAT(told->value, testing::HasSubstr(share));
          const std::string_view sign = language == Language::ko ? "병목" : "bottleneck";
          EXPECT_EQ(told->value.starts_with(sign), stage == bottleneck) << told->value;
        }
        const std::string sentence = outcome.sentence.in(language);
        const std::string_view named = language == Language::ko ? "병목은 " : "The bottleneck is ";
        EXPECT_EQ(sentence.starts_with(named), bottleneck.has_value()) << sentence;
        if (!bottleneck) continue;
        EXPECT_TRUE(sentence.starts_with(std::string(named) + std::string(Pipeline::name_of(*bottleneck).in(language))))
            << sentence;
        EXPECT_THAT(sentence,
                    testing::HasSubstr(format_percent(outcome.figure(Pipeline::busy_key(*bottleneck)).value_or(-1))));
      }
    }
  }
}

}  // namespace
}  // namespace interleave::stages
