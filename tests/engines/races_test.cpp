// Which workloads race on the simulator, by name: whatever this one run came to.
#include "trace/races.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "any_workload/invariants.h"
#include "any_workload/random_run.h"
#include "engines/registry.h"
#include "support/running.h"
#include "trace/lost_updates.h"
#include "trace/race_verdict.h"

namespace interleave::test {
namespace {

using Values = std::vector<std::pair<std::string_view, std::string_view>>;

const rt::Entry& entry_of(std::string_view id) {
  return *std::ranges::find_if(engines::registry(), [&](const rt::Entry& entry) { return entry.info.id == id; });
}

void set(const std::vector<ParamSpec>& specs, ParamValues& values, std::string_view key, std::string_view value) {
  const auto spec = std::ranges::find(specs, key, &ParamSpec::key);
  if (spec == specs.end()) return;
  const Result<ParamValue> parsed = parse_value(*spec, value);
  ASSERT_TRUE(parsed.ok()) << key << "=" << value;
  values[static_cast<std::size_t>(spec - specs.begin())] = parsed.value();
}

struct Ran {
  std::shared_ptr<const trace::Trace> trace;
  Outcome outcome;
  trace::RaceReport report;

  [[nodiscard]] bool races() const { return report.count > 0; }
};

// On the simulator to its end, with the defaults but for some values of the workload or the engine.
Ran ran(std::string_view id, const Values& values = {}) {
  const rt::Entry& entry = entry_of(id);
  rt::Start start;
  start.params = defaults(entry.info.params, Engine::simulate);
  start.settings = defaults(settings_of(Engine::simulate), Engine::simulate);
  for (const auto& [key, value] : values) {
    set(entry.info.params, start.params, key, value);
    set(settings_of(Engine::simulate), start.settings, key, value);
  }
  const std::unique_ptr<rt::Execution> run = entry.start[static_cast<std::size_t>(Engine::simulate)](start);
  EXPECT_TRUE(wait_until_finished(*run));
  const trace::Snapshot snapshot = run->snapshot();
  trace::Races races;
  races.update(*snapshot.trace);
  EXPECT_EQ(races.report().checked, trace::Checked::whole) << id;
  return {snapshot.trace, snapshot.outcome.value_or(Outcome{}), races.report()};
}

TEST(RacesOfWorkloads, WithTheirDefaultsAreThoseThatAreMeantToRace) {
  for (const rt::Entry& entry : engines::registry()) {
    SCOPED_TRACE(entry.info.id);
    const Invariants* own = invariants_of(entry.info.id);
    ASSERT_NE(own, nullptr);
    for (const char* policy : {"random", "round-robin"}) {
      EXPECT_EQ(ran(entry.info.id, {{"policy", policy}}).races(), own->races) << policy;
    }
  }
}

TEST(RacesOfWorkloads, ACounterWithoutALockRacesEvenWhereNothingIsLost) {
  // One thread after the other: nothing comes between.
  const Ran run = ran("counter", {{"threads", "2"}, {"increments", "3"}, {"policy", "round-robin"}});
  EXPECT_EQ(run.outcome.verdict, Verdict::ok);
  EXPECT_TRUE(run.races());
  const trace::RaceVerdict verdict = trace::judge_races(*run.trace, run.report, run.outcome.verdict);
  EXPECT_EQ(verdict.sentence.en.substr(0, 34), "This run happened to be right, and");
}

TEST(RacesOfWorkloads, LocksAndAtomicsEndTheCountersRace) {
  for (const char* lock : {"mutex", "spin", "atomic"}) {
    for (const char* policy : {"random", "round-robin"}) {
      for (const char* interpreter : {"none", "cpython39", "freethreaded"}) {
        const Values values{{"lock", lock}, {"policy", policy}, {"interpreter", interpreter}, {"threads", "4"}};
        EXPECT_FALSE(ran("counter", values).races()) << lock << " " << policy << " " << interpreter;
      }
    }
  }
}

TEST(RacesOfWorkloads, UnderAGilUpdatesAreLostWithoutARace) {
  const Ran lost = ran("counter", {{"interpreter", "cpython39"}, {"policy", "random"}, {"threads", "3"}});
  EXPECT_EQ(lost.outcome.verdict, Verdict::failure);
  EXPECT_FALSE(trace::overwrites(*lost.trace).empty());
  EXPECT_FALSE(lost.races());
  EXPECT_TRUE(ran("counter", {{"interpreter", "freethreaded"}, {"policy", "random"}, {"threads", "3"}}).races());
}

TEST(RacesOfWorkloads, OnALoopUpdatesAreLostWithoutARaceAndOnThreadsWithOne) {
  const Values across{{"count", "across"}, {"tasks", "5"}};
  const auto in = [&](const char* mode) {
    Values values = across;
    values.emplace_back("mode", mode);
    return ran("coroutines", values);
  };
  const Ran loop = in("loop");
  EXPECT_EQ(loop.outcome.verdict, Verdict::failure);
  EXPECT_FALSE(loop.races());
  EXPECT_FALSE(in("pool").races());
  EXPECT_TRUE(in("threads").races());
}

TEST(RacesOfWorkloads, ReferenceCountsRaceWhereTheyAreCountedPlainly) {
  for (const char* policy : {"random", "round-robin"}) {
    const auto counted = [&](const char* how) {
      return ran("refcount", {{"count", how}, {"policy", policy}, {"threads", "3"}, {"rounds", "10"}}).races();
    };
    EXPECT_TRUE(counted("plain"));
    for (const char* how : {"atomic", "lock", "gil", "biased"}) EXPECT_FALSE(counted(how)) << how << " " << policy;
  }
}

TEST(RacesOfWorkloads, AFlagThatIsASignalDoesNotRace) {
  for (const char* mode : {"serial", "threads", "tasks"}) {
    for (const char* interpreter : {"none", "cpython310", "freethreaded"}) {
      const Ran run = ran("blocking_io", {{"mode", mode}, {"hogs", "2"}, {"interpreter", interpreter}});
      EXPECT_FALSE(run.races()) << mode << " " << interpreter;
      EXPECT_GT(run.report.accesses, 0U) << "the flag was read";
    }
  }
}

TEST(RacesOfWorkloads, NoModeOfTheOthersRaces) {
  for (const char* mode : {"serial", "threads", "queue", "pool", "tasks"}) {
    EXPECT_FALSE(ran("fanout", {{"mode", mode}}).races()) << mode;
  }
  for (const char* order : {"naive", "ordered", "try", "waiter"}) {
    for (const char* scene : {"philosophers", "accounts"}) {
      EXPECT_FALSE(ran("deadlock", {{"order", order}, {"scene", scene}}).races()) << order << " " << scene;
    }
  }
  for (const char* mode : {"serial", "threads", "processes"}) {
    EXPECT_FALSE(ran("process_pool", {{"mode", mode}}).races()) << mode;
  }
}

}  // namespace
}  // namespace interleave::test
