// Executions drawn at random: how often they fail, and what PCT promises.
#include "explore/sampler.h"

#include <gtest/gtest.h>

#include "explore/explore.h"
#include "explore/small_programs.h"

namespace interleave::test {
namespace {

using explore::Findings;
using explore::Method;
using explore::Program;
using explore::Sampler;
using explore::Sampling;
using explore::Settings;
using explore::Shared;

void racing(Program<>& program, int threads) {
  program.threads(threads, Increments<1>{}).figure([](const Shared& s) { return s.x.peek(); });
  program.fine([=](const Shared& s) { return s.x.peek() == threads; });
}

std::uint64_t failures_in(Sampler& sampler, int runs) {
  std::uint64_t out = 0;
  for (int run = 0; run < runs; ++run) {
    sampler.next();
    if (sampler.ending().failed) ++out;
  }
  return out;
}

TEST(Sampler, AWalkFailsAsOftenAsTheExactChanceSays) {
  Program<> program;
  racing(program, 3);
  Sampler sampler(program, {}, Sampling::uniform, 1);
  const trace::Chance chance = explore::estimate(failures_in(sampler, 10'000), 10'000);
  const Findings all = explore::explore(program);
  ASSERT_TRUE(all.odds.has_value());
  EXPECT_LE(chance.low, all.odds->failing.probability);
  EXPECT_GE(chance.high, all.odds->failing.probability);
}

TEST(Sampler, TheSameSeedGivesTheSameRuns) {
  Program<> program;
  racing(program, 4);
  for (const Sampling how : {Sampling::uniform, Sampling::pct}) {
    Sampler one(program, {}, how, 7, 3);
    const std::uint64_t failures = failures_in(one, 200);
    one.leave_execution();
    Sampler again(program, {}, how, 7, 3);
    EXPECT_EQ(failures_in(again, 200), failures);
  }
}

// The last thread must be over before the first begins: a walk of many threads hardly ever does that, PCT does in one
// of n runs at depth 1 for each place, and its bound holds.
struct Ordered {
  explicit Ordered(sim::Machine& rt) : done(rt, {{"done", "끝"}}, 0) {}
  sim::Machine::Var done;
};

TEST(Sampler, PctFindsWhatItsGuaranteePromises) {
  Program<Ordered> program;
  program.thread([](auto& rt, auto& s) -> rt::Task<> {
    const auto seen = co_await rt.load(s.done);
    rt.check(seen == 0, {"the last has not been here", "마지막 스레드가 오지 않았다"});
  });
  program.threads(6, [](auto& rt, auto& s) -> rt::Task<> {
    for (int at = 0; at < 5; ++at) co_await rt.load(s.done);
  });
  program.thread([](auto& rt, auto& s) -> rt::Task<> {
    for (int at = 0; at < 20; ++at) co_await rt.load(s.done);
    co_await rt.store(s.done, 1);
  });
  Sampler pct(program, {}, Sampling::pct, 1, 1);
  constexpr int runs = 2'000;
  const std::uint64_t found = failures_in(pct, runs);
  EXPECT_DOUBLE_EQ(pct.guarantee(), 1.0 / 8);
  EXPECT_GE(static_cast<double>(found), runs * pct.guarantee());
  pct.leave_execution();
  Sampler walk(program, {}, Sampling::uniform, 1);
  EXPECT_LT(failures_in(walk, runs), 20U);
}

TEST(Sampler, AnEstimateHasTheBoundsOfWilsonsInterval) {
  const trace::Chance none = explore::estimate(0, 10'000);
  EXPECT_EQ(none.value, 0);
  EXPECT_EQ(none.low, 0);
  EXPECT_NEAR(none.high, 0.000384, 0.000001);
  const trace::Chance half = explore::estimate(50, 100);
  EXPECT_NEAR(half.low, 0.4038, 0.0001);
  EXPECT_NEAR(half.high, 0.5962, 0.0001);
}

TEST(Sampler, NothingIsProvedByRandomRuns) {
  Program<> program;
  program.threads(3, [](auto& rt, auto& s) -> rt::Task<> { co_await rt.fetch_add(s.x, 1); });
  for (const Method method : {Method::random_walk, Method::pct}) {
    Settings settings;
    settings.method = method;
    const Findings found = explore::explore(program, settings);
    EXPECT_EQ(found.executions, 10'000U);
    EXPECT_FALSE(found.proved());
    EXPECT_EQ(explore::outcome_of(found).headline.en, "None found in 10,000 random runs; not proved");
  }
}

}  // namespace
}  // namespace interleave::test
