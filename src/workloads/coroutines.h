// Coroutines: many tasks that mostly wait, on a thread each, on one event loop, or on a loop with a pool of threads.
// Shows what a task and what a thread costs, and that a loop's tasks take turns only where they wait.
// Leaves out cancelling, time limits on a wait, and loops that share tasks among threads.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "rt/queue.h"
#include "rt/workload.h"
#include "workloads/busy.h"

namespace interleave::workloads {

struct Coroutines {
  static constexpr std::string_view id = "coroutines";
  static constexpr Text title{"Coroutines", "코루틴"};
  static constexpr Text summary{"Thousands of tasks on one thread, and what stops them all.",
                                "스레드 하나에 태스크 수천 개. 그리고 그 모두를 멈추는 것."};
  static constexpr Text try_next{"Give each of 10,000 tasks a thread of its own. What happens?",
                                 "태스크 10,000개에 스레드를 하나씩 주면 어떻게 될까? 먼저 맞혀 보자."};
  static constexpr Group group = Group::structure;
  static constexpr std::string_view policy = "round-robin";  // it is about time

  enum class Mode : std::uint8_t { threads, loop, pool };
  static constexpr std::array modes{
      Option{"threads",
             {"a thread each", "스레드 하나씩"},
             {"Each task has a thread of its own.", "태스크마다 스레드를 하나씩 둔다."}},
      Option{"loop",
             {"one event loop", "이벤트 루프 하나"},
             {"All of them share one thread and take turns where they wait.",
              "모두 스레드 하나를 나눠 쓴다. 기다리는 곳에서 차례를 넘긴다."}},
      Option{"pool",
             {"a loop with a pool", "루프와 스레드 풀"},
             {"One event loop, and a few threads to which it hands the calls that block.",
              "이벤트 루프 하나에 스레드 몇 개. 막히는 호출은 그 스레드에 맡긴다."}},
  };

  enum class Call : std::uint8_t { awaits, blocks };
  static constexpr std::array calls{
      Option{"awaits",
             {"await", "await"},
             {"As asyncio.sleep does: the loop goes on with another task.",
              "asyncio.sleep처럼. 그동안 루프는 다른 태스크를 돌린다."}},
      Option{"blocks",
             {"a blocking call", "막히는 호출"},
             {"As time.sleep does: the thread waits, and with it everything that is on it.",
              "time.sleep처럼. 스레드가 기다리고, 그 위의 모두가 함께 기다린다."}},
  };

  enum class Count : std::uint8_t { at_once, across };
  static constexpr std::array counts{
      Option{"at-once",
             {"after the wait", "기다린 뒤에"},
             {"Reads the shared count and writes it back, with no wait between.",
              "공유 카운트를 읽고 바로 쓴다. 그 사이에는 기다리지 않는다."}},
      Option{"across",
             {"across the wait", "기다림을 사이에 두고"},
             {"Reads the shared count, waits, and writes back what it read and one more.",
              "공유 카운트를 읽고, 기다린 다음, 읽어 둔 값에 1을 더해 쓴다."}},
  };

  struct Params {
    Mode mode = Mode::loop;
    int tasks = 10'000;
    Call call = Call::awaits;
    Nanoseconds delay = 10 * millisecond;
    int rounds = 3;
    Nanoseconds work = 0;
    int workers = 4;
    Count count = Count::at_once;

    template <class Visit>
    static void declare(Visit&& visit) {
      visit(primary(choice("mode", {"Tasks are on", "태스크를 돌리는 것"},
                           {"What carries the tasks.", "무엇이 태스크를 돌리는가."}, modes, {1, 1, 1})),
            &Params::mode);
      visit(primary(integer("tasks", {"Tasks", "태스크 수"}, {"How many there are at once.", "한꺼번에 몇 개인가."}, 1,
                            100'000, {10'000, 48, 2})),
            &Params::tasks);
      visit(needs(primary(choice("call", {"Each waits by", "기다리는 방법"},
                                 {"How a task waits.", "태스크가 기다리는 방법."}, calls, {0, 0, 0})),
                  "mode", {Mode::loop, Mode::pool},
                  {"A thread of its own waits either way.", "스레드를 하나씩 주면 어느 쪽이든 그 스레드가 기다린다."}),
            &Params::call);
      visit(duration("delay", {"Each wait", "한 번 기다림"}, {"How long a wait takes.", "한 번 기다리는 시간."},
                     microsecond, second, {10 * millisecond, 10 * millisecond, 10 * millisecond}),
            &Params::delay);
      visit(integer("rounds", {"Rounds", "반복"},
                    {"How often each task waits, computes and counts.", "태스크마다 기다리고 계산하고 세는 횟수."}, 1,
                    100, {3, 3, 1}),
            &Params::rounds);
      visit(duration("work", {"Each computes", "한 번 계산"},
                     {"How long it keeps the processor busy after each wait.", "기다린 뒤마다 CPU를 쓰는 시간."}, 0,
                     10 * millisecond, {0, 100 * microsecond, 0}),
            &Params::work);
      visit(
          needs(primary(integer("workers", {"Pool", "풀"},
                                {"How many threads there are for calls that block.", "막히는 호출을 맡을 스레드의 수."},
                                1, 8, {4, 4, 1})),
                "mode", {Mode::pool},
                {"Only the loop with a pool has such threads.", "풀을 둔 루프에만 이런 스레드가 있다."}),
          &Params::workers);
      visit(choice("count", {"Each counts", "세는 시점"},
                   {"When each adds one to a count that all share, without a lock.",
                    "모두가 함께 쓰는 카운트에 락 없이 1을 더하는 시점."},
                   counts, {0, 0, 0}),
            &Params::count);
    }
  };

  static std::vector<Preset> presets();

  template <rt::Runtime R>
  struct State {
    typename R::Var count;
    rt::Queue<R, int> idle;  // numbers of the pool's threads that have nothing to do
    std::vector<int> done;   // rounds of each task; written by itself alone
    Nanoseconds began = 0;
    Nanoseconds ended = 0;

    State(R& rt, const Params& params)
        : count(rt, {{"count", "카운트"}}, 0),
          idle(rt, {{"idle threads", "쉬는 스레드"}}, 0),
          done(static_cast<std::size_t>(params.tasks), 0) {}
  };

  // source: begin mode=pool
  // Knows nothing of the loop that hands it over.
  template <rt::Runtime R>
  static rt::Task<> blocking_call(R& rt, Nanoseconds delay) {
    co_await rt.sleep(delay);  // @block
  }

  // A blocking call in a thread beside the loop, while the loop goes on; as many at a time as the pool has threads.
  template <rt::Runtime R>
  static rt::Task<> in_pool(R& rt, State<R>& state, Nanoseconds delay) {
    const std::optional<int> number = co_await state.idle.get(rt);                                 // @borrow
    const rt::SpawnOptions options{{{"pool thread", "풀 스레드"}, *number}, rt::Vehicle::thread};  // @hand_over
    const rt::Participant thread =
        co_await rt.spawn(options, [](auto& own, Nanoseconds time) { return blocking_call(own, time); }, delay);
    co_await rt.join(thread);              // @handed_back
    co_await state.idle.put(rt, *number);  // @give_back
  }
  // source: end

  // source: begin
  template <rt::Runtime R>
  static rt::Task<> task(R& rt, State<R>& state, Params params, int at) {
    for (int round = 0; round < params.rounds; ++round) {
      std::int32_t found = 0;
      if (params.count == Count::across) found = co_await rt.load(state.count);  // @read_before
      if (params.call == Call::awaits || params.mode == Mode::threads) {
        co_await rt.sleep(params.delay);  // @wait
      } else if (params.mode == Mode::loop) {
        co_await rt.io(rt::IoCall::block, params.delay, rt::GilDuringIo::released);  // @wait_blocking
      } else {
        co_await in_pool(rt, state, params.delay);
      }
      if (params.work > 0) {
        co_await rt.compute(params.work, 1, rt::Safepoint::back_edge,  // @compute
                            [](std::int64_t begin, std::int64_t end) { busy(begin / busy_unit, end / busy_unit); });
      }
      if (params.count == Count::at_once) found = co_await rt.load(state.count);  // @read
      co_await rt.store(state.count, found + 1);                                  // @write
      state.done[static_cast<std::size_t>(at)] = round + 1;
      co_await rt.safepoint(rt::Safepoint::back_edge, round + 1);
    }
  }

  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    if (params.mode == Mode::pool) {
      for (int number = 1; number <= params.workers; ++number) {
        co_await state.idle.put(rt, number);  // @fill
      }
    }
    state.began = rt.clock();
    const bool threads = params.mode == Mode::threads;
    const rt::Vehicle carrier = threads ? rt::Vehicle::thread : rt::Vehicle::task;
    std::vector<rt::Participant> tasks;
    for (int at = 0; at < params.tasks; ++at) {
      const rt::Name name{threads ? Text{"thread", "스레드"} : Text{"task", "태스크"}, at + 1};
      const rt::SpawnOptions options{name, carrier};  // @start
      tasks.push_back(co_await rt.spawn(
          options, [](R& own, State<R>& shared, Params p, int number) { return task(own, shared, p, number); }, state,
          params, at));
    }
    for (const rt::Participant one : tasks) co_await rt.join(one);  // @join
    state.ended = rt.clock();
  }
  // source: end

  static rt::Vehicle vehicle(const Params& params) {
    return params.mode == Mode::threads ? rt::Vehicle::thread : rt::Vehicle::task;
  }
  static std::int64_t work(const Params& params) { return std::int64_t{params.tasks} * params.rounds; }

  struct Facts {
    std::int64_t rounds = 0;  // done by all
    std::int64_t counted = 0;
    Nanoseconds elapsed = 0;
  };
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    std::int64_t rounds = 0;
    for (const int done : state.done) rounds += done;
    return {rounds, state.count.peek(), state.ended - state.began};
  }
  static bool fine(const Params& params, const Facts& facts) { return facts.counted == work(params); }
  static std::int64_t figure(const Facts& facts) { return facts.counted; }
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run);
};

}  // namespace interleave::workloads
