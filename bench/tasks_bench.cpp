// Many small tasks: what making, running and joining an empty one costs, what a switch between two costs, and how many
// bytes one takes while it waits. Live's event loop beside a loop and coroutines written by hand and Boost's fibers; a
// pool of live threads beside oneTBB's task_group and std::async. Peers where they are installed.
#include <atomic>
#include <coroutine>
#include <cstdlib>
#include <deque>
#include <future>
#include <new>
#include <utility>

#include <malloc.h>

#include "live_runs.h"
#include "workloads/fanout.h"
#ifdef INTERLEAVE_BENCH_TBB
#include <tbb/task_group.h>
#endif
#ifdef INTERLEAVE_BENCH_BOOST
#include <boost/context/fiber.hpp>
#include <boost/context/fixedsize_stack.hpp>
#endif

namespace {

// What is allocated now, with what the allocator itself adds to each piece. This program alone counts it.
std::atomic<std::int64_t>& allocated() {
  static std::atomic<std::int64_t> bytes{0};
  return bytes;
}

}  // namespace

void* operator new(std::size_t size) {
  void* piece = std::malloc(size);
  if (piece == nullptr) throw std::bad_alloc();
  allocated().fetch_add(static_cast<std::int64_t>(malloc_usable_size(piece)), std::memory_order_relaxed);
  return piece;
}
void operator delete(void* piece) noexcept {
  if (piece == nullptr) return;
  allocated().fetch_sub(static_cast<std::int64_t>(malloc_usable_size(piece)), std::memory_order_relaxed);
  std::free(piece);
}
void operator delete(void* piece, std::size_t) noexcept { operator delete(piece); }

namespace {

using namespace interleave;

constexpr std::int64_t pool_tasks = 1'000'000;
constexpr std::int64_t loop_tasks = 20'000;
constexpr std::int64_t switching = 100;  // tasks that go on in turn
constexpr std::int64_t turns_each = 2'000;

void report_bytes(benchmark::State& state, std::int64_t bytes) {
  state.counters["bytes"] = static_cast<double>(bytes) / loop_tasks;
}

// ---- a pool of threads --------------------------------------------------------------------------------------------

// Workers that count up which task is next under a lock: the least that a pool does. No object is made for a task, and
// fanout's pool, which takes chunks by an atomic addition, is another one.
struct PoolOfThreads : bench::Timed {
  struct Params {
    std::int64_t workers = 1;
    std::int64_t tasks = 1;
    template <class Visit>
    static void declare(Visit&& visit) {
      visit(integer("workers", {"w", "w"}, {"", ""}, 1, 64, {1, 1, 1}), &Params::workers);
      visit(integer("tasks", {"n", "n"}, {"", ""}, 1, 100'000'000, {1, 1, 1}), &Params::tasks);
    }
  };
  template <rt::Runtime R>
  struct State {
    typename R::Lock lock;
    std::int64_t next = 0;  // guarded by the lock
    State(R& rt, const Params&) : lock(rt, rt::Name{{"lock", "락"}}, rt::LockKind::mutex) {}
  };
  template <rt::Runtime R>
  static rt::Task<> serve(R& rt, State<R>& state, std::int64_t tasks) {
    while (true) {
      std::int64_t task = 0;
      {
        auto held = co_await rt.acquire(state.lock);
        task = state.next++;
      }
      if (task >= tasks) co_return;
      benchmark::DoNotOptimize(task);
    }
  }
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    std::vector<rt::Participant> all;
    for (int number = 1; number <= params.workers; ++number) {
      all.push_back(co_await rt.spawn(
          {{{"worker", "일꾼"}, number}, rt::Vehicle::thread},
          [](R& own, State<R>& shared, std::int64_t tasks) { return serve(own, shared, tasks); }, state, params.tasks));
    }
    for (const rt::Participant one : all) co_await rt.join(one);
  }
};

void LivePool(benchmark::State& state) {
  bench::run_live<PoolOfThreads>(state, {.workers = state.range(0), .tasks = pool_tasks});
  bench::per(state, "task", pool_tasks);
}

// The cells of fanout as it ships, two workers where there are workers: each is looked up among its neighbours, and
// told to the stage when it begins and when it ends, whoever computes it. What the first mode takes is the cell's own.
void FanoutCells(benchmark::State& state) {
  using workloads::Fanout;
  Fanout::Params params{.workers = 2, .width = 48, .height = 32, .generations = 20, .wait = 0, .work = 0, .chunk = 64};
  params.mode = static_cast<Fanout::Mode>(state.range(0));
  params.interpreter = rt::Interpreter::none;
  bench::run_live<Fanout>(state, params);
  state.SetLabel(std::string(Fanout::modes.at(static_cast<std::size_t>(state.range(0))).key));
  bench::per(state, "cell", std::int64_t{params.cells()} * params.generations);
}

#ifndef __EMSCRIPTEN__                        // where a thread is only made once its maker pauses
constexpr std::int64_t async_tasks = 20'000;  // each of them makes a thread

void StdAsync(benchmark::State& state) {
  bench::run_timed(state, [] {
    std::vector<std::future<void>> all;
    for (std::int64_t task = 0; task < async_tasks; ++task) {
      all.push_back(std::async(std::launch::async, [] {}));
      if (all.size() == 64) all.clear();  // which waits for them: more at a time are refused where threads are limited
    }
  });
  bench::per(state, "task", async_tasks);
}
BENCHMARK(StdAsync)->UseManualTime()->Unit(benchmark::kMillisecond);
#endif

#ifdef INTERLEAVE_BENCH_TBB
void TbbTaskGroup(benchmark::State& state) {
  bench::run_timed(state, [] {
    tbb::task_group group;
    for (std::int64_t task = 0; task < pool_tasks; ++task) group.run([] {});
    group.wait();
  });
  bench::per(state, "task", pool_tasks);
}
BENCHMARK(TbbTaskGroup)->UseManualTime()->Unit(benchmark::kMillisecond);
#endif

// ---- an event loop --------------------------------------------------------------------------------------------------

// Tasks that let the others go first, so many times, and how much was allocated when all of them were there.
struct Turns : bench::Timed {
  struct Params {
    std::int64_t tasks = 1;
    std::int64_t turns = 0;
    template <class Visit>
    static void declare(Visit&& visit) {
      visit(integer("tasks", {"t", "t"}, {"", ""}, 1, 100'000'000, {1, 1, 1}), &Params::tasks);
      visit(integer("turns", {"n", "n"}, {"", ""}, 0, 100'000'000, {0, 0, 0}), &Params::turns);
    }
  };
  template <rt::Runtime R>
  struct State {
    std::int64_t before = allocated();
    State(R&, const Params&) {}
  };
  template <rt::Runtime R>
  static rt::Task<> take_turns(R& rt, std::int64_t turns) {
    for (std::int64_t done = 0; done < turns; ++done) co_await rt.sleep(0);
  }
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    std::vector<rt::Participant> all;
    all.reserve(static_cast<std::size_t>(params.tasks));
    state.before = allocated();
    for (int number = 1; number <= params.tasks; ++number) {
      all.push_back(co_await rt.spawn(
          {{{"task", "태스크"}, number}, rt::Vehicle::task},
          [](R& own, std::int64_t turns) { return take_turns(own, turns); }, params.turns));
    }
    state.before = allocated() - state.before;
    for (const rt::Participant one : all) co_await rt.join(one);
  }
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    return {state.before};
  }
  static rt::Vehicle vehicle(const Params&) { return rt::Vehicle::task; }
};

void LiveLoopTasks(benchmark::State& state) {
  const trace::Snapshot end = bench::run_live<Turns>(state, {.tasks = loop_tasks});
  report_bytes(state, static_cast<std::int64_t>(end.outcome->figure("value").value_or(0)));
  bench::per(state, "task", loop_tasks);
}

void LiveLoopSwitch(benchmark::State& state) {
  bench::run_live<Turns>(state, {.tasks = switching, .turns = turns_each});
  bench::per(state, "switch", switching * turns_each);
}

// The limit: coroutines that put themselves at the end of a queue, and a loop that resumes the first.
class HandMadeLoop {
 public:
  struct Task {
    struct promise_type {
      Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
      std::suspend_always initial_suspend() noexcept { return {}; }
      std::suspend_never final_suspend() noexcept { return {}; }
      void return_void() {}
      void unhandled_exception() { std::abort(); }
    };
    std::coroutine_handle<> handle;
  };
  struct Turn {
    HandMadeLoop& loop;
    static bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<> task) { loop.ready_.push_back(task); }
    static void await_resume() {}
  };
  static Task take_turns(HandMadeLoop& loop, std::int64_t turns) {
    for (std::int64_t done = 0; done < turns; ++done) co_await Turn{loop};
  }
  void spawn(std::int64_t turns) { ready_.push_back(take_turns(*this, turns).handle); }
  void run() {
    while (!ready_.empty()) {
      const std::coroutine_handle<> next = ready_.front();
      ready_.pop_front();
      next.resume();
    }
  }

 private:
  std::deque<std::coroutine_handle<>> ready_;
};

void HandMadeTasks(benchmark::State& state) {
  std::int64_t bytes = 0;
  bench::run_timed(state, [&] {
    HandMadeLoop loop;
    const std::int64_t before = allocated();
    for (std::int64_t task = 0; task < loop_tasks; ++task) loop.spawn(0);
    bytes = allocated() - before;
    loop.run();
  });
  report_bytes(state, bytes);
  bench::per(state, "task", loop_tasks);
}

void HandMadeSwitch(benchmark::State& state) {
  bench::run_timed(state, [] {
    HandMadeLoop loop;
    for (std::int64_t task = 0; task < switching; ++task) loop.spawn(turns_each);
    loop.run();
  });
  bench::per(state, "switch", switching * turns_each);
}

#ifdef INTERLEAVE_BENCH_BOOST
namespace ctx = boost::context;

// A stack for each, of Boost's usual size: reserved, touched only as far as it is used.
class Fibers {
 public:
  void spawn(std::int64_t turns) {
    ready_.emplace_back(std::allocator_arg, ctx::fixedsize_stack(), [turns](ctx::fiber&& loop) {
      for (std::int64_t done = 0; done < turns; ++done) loop = std::move(loop).resume();
      return std::move(loop);
    });
  }
  void run() {
    while (!ready_.empty()) {
      ctx::fiber next = std::move(ready_.front()).resume();
      ready_.pop_front();
      if (next) ready_.push_back(std::move(next));
    }
  }

 private:
  std::deque<ctx::fiber> ready_;
};

void BoostFiberTasks(benchmark::State& state) {
  bench::run_timed(state, [] {
    Fibers fibers;
    for (std::int64_t task = 0; task < loop_tasks; ++task) fibers.spawn(0);
    fibers.run();
  });
  state.counters["bytes"] = static_cast<double>(ctx::stack_traits::default_size());
  bench::per(state, "task", loop_tasks);
}

void BoostFiberSwitch(benchmark::State& state) {
  bench::run_timed(state, [] {
    Fibers fibers;
    for (std::int64_t task = 0; task < switching; ++task) fibers.spawn(turns_each);
    fibers.run();
  });
  bench::per(state, "switch", switching * turns_each);
}
BENCHMARK(BoostFiberTasks)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(BoostFiberSwitch)->UseManualTime()->Unit(benchmark::kMillisecond);
#endif

BENCHMARK(LivePool)->ArgName("workers")->Arg(1)->Arg(2)->UseManualTime()->Unit(benchmark::kMillisecond);
// By number of the mode: one after the other, queue, pool, tasks.
BENCHMARK(FanoutCells)->ArgName("mode")->Arg(0)->Arg(2)->Arg(3)->Arg(4)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(LiveLoopTasks)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(HandMadeTasks)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(LiveLoopSwitch)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(HandMadeSwitch)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
