// The queue on every engine: nothing is lost or doubled, order is kept, capacity holds, and the classic mistakes end in
// a hang that is found.
#include "rt/queue.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "support/runs.h"
#include "support/throwaway.h"

namespace interleave::test {
namespace {

// Producers put numbers into a queue, consumers take them out.
struct Belt : Throwaway {
  struct Params {
    std::int64_t producers = 1;
    std::int64_t consumers = 1;
    std::int64_t items = 10;  // of each producer
    std::int64_t capacity = 0;
    bool tasks = false;
    bool shuts = true;   // the outermost body shuts the queue down once all producers have ended
    bool tells = true;   // consumers call task_done
    bool joins = false;  // the outermost body joins the queue first
    std::int64_t interpreter = 0;
    template <class Visit>
    static void declare(Visit&& visit) {
      const auto number = [](std::string_view key) {
        return integer(key, {"n", "n"}, {"", ""}, 0, 1'000'000, {0, 0, 0});
      };
      const auto flag = [](std::string_view key) { return toggle(key, {"f", "f"}, {"", ""}, {0, 0, 0}); };
      visit(number("producers"), &Params::producers);
      visit(number("consumers"), &Params::consumers);
      visit(number("items"), &Params::items);
      visit(number("capacity"), &Params::capacity);
      visit(flag("tasks"), &Params::tasks);
      visit(flag("shuts"), &Params::shuts);
      visit(flag("tells"), &Params::tells);
      visit(flag("joins"), &Params::joins);
      visit(number("interpreter"), &Params::interpreter);
    }
  };

  template <rt::Runtime R>
  struct State {
    rt::Queue<R, std::int64_t> queue;
    std::vector<std::vector<std::int64_t>> taken;  // by each consumer, and written only by it
    State(R& rt, const Params& params)
        : queue(rt, rt::Name{{"queue", "큐"}}, static_cast<std::size_t>(params.capacity)),
          taken(static_cast<std::size_t>(params.consumers)) {}
  };

  template <rt::Runtime R>
  static rt::Task<> produce(R& rt, State<R>& state, std::int64_t number, std::int64_t items) {
    for (std::int64_t at = 0; at < items; ++at) {
      const bool in = co_await state.queue.put(rt, number * 1'000'000 + at);
      rt.check(in, {"a queue was shut too early", "큐가 너무 일찍 닫혔다"});
    }
  }
  template <rt::Runtime R>
  static rt::Task<> consume(R& rt, State<R>& state, std::int64_t number, bool tells) {
    std::vector<std::int64_t>& taken = state.taken[static_cast<std::size_t>(number)];
    while (true) {
      const std::optional<std::int64_t> item = co_await state.queue.get(rt);
      if (!item) break;
      taken.push_back(*item);
      if (tells) co_await state.queue.task_done(rt);
    }
  }
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    std::vector<rt::Participant> producers;
    std::vector<rt::Participant> consumers;
    const auto producing = [](R& own, State<R>& s, std::int64_t at, std::int64_t items) {
      return produce(own, s, at, items);
    };
    const auto consuming = [](R& own, State<R>& s, std::int64_t at, bool tells) { return consume(own, s, at, tells); };
    for (std::int64_t at = 0; at < params.producers; ++at) {
      producers.push_back(co_await rt.spawn({{{"producer", "생산자"}, static_cast<int>(at) + 1}, vehicle(params)},
                                            producing, state, at, params.items));
    }
    for (std::int64_t at = 0; at < params.consumers; ++at) {
      consumers.push_back(co_await rt.spawn({{{"consumer", "소비자"}, static_cast<int>(at) + 1}, vehicle(params)},
                                            consuming, state, at, params.tells));
    }
    for (const rt::Participant one : producers) co_await rt.join(one);
    if (params.joins) co_await state.queue.join(rt);
    if (params.shuts) co_await state.queue.shutdown(rt);
    for (const rt::Participant one : consumers) co_await rt.join(one);
  }

  static rt::Vehicle vehicle(const Params& params) { return params.tasks ? rt::Vehicle::task : rt::Vehicle::thread; }
  static rt::Interpreting interpreter(const Params& params) {
    return {static_cast<rt::Interpreter>(params.interpreter), millisecond};
  }
  static std::int64_t work(const Params&) { return 0; }

  // The value is how many items came through, or -1 where one is missing, doubled, or out of its producer's order.
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    std::vector<std::int64_t> all;
    for (const auto& taken : state.taken) {
      std::map<std::int64_t, std::int64_t> last;
      for (const std::int64_t item : taken) {
        const auto [place, first] = last.try_emplace(item / 1'000'000, item);
        if (!first && place->second >= item) return {-1};
        place->second = item;
        all.push_back(item);
      }
    }
    std::ranges::sort(all);
    const bool doubled = std::ranges::adjacent_find(all) != all.end();
    return {doubled || state.queue.depth() > 0 ? -1 : static_cast<std::int64_t>(all.size())};
  }
  static bool fine(const Params& params, const Facts& facts) { return facts.value == params.producers * params.items; }
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
    return judged(fine(params, facts), facts, run);
  }
};

Outcome live(const Belt::Params& params) { return run_live<Belt>(params).outcome.value_or(Outcome{}); }

void expect_all_through(const Outcome& outcome, const Belt::Params& params) {
  EXPECT_EQ(outcome.verdict, Verdict::ok) << outcome.headline.en << ": " << outcome.sentence.en;
  EXPECT_EQ(figure(outcome, "value"), static_cast<double>(params.producers * params.items));
}

TEST(Queue, CarriesEveryItemOnceOnRealThreads) {
  for (const std::int64_t capacity : {0, 1, 7}) {
    for (const std::int64_t interpreter : {0, 2}) {
      SCOPED_TRACE(std::to_string(capacity) + ", interpreter " + std::to_string(interpreter));
      const Belt::Params params{.producers = 3,
                                .consumers = 2,
                                .items = 500,
                                .capacity = capacity,
                                .joins = true,
                                .interpreter = interpreter};
      expect_all_through(live(params), params);
    }
  }
}

TEST(Queue, CarriesEveryItemOnceOnALoop) {
  for (const std::int64_t capacity : {0, 1, 7}) {
    const Belt::Params params{
        .producers = 3, .consumers = 2, .items = 500, .capacity = capacity, .tasks = true, .joins = true};
    expect_all_through(live(params), params);
  }
}

TEST(Queue, CarriesEveryItemOnceInVirtualTime) {
  for (const auto policy : {sim::PolicyKind::random, sim::PolicyKind::round_robin}) {
    for (const std::int64_t interpreter : {0, 1, 2, 3}) {
      for (std::int64_t seed = 1; seed <= 5; ++seed) {
        const Belt::Params params{.producers = 2,
                                  .consumers = 3,
                                  .items = 20,
                                  .capacity = seed - 1,
                                  .joins = seed % 2 == 0,
                                  .interpreter = interpreter};
        SCOPED_TRACE("seed " + std::to_string(seed) + ", interpreter " + std::to_string(interpreter));
        expect_all_through(simulated<Belt>(params, policy, seed).outcome.value_or(Outcome{}), params);
      }
    }
  }
}

TEST(Queue, IsProvedToCarryEveryItemInEveryOrder) {
  for (const std::int64_t capacity : {0, 1}) {
    const Belt::Params params{.producers = 1, .consumers = 2, .items = 2, .capacity = capacity, .tells = false};
    const trace::ExplorationReport report = explored<Belt>(params);
    EXPECT_TRUE(report.exhausted);
    EXPECT_GT(report.executions, 10U);
    EXPECT_EQ(report.failures, 0U) << report.schedule;
  }
}

// Each of them leaves somebody waiting for what nobody will do.
TEST(Queue, MistakesWithItAreFoundAsHangs) {
  const Belt::Params never_shut{.consumers = 2, .items = 3, .shuts = false};
  const Belt::Params never_done{.items = 3, .tells = false, .joins = true};
  const Belt::Params nobody_takes{.consumers = 0, .items = 3, .capacity = 2};
  for (Belt::Params params : {never_shut, never_done, nobody_takes}) {
    for (const auto policy : {sim::PolicyKind::random, sim::PolicyKind::round_robin}) {
      for (const std::int64_t interpreter : {0, 2}) {
        params.interpreter = interpreter;
        const auto outcome = simulated<Belt>(params, policy).outcome.value_or(Outcome{});
        EXPECT_EQ(outcome.verdict, Verdict::hang) << outcome.headline.en;
        EXPECT_GT(figure(outcome, "waiting"), 0);
      }
    }
    for (const bool tasks : {false, true}) {
      params.tasks = tasks;
      params.interpreter = 0;
      const Outcome outcome = live(params);
      EXPECT_EQ(outcome.verdict, Verdict::hang) << outcome.headline.en;
      EXPECT_GT(figure(outcome, "waiting"), 0);
    }
  }
}

TEST(Queue, LetsACancelledRunEndAtOnceWhoeverWaitsForIt) {
  for (const std::int64_t capacity : {0, 1}) {
    for (int attempt = 0; attempt < 20; ++attempt) {
      const Belt::Params params{.producers = 3, .consumers = 3, .items = 1'000'000, .capacity = capacity};
      const auto run = live::start<Belt>(start_with(params, live::Settings{}, shared_pool()));
      while (run->snapshot().phase != trace::Phase::running && !run->finished()) run->advance(millisecond);
      run->cancel();
      EXPECT_TRUE(wait_until_finished(*run));
      EXPECT_EQ(run->snapshot().outcome.value_or(Outcome{}).verdict, Verdict::cancelled);
    }
  }
}

TEST(Queue, LeavesInTheTraceWhoWaitedForWhatAndWhoWasTold) {
  const Belt::Params params{.consumers = 1, .items = 6, .capacity = 4};
  const trace::Snapshot snapshot = simulated<Belt>(params);
  expect_all_through(snapshot.outcome.value_or(Outcome{}), params);
  std::int64_t notices = 0;
  std::int64_t waits = 0;
  const auto& events = snapshot.trace->streams()[0]->events();
  for (std::size_t at = 0; at < events.size(); ++at) {
    notices += events[at].kind == trace::Kind::notify ? 1 : 0;
    const bool condition = events[at].object.valid() &&
                           snapshot.trace->objects()[events[at].object.index()].kind == trace::ObjectKind::condition;
    waits += condition && events[at].kind == trace::Kind::wait ? 1 : 0;
  }
  EXPECT_GE(notices, 12) << "one for each item put in and taken out, and the shutdown's";
  EXPECT_GT(waits, 0);
}

// The gauge's events in the order of time: a lock orders those that change it, on whichever streams they are.
std::vector<std::int64_t> told_depths(const trace::Trace& trace) {
  std::vector<std::tuple<Nanoseconds, std::size_t, std::int64_t>> told;
  for (std::size_t stream = 0; stream < trace.streams().size(); ++stream) {
    const auto& events = trace.streams()[stream]->events();
    for (std::size_t at = 0; at < events.size(); ++at) {
      if (events[at].kind == trace::Kind::gauge) told.emplace_back(events[at].time, at, events[at].value);
    }
  }
  std::ranges::sort(told);
  std::vector<std::int64_t> out;
  for (const auto& [time, place, depth] : told) out.push_back(depth);
  return out;
}

TEST(Queue, TellsItsDepthEachTimeThatItChangesOnEveryEngine) {
  Belt::Params params{.producers = 1, .consumers = 1, .items = 50, .capacity = 3};
  std::vector<trace::Snapshot> runs{simulated<Belt>(params), simulated<Belt>(params, sim::PolicyKind::random)};
  for (const bool tasks : {false, true}) {
    params.tasks = tasks;
    runs.push_back(run_live<Belt>(params));
  }
  for (const trace::Snapshot& run : runs) {
    const std::vector<std::int64_t> depths = told_depths(*run.trace);
    ASSERT_EQ(depths.size(), 100U);
    EXPECT_EQ(depths.back(), 0);
    EXPECT_LE(std::ranges::max(depths), 3);
    EXPECT_GE(std::ranges::min(depths), 0);
    for (std::size_t at = 1; at < depths.size(); ++at) EXPECT_EQ(std::abs(depths[at] - depths[at - 1]), 1);
  }
}

}  // namespace
}  // namespace interleave::test
