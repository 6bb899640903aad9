// An exploration as session sees it, and what it tells.
#include <gtest/gtest.h>

#include "explore/explore.h"
#include "explore/start.h"
#include "workloads/counter.h"

namespace interleave::test {
namespace {

using explore::Findings;
using explore::Program;
using explore::Settings;
using explore::Shared;
using workloads::Counter;

std::unique_ptr<rt::Execution> start_counter(int threads, int increments, Counter::Protection lock,
                                             std::int64_t executions = 1'000'000) {
  Counter::Params params;
  params.threads = threads;
  params.increments = increments;
  params.lock = lock;
  Settings settings;
  settings.executions = executions;
  return explore::start<Counter>({values_of(params), values_of(settings), "", trace::Trace::default_budget, nullptr});
}

TEST(Exploration, OfTheCounterTellsHowManyOrdersFail) {
  const auto run = start_counter(2, 1, Counter::Protection::none);
  while (!run->finished()) run->advance(millisecond);
  const trace::Snapshot end = run->snapshot();
  EXPECT_EQ(end.engine, Engine::explore);
  EXPECT_EQ(end.phase, trace::Phase::finished);
  EXPECT_EQ(end.outcome->verdict, Verdict::failure);
  EXPECT_EQ(end.outcome->headline.en, "2 of 4 orders fail");
  EXPECT_TRUE(
      end.outcome->sentence.en.ends_with("The shortest failure found takes 4 steps and interrupts a thread once."));
  ASSERT_TRUE(end.exploration.has_value());
  EXPECT_TRUE(end.exploration->exhausted);
  ASSERT_EQ(end.exploration->histogram.size(), 2U);
  EXPECT_EQ(end.exploration->histogram[0].value, 1);
  EXPECT_EQ(end.exploration->histogram[0].executions, 2U);
  EXPECT_TRUE(end.exploration->histogram[0].failure);
  EXPECT_FALSE(end.exploration->histogram[1].failure);
  std::vector<std::string> story;
  for (const Words& line : end.exploration->story) {
    story.push_back(line.en);
    EXPECT_FALSE(line.ko.empty());
  }
  EXPECT_EQ(story, (std::vector<std::string>{"thread 1 reads 0", "thread 2 reads 0", "thread 2 writes 1",
                                             "thread 1 writes 1", "thread 2's update is lost"}));
  EXPECT_EQ(end.exploration->schedule, "AB2A.");
  EXPECT_FALSE(run->step(ThreadId{1}));
}

TEST(Exploration, ProvesTheMutex) {
  const auto run = start_counter(3, 1, Counter::Protection::mutex);
  while (!run->finished()) run->advance(millisecond);
  EXPECT_EQ(run->snapshot().outcome->verdict, Verdict::ok);
  EXPECT_EQ(run->snapshot().outcome->headline.en, "None of 6 orders fails: proved for this configuration");
}

TEST(Exploration, NeverProvesWithASpentBudget) {
  for (const std::int64_t budget : {1, 10, 89, 90}) {
    const auto run = start_counter(3, 2, Counter::Protection::atomic, budget);
    while (!run->finished()) run->advance(millisecond);
    const trace::Snapshot end = run->snapshot();
    EXPECT_FALSE(end.exploration->exhausted) << budget;
    EXPECT_EQ(end.outcome->headline.en.find("proved for"), std::string::npos) << budget;
    EXPECT_NE(end.outcome->headline.en.find("not proved"), std::string::npos) << budget;
  }
  const auto run = start_counter(3, 2, Counter::Protection::atomic, 91);
  while (!run->finished()) run->advance(millisecond);
  EXPECT_TRUE(run->snapshot().exploration->exhausted);
}

TEST(Exploration, WorksInSlicesAndIsCancelled) {
  const auto run = start_counter(6, 2, Counter::Protection::none);
  std::uint64_t before = 0;
  for (int slice = 0; slice < 3; ++slice) {
    run->advance(2 * millisecond);
    const trace::Snapshot now = run->snapshot();
    EXPECT_EQ(now.phase, trace::Phase::running);
    EXPECT_GT(now.exploration->executions, before);
    EXPECT_FALSE(now.exploration->exhausted);
    EXPECT_FALSE(now.exploration->story.empty());
    before = now.exploration->executions;
  }
  run->cancel();
  EXPECT_TRUE(run->finished());
  EXPECT_EQ(run->snapshot().outcome->verdict, Verdict::cancelled);
  EXPECT_EQ(run->snapshot().exploration->executions, before);
}

TEST(Exploration, SlicesDoNotChangeWhatIsFound) {
  const auto run = start_counter(3, 2, Counter::Protection::none);
  while (!run->finished()) run->advance(1);
  EXPECT_EQ(run->snapshot().exploration->executions, 7'134U);
}

TEST(Counterexamples, ReplayToTheSameFailure) {
  Program<> program;
  program
      .threads(2,
               [](auto& rt, auto& s) -> rt::Task<> {
                 const auto x = co_await rt.load(s.x);
                 auto held = co_await rt.try_acquire(s.a);
                 co_await rt.store(s.x, held ? x + 1 : x + 10);
               })
      .figure([](const Shared& s) { return s.x.peek(); })
      .fine([](const Shared& s) { return s.x.peek() != 1; });
  const Findings found = explore::explore(program);
  ASSERT_TRUE(found.shortest.has_value());
  const auto schedule = sim::parse_schedule(found.shortest->text());
  ASSERT_TRUE(schedule.ok());
  const auto again = explore::replay(program, schedule.value());
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->failed);
  EXPECT_EQ(again->figure, 1);
  EXPECT_EQ(again->steps, found.shortest->steps);
  EXPECT_FALSE(explore::replay(program, sim::parse_schedule("C.").value()).has_value());
}

TEST(Counterexamples, SleepsInThemReplayToo) {
  Program<> program;
  program
      .threads(2,
               [](auto& rt, auto& s) -> rt::Task<> {
                 co_await rt.sleep(millisecond);
                 const auto x = co_await rt.load(s.x);
                 co_await rt.sleep(millisecond);
                 co_await rt.store(s.x, x + 1);
                 co_await rt.sleep(millisecond);
               })
      .figure([](const Shared& s) { return s.x.peek(); })
      .fine([](const Shared& s) { return s.x.peek() == 2; });
  const Findings found = explore::explore(program);
  ASSERT_TRUE(found.shortest.has_value());
  const auto again = explore::replay(program, found.shortest->schedule);
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->failed);
}

TEST(Counterexamples, OfAHangAreToldWithTheCycle) {
  Program<> program;
  program
      .thread([](auto& rt, auto& s) -> rt::Task<> {
        auto first = co_await rt.acquire(s.a);
        auto second = co_await rt.acquire(s.b);
      })
      .thread([](auto& rt, auto& s) -> rt::Task<> {
        auto first = co_await rt.acquire(s.b);
        auto second = co_await rt.acquire(s.a);
      });
  const Findings found = explore::explore(program);
  std::vector<std::string> story;
  for (const Words& line : found.shortest->story) story.push_back(line.en);
  EXPECT_EQ(story, (std::vector<std::string>{"thread 1 takes lock a", "thread 2 takes lock b",
                                             "thread 1 waits for lock b, which thread 2 holds.",
                                             "thread 2 waits for lock a, which thread 1 holds."}));
  EXPECT_EQ(explore::outcome_of(found).headline.en, "1 of 3 orders deadlock");
}

TEST(Bodies, ThatThrowLeaveTheSearchInOrder) {
  Program<> program;
  program.threads(2, [](auto& rt, auto& s) -> rt::Task<> {
    auto held = co_await rt.acquire(s.a);
    const auto before = co_await rt.fetch_add(s.x, 1);
    if (before == 1) throw std::runtime_error("the second one");
  });
  EXPECT_THROW((void)explore::explore(program), std::runtime_error);
}

TEST(Bodies, TenThousandSleepersHaveOneExecution) {
  Program<> program;
  program.threads(10'000, [](auto& rt, auto&) -> rt::Task<> { co_await rt.sleep(100 * millisecond); });
  const Findings found = explore::explore(program);
  EXPECT_EQ(found.executions, 1U);
  EXPECT_TRUE(found.proved());
}

}  // namespace
}  // namespace interleave::test
