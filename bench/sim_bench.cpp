// Steps a second of the simulator, with costs on: both policies, with and without a trace, and a bare loop of resumed
// coroutines beside them as the limit. And how much faster than real time workloads go that are about time.
#include <coroutine>

#include <benchmark/benchmark.h>

#include "core/rng.h"
#include "engines/registry.h"
#include "session/catalogue.h"
#include "sim/policy.h"
#include "sim/start.h"
#include "workloads/blocking_io.h"
#include "workloads/counter.h"
#include "workloads/pipeline.h"

namespace {

using namespace interleave;
using workloads::Counter;

constexpr int threads = 6;
constexpr int increments = 100'000;
constexpr int recorded_increments = 25'000;  // what is recorded of so many is within a trace's usual budget

Counter::Params params(Counter::Protection lock, bool recorded) {
  Counter::Params out;
  out.threads = threads;
  out.increments = recorded ? recorded_increments : increments;
  out.lock = lock;
  return out;
}

template <class MakePolicy>
void run(benchmark::State& state, bool timed, bool recorded, Counter::Protection lock, MakePolicy make_policy) {
  const Counter::Params p = params(lock, recorded);
  sim::Settings settings;
  settings.cores = state.range(0);
  std::uint64_t steps = 0;
  sim::FramePool frames;
  for (auto _ : state) {
    trace::Trace trace;
    sim::Machine machine(settings, timed, recorded ? &trace : nullptr, frames);
    Counter::State<sim::Machine> shared(machine, p);
    machine.begin(Counter::main(machine, shared, p));
    auto policy = make_policy();
    machine.run(policy, UINT64_MAX);
    if (trace.unrecorded() > 0) state.SkipWithError("the trace's budget is too small for this");
    steps += machine.steps();
  }
  state.counters["steps/s"] = benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
}

void round_robin(benchmark::State& state, bool recorded, Counter::Protection lock) {
  run(state, true, recorded, lock, [] { return sim::RoundRobinPolicy{}; });
}

void random_order(benchmark::State& state, bool recorded, Counter::Protection lock) {
  run(state, false, recorded, lock, [] { return sim::RandomPolicy{1}; });
}

// A coroutine that waits for ever: what every simulated step must at least do.
struct Bare {
  struct promise_type {
    Bare get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> handle;
};

Bare count(std::uint64_t& value) {
  while (true) {
    ++value;
    co_await std::suspend_always{};
  }
}

void bare_resume(benchmark::State& state, bool in_random_order) {
  std::uint64_t value = 0;
  std::array<Bare, threads> bodies;
  for (Bare& body : bodies) body = count(value);
  Rng rng(1);
  std::uint64_t next = 0;
  for (auto _ : state) {
    const auto which = static_cast<std::size_t>(in_random_order ? rng.below(threads) : (next++ >> 10U) % threads);
    bodies[which].handle.resume();
  }
  benchmark::DoNotOptimize(value);
  for (Bare& body : bodies) body.handle.destroy();
  state.counters["steps/s"] = benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

// The workload with its defaults, as the program runs it, with the policy that it begins with.
template <class W>
void virtual_time(benchmark::State& state) {
  const session::Catalogue catalogue(engines::registry());
  rt::Start start;
  start.params = defaults(specs<typename W::Params>(), Engine::simulate);
  start.settings = defaults(catalogue.settings(Engine::simulate, W::id), Engine::simulate);
  Nanoseconds virtually = 0;
  for (auto _ : state) {
    const auto run = sim::start<W>(start);
    while (!run->finished()) run->advance(second);
    virtually += run->snapshot().now;
  }
  state.counters["virtual s/s"] =
      benchmark::Counter(static_cast<double>(virtually) * 1e-9, benchmark::Counter::kIsRate);
}

void cores(benchmark::internal::Benchmark* bench) {
  bench->ArgName("cores")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);
}

}  // namespace

int main(int count, char** arguments) {
  benchmark::RegisterBenchmark("bare_resume/in_turn", bare_resume, false);
  benchmark::RegisterBenchmark("bare_resume/random", bare_resume, true);
  const auto none = Counter::Protection::none;
  const auto mutex = Counter::Protection::mutex;
  benchmark::RegisterBenchmark("round_robin/none", round_robin, false, none)->Apply(cores);
  benchmark::RegisterBenchmark("round_robin/none/recorded", round_robin, true, none)->Apply(cores);
  benchmark::RegisterBenchmark("round_robin/mutex", round_robin, false, mutex)->Apply(cores);
  benchmark::RegisterBenchmark("random/none", random_order, false, none)->Apply(cores);
  benchmark::RegisterBenchmark("random/none/recorded", random_order, true, none)->Apply(cores);
  benchmark::RegisterBenchmark("random/mutex", random_order, false, mutex)->Apply(cores);
  benchmark::RegisterBenchmark("virtual_time/pipeline", virtual_time<workloads::Pipeline>)
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("virtual_time/blocking_io", virtual_time<workloads::BlockingIo>)
      ->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
