// Factorize: the divisors of a few numbers by trial division, one after the other, in threads, or in processes.
// Shows that threads help where nothing keeps them from running together, and not under a GIL; processes help anyway.
// Leaves out faster ways to factorize, and one number shared out among several threads.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "rt/communicate.h"
#include "rt/interpreter.h"
#include "rt/workload.h"

namespace interleave::workloads {

struct Factorize {
  static constexpr std::string_view id = "factorize";
  static constexpr Text title{"Factorize", "약수 구하기"};
  static constexpr Text summary{"Work for the processor, one after the other, in threads or in processes.",
                                "CPU로 하는 일을 차례로, 여러 스레드로, 또는 여러 프로세스로."};
  static constexpr Text try_next{
      "Switch the interpreter to free-threaded. How much faster are two threads then?",
      "인터프리터를 GIL 없는 파이썬으로 바꾸면 두 스레드는 얼마나 빨라질까? 먼저 맞혀 보자."};
  static constexpr Group group = Group::threads_and_gil;
  static constexpr std::string_view policy = "round-robin";  // it is about time

  enum class Mode : std::uint8_t { serial, threads, processes };
  static constexpr std::array modes{
      Option{"serial",
             {"one after the other", "차례로"},
             {"The main thread does all the numbers.", "메인 스레드가 모든 수를 처리한다."}},
      Option{
          "threads", {"threads", "스레드"}, {"Each number has a thread of its own.", "수마다 스레드를 하나씩 둔다."}},
      Option{"processes",
             {"processes", "프로세스"},
             {"Each number has a process of its own, which sends back what it finds.",
              "수마다 프로세스를 하나씩 두고, 찾은 것을 돌려받는다."}},
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
      visit(needs(rt::switch_interval_param(), "mode", {Mode::threads, Mode::processes}, rt::one_thread_only),
            &Params::switch_interval);
    }

    // Number `at` of those to be done, from 0.
    [[nodiscard]] std::int64_t number(int at) const {
      return numbers <= 1 ? first : first + (last - first) * at / (numbers - 1);
    }
  };

  // From this speed-up on something is gained, and not only measured.
  static constexpr double clear_gain = 1.15;

  static std::vector<Preset> presets();

  // What dividing once takes: measured, of CPython 3.11 and of compiled code (see docs/performance.md). Only the
  // simulator's virtual time depends on it.
  static constexpr Nanoseconds division_in_python = 34;
  static constexpr Nanoseconds division_compiled = 2;
  static Nanoseconds division(const Params& params) {
    return params.interpreter == rt::Interpreter::none ? division_compiled : division_in_python;
  }

  // What a number has come to.
  struct Found {
    std::int64_t divisors = 0;
    std::int64_t done = 0;      // divisions
    Nanoseconds computing = 0;  // of a process, as it says itself
    bool broken = false;        // its process ended before its work did
  };
  template <rt::HasChildren R>
  struct State {
    std::vector<Found> found;  // for each number; written only by whoever does it
    std::vector<std::unique_ptr<typename R::Child>> children;

    State(R& rt, const Params& params) : found(static_cast<std::size_t>(params.numbers)) {
      for (int at = 0; params.mode == Mode::processes && at < params.numbers; ++at) {
        children.push_back(std::make_unique<typename R::Child>(rt, at + 1));
      }
    }
  };

  // Those of begin + 1 to end that divide the number, from the least, in as many steps as its root is large.
  static std::vector<std::int64_t> divisors_between(std::int64_t number, std::int64_t begin, std::int64_t end);

  // Divides the number by each of begin + 1 to end, and hands over those that leave nothing.
  template <class Take>
  static void divide(std::int64_t number, std::int64_t begin, std::int64_t end, Take take) {
    const auto n = static_cast<std::uint32_t>(number);
    for (auto by = static_cast<std::uint32_t>(begin + 1); by <= static_cast<std::uint32_t>(end); ++by) {
      if (n % by == 0) take(by);
    }
  }

  // Divides the number by each of from + 1 to from + units, and counts those that leave nothing.
  struct Divisions {
    std::int64_t number;
    std::int64_t from;

    std::int64_t operator()(std::int64_t begin, std::int64_t end) const {
      std::int64_t found = 0;
      divide(number, from + begin, from + end, [&found](std::uint32_t) { ++found; });
      return found;
    }

    [[nodiscard]] std::int64_t foretell(std::int64_t units) const {
      return std::ssize(divisors_between(number, from, from + units));
    }
  };

  // The same, and adds those that leave nothing to `into`.
  struct ListedDivisions {
    Divisions divisions;
    std::vector<std::int64_t>* into;

    std::int64_t operator()(std::int64_t begin, std::int64_t end) const;
    [[nodiscard]] std::int64_t foretell(std::int64_t units) const;
  };

  // Divisions between two looks at what has been found.
  static std::int64_t piece_of(std::int64_t number) { return number < 10'000 ? number : number / 64; }

  // source: begin mode=serial,threads
  template <rt::HasChildren R>
  static rt::Task<> one(R& rt, State<R>& state, Params params, int at) {
    const std::int64_t number = params.number(at);
    const std::int64_t piece = piece_of(number);
    Found& all = state.found[static_cast<std::size_t>(at)];
    for (std::int64_t from = 0; from < number; from += piece) {
      const std::int64_t size = std::min(piece, number - from);
      all.divisors += co_await rt.compute(size, division(params), rt::Safepoint::back_edge,  // @divide
                                          Divisions{number, from});
      all.done = from + size;
      co_await rt.safepoint(rt::Safepoint::back_edge, progress(rt, state, params, at));  // @again
    }
  }
  // source: end

  // A thread tells what it has done in all: the main thread, where there is no other, does every number.
  template <rt::HasChildren R>
  static std::int64_t progress(R&, const State<R>& state, const Params& params, int at) {
    if (params.mode != Mode::serial) return state.found[static_cast<std::size_t>(at)].done;
    return std::accumulate(state.found.begin(), state.found.end(), std::int64_t{0},
                           [](std::int64_t before, const Found& one) { return before + one.done; });
  }

  // source: begin mode=processes
  // Writes a line for each piece: how many divisions it has made, how long it has computed, and the divisors that it
  // found since the line before.
  struct Program {
    static constexpr std::string_view id = "factorize";
    template <rt::ProgramSide R>
    static rt::Task<int> run(R& rt, typename R::Child& self, std::string argument) {
      const auto [number, division] = order_in(argument);
      const std::int64_t piece = piece_of(number);
      Nanoseconds computing = 0;
      for (std::int64_t from = 0; from < number; from += piece) {
        const std::int64_t size = std::min(piece, number - from);
        std::vector<std::int64_t> divisors;
        const Nanoseconds began = rt.clock();
        co_await rt.compute(size, division, rt::Safepoint::back_edge,  // @divide_there
                            ListedDivisions{{number, from}, &divisors});
        computing += rt.clock() - began;
        const bool heard =
            co_await rt::write_all(rt, self, rt::Pipe::out, line(from + size, computing, divisors));  // @report
        if (!heard) co_return 1;
      }
      co_return 0;
    }
  };
  // source: end
  struct Order {
    std::int64_t number = 0;
    Nanoseconds division = 0;
  };
  static Order order_in(const std::string& argument);
  static std::string line(std::int64_t done, Nanoseconds computing, const std::vector<std::int64_t>& divisors);
  // Takes the whole lines out of what has been heard. False where one is not as it should be.
  static bool take_lines(std::int64_t number, std::string& heard, Found& into);

  // source: begin mode=processes
  // A thread that has a process do its number, and hears what that finds.
  template <rt::HasChildren R>
  static rt::Task<> sent_away(R& rt, State<R>& state, Params params, int at) {
    const std::int64_t number = params.number(at);
    Found& all = state.found[static_cast<std::size_t>(at)];
    typename R::Child& child = *state.children[static_cast<std::size_t>(at)];
    const std::string order = std::to_string(number) + " " + std::to_string(division(params));
    co_await rt.start(child, Program{}, order);  // @start_child
    std::string lines;
    bool good = true;
    for (rt::Talk talk{.out = true}; talk.out;) {
      const rt::Heard heard = co_await rt.talk(child, talk);  // @listen
      talk.out = !heard.out_ended;
      lines += heard.out;
      good = good && take_lines(number, lines, all);
      co_await rt.safepoint(rt::Safepoint::back_edge, all.done);  // @heard
    }
    const rt::Collected end = co_await rt::communicate(rt, child, {}, rt::no_limit);  // @end
    all.broken = !good || end.code != 0 || all.done != number;
  }
  // source: end

  // source: begin
  template <rt::HasChildren R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    if (params.mode == Mode::serial) {
      for (int at = 0; at < params.numbers; ++at) co_await one(rt, state, params, at);
      co_return;
    }
    std::vector<rt::Participant> threads;
    for (int at = 0; at < params.numbers; ++at) {
      const rt::SpawnOptions options{{{"thread", "스레드"}, at + 1}, rt::Vehicle::thread};  // @start
      threads.push_back(co_await rt.spawn(
          options,
          [](R& own, State<R>& shared, Params p, int number) {
            return p.mode == Mode::processes ? sent_away(own, shared, p, number) : one(own, shared, p, number);
          },
          state, params, at));
    }
    for (const rt::Participant thread : threads) co_await rt.join(thread);  // @join
  }
  // source: end

  static rt::Interpreting interpreter(const Params& params) { return {params.interpreter, params.switch_interval}; }
  static std::int64_t work(const Params& params);

  struct Facts {
    std::vector<Found> found;
  };
  template <rt::HasChildren R>
  static Facts observe(State<R>& state) {
    return {state.found};
  }
  static bool fine(const Params& params, const Facts& facts);
  static std::int64_t figure(const Facts& facts);
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run);
};

}  // namespace interleave::workloads
