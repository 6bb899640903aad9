// Children as they are seen in traces made by runs: what is in their pipes, and what each is doing.
#include <gtest/gtest.h>

#include "stages/subprocess/scene.h"
#include "view/seen_run.h"

namespace interleave::stages {
namespace {

std::vector<ChildSeen> children_at_the_end(std::string_view query) {
  test::SeenRun seen(query);
  seen.run_to_the_end();
  seen.seek(std::nullopt);
  return children_of(*seen.run.trace(), SIZE_MAX);
}

TEST(ChildrenSeen, AFullPipeIsSeenAndWhoWaitsAtIt) {
  for (const char* engine : {"sim&policy=round-robin", "live"}) {
    SCOPED_TRACE(engine);
    const auto children =
        children_at_the_end("workload=subprocess&task=echo&children=1&payload=400000&engine=" + std::string(engine) +
                            "&collect=wait-then-read");
    ASSERT_EQ(children.size(), 1U);
    EXPECT_TRUE(children[0].started);
    // A live run that hangs is ended, and its children with it; a simulated one stands where it stopped.
    const bool live = std::string_view(engine) == "live";
    EXPECT_EQ(children[0].waits_at, live ? std::nullopt : std::optional(rt::Pipe::out));
    EXPECT_EQ(children[0].code.has_value(), live);
    EXPECT_GT(children[0].pipe(rt::Pipe::out).level, 60'000);
    EXPECT_LE(children[0].pipe(rt::Pipe::out).level, static_cast<std::int64_t>(rt::pipe_capacity));
  }
}

TEST(ChildrenSeen, PipesAreEmptyAfterwardsAndTheReturnCodeIsThere) {
  for (const char* engine : {"sim&policy=round-robin", "live"}) {
    SCOPED_TRACE(engine);
    const auto children = children_at_the_end("workload=subprocess&task=transform&children=2&payload=200000&engine=" +
                                              std::string(engine));
    ASSERT_EQ(children.size(), 2U);
    for (const ChildSeen& child : children) {
      EXPECT_EQ(child.code, 2);
      EXPECT_FALSE(child.killed);
      for (const PipeSeen& pipe : child.pipes) EXPECT_EQ(pipe.level, 0);
      EXPECT_GE(child.pipe(rt::Pipe::in).passed, 200'000);
      EXPECT_GT(child.pipe(rt::Pipe::err).passed, 0);
    }
  }
}

TEST(ChildrenSeen, AKilledChildIsTold) {
  const auto children = children_at_the_end("workload=subprocess&engine=live&children=1&time=2s&limit=10ms");
  ASSERT_EQ(children.size(), 1U);
  EXPECT_TRUE(children[0].killed);
  EXPECT_EQ(children[0].code, -9);
}

TEST(ChildrenSeen, TheOrderInWhichTheyEndedIsToldOfThoseThatHave) {
  const auto places = [](const std::vector<ChildSeen>& children) {
    std::vector<std::int64_t> out;
    for (const ChildSeen& child : children) out.push_back(child.place);
    return out;
  };
  const std::string serial = "workload=subprocess&children=3&time=1ms&mode=serial&engine=";
  for (const char* engine : {"sim&policy=round-robin", "live"}) {
    EXPECT_EQ(places(children_at_the_end(serial + engine)), (std::vector<std::int64_t>{1, 2, 3})) << engine;
  }
  test::SeenRun seen(serial + "sim&policy=round-robin");
  seen.run_to_the_end();
  seen.seek(std::nullopt);
  EXPECT_EQ(places(children_of(*seen.run.trace(), 0)), (std::vector<std::int64_t>{0, 0, 0}));
}

TEST(ChildrenSeen, AreReadUpToACursor) {
  test::SeenRun seen("workload=subprocess&engine=sim&policy=round-robin&children=3");
  seen.run_to_the_end();
  seen.seek(std::nullopt);
  const auto before = children_of(*seen.run.trace(), 0);
  ASSERT_EQ(before.size(), 3U);
  EXPECT_FALSE(before[0].started);
}

}  // namespace
}  // namespace interleave::stages
