// Executions a second of the explorer, for programs whose number of classes is known.
#include <algorithm>

#include <benchmark/benchmark.h>

#include "explore/explore.h"
#include "explore/search.h"
#include "explore/small_programs.h"

#ifdef INTERLEAVE_BENCH_RELACY
#include "relacy_peer.h"
#endif

namespace {

using namespace interleave;
using explore::Program;
using explore::Shared;
using test::Increments;
using test::LockedIncrement;

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

// The classes alone: what Exploration does besides, it does once and not for each execution.
void explore_all(benchmark::State& state, Program<>& program) {
  std::uint64_t executions = 0;
  std::uint64_t classes = 0;
  for (auto _ : state) {
    explore::Search search(program, sim::Settings{});
    for (classes = 0; search.next(); ++classes) {
    }
    executions += classes;
    if (search.blocked() > 0) state.SkipWithError("the search did not end");
  }
  state.counters["classes"] = static_cast<double>(classes);
  state.counters["executions/s"] = benchmark::Counter(static_cast<double>(executions), benchmark::Counter::kIsRate);
}

template <int Threads, class Body>
void same(benchmark::State& state) {
  Program<> program;
  program.threads(Threads, Body{});
  explore_all(state, program);
}

// As Relacy is given them: nobody can wait for ever.
template <int Seat>
struct Orderly {
  rt::Task<> operator()(sim::Machine& rt, Shared& shared) const {
    constexpr int other = (Seat + 1) % 3;
    auto first = co_await rt.acquire(Philosopher<Seat>::fork(shared, std::min(Seat, other)));
    auto second = co_await rt.acquire(Philosopher<Seat>::fork(shared, std::max(Seat, other)));
    co_await rt.fetch_add(shared.x, 1);
  }
};

void orderly_philosophers(benchmark::State& state) {
  Program<> program;
  program.thread(Orderly<0>{}).thread(Orderly<1>{}).thread(Orderly<2>{});
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
BENCHMARK(orderly_philosophers)->Name("3 philosophers, forks in order")->Unit(benchmark::kMicrosecond);

#ifdef INTERLEAVE_BENCH_RELACY

// The same programs for Relacy: it runs interleavings, not classes.
template <bench::RelacyProgram Which>
void relacy(benchmark::State& state) {
  std::uint64_t executions = 0;
  std::uint64_t interleavings = 0;
  for (auto _ : state) {
    interleavings = bench::search_with_relacy(Which);
    executions += interleavings;
  }
  if (interleavings == 0) state.SkipWithError("Relacy found a failure");
  state.counters["classes"] = static_cast<double>(interleavings);
  state.counters["executions/s"] = benchmark::Counter(static_cast<double>(executions), benchmark::Counter::kIsRate);
}

using bench::RelacyProgram;
BENCHMARK(relacy<RelacyProgram::increments_2x1>)
    ->Name("Relacy: 2 threads x 1 increment")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(relacy<RelacyProgram::increments_3x2>)
    ->Name("Relacy: 3 threads x 2 increments")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(relacy<RelacyProgram::mutex_3>)->Name("Relacy: 3 threads, a mutex")->Unit(benchmark::kMicrosecond);
BENCHMARK(relacy<RelacyProgram::philosophers_3>)
    ->Name("Relacy: 3 philosophers, forks in order")
    ->Unit(benchmark::kMicrosecond);

#endif

}  // namespace

BENCHMARK_MAIN();
