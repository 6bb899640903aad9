// Comparing, repeating and sweeping on the screen, as a reader does it.
#include <functional>

#include <gmock/gmock.h>

#include "view/compare/messages_compare.h"
#include "view/screen.h"

namespace interleave::view {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

// Two runs, without and with a lock, on an engine whose times count.
void run_two(Screen& screen) {
  screen.configure("engine=sim&policy=round-robin&threads=2&increments=6000&lock=none");
  screen.draw();
  screen.run_to_the_end();
  EXPECT_TRUE(screen.perform("radio", "param.lock.mutex"));
  screen.run_to_the_end();
}

TEST(Compare, TheLastTwoRunsAreSideBySide) {
  Screen screen;
  run_two(screen);
  EXPECT_THAT(screen.label("ab.a"), HasSubstr("A · "));
  ASSERT_TRUE(screen.perform("button", "compare"));
  EXPECT_EQ(screen.label("compare.change.lock"), "Lock none → mutex");
  EXPECT_THAT(screen.label("compare.sentence"), HasSubstr("slower than A, and no update was lost."));
  EXPECT_NE(screen.value("compare.lost.a"), "0");
  EXPECT_EQ(screen.value("compare.lost.b"), "0");
  EXPECT_THAT(screen.label("compare.machine"), HasSubstr("clock resolution"));
  EXPECT_EQ(screen.find("timeline"), nullptr) << "it takes the place of stage and timeline";
  EXPECT_TRUE(screen.perform("button", "compare.close"));
  EXPECT_NE(screen.find("timeline"), nullptr);
}

TEST(Compare, AnyTwoCanBePicked) {
  Screen screen;
  run_two(screen);
  ASSERT_TRUE(screen.perform("button", "ab.b"));
  EXPECT_EQ(screen.value("compare.pick.a.1"), "on");
  EXPECT_EQ(screen.value("compare.pick.b.2"), "on");
  EXPECT_TRUE(screen.perform("radio", "compare.pick.a.2"));
  EXPECT_EQ(screen.label("compare.sentence"), messages::same_run.en);
  EXPECT_TRUE(screen.perform("radio", "compare.pick.b.1"));
  EXPECT_EQ(screen.label("compare.change.lock"), "Lock mutex → none");
  EXPECT_THAT(screen.label("compare.sentence"), HasSubstr("faster than A, but"));
}

TEST(Compare, BothTimelinesShareOneAxisFromZero) {
  Screen screen;
  run_two(screen);
  ASSERT_TRUE(screen.perform("button", "compare"));
  EXPECT_THAT(screen.value("compare.timeline.a"), MatchesRegex("0\\.\\..*"));
  EXPECT_EQ(screen.value("compare.timeline.a"), screen.value("compare.timeline.b"));
}

TEST(Compare, ALongRunsTraceMayHaveBeenLetGo) {
  Screen screen;
  screen.configure("engine=sim&threads=2&increments=100000");
  screen.draw();
  screen.run_to_the_end();
  screen.run_to_the_end();
  screen.run_to_the_end();
  ASSERT_TRUE(screen.perform("button", "compare"));
  EXPECT_THAT(screen.label("compare.timeline.a"), HasSubstr("let go"));
  expect_tidy(screen);
}

TEST(Compare, SetsAnEarlierRunsParametersAgain) {
  Screen screen;
  run_two(screen);
  ASSERT_TRUE(screen.perform("button", "compare"));
  ASSERT_TRUE(screen.perform("button", "compare.restore.1"));
  EXPECT_EQ(screen.controller().model().params.option("lock"), "none");
  screen.draw();
  EXPECT_EQ(screen.find("compare.title"), nullptr) << "the stage is to be seen again";
}

TEST(Compare, NeedsTwoRuns) {
  Screen screen;
  screen.configure("engine=sim&increments=5");
  screen.draw();
  ASSERT_TRUE(screen.perform("button", "compare"));
  EXPECT_EQ(screen.label("compare.empty"), messages::history_empty.en);
  expect_tidy(screen);
}

TEST(Series, ARepeatTellsHowOftenItWentWrong) {
  Screen screen;
  screen.configure("engine=sim&threads=2&increments=20");
  screen.draw();
  ASSERT_TRUE(screen.perform("combobox", "repeat.count", "10"));
  ASSERT_TRUE(screen.perform("button", "repeat"));
  screen.finish();
  EXPECT_THAT(screen.label("series.sentence"), MatchesRegex("(Updates were lost in [0-9]+ of 10|All 10) runs.*"));
  EXPECT_THAT(screen.value("series.summary.lost"), HasSubstr(" · "));
  int runs = 0;
  for (const Node& node : screen.semantics().nodes()) {
    if (node.key.starts_with("series.column.")) runs += std::stoi(node.value);
  }
  EXPECT_EQ(runs, 10);
  EXPECT_TRUE(screen.perform("button", "series.close"));
  EXPECT_EQ(screen.find("series.title"), nullptr);
}

TEST(Series, ASweepHasAPointForEachValueThatCanBeSet) {
  Screen screen;
  screen.configure("engine=sim&threads=2&increments=5");
  screen.draw();
  ASSERT_TRUE(screen.perform("button", "sweep"));
  screen.finish();
  int points = 0;
  for (const Node& node : screen.semantics().nodes()) points += node.key.starts_with("series.point.") ? 1 : 0;
  EXPECT_EQ(points, 16);
  ASSERT_TRUE(screen.perform("combobox", "series.figure", "expected"));
  EXPECT_EQ(screen.value("series.point.7"), "35");
  ASSERT_TRUE(screen.perform("button", "series.point.7"));
  EXPECT_EQ(screen.controller().model().params.value("threads"), 7);
  EXPECT_NE(screen.find("series.title"), nullptr) << "setting a value leaves the curve where it is";
  screen.run_to_the_end();
  screen.draw();
  EXPECT_EQ(screen.find("series.title"), nullptr) << "a run is to be seen";
}

TEST(Series, ASweepShowsHowOftenItGoesWrong) {
  Screen screen;
  screen.configure("engine=sim&threads=2&increments=5");
  screen.draw();
  ASSERT_TRUE(screen.perform("combobox", "sweep.key", "lock"));
  ASSERT_TRUE(screen.perform("button", "sweep"));
  screen.finish();
  ASSERT_TRUE(screen.perform("combobox", "series.figure", "went-wrong"));
  EXPECT_EQ(screen.value("series.point.mutex"), "0.0 %");
  EXPECT_NE(screen.value("series.point.none"), "0.0 %");
  expect_tidy(screen);
}

TEST(Series, StopsHalfWay) {
  Screen screen;
  screen.configure("engine=sim&threads=2&increments=2000");
  screen.draw();
  ASSERT_TRUE(screen.perform("combobox", "repeat.count", "200"));
  ASSERT_TRUE(screen.perform("button", "repeat"));
  while (screen.controller().model().series->runs.empty()) screen.controller().advance(millisecond);
  screen.draw();
  EXPECT_THAT(screen.label("series.progress"), HasSubstr("of 200 runs"));
  ASSERT_TRUE(screen.perform("button", "series.stop"));
  screen.finish();
  EXPECT_THAT(screen.label("series.progress"), HasSubstr("Stopped after"));
  expect_tidy(screen);
}

TEST(Series, AnExplorationIsNotRepeatedButSwept) {
  Screen screen;
  screen.configure("engine=explore&threads=2&increments=1");
  screen.draw();
  EXPECT_FALSE(screen.find("repeat")->enabled);
  ASSERT_TRUE(screen.perform("combobox", "sweep.key", "lock"));
  ASSERT_TRUE(screen.perform("button", "sweep"));
  screen.finish();
  EXPECT_NE(screen.find("series.point.mutex"), nullptr);
  expect_tidy(screen);
}

// ---- Everything fits

void everywhere(const std::function<void(Screen&)>& act) {
  for (const Language language : {Language::en, Language::ko}) {
    for (const Size size : sizes) {
      SCOPED_TRACE((language == Language::ko ? "ko " : "en ") + std::to_string(size.width));
      Screen screen;
      screen.width = size.width;
      screen.height = size.height;
      screen.finger = size.width < 500;
      screen.shell.set_look({language, ThemeKind::light});
      act(screen);
      screen.draw();
      expect_tidy(screen);
    }
  }
}

TEST(Fit, Comparisons) {
  const std::vector<std::vector<std::string>> pairs{
      {"engine=sim&threads=2&increments=20&seed=3", "engine=sim&threads=16&increments=200&lock=mutex"},
      {"engine=live&threads=2&increments=1000", "engine=sim&policy=round-robin&increments=20&interpreter=cpython39"},
      {"workload=deadlock&engine=sim&order=naive&threads=2&meals=3", "workload=deadlock&engine=sim&order=ordered"},
      {"workload=pipeline&engine=sim&policy=round-robin&items=20", "workload=factorize&engine=sim&policy=round-robin"},
      {"engine=explore&threads=2&increments=1", "engine=explore&threads=2&increments=1&lock=atomic"},
      {"workload=blocking_io&engine=sim&policy=round-robin&mode=threads&calls=60&hogs=8&echo=on",
       "workload=blocking_io&engine=sim&policy=round-robin&mode=serial&calls=20"}};
  for (const std::vector<std::string>& pair : pairs) {
    SCOPED_TRACE(pair.front());
    everywhere([&](Screen& screen) {
      for (const std::string& query : pair) {
        screen.configure(query);
        screen.draw();
        screen.run_to_the_end();
      }
      EXPECT_TRUE(screen.perform("button", "compare"));
      EXPECT_TRUE(screen.perform("radio", "compare.pick.a.1"));
      EXPECT_TRUE(screen.perform("radio", "compare.pick.b.2"));
      EXPECT_NE(screen.label("compare.sentence"), "");
    });
  }
}

TEST(Fit, Series) {
  const std::vector<std::vector<std::string>> sweeps{
      {"engine=sim&increments=5", "threads"},
      {"engine=live&threads=1", "increments"},  // a hundred million of them are long in virtual time
      {"engine=sim&threads=2&increments=5", "interpreter"},
      {"workload=pipeline&engine=sim&items=10", "capacity"},
      {"workload=blocking_io&engine=sim&policy=round-robin&calls=3", "delay"}};
  for (const std::vector<std::string>& sweep : sweeps) {
    SCOPED_TRACE(sweep.front() + " " + sweep.back());
    everywhere([&](Screen& screen) {
      screen.configure(sweep.front());
      screen.draw();
      const ParamSet params = screen.controller().model().params;
      const auto spec = std::ranges::find(params.specs, std::string_view(sweep.back()), &ParamSpec::key);
      ASSERT_NE(spec, params.specs.end());
      std::vector<std::int64_t> values = values_to_sweep(*spec, 5);
      screen.controller().carry_out(view::SweepRun{sweep.back(), values, 2});
      screen.finish();
    });
  }
  for (const char* query : {"engine=sim&threads=2&increments=20", "engine=live&threads=2&increments=1000",
                            "workload=pipeline&engine=sim&policy=round-robin&items=10",
                            "workload=deadlock&engine=sim&order=naive&threads=2&meals=3"}) {
    SCOPED_TRACE(query);
    everywhere([&](Screen& screen) {
      screen.configure(query);
      screen.draw();
      screen.controller().carry_out(view::RepeatRun{10});
      screen.draw();
      expect_tidy(screen);
      screen.finish();
    });
  }
}

}  // namespace
}  // namespace interleave::view
