// Two runs in words: what a reader is told, in both languages.
#include "core/comparison.h"

#include <gtest/gtest.h>

namespace interleave {
namespace {

constexpr std::array locks{Option{"none", {"none", "없음"}, {"", ""}}, Option{"mutex", {"mutex", "뮤텍스"}, {"", ""}}};

WorkloadInfo counter() {
  WorkloadInfo out{"counter", {"Lost updates", "사라진 갱신"}, {"", ""}, {"", ""}, Group::shared_data, {}, {}};
  out.params = {integer("threads", {"Threads", "스레드"}, {"", ""}, 1, 16, {6, 6, 2}),
                choice("lock", {"Lock", "락"}, {"", ""}, locks, {0, 0, 0})};
  return out;
}

std::vector<ParamSpec> settings() { return {integer("seed", {"Seed", "시드"}, {"", ""}, 0, 100, {1, 1, 1})}; }

Outcome outcome(std::int64_t lost, double elapsed) {
  Outcome out;
  out.verdict = lost == 0 ? Verdict::ok : Verdict::failure;
  out.headline = lost == 0 ? Words(Text{"No update was lost", "사라진 갱신이 없다"})
                           : fill({"{n} updates were lost", "{n}개가 사라졌다"}, {{"n", lost}});
  const Tone tone = lost == 0 ? Tone::good : Tone::bad;
  out.figures = {{"expected", {"Expected", "기대한 값"}, FigureUnit::count, 100},
                 {"lost", {"Lost", "사라진 수"}, FigureUnit::count, static_cast<double>(lost), tone},
                 {"elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, elapsed}};
  return out;
}

Outcome ended(Verdict verdict, Text headline) {
  Outcome out = outcome(0, 0);
  out.verdict = verdict;
  out.headline = headline;
  return out;
}

// A run with threads and lock, ready to be compared.
class Runs : public ::testing::Test {
 protected:
  struct Made {
    Engine engine = Engine::live;
    Outcome outcome;
    ParamValues params{6, 0};
    ParamValues settings{1};
    bool timed = true;
  };
  [[nodiscard]] ComparedRun seen(const Made& made) const {
    return {&info, made.engine, made.timed, made.params, specs, made.settings, &made.outcome};
  }
  [[nodiscard]] Comparison compared(const Made& a, const Made& b) const { return compare(seen(a), seen(b)); }
  [[nodiscard]] Words said(const Made& a, const Made& b) const { return compared(a, b).sentence; }

  WorkloadInfo info = counter();
  std::vector<ParamSpec> specs = settings();
};

TEST_F(Runs, ALockMakesItSlowerAndLosesNothing) {
  const Comparison out = compared({Engine::live, outcome(14, 1e6)}, {Engine::live, outcome(0, 2.2e6), {6, 1}});
  EXPECT_EQ(out.sentence.en, "B was 2.2 times slower than A, and no update was lost.");
  EXPECT_EQ(out.sentence.ko, "B가 A보다 2.2배 느리지만, 사라진 갱신이 없다.");
  ASSERT_EQ(out.changes.size(), 1U);
  EXPECT_EQ(out.changes[0].name.en, "Lock");
  EXPECT_EQ(out.changes[0].a.en, "none");
  EXPECT_EQ(out.changes[0].b.ko, "뮤텍스");
  EXPECT_TRUE(out.note.empty());
}

TEST_F(Runs, WithoutALockItIsFasterButLoses) {
  const Words out = said({Engine::live, outcome(0, 3e6), {6, 1}}, {Engine::live, outcome(14, 1e6)});
  EXPECT_EQ(out.en, "B was 3 times faster than A, but 14 updates were lost.");
  EXPECT_EQ(out.ko, "B가 A보다 3배 빠르지만, 14개가 사라졌다.");
}

TEST_F(Runs, BothBetterOrBothWorseStandSideBySide) {
  const Words better = said({Engine::live, outcome(14, 3e6)}, {Engine::live, outcome(0, 1e6), {6, 1}});
  EXPECT_EQ(better.en, "B was 3 times faster than A, and no update was lost.");
  EXPECT_EQ(better.ko, "B가 A보다 3배 빠르고, 사라진 갱신이 없다.");
  const Words worse = said({Engine::live, outcome(0, 1e6), {6, 1}}, {Engine::live, outcome(14, 3e6)});
  EXPECT_EQ(worse.en, "B was 3 times slower than A, and 14 updates were lost.");
  EXPECT_EQ(worse.ko, "B가 A보다 3배 느리고, 14개가 사라졌다.");
}

TEST_F(Runs, LittleIsToldInPercent) {
  const Words slower = said({Engine::live, outcome(0, 1e6), {6, 1}}, {Engine::live, outcome(0, 1.3e6), {6, 0}});
  EXPECT_EQ(slower.en, "B was 30 % slower than A, and both did what they should.");
  EXPECT_EQ(slower.ko, "B가 A보다 30 % 느리고, 둘 다 제대로 끝났다.");
}

TEST_F(Runs, WhatNoiseCouldExplainIsAboutTheSame) {
  for (const double second : {0.92e6, 1e6, 1.09e6}) {
    const Words out = said({Engine::live, outcome(14, 1e6)}, {Engine::live, outcome(0, second), {6, 1}});
    EXPECT_EQ(out.en, "Both took about the same time, and no update was lost.") << second;
    EXPECT_EQ(out.ko, "걸린 시간은 비슷하지만, 사라진 갱신이 없다.") << second;
  }
  const Words worse = said({Engine::live, outcome(0, 1e6), {6, 1}}, {Engine::live, outcome(14, 1e6)});
  EXPECT_EQ(worse.en, "Both took about the same time, but 14 updates were lost.");
  EXPECT_EQ(worse.ko, "걸린 시간은 비슷하지만, 14개가 사라졌다.");
}

TEST_F(Runs, SimulatedTimesAreExact) {
  const auto sim = [&](double time) { return Made{Engine::simulate, outcome(0, time)}; };
  EXPECT_EQ(said(sim(1000), sim(1030)).en, "B was 3 % slower than A, and both did what they should.");
  EXPECT_EQ(said(sim(1000), sim(1000)).en, "Both took the same time, and both did what they should.");
  EXPECT_EQ(said(sim(1000), sim(1000)).ko, "걸린 시간은 같고, 둘 다 제대로 끝났다.");
  EXPECT_EQ(said(sim(100000), sim(100100)).ko, "걸린 시간은 비슷하고, 둘 다 제대로 끝났다.");
}

TEST_F(Runs, WhereANumberDiffersThereMayHaveBeenMoreToDo) {
  const Comparison out = compared({Engine::live, outcome(0, 1e6), {2, 1}}, {Engine::live, outcome(0, 3.2e6), {6, 1}});
  EXPECT_EQ(out.sentence.en, "B took 3.2 times as long as A, and both did what they should.");
  EXPECT_EQ(out.sentence.ko, "B가 A보다 3.2배 오래 걸렸고, 둘 다 제대로 끝났다.");
  EXPECT_EQ(out.changes[0].a.en, "2");
  EXPECT_EQ(out.changes[0].b.en, "6");
  const Words back = said({Engine::live, outcome(0, 3.2e6), {6, 1}}, {Engine::live, outcome(14, 1e6), {2, 0}});
  EXPECT_EQ(back.en, "A took 3.2 times as long as B, but 14 updates were lost.");
  EXPECT_EQ(back.ko, "A가 B보다 3.2배 오래 걸렸지만, 14개가 사라졌다.");
}

TEST_F(Runs, BothMayGoWrong) {
  const Words out = said({Engine::live, outcome(14, 1e6)}, {Engine::live, outcome(3, 2e6)});
  EXPECT_EQ(out.en,
            "B was 2 times slower than A, and both went wrong. A: 14 updates were lost. B: 3 updates were lost.");
  EXPECT_EQ(out.ko, "B가 A보다 2배 느리고, 둘 다 잘못됐다. A: 14개가 사라졌다. B: 3개가 사라졌다.");
  const Words same = said({Engine::live, outcome(3, 1e6)}, {Engine::live, outcome(3, 2e6)});
  EXPECT_EQ(same.en, "B was 2 times slower than A, and both went wrong: 3 updates were lost.");
  EXPECT_EQ(same.ko, "B가 A보다 2배 느리고, 둘 다 잘못됐다: 3개가 사라졌다.");
}

TEST_F(Runs, RealAndVirtualTimeAreNotCompared) {
  const Comparison out = compared({Engine::live, outcome(14, 1e9)}, {Engine::simulate, outcome(0, 1e3), {6, 1}});
  EXPECT_EQ(out.sentence.en, "A: 14 updates were lost. B: no update was lost.");
  EXPECT_EQ(out.sentence.ko, "A: 14개가 사라졌다. B: 사라진 갱신이 없다.");
  EXPECT_EQ(out.note.en, "The time of one is real and that of the other virtual, so they are not compared.");
  EXPECT_EQ(out.note.ko, "한쪽은 실제 시간이고 다른 쪽은 가상 시간이라 서로 비교하지 않는다.");
  EXPECT_EQ(out.changes[0].a.en, "Live");
  EXPECT_EQ(out.changes[0].b.en, "Simulate");
  for (const FigurePair& pair : out.figures) {
    EXPECT_EQ(pair.comparable, pair.a.key != "elapsed");
    EXPECT_EQ(pair.ratio.has_value(), pair.a.key == "expected" || pair.a.key == "lost");
  }
}

TEST_F(Runs, APolicyWithoutAClockHasNoTime) {
  const auto sim = [&](std::int64_t lost, bool timed) {
    return Made{Engine::simulate, outcome(lost, lost == 0 ? 2000 : 1000), {6, 0}, {1}, timed};
  };
  for (const bool other : {false, true}) {
    const Comparison out = compared(sim(14, false), sim(0, other));
    EXPECT_EQ(out.sentence.en, "A: 14 updates were lost. B: no update was lost.");
    EXPECT_EQ(out.note.en, "A policy that ignores the clock was at work, so the times are not compared.");
  }
  EXPECT_EQ(said(sim(0, false), sim(0, false)).en, "Both times: no update was lost.");
  EXPECT_EQ(said(sim(0, false), sim(0, false)).ko, "둘 다 결과가 같다: 사라진 갱신이 없다.");
}

TEST_F(Runs, ThatDidNotEndHaveNoTimeEither) {
  const Made hung{Engine::live, ended(Verdict::hang, {"Deadlock", "데드락"})};
  const Made fine{Engine::live, outcome(0, 1e6)};
  const Comparison out = compared(hung, fine);
  EXPECT_EQ(out.sentence.en, "A came to a standstill: deadlock. B came to its end: no update was lost.");
  EXPECT_EQ(out.sentence.ko, "A는 영영 멈춰 버렸다: 데드락. B는 끝까지 갔다: 사라진 갱신이 없다.");
  EXPECT_TRUE(
      std::ranges::none_of(out.figures, [](const FigurePair& p) { return p.comparable && p.a.key == "elapsed"; }));
  const Made stopped{Engine::live, ended(Verdict::cancelled, {"Stopped", "멈췄다"})};
  EXPECT_EQ(said(fine, stopped).en, "A came to its end: no update was lost. B was stopped before its end.");
  EXPECT_EQ(said(fine, stopped).ko, "A는 끝까지 갔다: 사라진 갱신이 없다. B는 끝나기 전에 멈췄다.");
  const Made limited{Engine::live, ended(Verdict::limit, {"Not enough threads", "스레드가 모자란다"})};
  EXPECT_EQ(said(limited, fine).en, "A could not run: not enough threads. B came to its end: no update was lost.");
  EXPECT_EQ(said(limited, fine).ko, "A는 돌 수 없었다: 스레드가 모자란다. B는 끝까지 갔다: 사라진 갱신이 없다.");
}

TEST_F(Runs, OfTwoWorkloadsShareLittle) {
  WorkloadInfo other = counter();
  other.id = "deadlock";
  const Made a{Engine::live, outcome(0, 1e6)};
  ComparedRun b = seen(a);
  b.workload = &other;
  const Comparison out = compare(seen(a), b);
  EXPECT_EQ(out.changes[0].key, "workload");
  EXPECT_EQ(out.changes.size(), 1U);
  EXPECT_EQ(out.sentence.en, "These are two workloads. Both times: no update was lost.");
  EXPECT_EQ(out.sentence.ko, "서로 다른 작업이다. 둘 다 결과가 같다: 사라진 갱신이 없다.");
}

TEST_F(Runs, FiguresThatMatterStandFirst) {
  Made b{Engine::live, outcome(0, 2e6), {6, 1}};
  b.outcome.figures.push_back({"extra", {"Extra", "더"}, FigureUnit::count, 1});
  const Comparison out = compared({Engine::live, outcome(14, 1e6)}, b);
  ASSERT_EQ(out.figures.size(), 3U) << "what only one has is left out";
  EXPECT_EQ(out.figures[0].a.key, "elapsed");
  EXPECT_EQ(out.figures[1].a.key, "lost");
  EXPECT_EQ(out.figures[2].a.key, "expected");
  EXPECT_DOUBLE_EQ(*out.figures[0].ratio, 2.0);
  EXPECT_DOUBLE_EQ(*out.figures[1].ratio, 0.0);
}

TEST_F(Runs, SettingsOfTheEngineCountWhereTheEngineIsTheSame) {
  const Made a{Engine::simulate, outcome(0, 1000), {6, 0}, {1}};
  const Made b{Engine::simulate, outcome(0, 1000), {6, 0}, {7}};
  const Comparison out = compared(a, b);
  ASSERT_EQ(out.changes.size(), 1U);
  EXPECT_EQ(out.changes[0].key, "seed");
  EXPECT_EQ(out.changes[0].b.en, "7");
}

TEST_F(Runs, AreToldByWhatIsUnusualInThem) {
  EXPECT_TRUE(unusual_settings(seen({Engine::live, outcome(0, 1)})).empty());
  const Made made{Engine::live, outcome(0, 1), {2, 1}, {3}};
  const std::vector<Setting> out = unusual_settings(seen(made));
  ASSERT_EQ(out.size(), 3U);
  EXPECT_EQ(out[0].name.ko, "스레드");
  EXPECT_EQ(out[1].value.en, "mutex");
  EXPECT_EQ(out[2].key, "seed");
}

TEST_F(Runs, LargeRatiosAreWholeNumbersAndAbbreviationsKeepTheirLetters) {
  Made b{Engine::live, outcome(0, 1.234e9), {6, 1}};
  b.outcome.headline = Text{"GIL kept it safe", "GIL 덕분에 안전했다"};
  const Words out = said({Engine::live, outcome(14, 1e6)}, b);
  EXPECT_EQ(out.en, "B was 1,234 times slower than A, and GIL kept it safe.");
  EXPECT_EQ(out.ko, "B가 A보다 1,234배 느리지만, GIL 덕분에 안전했다.");
}

}  // namespace
}  // namespace interleave
