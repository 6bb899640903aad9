// Reference counts: what goes wrong is checked against the trace, and what cannot go wrong against every order.
#include "workloads/refcount.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <vector>

#include <gtest/gtest.h>

#include "engines/built.h"
#include "explore/explore.h"
#include "explore/settings.h"
#include "explore/start.h"
#include "live/start.h"
#include "sim/start.h"
#include "support/idle_cores.h"
#include "support/pool.h"
#include "support/replay.h"
#include "support/running.h"

namespace interleave::test {
namespace {

using workloads::Refcount;
using Counting = Refcount::Counting;

constexpr std::array safe_countings{Counting::atomic, Counting::lock, Counting::gil, Counting::biased};

trace::Snapshot simulate(const Refcount::Params& params, std::int64_t seed, std::string schedule = {}) {
  sim::Settings settings;
  settings.seed = seed;
  if (!schedule.empty()) settings = replaying(std::move(schedule), settings);
  const auto run = sim::start<Refcount>(start_with(params, settings));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

trace::Snapshot explore_all(const Refcount::Params& params) {
  const auto run = explore::start<Refcount>(start_with(params, explore::Settings{}));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

trace::Snapshot run_live(const Refcount::Params& params) {
  const auto run = live::start<Refcount>(start_with(params, live::Settings{}, shared_pool()));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

// What the trace alone says of a run with one object: its variables are the count, then the generation.
struct Seen {
  std::int64_t freed_early = 0;
  std::int64_t used_after_free = 0;
  std::int64_t left = 1;
};

Seen read_off(const trace::Trace& trace) {
  Seen out;
  std::vector<std::int64_t> expected(trace.threads().size(), -1);  // the generation that a thread looks for
  const auto& events = trace.streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) {
    const trace::Event& event = events[at];
    if (!event.object.valid()) continue;
    const bool is_count = event.object.index() == 0;
    const bool is_generation = event.object.index() == 1;
    if (is_count && event.kind != trace::Kind::load) out.left = trace::written(event.value);
    if (!is_generation) continue;
    std::int64_t& mine = expected[event.thread.index()];
    if (event.kind == trace::Kind::fetch_add && event.thread.index() != 0) ++out.freed_early;
    if (event.kind != trace::Kind::load) continue;
    if (mine < 0) {
      mine = event.value;
    } else {
      out.used_after_free += event.value != mine ? 1 : 0;
      mine = -1;
    }
  }
  return out;
}

TEST(RefcountWorkload, PlainCountsGoWrongExactlyAsTheTraceShows) {
  int early = 0;
  int used = 0;
  int leaking = 0;
  for (std::int64_t seed = 1; seed <= 200; ++seed) {
    const auto snapshot = simulate({.threads = 3, .rounds = 4, .counting = Counting::plain}, seed);
    const Outcome& outcome = *snapshot.outcome;
    const Seen seen = read_off(*snapshot.trace);
    EXPECT_EQ(figure(outcome, "early"), seen.freed_early) << "seed " << seed;
    EXPECT_EQ(figure(outcome, "used"), seen.used_after_free) << "seed " << seed;
    EXPECT_EQ(figure(outcome, "found"), seen.left) << "seed " << seed;
    EXPECT_EQ(figure(outcome, "leaked"), seen.left != 0 ? 1 : 0) << "seed " << seed;
    const bool good = seen.freed_early == 0 && seen.used_after_free == 0 && seen.left == 0;
    EXPECT_EQ(outcome.verdict, good ? Verdict::ok : Verdict::failure) << "seed " << seed;
    early += seen.freed_early > 0 ? 1 : 0;
    used += seen.used_after_free > 0 ? 1 : 0;
    leaking += seen.left != 0 ? 1 : 0;
  }
  EXPECT_GT(early, 0);
  EXPECT_GT(used, 0);
  EXPECT_GT(leaking, 0);
}

TEST(RefcountWorkload, SafeCountsAreRightInEveryOrderTried) {
  for (const Counting counting : safe_countings) {
    for (std::int64_t seed = 1; seed <= 100; ++seed) {
      const auto snapshot = simulate({.threads = 3, .rounds = 5, .objects = 2, .counting = counting}, seed);
      EXPECT_EQ(snapshot.outcome->verdict, Verdict::ok) << static_cast<int>(counting) << " seed " << seed;
    }
  }
}

TEST(RefcountWorkload, ALostIncrementFreesTheObjectThatTheTableHolds) {
  // Both read 1 and write 2, so the two references and the table's are counted as two; then each drops its own.
  const auto snapshot = simulate({.threads = 2, .rounds = 1, .counting = Counting::plain}, 1, "A2B3A4B5@3.");
  ASSERT_FALSE(snapshot.problem.has_value()) << snapshot.problem->en;
  EXPECT_EQ(figure(*snapshot.outcome, "early"), 1);
  EXPECT_EQ(figure(*snapshot.outcome, "leaked"), 0);
  EXPECT_EQ(snapshot.outcome->headline.en, "An object was freed too early");
}

TEST(RefcountWorkload, ExploringFindsThatPlainCountsFail) {
  const auto snapshot = explore_all({.threads = 2, .rounds = 1, .counting = Counting::plain});
  const trace::ExplorationReport& report = *snapshot.exploration;
  EXPECT_TRUE(report.exhausted);
  EXPECT_GT(report.failures, 0U);
  EXPECT_LT(report.failures, report.executions);
  EXPECT_FALSE(report.schedule.empty());
  std::vector<std::int64_t> outcomes;
  for (const auto& bar : report.histogram) {
    outcomes.push_back(bar.value);
    EXPECT_EQ(bar.failure, bar.value != 0);
  }
  EXPECT_EQ(outcomes, (std::vector<std::int64_t>{0, 1, 2}));
}

TEST(RefcountWorkload, ExploringProvesEverySafeCount) {
  for (const Counting counting : safe_countings) {
    const auto snapshot = explore_all({.threads = 2, .rounds = 1, .counting = counting});
    EXPECT_TRUE(snapshot.exploration->exhausted) << static_cast<int>(counting);
    EXPECT_EQ(snapshot.exploration->failures, 0U) << static_cast<int>(counting);
    EXPECT_EQ(snapshot.exploration->hangs, 0U) << static_cast<int>(counting);
    EXPECT_GT(snapshot.exploration->executions, 0U);
  }
}

TEST(RefcountWorkload, SafeCountsAreRightOnRealThreads) {
  for (const Counting counting : safe_countings) {
    const auto snapshot = run_live({.threads = 4, .rounds = 20'000, .objects = 2, .counting = counting});
    EXPECT_EQ(snapshot.outcome->verdict, Verdict::ok)
        << static_cast<int>(counting) << ": " << snapshot.outcome->headline.en;
    EXPECT_DOUBLE_EQ(snapshot.progress, 1.0);
  }
}

TEST(RefcountWorkload, PlainCountsGoWrongOnRealThreads) {
  // Whether two threads meet is up to the machine, so many runs are allowed, each longer than the one before.
  int rounds = 0;
  expect_soon(50, [&] {
    const auto snapshot =
        run_live({.threads = 4, .rounds = std::min(rounds += 500'000, 25'000'000), .counting = Counting::plain});
    if (snapshot.outcome->verdict != Verdict::failure) return false;
    EXPECT_GT(figure(*snapshot.outcome, "early") + figure(*snapshot.outcome, "leaked"), 0);
    return true;
  });
}

}  // namespace
}  // namespace interleave::test
