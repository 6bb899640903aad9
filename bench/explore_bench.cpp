// Executions a second of the explorer, for programs whose number of classes is known.
#include <benchmark/benchmark.h>

#include "explore/explore.h"

namespace {

using namespace interleave;
using explore::Program;
using explore::Shared;

template <int Times>
struct Increments {
  rt::Task<> operator()(sim::Machine& rt, Shared& shared) const {
    for (int done = 0; done < Times; ++done) {
      const auto value = co_await rt.load(shared.x);
      co_await rt.store(shared.x, value + 1);
    }
  }
};

struct LockedIncrement {
  rt::Task<> operator()(sim::Machine& rt, Shared& shared) const {
    auto held = co_await rt.acquire(shared.a);
    const auto value = co_await rt.load(shared.x);
    co_await rt.store(shared.x, value + 1);
  }
};

// Three philosophers, each taking the fork at the left first.
template <int Seat>
struct Philosopher {
  static sim::Machine::Lock& fork(Shared& shared, int number) {
    switch (number % 3) {
      case 0: return shared.a;
      case 1: return shared.b;
      default: return shared.c;
    }
  }
  rt::Task<> operator()(sim::Machine& rt, Shared& shared) const {
    auto left = co_await rt.acquire(fork(shared, Seat));
    auto right = co_await rt.acquire(fork(shared, Seat + 1));
    co_await rt.fetch_add(shared.x, 1);
  }
};

void explore_all(benchmark::State& state, Program<>& program) {
  explore::Findings found;
  std::uint64_t executions = 0;
  for (auto _ : state) {
    found = explore::explore(program);
    executions += found.executions;
  }
  if (!found.exhausted) state.SkipWithError("the search did not end");
  state.counters["classes"] = static_cast<double>(found.executions);
  state.counters["executions/s"] = benchmark::Counter(static_cast<double>(executions), benchmark::Counter::kIsRate);
}

template <int Threads, class Body>
void same(benchmark::State& state) {
  Program<> program;
  program.threads(Threads, Body{});
  explore_all(state, program);
}

void philosophers(benchmark::State& state) {
  Program<> program;
  program.thread(Philosopher<0>{}).thread(Philosopher<1>{}).thread(Philosopher<2>{});
  explore_all(state, program);
}

BENCHMARK(same<2, Increments<1>>)->Name("2 threads x 1 increment")->Unit(benchmark::kMicrosecond);
BENCHMARK(same<3, Increments<2>>)->Name("3 threads x 2 increments")->Unit(benchmark::kMillisecond);
BENCHMARK(same<6, Increments<1>>)->Name("6 threads x 1 increment")->Unit(benchmark::kMillisecond);
BENCHMARK(same<3, LockedIncrement>)->Name("3 threads, a mutex")->Unit(benchmark::kMicrosecond);
BENCHMARK(same<6, LockedIncrement>)->Name("6 threads, a mutex")->Unit(benchmark::kMicrosecond);
BENCHMARK(philosophers)->Name("3 philosophers")->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
