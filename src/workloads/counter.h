// Lost updates: several threads add one to a shared counter, with a lock or without; in C++ or under an interpreter.
// Shows that `count += 1` is three steps, what each protection costs, and how far a GIL protects.
// Leaves out counters that each thread keeps for itself, and memory that reorders writes: every step is seen at once.
#pragma once

#include <array>
#include <vector>

#include "rt/interpreter.h"
#include "rt/workload.h"

namespace interleave::workloads {

struct Counter {
  static constexpr std::string_view id = "counter";
  static constexpr Text title{"Lost updates", "사라진 갱신"};
  static constexpr Text summary{"`count += 1` is not one step but three.",
                                "`count += 1`은 한 걸음이 아니라 세 걸음이다."};
  static constexpr Text try_next{
      "Switch the lock to mutex. How many updates are lost then, and how much longer does it take?",
      "락을 뮤텍스로 바꾸면 몇 개가 사라지고, 얼마나 더 걸릴까? 먼저 맞혀 보자."};
  static constexpr Text mishap{"Updates were lost", "갱신이 사라졌다"};
  static constexpr Group group = Group::shared_data;

  enum class Protection : std::uint8_t { none, mutex, spin, atomic };
  static constexpr std::array protections{
      Option{"none",
             {"none", "없음"},
             {"Read, add, write: another thread may come in between.",
              "읽고, 더하고, 쓴다. 그 사이에 다른 스레드가 끼어들 수 있다."}},
      Option{"mutex",
             {"mutex", "뮤텍스"},
             {"One thread at a time; the others sleep until it is free.",
              "한 번에 한 스레드만. 나머지는 풀릴 때까지 잔다."}},
      Option{"spin",
             {"spin lock", "스핀락"},
             {"One thread at a time; the others keep trying.", "한 번에 한 스레드만. 나머지는 계속 시도한다."}},
      Option{"atomic",
             {"atomic", "원자적"},
             {"The three steps become one that nothing can come between.",
              "세 걸음이 하나가 되어 아무도 끼어들 수 없다."}},
  };

  // What one increment is in Python. In C++ a call changes nothing: no other thread can be let in by it.
  enum class Increment : std::uint8_t { plain, call };
  static constexpr std::array increment_options{
      Option{"plain",
             {"count += 1", "count += 1"},
             {"The bytecodes between reading and writing call nothing.",
              "읽기와 쓰기 사이의 바이트코드가 아무것도 호출하지 않는다."}},
      Option{"call",
             {"count += f()", "count += f()"},
             {"Between reading and writing a function is called.", "읽기와 쓰기 사이에 함수를 호출한다."}},
  };

  struct Params {
    int threads = 6;
    int increments = 1'000'000;
    Protection lock = Protection::none;
    rt::Interpreter interpreter = rt::Interpreter::none;
    Increment increment = Increment::plain;
    Nanoseconds switch_interval = 5 * millisecond;

    template <class Visit>
    static void declare(Visit&& visit) {
      visit(primary(integer("threads", {"Threads", "스레드"},
                            {"How many threads add at the same time.", "함께 더하는 스레드 수."}, 1, 16, {6, 2, 2})),
            &Params::threads);
      visit(integer("increments", {"Increments", "반복"},
                    {"How often each thread adds one.", "스레드마다 1을 더하는 횟수."}, 1, 100'000'000,
                    {1'000'000, 100, 2}),
            &Params::increments);
      visit(primary(choice("lock", {"Lock", "락"}, {"What protects the counter.", "무엇이 카운터를 지키는가."},
                           protections, {0, 0, 0})),
            &Params::lock);
      visit(rt::interpreter_param(rt::Interpreter::none), &Params::interpreter);
      const ParamSpec increment_spec =
          choice("increment", {"Increment", "더하는 식"},
                 {"What Python does between reading and writing.", "파이썬이 읽기와 쓰기 사이에 하는 일."},
                 increment_options, {0, 0, 0});
      visit(needs(needs(increment_spec, "interpreter", {rt::Interpreter::cpython310},
                        {"Only CPython 3.10 and later tells the two apart.", "둘을 가리는 것은 CPython 3.10부터다."}),
                  "lock", {Protection::none, Protection::mutex, Protection::spin},
                  {"One atomic step has nothing between reading and writing.",
                   "원자적인 한 걸음에는 읽기와 쓰기 사이가 없다."}),
            &Params::increment);
      visit(rt::switch_interval_param(), &Params::switch_interval);
    }
    [[nodiscard]] std::int64_t expected() const { return std::int64_t{threads} * increments; }
  };

  static Preset remedy();
  static std::vector<Preset> presets();

  static constexpr bool all_in_variables = true;
  template <rt::Runtime R>
  struct State {
    typename R::Var count;
    typename R::Lock lock;

    State(R& rt, const Params& params)
        : count(rt, rt::Name{{"count", "count"}}, 0), lock(rt, rt::Name{{"lock", "락"}}, kind(params.lock)) {}

    static rt::LockKind kind(Protection protection) {
      switch (protection) {
        case Protection::mutex: return rt::LockKind::mutex;
        case Protection::spin: return rt::LockKind::spin;
        case Protection::none:
        case Protection::atomic: break;
      }
      return rt::LockKind::none;
    }
  };

  // source: begin
  // What does not change while it runs is decided before the loop, since an increment is what is measured.
  template <bool Atomic, bool Interpreted, rt::Runtime R>
  static rt::Task<> add_in_a_loop(R& rt, State<R>& state, int increments, rt::Safepoint between) {
    for (int done = 0; done < increments;) {
      if constexpr (Atomic) {
        co_await rt.fetch_add(state.count, 1);  // @add
      } else {
        auto held = co_await rt.acquire(state.lock);                      // @lock
        const std::int32_t value = co_await rt.load(state.count);         // @read
        if constexpr (Interpreted) co_await rt.safepoint(between, done);  // @between
        co_await rt.store(state.count, value + 1);                        // @write
      }
      co_await rt.safepoint(rt::Safepoint::back_edge, ++done);  // @again
    }
  }

  template <rt::Runtime R>
  static rt::Task<> add(R& rt, State<R>& state, Params params) {
    const rt::Safepoint between = params.increment == Increment::call ? rt::Safepoint::call : rt::Safepoint::bytecode;
    if (params.lock == Protection::atomic) return add_in_a_loop<true, false>(rt, state, params.increments, between);
    if (params.interpreter != rt::Interpreter::none) {
      return add_in_a_loop<false, true>(rt, state, params.increments, between);
    }
    return add_in_a_loop<false, false>(rt, state, params.increments, between);
  }

  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    std::vector<rt::Participant> adders;
    for (int number = 1; number <= params.threads; ++number) {
      const rt::SpawnOptions options{{{"thread", "스레드"}, number}, rt::Vehicle::thread};  // @start
      adders.push_back(co_await rt.spawn(
          options, [](R& own, State<R>& shared, Params p) { return add(own, shared, p); }, state, params));
    }
    for (const rt::Participant adder : adders) co_await rt.join(adder);  // @join
  }
  // source: end

  static rt::Interpreting interpreter(const Params& params) { return {params.interpreter, params.switch_interval}; }
  static std::int64_t work(const Params& params) { return params.expected(); }

  struct Facts {
    std::int64_t found = 0;
  };
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.count.peek()};
  }
  static bool fine(const Params& params, const Facts& facts) { return facts.found == params.expected(); }
  static std::int64_t figure(const Facts& facts) { return facts.found; }
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run);
};

}  // namespace interleave::workloads
