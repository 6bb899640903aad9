// Small workloads that prove the interface: each is a type like those in src/workloads, made for a test.
#pragma once

#include <vector>

#include "rt/workload.h"

namespace interleave::test {

// What every throwaway workload would otherwise repeat.
struct Throwaway {
  static constexpr std::string_view id = "throwaway";
  static constexpr Text title{"Throwaway", "시험용"};
  static constexpr Text summary{"For a test.", "시험용."};
  static constexpr Text try_next{"", ""};
  static constexpr Group group = Group::structure;
  static std::vector<Preset> presets() { return {}; }

  struct Facts {
    std::int64_t value = 0;
  };
  static std::int64_t figure(const Facts& facts) { return facts.value; }

 protected:
  static Outcome judged(bool fine, const Facts& facts, const rt::RunFacts& run) {
    Outcome out;
    out.verdict = fine ? Verdict::ok : Verdict::failure;
    out.headline = fill({"value {n}", "값 {n}"}, {{"n", facts.value}});
    out.figures.push_back({"value", {"Value", "값"}, FigureUnit::count, static_cast<double>(facts.value)});
    out.figures.push_back(
        {"elapsed", {"Elapsed", "걸린 시간"}, FigureUnit::nanoseconds, static_cast<double>(run.elapsed)});
    return out;
  }
};

// Two participants take two locks in opposite orders. With `ordered` they take them in the same order. In between both
// reach a place where each has one, so that the deadlock is certain on every engine that lets them get there.
struct TwoLocks : Throwaway {
  struct Params {
    bool ordered = false;
    bool tasks = false;
    template <class Visit>
    static void declare(Visit&& visit) {
      visit(toggle("ordered", {"o", "o"}, {"", ""}, {0, 0, 0}), &Params::ordered);
      visit(toggle("tasks", {"t", "t"}, {"", ""}, {0, 0, 0}), &Params::tasks);
    }
  };

  template <rt::Runtime R>
  struct State {
    typename R::Lock left;
    typename R::Lock right;
    typename R::Var done;
    State(R& rt, const Params&)
        : left(rt, rt::Name{{"left fork", "왼쪽 포크"}}, rt::LockKind::mutex),
          right(rt, rt::Name{{"right fork", "오른쪽 포크"}}, rt::LockKind::mutex),
          done(rt, rt::Name{{"done", "done"}}, 0) {}
  };

  template <rt::Runtime R>
  static rt::Task<> eat(R& rt, State<R>& state, bool left_first) {
    auto& first_lock = left_first ? state.left : state.right;
    auto& second_lock = left_first ? state.right : state.left;
    auto first = co_await rt.acquire(first_lock);
    co_await rt.sleep(20 * millisecond);  // the other takes its own first lock meanwhile
    auto second = co_await rt.acquire(second_lock);
    co_await rt.fetch_add(state.done, 1);
  }

  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    const rt::Vehicle vehicle = TwoLocks::vehicle(params);
    const auto body = [](R& own, State<R>& shared, bool left_first) { return eat(own, shared, left_first); };
    const rt::Participant one = co_await rt.spawn({{{"thread", "스레드"}, 1}, vehicle}, body, state, true);
    const rt::Participant two = co_await rt.spawn({{{"thread", "스레드"}, 2}, vehicle}, body, state, params.ordered);
    co_await rt.join(one);
    co_await rt.join(two);
  }

  static rt::Vehicle vehicle(const Params& params) { return params.tasks ? rt::Vehicle::task : rt::Vehicle::thread; }
  static std::int64_t work(const Params&) { return 0; }
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.done.peek()};
  }
  static bool fine(const Params&, const Facts& facts) { return facts.value == 2; }
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
    return judged(fine(params, facts), facts, run);
  }
};

// Many tasks that sleep, then count themselves.
struct Sleepers : Throwaway {
  struct Params {
    std::int64_t tasks = 10'000;
    Nanoseconds delay = 100 * millisecond;
    template <class Visit>
    static void declare(Visit&& visit) {
      visit(integer("tasks", {"t", "t"}, {"", ""}, 1, 100'000, {10'000, 10'000, 10'000}), &Params::tasks);
      visit(duration("delay", {"d", "d"}, {"", ""}, 0, second, {0, 0, 0}), &Params::delay);
    }
  };

  template <rt::Runtime R>
  struct State {
    typename R::Var awake;
    State(R& rt, const Params&) : awake(rt, rt::Name{{"awake", "awake"}}, 0) {}
  };

  template <rt::Runtime R>
  static rt::Task<> sleep_and_count(R& rt, State<R>& state, Nanoseconds delay) {
    co_await rt.sleep(delay);
    co_await rt.fetch_add(state.awake, 1);
  }

  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    std::vector<rt::Participant> all;
    for (int number = 1; number <= params.tasks; ++number) {
      all.push_back(co_await rt.spawn(
          {{{"task", "작업"}, number}, rt::Vehicle::task},
          [](R& own, State<R>& shared, Nanoseconds delay) { return sleep_and_count(own, shared, delay); }, state,
          params.delay));
    }
    for (const rt::Participant one : all) co_await rt.join(one);
  }

  static rt::Vehicle vehicle(const Params&) { return rt::Vehicle::task; }
  static std::int64_t work(const Params&) { return 0; }
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.awake.peek()};
  }
  static bool fine(const Params& params, const Facts& facts) { return facts.value == params.tasks; }
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
    return judged(fine(params, facts), facts, run);
  }
};

}  // namespace interleave::test
