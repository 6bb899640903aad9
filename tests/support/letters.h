// A workload whose parameters are texts: two readers count the letters of a program, each in a body of its own.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "explore/start.h"
#include "live/start.h"
#include "rt/execution.h"
#include "sim/start.h"
#include "support/throwaway.h"

namespace interleave::test {

struct Letters : Throwaway {
  static constexpr std::string_view id = "letters";
  static constexpr std::int64_t most = 16'384;
  static constexpr std::string_view usual = "print(\"안녕\")\n";

  struct Params {
    SharedText program;
    SharedText note;
    std::int64_t readers = 2;
    template <class Visit>
    static void declare(Visit&& visit) {
      visit(primary(text("program", {"Program", "프로그램"}, {"What is read.", "읽을 글."},
                         {.most = most, .lines = 12, .defaults = {usual, usual, usual}})),
            &Params::program);
      visit(text("note", {"Note", "쪽지"}, {"A line beside it.", "그 곁의 한 줄."}, {.most = 40}), &Params::note);
      visit(integer("readers", {"Readers", "읽는 쪽"}, {"How many read.", "몇이 읽는가."}, 1, 4, {2, 2, 2}),
            &Params::readers);
    }
  };
  static std::vector<Preset> presets() {
    return {{"short", {"Short", "짧게"}, {"", ""}, Engine::simulate, {{"program", "x = 1\ny = 2"}, {"readers", "1"}}}};
  }

  template <rt::Runtime R>
  struct State {
    typename R::Var count;
    std::string_view program;  // of the params, which outlive it
    State(R& rt, const Params& params) : count(rt, rt::Name{{"count", "count"}}, 0), program(params.program.view()) {}
  };

  template <rt::Runtime R>
  static rt::Task<> read(R& rt, State<R>& state) {
    co_await rt.fetch_add(state.count, static_cast<std::int32_t>(state.program.size()));
  }
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    std::vector<rt::Participant> all;
    for (int number = 1; number <= params.readers; ++number) {
      all.push_back(co_await rt.spawn(
          {{{"reader", "읽는 쪽"}, number}, rt::Vehicle::thread},
          [](R& own, State<R>& shared) { return read(own, shared); }, state));
    }
    for (const rt::Participant one : all) co_await rt.join(one);
  }
  static std::int64_t work(const Params&) { return 0; }
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.count.peek()};
  }
  static bool fine(const Params& params, const Facts& facts) {
    return facts.value == params.readers * static_cast<std::int64_t>(params.program.view().size());
  }
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run) {
    return judged(fine(params, facts), facts, run);
  }
};

inline std::vector<rt::Entry> letters_workloads() {
  return {{rt::info_of<Letters>(), {&live::start<Letters>, &sim::start<Letters>, &explore::start<Letters>}}};
}

}  // namespace interleave::test
