// Which configurations a repeat and a sweep are made of, and how the machine is told.
#include "session/series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/host.h"
#include "session/parse.h"
#include "support/fake_engine.h"

namespace interleave::session {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SeriesOf : public ::testing::Test {
 protected:
  [[nodiscard]] Setup setup(std::string_view query) const { return parse(catalogue, from_query(query)).setup; }
  [[nodiscard]] std::int64_t value(const Series& series, std::size_t index, std::string_view key) const {
    return series.at(index).value(key).value_or(-1).number();
  }
  Catalogue catalogue{test::fake_workloads()};
};

TEST_F(SeriesOf, ARepeatHasTheNextSeeds) {
  const Series series{setup("engine=sim&seed=7"), std::nullopt, 3};
  EXPECT_EQ(series.size(), 3U);
  EXPECT_EQ(series.at(0), series.base);
  EXPECT_EQ(value(series, 1, "seed"), 8);
  EXPECT_EQ(value(series, 2, "seed"), 9);
}

TEST_F(SeriesOf, PastTheLargestSeedItBeginsAgain) {
  const Series series{setup("engine=sim&seed=4294967295"), std::nullopt, 3};
  EXPECT_EQ(value(series, 0, "seed"), 4'294'967'295);
  EXPECT_EQ(value(series, 1, "seed"), 1);
  EXPECT_EQ(value(series, 2, "seed"), 2);
}

TEST_F(SeriesOf, ASweepHasEveryValueWithTheSameSeeds) {
  Result<Sweep> sweep = parse_sweep(setup("engine=sim&seed=7"), "threads=3..1");
  ASSERT_TRUE(sweep);
  const Series series{setup("engine=sim&seed=7"), std::move(sweep).value(), 2};
  ASSERT_EQ(series.size(), 6U);
  std::vector<std::int64_t> threads;
  std::vector<std::int64_t> seeds;
  for (std::size_t at = 0; at < series.size(); ++at) {
    EXPECT_EQ(series.value_at(at), value(series, at, "threads"));
    threads.push_back(series.value_at(at));
    seeds.push_back(value(series, at, "seed"));
  }
  EXPECT_THAT(threads, ElementsAre(3, 3, 2, 2, 1, 1));
  EXPECT_THAT(seeds, ElementsAre(7, 8, 7, 8, 7, 8));
}

TEST_F(SeriesOf, ASweepOverValuesIsCheckedLikeOneFromAText) {
  const Setup base = setup("engine=sim");
  EXPECT_TRUE(make_sweep(base, "threads", {1, 2}));
  EXPECT_THAT(make_sweep(base, "treads", {1}).error().message.en, HasSubstr("threads"));
  EXPECT_FALSE(make_sweep(base, "threads", {}));
  EXPECT_FALSE(make_sweep(base, "threads", {1, 1'000'000'000}));
  EXPECT_FALSE(make_sweep(base, "threads", std::vector<std::int64_t>(most_swept + 1, 1)));
}

TEST(ToldMachine, NamesTheBrowserShortly) {
  const std::string chrome =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
  EXPECT_EQ(short_environment(chrome), "Chrome 131");
  EXPECT_EQ(short_environment(chrome + " Edg/131.0.2903.51"), "Edge 131");
  EXPECT_EQ(short_environment("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"), "Firefox 128");
  EXPECT_EQ(
      short_environment("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                        "Version/17.4.1 Safari/605.1.15"),
      "Safari 17.4.1");
  EXPECT_EQ(short_environment("Node v22.1.0"), "Node v22.1.0");
  EXPECT_EQ(short_environment("Mozilla/5.0 Something"), "Mozilla/5.0 Something");
}

TEST(ToldMachine, IsOneLine) {
  EXPECT_EQ(told({4, "g++ 12.2.0", "native", 42, ""}).en, "4 cores, g++ 12.2.0, clock resolution 42 ns");
  EXPECT_EQ(told({1, "g++ 12.2.0", "native", 42, ""}).en, "1 core, g++ 12.2.0, clock resolution 42 ns");
  EXPECT_EQ(told({4, "clang 20", "Mozilla/5.0 Chrome/131.0.0.0 Safari/1", 5'000, ""}).ko,
            "코어 4개, Chrome 131, 시계 해상도 5.00 µs");
}

}  // namespace
}  // namespace interleave::session
