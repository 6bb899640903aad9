// The interpreter lock in virtual time: what CPython is known to do, exactly.
#include "support/gil.h"

#include <cstdlib>
#include <map>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "engines/built.h"
#include "support/replay.h"
#include "support/runs.h"
#include "trace/metrics.h"
#include "workloads/blocking_io.h"
#include "workloads/counter.h"
#include "workloads/factorize.h"

namespace interleave::test {
namespace {

using rt::Interpreter;
using trace::Kind;
using workloads::BlockingIo;
using workloads::Counter;
using workloads::Factorize;

sim::Settings timed() {
  sim::Settings out;
  out.policy = sim::PolicyKind::round_robin;
  return out;
}

template <class W>
trace::Snapshot simulate(const typename W::Params& params, const sim::Settings& settings = timed()) {
  const auto run = sim::start<W>(start_with(params, settings));
  EXPECT_TRUE(wait_until_finished(*run));
  trace::Snapshot out = run->snapshot();
  EXPECT_TRUE(out.outcome.has_value());
  return out;
}

template <class Look>
void each_event(const trace::Trace& trace, Look look) {
  const auto& events = trace.streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) look(events[at]);
}

// Only its holder runs, and it has one holder at a time.
void expect_only_the_holder_runs(const trace::Trace& trace) {
  std::optional<ThreadId> holder;
  each_event(trace, [&](const trace::Event& event) {
    switch (event.kind) {
      case Kind::gil_take:
        ASSERT_FALSE(holder.has_value()) << "taken while another had it";
        holder = event.thread;
        break;
      case Kind::gil_drop:
        ASSERT_EQ(holder, event.thread);
        holder.reset();
        break;
      case Kind::load:
      case Kind::store:
      case Kind::fetch_add:
      case Kind::compute:
      case Kind::spawn:
      case Kind::release: ASSERT_EQ(holder, event.thread) << info(event.kind).key << " without the GIL"; break;
      default: break;
    }
  });
}

double against_serial(Factorize::Params params) {
  params.mode = Factorize::Mode::serial;
  const double serial = figure(simulate<Factorize>(params), "elapsed");
  params.mode = Factorize::Mode::threads;
  return figure(simulate<Factorize>(params), "elapsed") / serial;
}

TEST(SimulatedGil, TwoThreadsThatComputeGainNothingAndPayForTheHandOvers) {
  for (const Interpreter interpreter : {Interpreter::cpython39, Interpreter::cpython310}) {
    const double equal = against_serial({.first = 10'000'000, .last = 10'000'000, .interpreter = interpreter});
    EXPECT_GE(equal, 1.03);
    EXPECT_LE(equal, 1.07);
    const double unequal = against_serial({.interpreter = interpreter});
    EXPECT_GE(unequal, 1.02);
    EXPECT_LE(unequal, 1.07);
  }
}

TEST(SimulatedGil, WithoutItTwoThreadsTakeHalfTheTimeOrTwoThirdsForUnequalHalves) {
  for (const Interpreter interpreter : {Interpreter::none, Interpreter::freethreaded}) {
    EXPECT_NEAR(against_serial({.first = 10'000'000, .last = 10'000'000, .interpreter = interpreter}), 0.5, 0.005);
    EXPECT_NEAR(against_serial({.interpreter = interpreter}), 0.667, 0.005);
  }
}

TEST(SimulatedGil, IsHandedOverOnceASwitchIntervalWhileTwoCompute) {
  for (const Nanoseconds interval : {1 * millisecond, 5 * millisecond, 20 * millisecond}) {
    const auto run = simulate<Factorize>({.first = 10'000'000, .last = 10'000'000, .switch_interval = interval});
    const double elapsed = figure(run, "elapsed");
    // Whoever gave way wakes once another has taken the lock, and only then begins to wait for its interval.
    const double expected = elapsed / static_cast<double>(interval + 2 * sim::Settings{}.cost_handover);
    EXPECT_NEAR(figure(run, "handovers"), expected, expected * 0.05 + 2) << interval;
    EXPECT_NEAR(figure(run, "requests"), expected, expected * 0.05 + 2) << interval;
    expect_only_the_holder_runs(*run.trace);
  }
}

TEST(SimulatedGil, IsAskedForOnlyAfterASwitchIntervalAndThenGoesToAnother) {
  const auto run = simulate<Factorize>({.numbers = 3, .first = 3'000'000, .last = 3'000'000});
  std::map<ThreadId, Nanoseconds> waits_since;
  std::optional<ThreadId> gave_way;
  std::uint64_t requests = 0;
  each_event(*run.trace, [&](const trace::Event& event) {
    if (event.kind == Kind::wait && event.state == trace::State::waiting_gil) waits_since[event.thread] = event.time;
    if (event.kind == Kind::gil_request) {
      ++requests;
      EXPECT_GE(event.time - waits_since.at(event.thread), 5 * millisecond);
    }
    if (event.kind == Kind::gil_drop && event.value == 1) gave_way = event.thread;
    if (event.kind == Kind::gil_take && gave_way) {
      EXPECT_NE(event.thread, *gave_way) << "who was asked to let it go waits until another has it";
      gave_way.reset();
    }
  });
  EXPECT_GT(requests, 10U);
}

TEST(SimulatedGil, FiveBlockingCallsTakeHalfASecondInTurnAndATenthInThreads) {
  for (const Interpreter interpreter :
       {Interpreter::cpython39, Interpreter::cpython310, Interpreter::freethreaded, Interpreter::none}) {
    const auto serial = simulate<BlockingIo>({.mode = BlockingIo::Mode::serial, .interpreter = interpreter});
    EXPECT_NEAR(figure(serial, "elapsed"), 0.5e9, 0.01e9);
    const auto threads = simulate<BlockingIo>({.mode = BlockingIo::Mode::threads, .interpreter = interpreter});
    EXPECT_NEAR(figure(threads, "elapsed"), 0.1e9, 0.005e9);
    const auto tasks = simulate<BlockingIo>({.mode = BlockingIo::Mode::tasks, .interpreter = interpreter});
    EXPECT_NEAR(figure(tasks, "elapsed"), 0.1e9, 0.005e9);
  }
}

TEST(SimulatedGil, KeptDuringTheCallsThreadsAreAsSlowAsTakingTurns) {
  const auto kept = simulate<BlockingIo>({.gil = rt::GilDuringIo::kept});
  EXPECT_NEAR(figure(kept, "elapsed"), 0.5e9, 0.01e9);
  const auto without = simulate<BlockingIo>({.gil = rt::GilDuringIo::kept, .interpreter = Interpreter::freethreaded});
  EXPECT_NEAR(figure(without, "elapsed"), 0.1e9, 0.005e9) << "there is nothing to keep";
}

TEST(SimulatedGil, ARoundTripBesideAThreadThatComputesWaitsASwitchInterval) {
  for (const Interpreter interpreter : {Interpreter::cpython39, Interpreter::cpython310}) {
    for (const Nanoseconds interval : {1 * millisecond, 5 * millisecond}) {
      const BlockingIo::Params params{.calls = 200,
                                      .delay = 25 * microsecond,
                                      .mode = BlockingIo::Mode::serial,
                                      .hogs = 1,
                                      .echo = true,
                                      .interpreter = interpreter,
                                      .switch_interval = interval};
      const auto convoy = simulate<BlockingIo>(params);
      EXPECT_GE(figure(convoy, "p99"), static_cast<double>(interval));
      EXPECT_LE(figure(convoy, "p99"), static_cast<double>(interval) * 1.3);
      expect_only_the_holder_runs(*convoy.trace);
    }
  }
}

TEST(SimulatedGil, WithoutItThereIsNoConvoy) {
  const BlockingIo::Params params{.calls = 200,
                                  .delay = 100 * microsecond,
                                  .mode = BlockingIo::Mode::serial,
                                  .hogs = 1,
                                  .echo = true,
                                  .interpreter = Interpreter::freethreaded};
  EXPECT_LE(figure(simulate<BlockingIo>(params), "p99"), 150e3);
}

// ---- counting under it ----------------------------------------------------------------------------------------------

TEST(SimulatedGil, InVirtualTimeABarePlusEqualsLosesNothingSince310) {
  for (const LosingCase& expected : losing_cases) {
    const auto run = simulate<Counter>({.threads = 6,
                                        .increments = 20'000,
                                        .interpreter = expected.interpreter,
                                        .increment = expected.increment,
                                        .switch_interval = 7 * microsecond});
    EXPECT_EQ(figure(run, "lost") > 0, expected.loses) << expected.name();
  }
}

TEST(SimulatedGil, InRandomOrderABarePlusEqualsLosesNothingSince310) {
  for (const LosingCase& expected : losing_cases) {
    bool lost = false;
    for (int seed = 1; seed <= 50; ++seed) {
      sim::Settings settings;
      settings.seed = seed;
      const auto run = simulate<Counter>(
          {.threads = 3, .increments = 5, .interpreter = expected.interpreter, .increment = expected.increment},
          settings);
      lost = lost || figure(run, "lost") > 0;
      if (rt::Interpreting{expected.interpreter}.has_gil()) expect_only_the_holder_runs(*run.trace);
    }
    EXPECT_EQ(lost, expected.loses) << expected.name();
  }
}

TEST(SimulatedGil, ExploringProvesItForTwoThreads) {
  for (const LosingCase& expected : losing_cases) {
    const trace::ExplorationReport report = explored<Counter>(
        {.threads = 2, .increments = 2, .interpreter = expected.interpreter, .increment = expected.increment});
    EXPECT_TRUE(report.exhausted);
    EXPECT_EQ(report.failures > 0, expected.loses) << expected.name();
    EXPECT_EQ(report.hangs, 0U);
  }
}

// With a lock the interpreter lock goes before the wait, so nobody waits for a lock while it keeps others from running.
TEST(SimulatedGil, ALockUnderItNeverHangs) {
  for (const auto policy : {sim::PolicyKind::random, sim::PolicyKind::round_robin}) {
    for (const auto lock : {Counter::Protection::mutex, Counter::Protection::spin}) {
      for (int seed = 1; seed <= 30; ++seed) {
        sim::Settings settings;
        settings.policy = policy;
        settings.seed = seed;
        const auto run = simulate<Counter>({.threads = 3,
                                            .increments = 5,
                                            .lock = lock,
                                            .interpreter = Interpreter::cpython39,
                                            .switch_interval = 10 * microsecond},
                                           settings);
        EXPECT_EQ(run.outcome->verdict, Verdict::ok) << run.outcome->headline.en;
        expect_only_the_holder_runs(*run.trace);
      }
    }
  }
}

TEST(SimulatedGil, TheSameSeedGivesTheSameRunAndAReplayFollowsIt) {
  for (const auto policy : {sim::PolicyKind::random, sim::PolicyKind::round_robin}) {
    sim::Settings settings;
    settings.policy = policy;
    settings.seed = 5;
    const BlockingIo::Params params{.calls = 4, .delay = 3 * millisecond, .hogs = 2, .patience = 40};
    const auto once = simulate<BlockingIo>(params, settings);
    const auto again = simulate<BlockingIo>(params, settings);
    EXPECT_EQ(trace::hash(*once.trace), trace::hash(*again.trace));
    const auto replay = sim::start<BlockingIo>(start_with(params, replaying(once.schedule, settings)));
    ASSERT_TRUE(wait_until_finished(*replay));
    EXPECT_FALSE(replay->snapshot().problem.has_value()) << replay->snapshot().problem->en;
    EXPECT_EQ(trace::hash(*replay->snapshot().trace), trace::hash(*once.trace));
  }
}

// ---- computing in virtual time --------------------------------------------------------------------------------------

TEST(TimedCompute, IsInterruptedAtTheEndOfATimeSlice) {
  sim::Settings settings = timed();
  settings.cores = 1;
  const auto run =
      simulate<Factorize>({.first = 1'000'000, .last = 1'000'000, .interpreter = Interpreter::freethreaded}, settings);
  std::vector<Nanoseconds> ended;
  each_event(*run.trace, [&](const trace::Event& event) {
    if (event.kind == Kind::ended && event.thread.value != 0) ended.push_back(event.time);
  });
  ASSERT_EQ(ended.size(), 2U);
  EXPECT_LT(std::abs(ended[1] - ended[0]), 11 * millisecond) << "they share the core in slices of 5 ms";
}

}  // namespace
}  // namespace interleave::test
