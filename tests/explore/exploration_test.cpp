// An exploration as session sees it, and what it tells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/built.h"
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
  return explore::start<Counter>({values_of(params), values_of(settings), trace::Trace::default_budget, nullptr});
}

TEST(Exploration, OfTheCounterTellsHowManyOrdersFail) {
  const auto run = start_counter(2, 1, Counter::Protection::none);
  while (!run->finished()) run->advance(millisecond);
  const trace::Snapshot end = run->snapshot();
  EXPECT_EQ(end.engine, Engine::explore);
  EXPECT_EQ(end.phase, trace::Phase::finished);
  EXPECT_EQ(end.outcome->verdict, Verdict::failure);
  EXPECT_EQ(end.outcome->headline.en, "2 of 4 orders fail");
  EXPECT_TRUE(end.outcome->sentence.en.ends_with("The shortest failure takes 4 steps and interrupts a thread once."));
  ASSERT_TRUE(end.exploration.has_value());
  EXPECT_TRUE(end.exploration->exhausted);
  ASSERT_EQ(end.exploration->histogram.size(), 2U);
  EXPECT_EQ(end.exploration->histogram[0].value, 1);
  EXPECT_EQ(end.exploration->histogram[0].executions, 2U);
  EXPECT_TRUE(end.exploration->histogram[0].failure);
  EXPECT_FALSE(end.exploration->histogram[1].failure);
  std::vector<std::string> story;
  for (const trace::StoryLine& line : end.exploration->story) {
    story.push_back(line.words.en);
    EXPECT_FALSE(line.words.ko.empty());
    EXPECT_EQ(line.step, line.words.en.find("is lost") == std::string::npos);
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
  for (const trace::StoryLine& line : found.shortest->story) story.push_back(line.words.en);
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

// ---- larger configurations ------------------------------------------------------------------------------------------

std::unique_ptr<rt::Execution> start_search(int threads, int increments, Counter::Protection lock, Settings settings) {
  Counter::Params params;
  params.threads = threads;
  params.increments = increments;
  params.lock = lock;
  return explore::start<Counter>({values_of(params), values_of(settings), trace::Trace::default_budget, nullptr});
}

trace::Snapshot end_of(rt::Execution& run) {
  while (!run.finished()) run.advance(millisecond);
  return run.snapshot();
}

TEST(Exploration, TellsHowLikelyARandomOrderIsToFail) {
  const auto run = start_search(3, 2, Counter::Protection::none, {});
  const trace::Snapshot end = end_of(*run);
  EXPECT_EQ(end.exploration->orders, 34'650);
  EXPECT_EQ(end.exploration->failing_orders, 34'560);
  ASSERT_TRUE(end.exploration->chance.has_value());
  EXPECT_TRUE(end.exploration->chance->exact());
  EXPECT_NEAR(end.exploration->chance->value, 0.985511, 1e-6);
  double all = 0;
  for (const auto& bar : end.exploration->histogram) all += bar.chance.value();
  EXPECT_NEAR(all, 1, 1e-9);
}

TEST(Exploration, EstimatesTheChanceWhereThereAreTooManyStates) {
  Settings settings;
  settings.executions = 100;
  settings.states = 100;
  const auto run = start_search(3, 2, Counter::Protection::none, settings);
  const trace::Snapshot end = end_of(*run);
  EXPECT_FALSE(end.exploration->orders.has_value());
  ASSERT_TRUE(end.exploration->chance.has_value());
  EXPECT_EQ(end.exploration->chance->runs, 10'000U);
  EXPECT_LE(end.exploration->chance->low, 0.985511);
  EXPECT_GE(end.exploration->chance->high, 0.985511);
}

TEST(Exploration, ProvesUpToABoundOfInterruptions) {
  Settings settings;
  settings.method = explore::Method::few_preemptions;
  settings.preemptions = 0;
  const auto none = start_search(3, 2, Counter::Protection::none, settings);
  const trace::Snapshot without = end_of(*none);
  EXPECT_EQ(without.outcome->verdict, Verdict::ok);
  EXPECT_EQ(without.outcome->headline.en, "None fails with at most 0 interruptions; with more is not known");
  EXPECT_FALSE(without.exploration->exhausted);
  EXPECT_EQ(without.exploration->bound, 0U);
  settings.preemptions = 1;
  const auto one = start_search(3, 2, Counter::Protection::none, settings);
  const trace::Snapshot with = end_of(*one);
  EXPECT_EQ(with.outcome->headline.en, "It fails where a thread is interrupted once");
  EXPECT_TRUE(with.exploration->shortest);
  settings.preemptions = 1'000;
  const auto all = start_search(3, 2, Counter::Protection::mutex, settings);
  EXPECT_EQ(end_of(*all).outcome->headline.en, "None of 90 orders fails: proved for this configuration");
}

TEST(Exploration, GoesOnWhereItsBudgetWasSpent) {
  Settings settings;
  settings.executions = 5'000;
  const auto run = start_search(3, 2, Counter::Protection::none, settings);
  EXPECT_FALSE(end_of(*run).exploration->exhausted);
  EXPECT_TRUE(run->snapshot().exploration->may_go_on);
  EXPECT_EQ(run->snapshot().exploration->executions, 5'000U);
  ASSERT_TRUE(run->go_on());
  EXPECT_FALSE(run->finished());
  EXPECT_TRUE(end_of(*run).exploration->exhausted);
  EXPECT_EQ(run->snapshot().exploration->executions, 7'134U);
  EXPECT_FALSE(run->snapshot().exploration->may_go_on);
  EXPECT_FALSE(run->go_on());
}

// Two threads that are busy on their own for long before their one step in common.
struct LongWays {
  template <int Own>
  rt::Task<> walk(sim::Machine& rt, Shared& shared) const {
    for (int done = 0; done < 4'000; ++done) {
      co_await rt.fetch_add(Own == 0 ? shared.y : shared.z, 1);
    }
    co_await rt.fetch_add(shared.x, 1);
  }
};
struct LongWayOfOne : LongWays {
  rt::Task<> operator()(sim::Machine& rt, Shared& shared) const { return walk<0>(rt, shared); }
};
struct LongWayOfOther : LongWays {
  rt::Task<> operator()(sim::Machine& rt, Shared& shared) const { return walk<1>(rt, shared); }
};

TEST(Exploration, StopsAtItsMemoryAndGoesOnWithAsMuchAgain) {
  Program<> program;
  program.thread(LongWayOfOne{}).thread(LongWayOfOther{});
  Settings settings;
  settings.memory = 1;
  settings.states = 1;
  for (const bool confined : {false, true}) {
    explore::Exploration search(program, settings);
    if (confined) search.confine({{1}, 0, 1});
    search.advance(10 * second);
    ASSERT_TRUE(search.finished());
    EXPECT_TRUE(search.out_of_memory());
    const trace::Snapshot stopped = search.snapshot();
    EXPECT_FALSE(stopped.exploration->exhausted);
    EXPECT_TRUE(stopped.exploration->may_go_on);
    EXPECT_THAT(stopped.outcome->sentence.en, testing::HasSubstr("came to its limit of memory"));
    for (int times = 0; search.out_of_memory(); ++times) {
      ASSERT_LT(times, 20);
      ASSERT_TRUE(search.go_on());
      EXPECT_FALSE(search.finished());
      search.advance(10 * second);
    }
    EXPECT_TRUE(search.snapshot().exploration->exhausted);
    // Both can begin with the first thread.
    EXPECT_EQ(search.findings().executions, 2U);
  }
}

TEST(Exploration, LeavesTheStatesOutOfWhatTheOrdersNeed) {
  Settings settings;
  settings.executions = 5'000;
  settings.memory = 1;
  const auto run = start_search(6, 2, Counter::Protection::none, settings);
  const trace::Snapshot end = end_of(*run);
  EXPECT_EQ(end.exploration->executions, 5'000U);
  EXPECT_LT(end.exploration->states, 15'000U);
  EXPECT_THAT(end.outcome->sentence.en, testing::HasSubstr("came to its limit after 5,000 executions"));
}

TEST(Exploration, OfFewInterruptionsSaysWhichLimitItCameTo) {
  Settings settings;
  settings.method = explore::Method::few_preemptions;
  settings.preemptions = 1'000;
  settings.states = 1'000;
  const auto few_states = start_search(6, 2, Counter::Protection::atomic, settings);
  EXPECT_THAT(end_of(*few_states).outcome->sentence.en, testing::HasSubstr("came to its limit of states"));
  settings.states = 1'000'000;
  settings.memory = 1;
  const auto little_memory = start_search(6, 3, Counter::Protection::none, settings);
  EXPECT_THAT(end_of(*little_memory).outcome->sentence.en, testing::HasSubstr("came to its limit of memory"));
  EXPECT_TRUE(little_memory->snapshot().exploration->may_go_on);
  settings.memory = 64;
  const auto whole = start_search(3, 2, Counter::Protection::none, settings);
  EXPECT_THAT(end_of(*whole).outcome->sentence.en, testing::Not(testing::HasSubstr("limit")));
}

TEST(Exploration, SaysThatItsTimeWasSpent) {
  Settings settings;
  settings.time = millisecond;
  const auto run = start_search(6, 2, Counter::Protection::none, settings);
  EXPECT_THAT(end_of(*run).outcome->sentence.en, testing::HasSubstr("came to its limit of time"));
}

TEST(Exploration, GoesOnWhereItWasStopped) {
  const auto run = start_search(6, 2, Counter::Protection::none, {});
  run->advance(millisecond);
  const std::uint64_t before = run->snapshot().exploration->executions;
  run->cancel();
  EXPECT_TRUE(run->snapshot().exploration->may_go_on);
  ASSERT_TRUE(run->go_on());
  run->advance(millisecond);
  EXPECT_GT(run->snapshot().exploration->executions, before);
  run->cancel();
}

TEST(Exploration, StopsAtItsTimeLimit) {
  Settings settings;
  settings.time = 20 * millisecond;
  settings.executions = 1'000'000'000;
  const auto run = start_search(6, 3, Counter::Protection::none, settings);
  const trace::Snapshot end = end_of(*run);
  EXPECT_FALSE(end.exploration->exhausted);
  EXPECT_GT(end.exploration->executions, 0U);
  EXPECT_LT(end.exploration->executions, 1'000'000'000U);
  EXPECT_TRUE(run->go_on());
}

}  // namespace
}  // namespace interleave::test
