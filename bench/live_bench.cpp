// What live costs beside what it stands for: an increment against a plain loop with the same poll and lock branch, the
// kinds of protection, recording an event against reading the clock, and starting threads.
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include <benchmark/benchmark.h>

#include "core/clock.h"
#include "live_runs.h"
#include "workloads/counter.h"

namespace {

using namespace interleave;
using workloads::Counter;
using Protection = Counter::Protection;

constexpr int increments = 4'000'000;

// The limit: what a programmer would write by hand, with the cancel flag and the lock's kind known at run time only.
void plain_loop(live::Cell& count, std::mutex* lock, const std::atomic<std::uint32_t>& flags,
                std::atomic<std::int64_t>& progress) {
  for (int done = 0; done < increments;) {
    {
      std::optional<std::lock_guard<std::mutex>> held;
      if (lock != nullptr) held.emplace(*lock);
      count.store(count.load() + 1);
    }
    progress.store(++done, std::memory_order_relaxed);
    if (flags.load(std::memory_order_relaxed) != 0) return;
  }
}

void PlainLoop(benchmark::State& state) {
  live::Cell count(0);
  std::mutex mutex;
  std::atomic<std::uint32_t> flags{0};
  std::atomic<std::int64_t> progress{0};
  // Others may look at these, for all that the compiler knows.
  benchmark::DoNotOptimize(&count);
  benchmark::DoNotOptimize(&flags);
  benchmark::DoNotOptimize(&progress);
  std::mutex* lock = state.range(0) != 0 ? &mutex : nullptr;
  benchmark::DoNotOptimize(lock);
  bench::run_timed(state, [&] {
    plain_loop(count, lock, flags, progress);
    benchmark::ClobberMemory();
  });
  bench::per(state, "increment", increments);
}

// The workload as it ships, on one thread, recording as it ships; the run's own measure of its elapsed time.
void LiveCounter(benchmark::State& state) {
  const auto threads = static_cast<int>(state.range(1));
  bench::run_live<Counter>(
      state, {.threads = threads, .increments = increments / threads, .lock = static_cast<Protection>(state.range(0))});
  bench::per(state, "increment", increments);
}

void ReadClock(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(steady_now());
}

// Streams of `range(0)` events, one after another, their making included. Of 256 events they reuse memory that is
// warm, as a participant's first chunk does; of a million they touch fresh pages all the time.
void RecordEvent(benchmark::State& state) {
  const auto length = static_cast<std::size_t>(state.range(0));
  std::optional<trace::Stream> stream;
  trace::Event event;
  event.thread = ThreadId{1};
  event.kind = trace::Kind::wait;
  std::size_t left = 0;
  for (auto _ : state) {
    if (left-- == 0) {
      stream.emplace(length);
      left = length - 1;
    }
    event.time = steady_now();
    stream->record(event);
  }
}

void PoolRun(benchmark::State& state) {
  static const std::shared_ptr<live::Pool> pool = live::make_pool();
  rt::Start start;
  start.params = values_of(Counter::Params{.threads = static_cast<int>(state.range(0)), .increments = 1});
  start.settings = values_of(live::Settings{});
  start.resources = pool;
  for (auto _ : state) {
    const auto run = live::start<Counter>(start);
    while (!run->finished()) std::this_thread::yield();
  }
}

void StdThreads(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<std::thread> threads;
    for (std::int64_t at = 0; at < state.range(0); ++at) threads.emplace_back([] {});
    for (std::thread& thread : threads) thread.join();
  }
}

BENCHMARK(PlainLoop)->ArgName("mutex")->Arg(0)->Arg(1)->UseManualTime();
BENCHMARK(LiveCounter)->ArgNames({"lock", "threads"})->ArgsProduct({{0, 3, 1, 2}, {1, 2}})->UseManualTime();
BENCHMARK(ReadClock);
BENCHMARK(RecordEvent)->ArgName("stream")->Arg(256)->Arg(1'000'000);
BENCHMARK(PoolRun)->ArgName("threads")->Arg(6)->UseRealTime();
BENCHMARK(StdThreads)->ArgName("threads")->Arg(6)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
