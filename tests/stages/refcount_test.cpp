// What the reference counts' stage says, against what the workload itself found out.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "stages/refcount/scene.h"
#include "support/running.h"
#include "view/seen_run.h"

namespace interleave::stages {
namespace {

class Seen : public test::SeenRun {
 public:
  using SeenRun::SeenRun;
  RefcountScene look(std::optional<std::size_t> step = std::nullopt) {
    seek(step);
    return make_refcount_scene(model, run, ThreadId::none());
  }
};

std::string query(std::string_view count, int objects, int threads, int seed) {
  return "workload=refcount&engine=sim&rounds=4&count=" + std::string(count) + "&objects=" + std::to_string(objects) +
         "&threads=" + std::to_string(threads) + "&seed=" + std::to_string(seed);
}

// The stage follows the trace and knows nothing of the workload's own bookkeeping, so the two check each other.
TEST(RefcountScene, FindsAtTheEndWhatTheWorkloadFound) {
  int early = 0;
  int used = 0;
  int leaked = 0;
  for (int seed = 1; seed <= 200; ++seed) {
    Seen seen(query("plain", 1 + seed % 3, 2 + seed % 4, seed));
    SCOPED_TRACE(seed);
    seen.run_to_the_end();
    const RefcountScene scene = seen.look();
    EXPECT_EQ(static_cast<double>(scene.freed_early()), test::figure(seen.snapshot, "early"));
    EXPECT_EQ(static_cast<double>(scene.used_late()), test::figure(seen.snapshot, "used"));
    const auto left = std::ranges::count_if(scene.objects, [](const RefObject& object) { return !object.gone; });
    EXPECT_EQ(static_cast<double>(left), test::figure(seen.snapshot, "leaked"));
    early += scene.freed_early() > 0 ? 1 : 0;
    used += scene.used_late() > 0 ? 1 : 0;
    leaked += left > 0 ? 1 : 0;
  }
  EXPECT_GT(early, 0) << "nothing was tested";
  EXPECT_GT(used, 0) << "nothing was tested";
  EXPECT_GT(leaked, 0) << "nothing was tested";
}

TEST(RefcountScene, ARightWayOfCountingIsRightAfterEveryStep) {
  for (const char* count : {"atomic", "lock", "gil", "biased"}) {
    for (int seed = 1; seed <= 10; ++seed) {
      Seen seen(query(count, 1 + seed % 2, 3, seed));
      SCOPED_TRACE(std::string(count) + ", seed " + std::to_string(seed));
      seen.run_to_the_end();
      (void)seen.look();
      for (std::size_t step = 0; step <= seen.run.steps(); ++step) {
        const RefcountScene scene = seen.look(step);
        EXPECT_EQ(scene.wrong(), 0U) << "step " << step << ": " << scene.sentence.en;
        EXPECT_FALSE(scene.sentence.empty()) << "step " << step;
        for (const RefActor& actor : scene.actors) EXPECT_FALSE(actor.dangling);
      }
      const RefcountScene end = seen.look();
      EXPECT_TRUE(std::ranges::all_of(end.objects, &RefObject::gone));
    }
  }
}

TEST(RefcountScene, EveryStepIsToldInBothLanguages) {
  for (int seed = 1; seed <= 20; ++seed) {
    Seen seen(query("plain", 1, 3, seed));
    seen.run_to_the_end();
    (void)seen.look();
    for (std::size_t step = 0; step < seen.run.steps(); ++step) {
      const RefcountScene scene = seen.look(step);
      for (const Words* words : {&scene.sentence, &scene.emphasis}) {
        EXPECT_EQ(words->en.empty(), words->ko.empty());
        EXPECT_EQ(words->en.find('{'), std::string::npos) << words->en;
        EXPECT_EQ(words->ko.find('{'), std::string::npos) << words->ko;
      }
      EXPECT_FALSE(scene.sentence.en.empty()) << "seed " << seed << ", step " << step;
    }
  }
}

// The story of the first lesson: both read 1, both write 2, and the count no longer knows of one of them.
TEST(RefcountScene, TellsALostReference) {
  for (int seed = 1; seed <= 100; ++seed) {
    Seen seen(query("plain", 1, 2, seed));
    seen.run_to_the_end();
    (void)seen.look();
    for (std::size_t step = 1; step < seen.run.steps(); ++step) {
      const RefcountScene scene = seen.look(step);
      const RefObject& object = scene.objects[0];
      if (scene.last != RefEvent::took || !scene.last_lost) continue;
      if (object.references() != 3 || object.counted() != 2) continue;
      EXPECT_TRUE(object.wrong());
      EXPECT_NE(scene.emphasis.en.find("so the count is wrong"), std::string::npos) << scene.emphasis.en;
      return;
    }
  }
  FAIL() << "in no order was a reference lost";
}

TEST(RefcountScene, StandsThereBeforeTheFirstRun) {
  Seen seen("workload=refcount&engine=live&threads=5&objects=3");
  const RefcountScene scene = seen.look();
  EXPECT_EQ(scene.actors.size(), 5U);
  EXPECT_EQ(scene.objects.size(), 3U);
  EXPECT_EQ(scene.wrong(), 0U);
  EXPECT_FALSE(scene.sentence.empty());
}

}  // namespace
}  // namespace interleave::stages
