// Lost updates: several threads add one to a shared counter, with a lock or without.
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

  static Preset remedy() {
    return {
        "locked", {"Add the lock and prove it", "락을 걸고 증명하기"}, {"", ""}, Engine::explore, {{"lock", "mutex"}}};
  }
  static std::vector<Preset> presets() {
    return {{"lost",
             {"No lock", "락 없이"},
             {"Six threads, a million increments each.", "스레드 여섯, 백만 번씩."},
             Engine::live,
             {{"lock", "none"}}},
            {"mutex",
             {"With a mutex", "뮤텍스로"},
             {"The same, and nothing is lost.", "같은 일, 그러나 사라지는 것이 없다."},
             Engine::live,
             {{"lock", "mutex"}}},
            {"atomic",
             {"Atomic", "원자적으로"},
             {"Nothing is lost, at a lower price.", "사라지는 것이 없고, 값도 싸다."},
             Engine::live,
             {{"lock", "atomic"}}},
            {"step",
             {"Step by step", "한 걸음씩"},
             {"Two threads, three increments: watch an update being overwritten.",
              "스레드 둘, 세 번씩. 덮어써지는 순간을 보자."},
             Engine::simulate,
             {{"threads", "2"}, {"increments", "3"}, {"lock", "none"}}},
            {"python310",
             {"Python 3.10+, no lock", "파이썬 3.10+, 락 없이"},
             {"A bare += 1 cannot be interrupted there: nothing is lost.",
              "거기서는 += 1만으로는 끊기지 않아 사라지는 것이 없다."},
             Engine::live,
             {{"increments", "10000000"}, {"interpreter", "cpython310"}}},
            {"python310call",
             {"Python 3.10+, += f()", "파이썬 3.10+, += f()"},
             {"After a call the GIL may go: updates are lost again.", "호출 뒤에는 GIL을 내줄 수 있어 다시 사라진다."},
             Engine::live,
             {{"increments", "10000000"}, {"interpreter", "cpython310"}, {"increment", "call"}}},
            {"python39",
             {"Python 3.9, no lock", "파이썬 3.9, 락 없이"},
             {"The GIL may go between any two bytecodes.", "바이트코드 사이 어디서나 GIL을 내줄 수 있다."},
             Engine::live,
             {{"increments", "10000000"}, {"interpreter", "cpython39"}}},
            {"proof39",
             {"Python 3.9, every order", "파이썬 3.9, 모든 순서"},
             {"Shows how += 1 loses updates there although there is a GIL.",
              "GIL이 있어도 거기서는 += 1이 갱신을 잃음을 보인다."},
             Engine::explore,
             {{"interpreter", "cpython39"}}},
            {"proof310",
             {"Python 3.10+, every order", "파이썬 3.10+, 모든 순서"},
             {"Proves that a bare += 1 loses nothing there.", "거기서 += 1만으로는 사라지지 않음을 증명한다."},
             Engine::explore,
             {{"interpreter", "cpython310"}}},
            {"proof310call",
             {"Python 3.10+, += f(), every order", "파이썬 3.10+, += f(), 모든 순서"},
             {"The call between reading and writing is enough to lose updates again.",
              "읽기와 쓰기 사이의 호출 하나로 다시 갱신을 잃는다."},
             Engine::explore,
             {{"interpreter", "cpython310"}, {"increment", "call"}}},
            {"proof",
             {"Every order", "모든 순서"},
             {"Two threads, two increments, in every order that matters.",
              "스레드 둘, 두 번씩. 달라질 수 있는 모든 순서로."},
             Engine::explore,
             {{"threads", "2"}, {"increments", "2"}, {"lock", "none"}}}};
  }

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
