// The numbers of classes that are known, and the ones that brute force finds.
#include <gtest/gtest.h>

#include "explore/brute_force.h"
#include "explore/explore.h"
#include "explore/small_programs.h"

namespace interleave::test {
namespace {

using explore::Findings;
using explore::Program;
using explore::Shared;

struct Case {
  const char* name;
  int threads;
  int increments;
  std::uint64_t classes;
  std::uint64_t schedules;  // 0: too many to run them all here
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class RacingIncrements : public testing::TestWithParam<Case> {
 protected:
  static void fill(Program<>& program, const Case& c) {
    if (c.increments == 1) program.threads(c.threads, Increments<1>{});
    if (c.increments == 2) program.threads(c.threads, Increments<2>{});
    if (c.increments == 3) program.threads(c.threads, Increments<3>{});
    const int expected = c.threads * c.increments;
    program.figure([](const Shared& s) { return s.x.peek(); });
    program.fine([=](const Shared& s) { return s.x.peek() == expected; });
  }
};

TEST_P(RacingIncrements, RunEachClassOnce) {
  Program<> program;
  fill(program, GetParam());
  const Findings found = explore::explore(program);
  EXPECT_EQ(found.executions, GetParam().classes);
  EXPECT_TRUE(found.exhausted);
  EXPECT_EQ(found.blocked, 0U);
  EXPECT_EQ(found.hangs, 0U);
  ASSERT_TRUE(found.shortest.has_value());
  EXPECT_EQ(found.shortest->preemptions, 1U);
  EXPECT_EQ(found.shortest->steps, static_cast<std::uint64_t>(2 * GetParam().threads * GetParam().increments));
  EXPECT_TRUE(found.shortest->certain);
}

TEST_P(RacingIncrements, AgreeWithBruteForce) {
  if (GetParam().schedules == 0) return;
  Program<> program;
  fill(program, GetParam());
  const BruteForce all = run_every_schedule(program, 100'000);
  EXPECT_EQ(all.schedules, GetParam().schedules);
  EXPECT_EQ(all.classes.size(), GetParam().classes);
  const Findings found = explore::explore(program);
  ASSERT_EQ(found.outcomes.size(), all.outcomes.size());
  for (const auto& [figure, classes] : all.outcomes) {
    EXPECT_EQ(found.outcomes.at(figure).executions, classes.size()) << figure;
  }
}

INSTANTIATE_TEST_SUITE_P(Known, RacingIncrements,
                         testing::Values(Case{"2x1", 2, 1, 4, 6}, Case{"2x2", 2, 2, 34, 70},
                                         Case{"2x3", 2, 3, 328, 924}, Case{"3x1", 3, 1, 36, 90},
                                         Case{"3x2", 3, 2, 7'134, 34'650}, Case{"4x1", 4, 1, 576, 2'520},
                                         Case{"6x1", 6, 1, 518'400, 0}),
                         [](const auto& known) { return std::string("Threads") + known.param.name; });

TEST(Locks, OrdersOfAMutexAreTheFactorial) {
  std::uint64_t factorial = 1;
  for (int threads = 2; threads <= 7; ++threads) {
    factorial *= static_cast<std::uint64_t>(threads);
    Program<> program;
    program.threads(threads, LockedIncrement{}).fine([=](const Shared& s) { return s.x.peek() == threads; });
    const Findings found = explore::explore(program);
    EXPECT_EQ(found.executions, factorial) << threads;
    EXPECT_TRUE(found.proved()) << threads;
    EXPECT_EQ(found.blocked, 0U) << threads;
  }
}

// A release is a step of its own, so that the other can read in between and then find the lock taken or free.
TEST(Locks, LockStoreUnlockAgainstLoadTryLock) {
  Program<> program;
  program
      .thread([](auto& rt, auto& s) -> rt::Task<> {
        auto held = co_await rt.acquire(s.a);
        co_await rt.store(s.x, 1);
      })
      .thread([](auto& rt, auto& s) -> rt::Task<> {
        const auto seen = co_await rt.load(s.x);
        auto held = co_await rt.try_acquire(s.a);
        // Seeing the store, it believes that the lock is free again.
        rt.check(seen == 0 || held, {"the lock is free", "락이 풀려 있다"});
      });
  const Findings found = explore::explore(program);
  EXPECT_EQ(found.executions, 5U);
  EXPECT_EQ(found.failures, 1U);
  EXPECT_TRUE(found.exhausted);
  EXPECT_EQ(run_every_schedule(program, 1000).classes.size(), 5U);
}

TEST(Locks, TwoFailedTriesAreIndependent) {
  const auto attempt = [](auto& rt, auto& s) -> rt::Task<> { auto held = co_await rt.try_acquire(s.a); };
  Program<> program;
  program.thread([](auto& rt, auto& s) -> rt::Task<> { auto held = co_await rt.acquire(s.a); }).threads(2, attempt);
  const BruteForce all = run_every_schedule(program, 10'000);
  const Findings found = explore::explore(program);
  EXPECT_EQ(found.executions, all.classes.size());
  EXPECT_EQ(found.blocked, 0U);
}

TEST(Hangs, TwoLocksInOppositeOrderAreFoundWithTheCycle) {
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
  const BruteForce all = run_every_schedule(program, 1000);
  const Findings found = explore::explore(program);
  EXPECT_EQ(found.executions, all.classes.size());
  EXPECT_EQ(found.hangs, 1U);
  EXPECT_EQ(all.hanging_classes.size(), 1U);
  ASSERT_TRUE(found.shortest.has_value());
  EXPECT_EQ(found.shortest->text(), "AB.");
  EXPECT_TRUE(found.shortest->hang);
  ASSERT_EQ(found.shortest->outcome.cycle.size(), 2U);
  EXPECT_EQ(found.shortest->outcome.cycle[0].en, "thread 1 waits for lock b, which thread 2 holds.");
  EXPECT_EQ(explore::outcome_of(found).verdict, Verdict::hang);
}

TEST(Steps, SleepsAndComputationsMakeNoDifference) {
  Program<> program;
  program.threads(2, [](auto& rt, auto& s) -> rt::Task<> {
    co_await rt.sleep(millisecond);
    const auto value = co_await rt.load(s.x);
    co_await rt.compute(3, 10, rt::Safepoint::back_edge, [](std::int64_t, std::int64_t) {});
    co_await rt.store(s.x, value + 1);
    co_await rt.sleep(millisecond);
  });
  EXPECT_EQ(explore::explore(program).executions, 4U);
  EXPECT_EQ(run_every_schedule(program, 100'000).schedules, 252U);
}

TEST(Steps, OneThreadHasOneExecution) {
  Program<> program;
  program.thread(Increments<1>{});
  const Findings found = explore::explore(program);
  EXPECT_EQ(found.executions, 1U);
  EXPECT_TRUE(found.proved());
}

TEST(Steps, NoThreadsHaveOneExecution) {
  Program<> program;
  EXPECT_EQ(explore::explore(program).executions, 1U);
}

// Starting and joining order steps without being steps.
TEST(Steps, StartAndJoinOrderWhatIsAroundThem) {
  Program<> program;
  program.thread([](auto& rt, auto& s) -> rt::Task<> {
    co_await rt.store(s.x, 1);
    const auto child = co_await rt.spawn(
        {},
        [](auto& own, auto& shared) -> rt::Task<> {
          const auto seen = co_await own.load(shared.x);
          co_await own.store(shared.y, seen);
        },
        s);
    co_await rt.join(child);
    const auto seen = co_await rt.load(s.y);
    rt.check(seen == 1, {"the child's store is seen", "자식이 쓴 값이 보인다"});
  });
  const Findings found = explore::explore(program);
  EXPECT_EQ(found.executions, 1U);
  EXPECT_TRUE(found.proved());
}

// Two spawners: the machine numbers their children in the order of the schedule, the search does not.
TEST(Steps, ChildrenOfSeveralSpawnersKeepTheirIdentity) {
  Program<> program;
  program.threads(2, [](auto& rt, auto& s) -> rt::Task<> {
    co_await rt.fetch_add(s.y, 1);
    const auto child = co_await rt.spawn(
        {},
        [](auto& own, auto& shared) -> rt::Task<> {
          const auto value = co_await own.load(shared.x);
          co_await own.store(shared.x, value + 1);
        },
        s);
    co_await rt.join(child);
  });
  // Two orders of the fetch_adds, and four classes of the children's increments for each.
  const Findings found = explore::explore(program);
  EXPECT_EQ(found.executions, 8U);
  EXPECT_EQ(found.blocked, 0U);
  EXPECT_TRUE(found.exhausted);
}

TEST(Budget, NeverProvesWhenSpent) {
  Program<> program;
  program.threads(3, LockedIncrement{});
  explore::Settings settings;
  settings.executions = 3;
  const Findings found = explore::explore(program, settings);
  EXPECT_EQ(found.executions, 3U);
  EXPECT_FALSE(found.exhausted);
  EXPECT_FALSE(found.proved());
  EXPECT_EQ(explore::outcome_of(found).headline.en, "None found in 3 executions; not proved");
}

TEST(Budget, LoopsThatWaitForOthersAreCutAndProveNothing) {
  Program<> program;
  program
      .thread([](auto& rt, auto& s) -> rt::Task<> {
        while (true) {
          const auto seen = co_await rt.load(s.x);
          if (seen != 0) break;
        }
      })
      .thread([](auto& rt, auto& s) -> rt::Task<> { co_await rt.store(s.x, 1); });
  explore::Settings settings;
  settings.executions = 20;
  const Findings found = explore::explore(program, settings);
  EXPECT_GT(found.cut, 0U);
  EXPECT_FALSE(found.proved());
}

}  // namespace
}  // namespace interleave::test
