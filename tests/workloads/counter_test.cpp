// The counter's judgement, checked against sums made outside it.
#include "workloads/counter.h"

#include <gtest/gtest.h>

#include "engines/built.h"
#include "sim/start.h"
#include "support/replay.h"
#include "support/running.h"
#include "trace/lost_updates.h"

namespace interleave::test {
namespace {

using workloads::Counter;
using Protection = Counter::Protection;

trace::Snapshot simulate(const Counter::Params& params, std::int64_t seed) {
  sim::Settings settings;
  settings.seed = seed;
  const auto run = sim::start<Counter>(start_with(params, settings));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

// The last value written to the counter, read off the trace rather than from the workload.
std::int32_t last_written(const trace::Trace& trace) {
  std::int32_t value = 0;
  const auto& events = trace.streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) {
    const trace::Event& event = events[at];
    if (event.kind == trace::Kind::store || event.kind == trace::Kind::fetch_add) value = trace::written(event.value);
  }
  return value;
}

TEST(CounterWorkload, LostUpdatesAreExactlyTheDifferenceThatTheTraceShows) {
  int losing = 0;
  for (std::int64_t seed = 1; seed <= 200; ++seed) {
    const Counter::Params params{.threads = 3, .increments = 5, .lock = Protection::none};
    const trace::Snapshot snapshot = simulate(params, seed);
    const Outcome& outcome = *snapshot.outcome;
    EXPECT_EQ(figure(outcome, "expected"), 15);
    EXPECT_EQ(figure(outcome, "found"), last_written(*snapshot.trace));
    EXPECT_EQ(figure(outcome, "lost"), 15 - last_written(*snapshot.trace));
    // Something is lost exactly where some store overwrote what its thread had not seen.
    EXPECT_EQ(figure(outcome, "lost") > 0, !trace::overwrites(*snapshot.trace).empty()) << "seed " << seed;
    EXPECT_EQ(outcome.verdict, figure(outcome, "lost") > 0 ? Verdict::failure : Verdict::ok);
    losing += outcome.verdict == Verdict::failure ? 1 : 0;
  }
  EXPECT_GT(losing, 0);
}

TEST(CounterWorkload, EveryProtectionKeepsEveryUpdateInEveryOrderTried) {
  for (const Protection protection : {Protection::mutex, Protection::spin, Protection::atomic}) {
    for (std::int64_t seed = 1; seed <= 50; ++seed) {
      const auto snapshot = simulate({.threads = 4, .increments = 6, .lock = protection}, seed);
      EXPECT_EQ(snapshot.outcome->verdict, Verdict::ok);
      EXPECT_EQ(last_written(*snapshot.trace), 24);
      EXPECT_TRUE(trace::overwrites(*snapshot.trace).empty());
    }
  }
}

TEST(CounterWorkload, AnOverwriteNamesTheStoreItsVictimAndBothThreads) {
  // Thread 1 reads 0, thread 2 reads and writes 1, thread 1 writes 1 over it.
  const Counter::Params params{.threads = 2, .increments = 1, .lock = Protection::none};
  const auto run = sim::start<Counter>(start_with(params, replaying("AB2A.")));
  ASSERT_TRUE(wait_until_finished(*run));
  const trace::Snapshot snapshot = run->snapshot();
  ASSERT_FALSE(snapshot.problem.has_value()) << snapshot.problem->en;
  const auto found = trace::overwrites(*snapshot.trace);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].by, ThreadId{1});
  EXPECT_EQ(found[0].of, ThreadId{2});
  EXPECT_EQ(found[0].written, 1);
  EXPECT_EQ(found[0].destroyed, 1);
  EXPECT_LT(found[0].victim, found[0].store);
  EXPECT_EQ(snapshot.outcome->headline.en, "1 update was lost");
}

}  // namespace
}  // namespace interleave::test
