// What came of several runs, and at which values a parameter is worth looking at.
#include "core/series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace interleave {
namespace {

using ::testing::ElementsAre;

constexpr std::array options{Option{"a", {"a", "a"}, {"", ""}}, Option{"b", {"b", "b"}, {"", ""}}};

ParamSpec whole(std::int64_t min, std::int64_t max) {
  return integer("n", {"", ""}, {"", ""}, min, max, {min, min, min});
}

Outcome outcome(Verdict verdict, double lost = 0, double found = 100, double elapsed = 10) {
  Outcome out;
  out.verdict = verdict;
  const Tone tone = verdict == Verdict::ok ? Tone::good : Tone::bad;
  out.figures = {{"expected", {"", ""}, FigureUnit::count, 100, Tone::plain},
                 {"found", {"", ""}, FigureUnit::count, found, tone},
                 {"lost", {"", ""}, FigureUnit::count, lost, tone},
                 {"elapsed", {"", ""}, FigureUnit::nanoseconds, elapsed, Tone::plain}};
  return out;
}

SeriesReport report(std::initializer_list<Outcome> outcomes) {
  SeriesReport out;
  for (const Outcome& one : outcomes) out.runs.push_back({0, one});
  out.planned = out.runs.size();
  return out;
}

std::string_view chief(const SeriesReport& report) { return main_figure(report.outcomes(), report.timed); }

TEST(Series, TellsHowOftenItWentWrong) {
  const Outcome good = outcome(Verdict::ok);
  const Outcome bad = outcome(Verdict::failure, 3, 97);
  const std::optional<Text> mishap = Text{"Updates were lost", "갱신이 사라졌다"};
  EXPECT_EQ(told(report({bad, good, bad}), mishap).en, "Updates were lost in 2 of 3 runs.");
  EXPECT_EQ(told(report({bad, good, bad}), mishap).ko, "3번 중 2번 갱신이 사라졌다.");
  EXPECT_EQ(told(report({bad, good}), std::nullopt).en, "Something went wrong in 1 of 2 runs.");
  EXPECT_EQ(told(report({bad, good}), std::nullopt).ko, "2번 중 1번 잘못됐다.");
  EXPECT_EQ(told(report({good, good}), mishap).en, "All 2 runs did what they should.");
  EXPECT_EQ(told(report({good, good}), mishap).ko, "2번 모두 제대로 끝났다.");
  EXPECT_TRUE(told(report({}), mishap).empty());
  const Words both = told(report({bad, outcome(Verdict::hang), good}), mishap);
  EXPECT_EQ(both.en, "Updates were lost in 1 of 3 runs. It came to a standstill in 1 of 3 runs.");
  EXPECT_EQ(both.ko, "3번 중 1번 갱신이 사라졌다. 3번 중 1번 영영 멈춰 버렸다.");
}

TEST(Series, ShowsTheHarmThatTheHeadlinesNameThenTheTime) {
  const auto bad = [](double lost, double found, std::string_view headline) {
    Outcome out = outcome(Verdict::failure, lost, found);
    out.headline = Text{headline, headline};
    return out;
  };
  EXPECT_EQ(chief(report({bad(3, 97, "3 updates were lost"), outcome(Verdict::ok)})), "lost");
  EXPECT_EQ(chief(report({bad(97, 3, "97 updates were lost"), bad(3, 97, "3 updates were lost")})), "lost");
  EXPECT_EQ(chief(report({bad(7, 93, "1,937 or 7.93 or 937")})), "elapsed") << "no figure's value stands there alone";
  SeriesReport fine = report({outcome(Verdict::ok, 0, 100, 10), outcome(Verdict::ok, 0, 100, 12)});
  EXPECT_EQ(chief(fine), "elapsed");
  fine.timed = false;
  EXPECT_EQ(chief(fine), "expected") << "the time says nothing, and nothing else differs";
  fine.runs[1].outcome.figures[1].value = 99;
  EXPECT_EQ(chief(fine), "found");
  EXPECT_EQ(chief(report({})), "");
}

TEST(Series, GivesTheRunsOfAValue) {
  SeriesReport out = report({outcome(Verdict::ok), outcome(Verdict::failure), outcome(Verdict::ok)});
  out.runs[0].value = 2;
  EXPECT_EQ(out.outcomes().size(), 3U);
  EXPECT_EQ(out.outcomes_at(0).size(), 2U);
  EXPECT_EQ(out.outcomes_at(2).front()->verdict, Verdict::ok);
}

TEST(Series, DrawHowOftenItWentWrongOverASweep) {
  SeriesReport out = report({outcome(Verdict::ok), outcome(Verdict::failure, 3), outcome(Verdict::hang)});
  out.values = {2, 4};
  out.runs[2].value = 4;
  for (SeriesRun& run : out.runs) run.value = run.value == 4 ? 4 : 2;
  EXPECT_EQ(figures_to_draw(out).size(), 4U) << "a repeat says it in its sentence";
  out.swept = whole(2, 4);
  ASSERT_EQ(figures_to_draw(out).size(), 5U);
  EXPECT_EQ(figures_to_draw(out).back().key, went_wrong);
  ASSERT_EQ(sorted_at(out, 2, went_wrong).size(), 1U);
  EXPECT_DOUBLE_EQ(sorted_at(out, 2, went_wrong).front().value, 0.5);
  EXPECT_DOUBLE_EQ(sorted_at(out, 4, went_wrong).front().value, 1.0);
  EXPECT_TRUE(sorted_at(out, 3, went_wrong).empty()) << "no run of that value";
  EXPECT_EQ(sorted_at(out, 2, "lost").back().value, 3);
  out.runs.resize(1);
  EXPECT_EQ(figures_to_draw(out).size(), 4U) << "nothing went wrong";
}

TEST(Spread, SortsAFigureAndCountsVerdicts) {
  const Outcome one = outcome(Verdict::failure, 5);
  const Outcome two = outcome(Verdict::failure, 1);
  Outcome three = outcome(Verdict::ok, 0);
  three.figures.erase(three.figures.begin() + 2);
  three.figures.push_back({"more", {"", ""}, FigureUnit::count, 1, Tone::plain});
  const std::vector<const Outcome*> all{&one, &two, &three};
  const std::vector<Figure> lost = sorted_figures(all, "lost");
  ASSERT_EQ(lost.size(), 2U) << "one run has no such figure";
  EXPECT_EQ(lost.front().value, 1);
  EXPECT_EQ(median_of(lost).value, 5);
  EXPECT_EQ(count_of(all, Verdict::failure), 2U);
  EXPECT_EQ(figures_of(all).size(), 5U);
  EXPECT_EQ(figures_of(all).back().key, "more");
}

TEST(ValuesToSweep, AreAllWhereThereAreFew) {
  EXPECT_THAT(values_to_sweep(whole(1, 16)), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16));
  EXPECT_THAT(values_to_sweep(choice("c", {"", ""}, {"", ""}, options, {0, 0, 0})), ElementsAre(0, 1));
  EXPECT_THAT(values_to_sweep(toggle("t", {"", ""}, {"", ""}, {0, 0, 0})), ElementsAre(0, 1));
}

TEST(ValuesToSweep, ReachBothEndsAndGoByRatioWhereTheRangeIsWide) {
  EXPECT_THAT(values_to_sweep(whole(1, 1'000), 7), ElementsAre(1, 5, 10, 50, 100, 500, 1'000));
  for (const ParamSpec& spec : {whole(0, 64), whole(0, 4'294'967'295), whole(5, 100), whole(1, 17),
                                duration("d", {"", ""}, {"", ""}, 0, 10'000'000'000, {0, 0, 0})}) {
    const std::vector<std::int64_t> values = values_to_sweep(spec);
    EXPECT_EQ(values.front(), spec.min);
    EXPECT_EQ(values.back(), spec.max);
    EXPECT_LE(values.size(), 16U);
    EXPECT_GE(values.size(), 5U);
    for (std::size_t at = 1; at < values.size(); ++at) EXPECT_LT(values[at - 1], values[at]);
    for (const std::int64_t value : values) EXPECT_TRUE(check_value(spec, value));
  }
}

}  // namespace
}  // namespace interleave
