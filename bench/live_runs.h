// What the benchmarks of live runs share.
#pragma once

#include <memory>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/clock.h"
#include "live/start.h"
#include "support/throwaway.h"

namespace interleave::bench {

// Seconds for each of `each` things that one iteration does.
inline void per(benchmark::State& state, const char* what, std::int64_t each) {
  state.counters[what] = benchmark::Counter(static_cast<double>(state.iterations() * each),
                                            benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// Runs the workload as it ships, to its end.
template <class W>
trace::Snapshot run_once(const typename W::Params& params) {
  static const std::shared_ptr<live::Pool> pool = live::make_pool();
  rt::Start start;
  start.params = values_of(params);
  start.settings = values_of(live::Settings{});
  start.resources = pool;
  const auto run = live::start<W>(start);
  while (!run->finished()) std::this_thread::yield();
  return run->snapshot();
}

// Over and over, by the run's own measure of its elapsed time. Gives the last one's end.
template <class W>
trace::Snapshot run_live(benchmark::State& state, const typename W::Params& params) {
  trace::Snapshot end;
  for (auto _ : state) {
    end = run_once<W>(params);
    state.SetIterationTime(static_cast<double>(end.now) * 1e-9);
  }
  return end;
}

// Threads made by hand: each does `body(number)`.
template <class Body>
void in_threads(int threads, Body body) {
  std::vector<std::thread> all;
  for (int at = 0; at < threads; ++at) all.emplace_back([&body, at] { body(at); });
  for (std::thread& thread : all) thread.join();
}

// The time of `body()`, over and over.
template <class Body>
void run_timed(benchmark::State& state, Body body) {
  for (auto _ : state) {
    const Nanoseconds begin = steady_now();
    body();
    state.SetIterationTime(static_cast<double>(steady_now() - begin) * 1e-9);
  }
}

// What is timed and not judged.
struct Timed : test::Throwaway {
  static rt::Vehicle vehicle(const auto& /*params*/) { return rt::Vehicle::thread; }
  static std::int64_t work(const auto& /*params*/) { return 0; }
  static Facts observe(auto& /*state*/) { return {}; }
  static bool fine(const auto& /*params*/, const Facts& /*facts*/) { return true; }
  static Outcome judge(const auto& /*params*/, const Facts& facts, const rt::RunFacts& run) {
    return judged(true, facts, run);
  }
};

}  // namespace interleave::bench
