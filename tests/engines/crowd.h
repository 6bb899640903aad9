// What a test of a synchronisation primitive needs: a workload in which some participants run the same body, and runs
// of it on every engine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/runs.h"
#include "support/throwaway.h"

namespace interleave::test {

// A workload W derives from Crowd<W> and has
//   State<R>                               made from (R&, const Params&)
//   body(rt, state, number, params)        run by `bodies` participants, numbered from 0
//   observe(state) -> Facts                what the end left
//   fine(params, facts)                    beside which no check may have failed
template <class W>
struct Crowd : Throwaway {
  struct Params {
    std::int64_t bodies = 2;
    std::int64_t rounds = 1;  // of each
    std::int64_t size = 1;    // of the primitive: its permits, its parties
    std::int64_t variant = 0;
    bool tasks = false;
    std::int64_t interpreter = 0;
    template <class Visit>
    static void declare(Visit&& visit) {
      const auto number = [](std::string_view key) {
        return integer(key, {"n", "n"}, {"", ""}, 0, 1'000'000, {0, 0, 0});
      };
      visit(number("bodies"), &Params::bodies);
      visit(number("rounds"), &Params::rounds);
      visit(number("size"), &Params::size);
      visit(number("variant"), &Params::variant);
      visit(toggle("tasks", {"t", "t"}, {"", ""}, {0, 0, 0}), &Params::tasks);
      visit(number("interpreter"), &Params::interpreter);
    }
  };

  template <rt::Runtime R, class State>
  static rt::Task<> main(R& rt, State& state, const Params& params) {
    const auto body = [](R& own, State& shared, std::int64_t number, Params some) {
      return W::body(own, shared, number, some);
    };
    std::vector<rt::Participant> all;
    for (std::int64_t number = 0; number < params.bodies; ++number) {
      const rt::Name name{{"thread", "스레드"}, static_cast<int>(number) + 1};
      all.push_back(co_await rt.spawn({name, vehicle(params)}, body, state, number, params));
    }
    for (const rt::Participant one : all) co_await rt.join(one);
  }

  static rt::Vehicle vehicle(const Params& params) { return params.tasks ? rt::Vehicle::task : rt::Vehicle::thread; }
  static rt::Interpreting interpreter(const Params& params) {
    return {static_cast<rt::Interpreter>(params.interpreter), millisecond};
  }
  static std::int64_t work(const Params&) { return 0; }
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
    return judged(W::fine(params, facts) && run.failed_checks == 0, facts, run);
  }
};

inline void expect_ok(const trace::Snapshot& end) {
  const Outcome outcome = end.outcome.value_or(Outcome{});
  EXPECT_EQ(outcome.verdict, Verdict::ok) << outcome.headline.en << ": " << outcome.sentence.en;
}

// On real threads and on a loop's tasks, with and without an interpreter lock, and in virtual time under either policy.
template <class W>
void expect_fine_wherever_it_runs(typename W::Params params) {
  for (const std::int64_t interpreter : {0, 2}) {
    for (const bool tasks : {false, true}) {
      SCOPED_TRACE(std::string(tasks ? "tasks" : "threads") + ", interpreter " + std::to_string(interpreter));
      params.interpreter = interpreter;
      params.tasks = tasks;
      expect_ok(run_live<W>(params));
      expect_ok(simulated<W>(params));
      for (std::int64_t seed = 1; seed <= 5; ++seed) expect_ok(simulated<W>(params, sim::PolicyKind::random, seed));
    }
  }
}

// In every order of steps, of threads and of tasks. Of tasks that never sleep there is one: those that are ready on a
// loop keep their order.
template <class W>
void expect_fine_in_every_order(typename W::Params params) {
  for (const bool tasks : {false, true}) {
    SCOPED_TRACE(tasks ? "tasks" : "threads");
    params.tasks = tasks;
    const trace::ExplorationReport report = explored<W>(params);
    EXPECT_TRUE(report.exhausted) << "after " << report.executions;
    EXPECT_EQ(report.executions == 1, tasks) << report.executions;
    EXPECT_EQ(report.failures, 0U) << report.schedule;
  }
}

// The explorer finds a hang, and its story says in both languages what is waited for.
template <class W>
void expect_hang_told(const typename W::Params& params, std::string_view en, std::string_view ko) {
  const trace::ExplorationReport report = explored<W>(params);
  EXPECT_GT(report.hangs, 0U);
  std::string told_en;
  std::string told_ko;
  for (const trace::StoryLine& line : report.story) {
    told_en += line.words.en + '\n';
    told_ko += line.words.ko + '\n';
  }
  EXPECT_THAT(told_en, testing::HasSubstr(en));
  EXPECT_THAT(told_ko, testing::HasSubstr(ko));
}

// The run hangs on real threads, on a loop's tasks and in virtual time, and is found there, too.
template <class W>
void expect_hang_wherever_it_runs(typename W::Params params) {
  for (const bool tasks : {false, true}) {
    params.tasks = tasks;
    for (const trace::Snapshot& end : {run_live<W>(params), simulated<W>(params)}) {
      EXPECT_EQ(end.outcome.value_or(Outcome{}).verdict, Verdict::hang) << (tasks ? "tasks" : "threads");
      EXPECT_GT(figure(end, "waiting"), 0);
    }
  }
}

}  // namespace interleave::test
