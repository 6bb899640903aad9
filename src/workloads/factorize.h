// CPU-bound work: the divisors of a few numbers, by trial division. Threads help where nothing keeps them from running
// at the same time, and not under a GIL.
#pragma once

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "rt/interpreter.h"
#include "rt/workload.h"

namespace interleave::workloads {

struct Factorize {
  static constexpr std::string_view id = "factorize";
  static constexpr Text title{"Factorize", "약수 구하기"};
  static constexpr Text summary{"Work for the processor, one after the other or in threads.",
                                "CPU로 하는 일을 차례로, 또는 여러 스레드로."};
  static constexpr Text try_next{
      "Switch the interpreter to free-threaded. How much faster are two threads then?",
      "인터프리터를 GIL 없는 파이썬으로 바꾸면 두 스레드는 얼마나 빨라질까? 먼저 맞혀 보자."};
  static constexpr Group group = Group::threads_and_gil;
  static constexpr std::string_view policy = "round-robin";  // it is about time

  enum class Mode : std::uint8_t { serial, threads };
  static constexpr std::array modes{
      Option{"serial",
             {"one after the other", "차례로"},
             {"The main thread does all the numbers.", "메인 스레드가 모든 수를 처리한다."}},
      Option{
          "threads", {"threads", "스레드"}, {"Each number has a thread of its own.", "수마다 스레드를 하나씩 둔다."}},
  };

  struct Params {
    int numbers = 2;
    std::int64_t first = 10'000'000;
    std::int64_t last = 20'000'000;
    Mode mode = Mode::threads;
    rt::Interpreter interpreter = rt::Interpreter::cpython310;
    Nanoseconds switch_interval = 5 * millisecond;

    template <class Visit>
    static void declare(Visit&& visit) {
      visit(primary(choice("mode", {"Run them", "실행 방식"}, {"Who does the numbers.", "누가 수를 처리하는가."}, modes,
                           {1, 1, 1})),
            &Params::mode);
      visit(primary(rt::interpreter_param(rt::Interpreter::cpython310)), &Params::interpreter);
      visit(integer("numbers", {"Numbers", "수의 개수"},
                    {"How many numbers, spread evenly from the first to the last.",
                     "처음 수부터 마지막 수까지 고르게 몇 개."},
                    1, 8, {2, 2, 2}),
            &Params::numbers);
      visit(integer("first", {"First number", "처음 수"},
                    {"As many divisions as the number is large.", "수의 크기만큼 나눗셈을 한다."}, 1, 200'000'000,
                    {10'000'000, 10'000'000, 6}),
            &Params::first);
      visit(integer("last", {"Last number", "마지막 수"},
                    {"As many divisions as the number is large.", "수의 크기만큼 나눗셈을 한다."}, 1, 200'000'000,
                    {20'000'000, 20'000'000, 12}),
            &Params::last);
      visit(rt::switch_interval_param(), &Params::switch_interval);
    }

    // Number `at` of those to be done, from 0.
    [[nodiscard]] std::int64_t number(int at) const {
      return numbers <= 1 ? first : first + (last - first) * at / (numbers - 1);
    }
  };

  static std::vector<Preset> presets();

  // What dividing once takes: measured, of CPython 3.11 and of compiled code (see docs/performance.md). Only the
  // simulator's virtual time depends on it.
  static constexpr Nanoseconds division_in_python = 34;
  static constexpr Nanoseconds division_compiled = 2;
  static Nanoseconds division(const Params& params) {
    return params.interpreter == rt::Interpreter::none ? division_compiled : division_in_python;
  }

  template <rt::Runtime R>
  struct State {
    // For each number; written only by whoever does it.
    std::vector<std::int64_t> divisors;
    std::vector<std::int64_t> done;  // divisions

    State(R&, const Params& params)
        : divisors(static_cast<std::size_t>(params.numbers), 0), done(static_cast<std::size_t>(params.numbers), 0) {}
  };

  // How many of begin + 1 to end divide the number.
  static std::int64_t divisors_between(std::int64_t number, std::int64_t begin, std::int64_t end) {
    std::int64_t found = 0;
    const auto n = static_cast<std::uint32_t>(number);
    for (auto by = static_cast<std::uint32_t>(begin + 1); by <= static_cast<std::uint32_t>(end); ++by) {
      if (n % by == 0) ++found;
    }
    return found;
  }

  template <rt::Runtime R>
  static rt::Task<> one(R& rt, State<R>& state, Params params, int at) {
    const std::int64_t number = params.number(at);
    const std::int64_t piece = number < 10'000 ? number : number / 64;
    std::int64_t found = 0;
    for (std::int64_t from = 0; from < number; from += piece) {
      const std::int64_t size = std::min(piece, number - from);
      found += co_await rt.compute(size, division(params), rt::Safepoint::back_edge,
                                   [number, from](std::int64_t begin, std::int64_t end) {
                                     return divisors_between(number, from + begin, from + end);
                                   });
      state.done[static_cast<std::size_t>(at)] = from + size;
      co_await rt.safepoint(rt::Safepoint::back_edge, progress(rt, state, params, at));
    }
    state.divisors[static_cast<std::size_t>(at)] = found;
  }

  // A thread tells what it has done in all: the main thread, where there is no other, does every number.
  template <rt::Runtime R>
  static std::int64_t progress(R&, const State<R>& state, const Params& params, int at) {
    if (params.mode == Mode::threads) return state.done[static_cast<std::size_t>(at)];
    return std::accumulate(state.done.begin(), state.done.end(), std::int64_t{0});
  }

  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    if (params.mode == Mode::serial) {
      for (int at = 0; at < params.numbers; ++at) co_await one(rt, state, params, at);
      co_return;
    }
    std::vector<rt::Participant> threads;
    for (int at = 0; at < params.numbers; ++at) {
      const rt::SpawnOptions options{{{"thread", "스레드"}, at + 1}, rt::Vehicle::thread};
      threads.push_back(co_await rt.spawn(
          options, [](R& own, State<R>& shared, Params p, int number) { return one(own, shared, p, number); }, state,
          params, at));
    }
    for (const rt::Participant thread : threads) co_await rt.join(thread);
  }

  static rt::Interpreting interpreter(const Params& params) { return {params.interpreter, params.switch_interval}; }
  static std::int64_t work(const Params& params);

  struct Facts {
    std::vector<std::int64_t> divisors;
  };
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.divisors};
  }
  static bool fine(const Params& params, const Facts& facts);
  static std::int64_t figure(const Facts& facts);
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run);
};

}  // namespace interleave::workloads
