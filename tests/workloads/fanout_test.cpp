// The Game of Life in every mode: one grid whoever computes it, exact virtual time, and threads that are not there.
#include "workloads/fanout.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "engines/built.h"
#include "explore/settings.h"
#include "explore/start.h"
#include "live/start.h"
#include "sim/start.h"
#include "support/free_of_charge.h"
#include "support/pool.h"
#include "support/running.h"

namespace interleave::test {
namespace {

using workloads::Fanout;
using Mode = Fanout::Mode;
using Note = Fanout::Note;

constexpr std::array modes{Mode::serial, Mode::threads, Mode::queue, Mode::pool, Mode::tasks};

trace::Snapshot simulate(const Fanout::Params& params, const sim::Settings& settings) {
  const auto run = sim::start<Fanout>(start_with(params, settings));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

trace::Snapshot run_live(const Fanout::Params& params) {
  const auto run = live::start<Fanout>(start_with(params, live::Settings{}, shared_pool()));
  EXPECT_TRUE(wait_until_finished(*run));
  return run->snapshot();
}

// Of generation after generation, the living cells: as the notes in the trace have it. A cell that was not computed, or
// computed twice, is a failure.
std::string noted(const trace::Snapshot& snapshot, const Fanout::Params& params) {
  std::string out(static_cast<std::size_t>(params.cells() * params.generations), '?');
  for (std::size_t stream = 0; stream < snapshot.trace->streams().size(); ++stream) {
    const auto& events = snapshot.trace->streams()[stream]->events();
    for (std::size_t at = 0; at < events.size(); ++at) {
      if (events[at].kind != trace::Kind::gauge) continue;
      if (snapshot.trace->objects()[events[at].object.index()].name.en != "cell") continue;
      const auto [item, what] = Fanout::noted(events[at].value);
      char& cell = out[item];
      if (what == Note::begun) continue;
      EXPECT_EQ(cell, '?') << "computed twice";
      cell = what == Note::alive ? '#' : '.';
    }
  }
  return out;
}

TEST(FanoutWorkload, EveryModeLeavesTheSameGridOnEveryEngine) {
  Fanout::Params params{.workers = 3, .width = 3, .height = 2, .generations = 4, .wait = 20 * microsecond};
  params.chunk = 2;
  std::set<std::string> grids;
  for (const Mode mode : modes) {
    params.mode = mode;
    for (const auto interpreter : {rt::Interpreter::none, rt::Interpreter::cpython310}) {
      params.interpreter = interpreter;
      const auto live = run_live(params);
      EXPECT_EQ(live.outcome->verdict, Verdict::ok) << live.outcome->sentence.en;
      grids.insert(noted(live, params));
      for (const sim::PolicyKind policy : {sim::PolicyKind::random, sim::PolicyKind::round_robin}) {
        sim::Settings settings;
        settings.policy = policy;
        const auto simulated = simulate(params, settings);
        EXPECT_EQ(simulated.outcome->verdict, Verdict::ok) << simulated.outcome->sentence.en;
        grids.insert(noted(simulated, params));
      }
    }
  }
  ASSERT_EQ(grids.size(), 1U);
  EXPECT_EQ(grids.begin()->find('?'), std::string::npos);
}

TEST(FanoutWorkload, AGliderIsOneFurtherAfterFourGenerations) {
  const Fanout::Params params{.width = 7, .height = 7, .generations = 4, .pattern = Fanout::Pattern::glider};
  const std::string grids = noted(simulate(params, {}), params);
  EXPECT_EQ(grids.substr(std::size_t{3} * 49),
            "......."
            "......."
            "......."
            "....#.."
            ".....#."
            "...###."
            ".......");
}

TEST(FanoutWorkload, WhatOneThreadTakesIsDividedByTheWorkersExactly) {
  Fanout::Params params{.workers = 4, .width = 8, .height = 6, .generations = 3, .wait = 2 * millisecond};
  params.interpreter = rt::Interpreter::none;
  const sim::Settings settings = free_of_charge(1);
  const auto elapsed = [&](Mode mode) {
    params.mode = mode;
    return figure(simulate(params, settings), "elapsed");
  };
  const double one = static_cast<double>(params.wait) * params.cells() * params.generations;
  EXPECT_EQ(elapsed(Mode::serial), one);
  EXPECT_EQ(elapsed(Mode::queue), one / 4);
  EXPECT_EQ(elapsed(Mode::pool), one / 4);
  EXPECT_EQ(elapsed(Mode::threads), one / params.cells());
  EXPECT_EQ(elapsed(Mode::tasks), one / params.cells());
}

TEST(FanoutWorkload, ComputingIsDividedByTheCoresUnlessThereIsAGil) {
  Fanout::Params params{.mode = Mode::queue, .workers = 4, .width = 8, .height = 6, .generations = 2, .wait = 0};
  params.work = millisecond;
  params.interpreter = rt::Interpreter::none;
  const double one = static_cast<double>(params.work) * params.cells() * params.generations;
  EXPECT_EQ(figure(simulate(params, free_of_charge(4)), "elapsed"), one / 4);
  EXPECT_EQ(figure(simulate(params, free_of_charge(2)), "elapsed"), one / 2);
  params.interpreter = rt::Interpreter::cpython310;
  EXPECT_EQ(figure(simulate(params, free_of_charge(4)), "elapsed"), one);
}

TEST(FanoutWorkload, TheFiguresCountWhatTheTraceHas) {
  Fanout::Params params{.workers = 4, .width = 8, .height = 6, .generations = 3, .wait = millisecond};
  const std::array<std::pair<Mode, int>, 5> made{
      {{Mode::serial, 0}, {Mode::threads, 48 * 3}, {Mode::queue, 4}, {Mode::pool, 4}, {Mode::tasks, 48 * 3}}};
  for (const auto& [mode, expected] : made) {
    params.mode = mode;
    const auto snapshot = simulate(params, {});
    EXPECT_EQ(figure(snapshot, "made"), expected);
    EXPECT_EQ(snapshot.trace->threads().size(), static_cast<std::size_t>(expected + 1));
    EXPECT_EQ(figure(snapshot, "most"), expected > 48 ? 48 : expected);
    EXPECT_EQ(figure(snapshot, "cells"), 48 * 3);
  }
}

TEST(FanoutWorkload, AThreadForEachCellOfALargeGridIsALimitThatIsTold) {
  Fanout::Params params{.mode = Mode::threads, .width = 40, .height = 30, .generations = 2, .wait = millisecond};
  const auto& pool = shared_pool();
  const auto limit = run_live(params);
  EXPECT_EQ(limit.outcome->verdict, Verdict::limit);
  EXPECT_NE(limit.outcome->sentence.en.find(std::to_string(pool->capacity())), std::string::npos);
  // What is there is enough for those that are made once, and for tasks, which need none.
  params.wait = 10 * microsecond;
  params.workers = 4;
  for (const Mode mode : {Mode::queue, Mode::pool, Mode::tasks}) {
    params.mode = mode;
    EXPECT_EQ(run_live(params).outcome->verdict, Verdict::ok);
  }
}

// A thread that was joined is there for the next generation: all but one of the pool's, again and again.
TEST(FanoutWorkload, AsManyThreadsAsThereAreServeEveryGeneration) {
  const auto& pool = shared_pool();
  const auto most = static_cast<int>(pool->capacity()) - 1;
  Fanout::Params params{.mode = Mode::threads, .width = most, .height = 1, .generations = 20, .wait = 0};
  for (int repeated = 0; repeated < 10; ++repeated) {
    const auto snapshot = run_live(params);
    ASSERT_EQ(snapshot.outcome->verdict, Verdict::ok) << snapshot.outcome->sentence.en;
    EXPECT_EQ(figure(snapshot, "made"), most * 20);
    EXPECT_LE(snapshot.trace->streams().size(), static_cast<std::size_t>(most) + 2);
  }
}

// Letting the GIL go is told by an event that says "running": after a wait's, the timeline would show no wait.
TEST(FanoutWorkload, WhoBeginsToWaitHasLetTheGilGoBefore) {
  Fanout::Params params{.mode = Mode::queue, .workers = 4, .wait = 50 * microsecond};
  const auto snapshot = run_live(params);
  int waits = 0;
  for (std::size_t stream = 0; stream < snapshot.trace->streams().size(); ++stream) {
    const auto& events = snapshot.trace->streams()[stream]->events();
    for (std::size_t at = 0; at + 1 < events.size(); ++at) {
      if (events[at].kind != trace::Kind::wait || events[at].state == trace::State::waiting_gil) continue;
      ++waits;
      EXPECT_NE(events[at + 1].kind, trace::Kind::gil_drop);
    }
  }
  EXPECT_GT(waits, 0);
}

TEST(FanoutWorkload, EveryOrderLeavesTheSameGrid) {
  for (const Mode mode : modes) {
    Fanout::Params params{.mode = mode, .workers = 2, .width = 2, .height = 1, .generations = 1, .wait = 0};
    params.chunk = 1;
    params.interpreter = rt::Interpreter::none;
    explore::Settings settings;
    settings.executions = 20'000;
    const auto run = explore::start<Fanout>(start_with(params, settings));
    ASSERT_TRUE(wait_until_finished(*run));
    const auto report = run->snapshot().exploration.value();
    RecordProperty("executions_" + std::to_string(static_cast<int>(mode)), static_cast<int>(report.executions));
    EXPECT_EQ(report.failures, 0U);
    EXPECT_EQ(report.hangs, 0U);
    EXPECT_EQ(report.histogram.size(), 1U);
    EXPECT_TRUE(report.exhausted) << static_cast<int>(mode) << " after " << report.executions;
  }
}

}  // namespace
}  // namespace interleave::test
