// Blocking I/O: calls that wait for the outside, one after the other, in threads, or as tasks of one event loop.
// Shows that a thread that waits needs no GIL, and the convoy where calls come back beside threads that compute.
// Leaves out files and the network: a call is a short send and a wait of a given length.
#pragma once

#include <array>
#include <vector>

#include "rt/interpreter.h"
#include "rt/workload.h"
#include "workloads/busy.h"

namespace interleave::workloads {

struct BlockingIo {
  static constexpr std::string_view id = "blocking_io";
  static constexpr Text title{"Blocking I/O", "막히는 입출력"};
  static constexpr Text summary{"Calls that wait, and who waits with them.",
                                "기다리는 호출, 그리고 함께 기다리는 것들."};
  static constexpr Text try_next{"Keep the GIL during the calls. How long do five threads take then?",
                                 "호출하는 동안 GIL을 쥐고 있게 하면 다섯 스레드는 얼마나 걸릴까? 먼저 맞혀 보자."};
  static constexpr Group group = Group::threads_and_gil;
  static constexpr std::string_view policy = "round-robin";  // it is about time

  enum class Mode : std::uint8_t { serial, threads, tasks };
  static constexpr std::array modes{
      Option{"serial",
             {"one after the other", "차례로"},
             {"The main thread makes all the calls.", "메인 스레드가 모든 호출을 한다."}},
      Option{
          "threads", {"threads", "스레드"}, {"Each call has a thread of its own.", "호출마다 스레드를 하나씩 둔다."}},
      Option{"tasks",
             {"coroutines", "코루틴"},
             {"Each call is a task; one event loop waits for all of them.",
              "호출마다 태스크 하나. 이벤트 루프 하나가 모두를 기다린다."}},
  };
  static constexpr std::array gil_options{
      Option{"released",
             {"let go", "놓는다"},
             {"As CPython does around system calls: others may run meanwhile.",
              "CPython이 시스템 호출 앞뒤로 하는 일. 그동안 다른 스레드가 돌 수 있다."}},
      Option{"kept",
             {"kept", "쥐고 있다"},
             {"As an extension does that forgets to let go: everybody waits.",
              "놓는 것을 잊은 확장 모듈처럼. 모두가 기다린다."}},
  };

  struct Params {
    int calls = 5;
    Nanoseconds delay = 100 * millisecond;
    Mode mode = Mode::threads;
    rt::GilDuringIo gil = rt::GilDuringIo::released;
    int hogs = 0;
    bool echo = false;
    rt::Interpreter interpreter = rt::Interpreter::cpython310;
    Nanoseconds switch_interval = 5 * millisecond;
    int patience = 1'000'000;

    template <class Visit>
    static void declare(Visit&& visit) {
      visit(primary(choice("mode", {"Make them", "실행 방식"}, {"Who makes the calls.", "누가 호출하는가."}, modes,
                           {1, 1, 1})),
            &Params::mode);
      visit(primary(integer("calls", {"Calls", "호출 수"}, {"How many calls there are.", "호출이 몇 번인가."}, 1,
                            10'000, {5, 5, 2})),
            &Params::calls);
      visit(duration("delay", {"Each waits", "한 번 기다림"},
                     {"How long the other side takes to answer.", "상대가 답하는 데 걸리는 시간."}, microsecond, second,
                     {100 * millisecond, 100 * millisecond, 100 * millisecond}),
            &Params::delay);
      visit(primary(integer("hogs", {"CPU-bound threads", "계산하는 스레드"},
                            {"Threads that compute beside the calls until all are done.",
                             "호출이 다 끝날 때까지 옆에서 계산만 하는 스레드."},
                            0, 8, {0, 0, 0})),
            &Params::hogs);
      visit(rt::needs_gil(
                choice("gil", {"GIL meanwhile", "그동안 GIL은"},
                       {"What becomes of the GIL while a call waits.", "호출이 기다리는 동안 GIL은 어떻게 되는가."},
                       gil_options, {0, 0, 0}),
                {"There is no GIL to keep or to release.", "쥐고 있거나 놓을 GIL이 없다."}),
            &Params::gil);
      visit(toggle("echo", {"Echo", "주고받기"},
                   {"Each call sends something first and waits for the answer: a round trip.",
                    "호출마다 먼저 보내고 답을 기다린다. 왕복 한 번."},
                   {0, 0, 0}),
            &Params::echo);
      visit(rt::interpreter_param(rt::Interpreter::cpython310), &Params::interpreter);
      visit(rt::switch_interval_param(), &Params::switch_interval);
      visit(needs_at_least(integer("patience", {"Rounds of computing", "계산 횟수"},
                                   {"How many rounds of 100 µs a CPU-bound thread does at most.",
                                    "계산하는 스레드가 100 µs 계산을 최대 몇 번 하는가."},
                                   1, 100'000'000, {1'000'000, 100'000, 2}),
                           "hogs", 1, {"There is no CPU-bound thread.", "계산하는 스레드가 없다."}),
            &Params::patience);
    }
  };

  static std::vector<Preset> presets();

  // A send's virtual time, and how finely a CPU-bound thread computes.
  static constexpr Nanoseconds send_time = 2 * microsecond;
  static constexpr std::int64_t round_units = 1'000;

  template <rt::Runtime R>
  struct State {
    typename R::Var stop;
    std::vector<Nanoseconds> latencies;  // of each call; written only by whoever makes it
    Nanoseconds began = 0;
    Nanoseconds ended = 0;

    State(R& rt, const Params& params)
        : stop(rt, rt::Name{{"stop", "stop"}}, 0), latencies(static_cast<std::size_t>(params.calls), -1) {}
  };

  // source: begin
  template <rt::Runtime R>
  static rt::Task<> call(R& rt, State<R>& state, Params params, int at) {
    const Nanoseconds began = rt.clock();
    if (params.echo) co_await rt.io(rt::IoCall::send, send_time, params.gil);                          // @send
    co_await rt.io(params.echo ? rt::IoCall::receive : rt::IoCall::select, params.delay, params.gil);  // @wait
    state.latencies[static_cast<std::size_t>(at)] = rt.clock() - began;
    const std::int64_t done = params.mode == Mode::serial ? at + 1 : 1;
    co_await rt.safepoint(rt::Safepoint::back_edge, done);  // @done
  }

  // Knows nothing but the flag, so that a thread beside an event loop can carry it, too. The flag is a signal between
  // threads, and so no plain variable.
  template <rt::Runtime R, class Flag>
  static rt::Task<> compute_until(R& rt, Flag& stop, int patience) {
    for (int round = 0; round < patience; ++round) {
      const std::int32_t stopped = co_await rt.load(stop, rt::Order::acquire);  // @look
      if (stopped != 0) break;
      co_await rt.compute(round_units, busy_unit, rt::Safepoint::back_edge,  // @compute
                          [](std::int64_t begin, std::int64_t end) { busy(begin, end); });
    }
  }

  template <rt::Runtime R>
  static rt::Task<> make_calls(R& rt, State<R>& state, const Params& params) {
    if (params.mode == Mode::serial) {
      for (int at = 0; at < params.calls; ++at) co_await call(rt, state, params, at);
      co_return;
    }
    const bool tasks = params.mode == Mode::tasks;
    std::vector<rt::Participant> callers;
    for (int at = 0; at < params.calls; ++at) {
      const rt::Name name{tasks ? Text{"task", "태스크"} : Text{"thread", "스레드"}, at + 1};
      const rt::SpawnOptions options{name, tasks ? rt::Vehicle::task : rt::Vehicle::thread};  // @start
      callers.push_back(co_await rt.spawn(
          options, [](R& own, State<R>& shared, Params p, int number) { return call(own, shared, p, number); }, state,
          params, at));
    }
    for (const rt::Participant caller : callers) co_await rt.join(caller);  // @join
  }

  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    std::vector<rt::Participant> hogs;
    for (int number = 1; number <= params.hogs; ++number) {
      const rt::SpawnOptions options{{{"computing", "계산"}, number}, rt::Vehicle::thread};  // @hog
      hogs.push_back(co_await rt.spawn(
          options, [](auto& own, auto& stop, int patience) { return compute_until(own, stop, patience); }, state.stop,
          params.patience));
    }
    state.began = rt.clock();
    co_await make_calls(rt, state, params);
    state.ended = rt.clock();
    co_await rt.store(state.stop, 1, rt::Order::release);          // @stop
    for (const rt::Participant hog : hogs) co_await rt.join(hog);  // @join_hog
  }
  // source: end

  static rt::Vehicle vehicle(const Params& params) {
    return params.mode == Mode::tasks ? rt::Vehicle::task : rt::Vehicle::thread;
  }
  static rt::Interpreting interpreter(const Params& params) { return {params.interpreter, params.switch_interval}; }
  static std::int64_t work(const Params& params) { return params.calls; }

  struct Facts {
    std::vector<Nanoseconds> latencies;
    Nanoseconds elapsed = 0;  // of the calls alone
  };
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.latencies, state.ended - state.began};
  }
  static bool fine(const Params& params, const Facts& facts);
  static std::int64_t figure(const Facts& facts);
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run);
};

}  // namespace interleave::workloads
