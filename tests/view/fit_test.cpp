// Every text fits and none lies on another, at every size, in both languages, on every engine: the whole window is
// drawn, with real runs, into an ImGui context without a screen.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "view/screen.h"

namespace interleave::view {
namespace {

TEST(Fit, SimulatedWithTwoThreads) {
  for (const char* lock : {"none", "mutex", "spin", "atomic"}) {
    expect_tidy_everywhere(std::string("engine=sim&threads=2&increments=5&seed=7&lock=") + lock, true,
                           {"0", "3", "6", "9", "14"});
  }
}

TEST(Fit, SimulatedWithManyThreads) {
  for (const char* threads : {"1", "3", "6", "16"}) {
    expect_tidy_everywhere(std::string("engine=sim&increments=200&lock=mutex&threads=") + threads, true, {"30", "500"});
  }
}

TEST(Fit, UnderAnInterpreter) {
  for (const char* interpreter : {"cpython39", "cpython310", "freethreaded"}) {
    for (const char* rest : {"&threads=2", "&threads=2&increment=call", "&threads=2&lock=mutex", "&threads=5"}) {
      expect_tidy_everywhere(std::string("engine=sim&increments=4&seed=7&interpreter=") + interpreter + rest, true,
                             {"0", "4", "9", "15"});
    }
  }
}

TEST(Fit, LargeNumbers) { expect_tidy_everywhere("engine=sim&threads=2&increments=20000&lock=none", true, {"30000"}); }

TEST(Fit, InVirtualTime) { expect_tidy_everywhere("engine=sim&policy=round-robin&threads=4&lock=mutex", true, {"17"}); }

TEST(Fit, Live) { expect_tidy_everywhere("engine=live&threads=3&increments=1000000&lock=none", true, {}); }

TEST(Fit, Explored) {
  expect_tidy_everywhere("engine=explore&threads=2&increments=2&lock=none", true, {});
  expect_tidy_everywhere("engine=explore&threads=2&increments=1&lock=atomic", true, {});
}

TEST(Fit, FactorizeWithItsToken) {
  const std::string sim = "workload=factorize&engine=sim&policy=round-robin&first=1000000&last=2000000&";
  expect_tidy_everywhere(sim + "mode=threads&interpreter=cpython310", true, {"4", "9", "30"});
  expect_tidy_everywhere(sim + "mode=threads&interpreter=cpython310&numbers=8", true, {"40"});
  expect_tidy_everywhere(sim + "mode=serial&interpreter=freethreaded", true, {"3"});
  expect_tidy_everywhere(sim + "mode=processes&interpreter=cpython310&numbers=8", true, {"0", "30"});
  expect_tidy_everywhere("workload=factorize&engine=live&first=200000&last=1000000", true, {});
  expect_tidy_everywhere("workload=factorize&engine=live&mode=processes&first=200000&last=1000000", true, {});
}

// The stage knows what a division costs in virtual time: at the end of a run every number is done, and not before.
TEST(Screen, FactorizeIsDoneExactlyAtItsEnd) {
  for (const char* options : {"policy=round-robin&interpreter=cpython310", "policy=round-robin&interpreter=none",
                              "policy=random&interpreter=cpython39", "policy=round-robin&mode=serial",
                              "policy=round-robin&mode=processes", "policy=random&mode=processes"}) {
    SCOPED_TRACE(options);
    Screen screen;
    screen.configure(std::string("workload=factorize&engine=sim&first=1000000&last=2000000&") + options);
    screen.draw();
    screen.run_to_the_end();
    const auto shares = [&] {
      std::vector<std::string> out;
      for (const Node& node : screen.semantics().nodes()) {
        if (node.key.starts_with("number.")) out.push_back(node.value);
      }
      return out;
    };
    EXPECT_EQ(shares(), (std::vector<std::string>{"100 %", "100 %"}));
    EXPECT_TRUE(screen.perform("slider", "step.scrubber", "6"));
    EXPECT_NE(shares(), (std::vector<std::string>{"100 %", "100 %"}));
  }
}

TEST(Fit, BlockingIoWithItsConvoy) {
  const std::string sim = "workload=blocking_io&engine=sim&policy=round-robin&delay=1ms&";
  expect_tidy_everywhere(sim + "mode=threads&calls=5", true, {"5", "9"});
  expect_tidy_everywhere(sim + "mode=serial&calls=20&hogs=1&echo=on", true, {"50"});
  expect_tidy_everywhere(sim + "mode=serial&calls=60&hogs=8&echo=on", true, {"200"});
  expect_tidy_everywhere("workload=blocking_io&engine=live&mode=tasks&calls=5&delay=1ms&hogs=2", true, {});
}

TEST(Fit, ReferenceCounts) {
  for (const char* count : {"plain", "lock", "gil", "biased"}) {
    const std::string sim = std::string("workload=refcount&engine=sim&rounds=4&count=") + count;
    expect_tidy_everywhere(sim + "&threads=2", true, {"0", "7", "15", "22"});
    expect_tidy_everywhere(sim + "&threads=16&objects=8", true, {"60"});
  }
  expect_tidy_everywhere("workload=refcount&engine=live&threads=4&rounds=100000", true, {});
  expect_tidy_everywhere("workload=refcount&engine=live&threads=16&objects=8&rounds=1000&count=biased", true, {});
}

TEST(Fit, FanoutOfEveryMode) {
  for (const char* mode : {"serial", "threads", "queue", "pool", "tasks"}) {
    const std::string rest = std::string("&mode=") + mode;
    expect_tidy_everywhere("workload=fanout&engine=sim&wait=100us" + rest, true, {"0", "40"});
    expect_tidy_everywhere("workload=fanout&engine=live&width=5&height=3&generations=2" + rest, true, {});
  }
  expect_tidy_everywhere("workload=fanout&engine=sim&mode=queue&workers=16&width=48&height=32&generations=1", true,
                         {"900"});
  expect_tidy_everywhere("workload=fanout&engine=sim&mode=pool&workers=1&width=1&height=32&generations=1", true, {});
  expect_tidy_everywhere("workload=fanout&engine=live&mode=threads&width=48&height=32", true, {});
}

TEST(Fit, CoroutinesOfEveryMode) {
  for (const char* mode : {"threads", "loop", "pool"}) {
    const std::string rest = std::string("&call=blocks&mode=") + mode;
    expect_tidy_everywhere("workload=coroutines&engine=sim&tasks=12" + rest, true, {"0", "40"});
    expect_tidy_everywhere("workload=coroutines&engine=live&tasks=30&delay=1ms" + rest, true, {});
  }
  expect_tidy_everywhere("workload=coroutines&engine=sim&mode=threads&tasks=3000&rounds=1", true, {"900"});
  expect_tidy_everywhere("workload=coroutines&engine=live&mode=loop&tasks=10000&delay=1ms", true, {});
  expect_tidy_everywhere("workload=coroutines&engine=live&mode=threads&tasks=100000", true, {});
  expect_tidy_everywhere("workload=coroutines&engine=sim&mode=loop&tasks=1", true, {});
}

TEST(Fit, ChildProcesses) {
  const std::string sim = "workload=subprocess&engine=sim&policy=round-robin&";
  expect_tidy_everywhere(sim + "task=transform&children=3&payload=100000", true, {"0", "9", "20"});
  expect_tidy_everywhere(sim + "task=echo&children=20&payload=200000&collect=wait-then-read", true, {"60"});
  expect_tidy_everywhere("workload=subprocess&engine=live&children=4&time=2s&limit=1ms", true, {});
}

TEST(Fit, ProcessPool) {
  const std::string sim = "workload=process_pool&engine=sim&policy=round-robin&";
  expect_tidy_everywhere(sim + "tasks=7&workers=2", true, {"0", "9", "30", "60"});
  expect_tidy_everywhere(sim + "tasks=256&workers=6&chunk=8&sent=100000&units=1000&interpreter=none", true, {"40"});
  expect_tidy_everywhere(sim + "mode=threads&workers=6&tasks=100", true, {"20", "90"});
  expect_tidy_everywhere(sim + "mode=serial&tasks=1", true, {"5"});
  expect_tidy_everywhere("workload=process_pool&engine=live&workers=6&tasks=12&units=1000", true, {});
}

TEST(Fit, AllSettingsAndAProblem) {
  Screen screen;
  screen.configure("engine=sim&bogus=1");
  screen.draw();
  expect_tidy(screen);
  EXPECT_TRUE(screen.perform("button", "machine"));
  expect_tidy(screen);
  EXPECT_TRUE(screen.perform("button", "problem.close"));
  for (const Node& node : screen.semantics().nodes()) EXPECT_NE(node.key, "problem");
}

TEST(Screen, StepsBackAndForth) {
  Screen screen;
  screen.configure("engine=sim&threads=2&increments=2&seed=3");
  screen.draw();
  for (int step = 0; step < 5; ++step) EXPECT_TRUE(screen.perform("button", "step.next"));
  const std::size_t steps = screen.shell.run().steps();
  EXPECT_GE(steps, 5U);
  EXPECT_TRUE(screen.perform("button", "step.back"));
  EXPECT_EQ(screen.shell.run().cursor(), steps - 1);
  EXPECT_TRUE(screen.perform("button", "step.next"));
  EXPECT_EQ(screen.shell.run().cursor(), steps);
  EXPECT_EQ(screen.shell.run().steps(), steps) << "going forth within the record must not go on with the run";
  EXPECT_TRUE(screen.perform("button", "step.first"));
  EXPECT_EQ(screen.shell.run().cursor(), 0U);
  EXPECT_FALSE(screen.perform("button", "step.back")) << "there is nothing before the start";
}

TEST(Screen, SetsParametersFromOutside) {
  Screen screen;
  screen.configure("engine=sim");
  screen.draw();
  EXPECT_TRUE(screen.perform("slider", "param.threads", "5"));
  EXPECT_EQ(screen.controller().model().params.value("threads"), 5);
  EXPECT_TRUE(screen.perform("slider", "param.threads", "500"));
  EXPECT_EQ(screen.controller().model().params.value("threads"), 5) << "out of range";
  EXPECT_TRUE(screen.perform("radio", "param.lock.mutex"));
  EXPECT_EQ(screen.controller().model().params.option("lock"), "mutex");
  EXPECT_TRUE(screen.perform("radio", "engine.explore"));
  EXPECT_EQ(screen.controller().setup().engine(), Engine::explore);
  EXPECT_FALSE(screen.perform("button", "no-such-button"));
}

TEST(Fit, SettingsThatHaveNoEffectNow) {
  expect_tidy_everywhere("workload=pipeline&engine=sim&items=4&download=off&resize=off&interpreter=none", true, {});
  expect_tidy_everywhere("workload=coroutines&engine=sim&mode=threads&tasks=3", true, {});
}

// Greyed, with the reason beside it, and set no more from outside; until what it needs is there.
TEST(Screen, GreysWhatHasNoEffectAndSaysWhy) {
  Screen screen;
  screen.configure("engine=sim");
  screen.draw();
  const auto node = [&](std::string_view role, std::string_view key) {
    const auto& nodes = screen.semantics().nodes();
    const auto found = std::ranges::find_if(nodes, [&](const Node& one) { return one.role == role && one.key == key; });
    return found == nodes.end() ? Node{} : *found;
  };
  const auto interval = [&] { return screen.controller().model().params.value("switch-interval"); };
  EXPECT_FALSE(node("slider", "param.switch-interval").enabled);
  EXPECT_FALSE(node("button", "param.switch-interval.entry").enabled);
  EXPECT_FALSE(node("combobox", "param.increment").enabled);
  EXPECT_TRUE(node("slider", "param.threads").enabled);
  EXPECT_EQ(node("note", "param.switch-interval.reason").label, "Only where there is a GIL does a thread wait for it.");
  EXPECT_EQ(node("note", "param.threads.reason").label, "");
  EXPECT_FALSE(screen.perform("slider", "param.switch-interval", "1ms"));
  EXPECT_EQ(interval(), 5 * millisecond);
  EXPECT_TRUE(screen.perform("combobox", "param.interpreter", "cpython310"));
  EXPECT_TRUE(node("slider", "param.switch-interval").enabled);
  EXPECT_TRUE(node("combobox", "param.increment").enabled);
  EXPECT_EQ(node("note", "param.switch-interval.reason").label, "");
  EXPECT_TRUE(screen.perform("slider", "param.switch-interval", "1ms"));
  EXPECT_EQ(interval(), millisecond);
}

// On a phone there is room for the main settings only; all of them, every figure and what can be saved are behind a
// button.
TEST(Screen, HasAllSettingsOnAPhoneUntilARunIsToBeSeen) {
  for (const Language language : {Language::en, Language::ko}) {
    for (const bool finger : {false, true}) {
      SCOPED_TRACE(std::string(language == Language::ko ? "ko" : "en") + (finger ? " finger" : ""));
      Screen screen;
      screen.width = 390;
      screen.height = 844;
      screen.finger = finger;
      screen.shell.set_look({language, ThemeKind::light, false});
      screen.configure("engine=sim");
      screen.width = 360;
      screen.draw();
      for (const char* key : {"menu", "panel", "compare", "code", "share", "theme", "language"})
        EXPECT_NE(screen.find(key), nullptr) << key << " on a small phone";
      expect_tidy(screen);
      screen.width = 390;
      screen.draw();
      EXPECT_EQ(screen.find("param.interpreter"), nullptr);
      ASSERT_TRUE(screen.perform("button", "panel"));
      expect_tidy(screen);
      EXPECT_EQ(screen.find("step.scrubber"), nullptr);
      EXPECT_TRUE(screen.perform("combobox", "param.interpreter", "cpython310"));
      EXPECT_EQ(screen.controller().model().params.option("interpreter"), "cpython310");
      ASSERT_NE(screen.find("export.trace"), nullptr) << "it is still open after a change";
      EXPECT_FALSE(screen.find("export.trace")->enabled);
      screen.run_to_the_end();
      screen.draw();
      EXPECT_NE(screen.find("step.scrubber"), nullptr) << "a run is to be seen";
      ASSERT_TRUE(screen.perform("button", "panel"));
      expect_tidy(screen);
      ASSERT_NE(screen.find("export.trace"), nullptr);
      EXPECT_TRUE(screen.find("export.trace")->enabled);
      EXPECT_NE(screen.find("figure.lost"), nullptr);
      ASSERT_TRUE(screen.perform("button", "compare"));
      EXPECT_EQ(screen.find("param.interpreter"), nullptr) << "one of the two at a time";
      ASSERT_TRUE(screen.perform("button", "panel"));
      EXPECT_EQ(screen.find("compare.title"), nullptr);
      ASSERT_TRUE(screen.perform("button", "panel"));
      EXPECT_NE(screen.find("step.scrubber"), nullptr);
    }
  }
}

// Whatever else has to go: a page that cannot be run is none.
TEST(Screen, HasRunAndItsEnginesAtEveryWidth) {
  for (const Language language : {Language::en, Language::ko}) {
    for (const bool embedded : {false, true}) {
      for (const bool finger : {false, true}) {
        Screen screen;
        screen.height = 480;
        screen.finger = finger;
        Look look{language, ThemeKind::light, false};
        look.embedded = embedded;
        screen.shell.set_look(look);
        for (screen.width = 320; screen.width < 1200; screen.width += 40) {
          SCOPED_TRACE(std::to_string(screen.width) + (embedded ? " embedded" : "") + (finger ? " finger" : "") +
                       (language == Language::ko ? " ko" : " en"));
          screen.draw();
          expect_tidy(screen);
          ASSERT_NE(screen.find("run"), nullptr);
          EXPECT_GE(screen.find("run")->rect.w, 70);
          EXPECT_NE(screen.find("engine.explore"), nullptr);
          EXPECT_EQ(screen.find("menu") != nullptr || screen.find("workload.counter") != nullptr, !embedded);
          EXPECT_EQ(screen.find("whole") != nullptr, embedded);
        }
      }
    }
  }
}

// Two hints lie over each other there: the number's own, and that of its slider.
TEST(Screen, StandsStillWhereThePointerRestsOnAValue) {
  Screen screen;
  screen.configure("engine=sim");
  screen.draw();
  const Rect entry = screen.find("param.threads.entry")->rect;
  screen.move_to(entry.center());
  for (int frame = 0; frame < 4; ++frame) screen.draw();
  EXPECT_FALSE(screen.moving());
}

// A blog's column is narrow and its frames are low.
TEST(Screen, IsTidyInABlog) {
  Screen list;
  list.draw();
  std::vector<std::string> workloads;
  for (const WorkloadInfo& workload : list.controller().model().workloads) workloads.emplace_back(workload.id);
  for (const std::string& workload : workloads) {
    for (const Size size : {Size{760, 480}, Size{640, 480}, Size{390, 520}}) {
      for (const Language language : {Language::en, Language::ko}) {
        SCOPED_TRACE(workload + (language == Language::ko ? " ko " : " en ") + std::to_string(size.width));
        Screen screen;
        screen.width = size.width;
        screen.height = size.height;
        Look look{language, ThemeKind::light, false};
        look.embedded = true;
        screen.shell.set_look(look);
        screen.configure("engine=sim&workload=" + workload);
        screen.draw();
        expect_tidy(screen);
        screen.run_to_the_end();
        expect_tidy(screen);
      }
    }
  }
}

// A blogger names the controls that the text is about.
TEST(Screen, ShowsTheControlsThatABloggerChose) {
  Screen screen;
  screen.width = 640;
  screen.height = 480;
  Look look{Language::en, ThemeKind::light, false};
  look.embedded = true;
  look.controls = {"lock", "threads"};
  screen.shell.set_look(look);
  screen.configure("workload=counter&engine=sim");
  screen.draw();
  expect_tidy(screen);
  EXPECT_NE(screen.find("param.lock.none"), nullptr);
  EXPECT_NE(screen.find("param.threads"), nullptr);
  EXPECT_EQ(screen.find("param.increments"), nullptr);
  look.controls = {"none"};
  screen.shell.set_look(look);
  screen.draw();
  expect_tidy(screen);
  EXPECT_EQ(screen.find("param.lock.none"), nullptr);
  EXPECT_NE(screen.find("run"), nullptr);
}

TEST(Screen, HasNoResultOfALiveRunThatWasStopped) {
  Screen screen;
  screen.configure("engine=live&threads=2&increments=1000");
  screen.draw();
  screen.run_to_the_end();
  EXPECT_NE(screen.find("found"), nullptr);
  screen.configure("engine=live&threads=2&increments=100000000&lock=mutex");
  screen.draw();
  ASSERT_TRUE(screen.perform("button", "run"));
  ASSERT_TRUE(screen.perform("button", "stop"));
  screen.finish();
  ASSERT_EQ(screen.controller().snapshot().outcome->verdict, Verdict::cancelled);
  EXPECT_EQ(screen.find("found"), nullptr) << "0 would be a lie";
}

TEST(Screen, LeadsToTheLessonOfWhatIsShown) {
  Screen screen;
  screen.configure("workload=deadlock&engine=sim");
  screen.draw();
  ASSERT_TRUE(screen.perform("button", "lesson"));
  EXPECT_EQ(screen.lesson, "deadlock");
}

TEST(Screen, SwitchesLanguageAndTheme) {
  Screen screen;
  screen.draw();
  EXPECT_TRUE(screen.perform("button", "language"));
  EXPECT_EQ(screen.shell.look().language, Language::ko);
  EXPECT_TRUE(screen.perform("button", "theme"));
  EXPECT_EQ(screen.shell.look().theme, ThemeKind::light);
}

TEST(Screen, WalksThroughAFailureThatWasFound) {
  Screen screen;
  screen.configure("engine=explore&threads=2&increments=1&lock=none");
  screen.draw();
  screen.run_to_the_end();
  ASSERT_TRUE(screen.perform("button", "watch"));
  EXPECT_EQ(screen.controller().setup().engine(), Engine::simulate);
  const Nanoseconds until = steady_now() + 10 * second;
  auto& controller = const_cast<app::Controller&>(screen.controller());
  while (controller.active() && steady_now() < until) controller.advance(5 * millisecond);
  screen.draw();
  EXPECT_EQ(screen.shell.run().cursor(), 0U);
  EXPECT_GT(screen.shell.run().steps(), 4U);
  EXPECT_FALSE(screen.shell.run().replay().overwrites().empty());
}

// Under a finger, everything that is pressed is large enough.
TEST(Screen, HasLargeTargetsForFingers) {
  Screen screen;
  screen.width = 390;
  screen.height = 844;
  screen.finger = true;
  screen.configure("engine=sim");
  screen.draw();
  for (const Node& node : screen.semantics().nodes()) {
    const bool pressed =
        node.role == "button" || node.role == "radio" || node.role == "combobox" || node.role == "slider";
    if (pressed) {
      EXPECT_GE(node.rect.h, 36) << node.key;
    }
  }
}

TEST(Fit, Deadlock) {
  for (const char* scene : {"philosophers", "accounts"}) {
    const std::string query = std::string("workload=deadlock&scene=") + scene;
    expect_tidy_everywhere(query + "&engine=live&order=naive", true, {});
    expect_tidy_everywhere(query + "&engine=live&order=ordered&meals=3", true, {});
    expect_tidy_everywhere(query + "&engine=sim&order=naive&threads=2&meals=3", true, {"0", "3", "8", "13"});
    expect_tidy_everywhere(query + "&engine=sim&order=try&threads=3&meals=3", true, {"9", "21", "33"});
    expect_tidy_everywhere(query + "&engine=sim&order=waiter&threads=8&meals=1500", true, {"30", "50000"});
    expect_tidy_everywhere(query + "&engine=sim&order=naive&threads=16", true, {"40"});
  }
  expect_tidy_everywhere("workload=deadlock&engine=explore&order=try", true, {});
  // On real threads, while it goes on and somebody waits.
  Screen screen;
  screen.configure("workload=deadlock&engine=live&order=waiter&meals=1000000&think=0ns&reach=5ms");
  auto& controller = const_cast<app::Controller&>(screen.controller());
  controller.carry_out(view::RunRequest{});
  const auto somebody_waits = [&] {
    return std::ranges::any_of(screen.semantics().nodes(),
                               [](const Node& node) { return node.value == "waits for the waiter"; });
  };
  const Nanoseconds until = steady_now() + 20 * second;
  while (!somebody_waits() && steady_now() < until) {
    controller.advance(5 * millisecond);
    screen.draw();
    expect_tidy(screen);
  }
  EXPECT_TRUE(somebody_waits());
}

}  // namespace
}  // namespace interleave::view
