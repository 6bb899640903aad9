// What a lock and the interpreter lock cost on real threads, beside std::mutex: taken by one thread alone, fought over
// by several, and handed from a thread that lets go to one that waits asleep.
#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include "live/gil.h"
#include "live_runs.h"

namespace {

using namespace interleave;

template <class Body>
void run_plain(benchmark::State& state, int threads, Body body) {
  bench::run_timed(state, [&] { bench::in_threads(threads, body); });
}

// ---- taking and releasing, over and over --------------------------------------------------------------------------

struct Take : bench::Timed {
  struct Params {
    std::int64_t threads = 1;
    std::int64_t times = 1;
    std::int64_t kind = 0;
    template <class Visit>
    static void declare(Visit&& visit) {
      visit(integer("threads", {"t", "t"}, {"", ""}, 1, 16, {1, 1, 1}), &Params::threads);
      visit(integer("times", {"n", "n"}, {"", ""}, 1, 100'000'000, {1, 1, 1}), &Params::times);
      visit(integer("kind", {"k", "k"}, {"", ""}, 0, 2, {0, 0, 0}), &Params::kind);
    }
  };
  template <rt::Runtime R>
  struct State {
    typename R::Lock lock;
    State(R& rt, const Params& params) : lock(rt, rt::Name{{"lock", "락"}}, static_cast<rt::LockKind>(params.kind)) {}
  };
  template <rt::Runtime R>
  static rt::Task<> body(R& rt, State<R>& state, std::int64_t times) {
    for (std::int64_t done = 0; done < times; ++done) auto held = co_await rt.acquire(state.lock);
  }
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    std::vector<rt::Participant> all;
    for (int number = 1; number <= params.threads; ++number) {
      const rt::SpawnOptions options{{{"thread", "스레드"}, number}, rt::Vehicle::thread};
      all.push_back(co_await rt.spawn(
          options, [](R& own, State<R>& shared, std::int64_t times) { return body(own, shared, times); }, state,
          params.times));
    }
    for (const rt::Participant one : all) co_await rt.join(one);
  }
};

constexpr std::int64_t takes = 2'000'000;

void LiveLock(benchmark::State& state) {
  const std::int64_t threads = state.range(1);
  bench::run_live<Take>(state, {.threads = threads, .times = takes / threads, .kind = state.range(0)});
  bench::per(state, "take", takes / threads * threads);
}

void StdMutex(benchmark::State& state) {
  const auto threads = static_cast<int>(state.range(0));
  std::mutex mutex;
  run_plain(state, threads, [&](int) {
    for (std::int64_t done = 0; done < takes / threads; ++done) {
      const std::lock_guard hold(mutex);
      benchmark::ClobberMemory();
    }
  });
  bench::per(state, "take", takes / threads * threads);
}

// ---- handing over -------------------------------------------------------------------------------------------------

// Two threads go around a ring of three locks, hand over hand: each holds one lock and takes the next before it lets
// go. So each always waits for the lock that the other is about to release, and every step hands one over.
constexpr std::int64_t steps = 20'000;

struct Ring : bench::Timed {
  struct Params {
    std::int64_t kind = 0;
    template <class Visit>
    static void declare(Visit&& visit) {
      visit(integer("kind", {"k", "k"}, {"", ""}, 0, 2, {0, 0, 0}), &Params::kind);
    }
  };
  template <rt::Runtime R>
  struct State {
    std::deque<typename R::Lock> locks;
    std::atomic<int> placed{0};
    State(R& rt, const Params& params) {
      for (int at = 0; at < 3; ++at) {
        locks.emplace_back(rt, rt::Name{{"lock", "락"}, at + 1}, static_cast<rt::LockKind>(params.kind));
      }
    }
  };
  template <rt::Runtime R>
  static rt::Task<> body(R& rt, State<R>& state, std::size_t place) {
    auto held = co_await rt.acquire(state.locks[place]);
    for (++state.placed; state.placed < 2;) std::this_thread::yield();
    for (std::int64_t done = 0; done < steps; ++done) {
      place = (place + 1) % 3;
      auto next = co_await rt.acquire(state.locks[place]);
      held = std::move(next);
    }
  }
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params&) {
    const auto start = [](R& own, State<R>& shared, std::size_t place) { return body(own, shared, place); };
    const rt::Participant one =
        co_await rt.spawn({{{"thread", "스레드"}, 1}, rt::Vehicle::thread}, start, state, std::size_t{0});
    const rt::Participant two =
        co_await rt.spawn({{{"thread", "스레드"}, 2}, rt::Vehicle::thread}, start, state, std::size_t{1});
    co_await rt.join(one);
    co_await rt.join(two);
  }
};

void LiveHandOver(benchmark::State& state) {
  bench::run_live<Ring>(state, {.kind = state.range(0)});
  bench::per(state, "handover", 2 * steps);
}

void StdMutexHandOver(benchmark::State& state) {
  std::array<std::mutex, 3> ring;
  std::atomic<int> placed{0};
  run_plain(state, 2, [&](int number) {
    auto place = static_cast<std::size_t>(number);
    std::unique_lock held(ring[place]);
    for (++placed; placed % 2 != 0;) std::this_thread::yield();
    for (std::int64_t done = 0; done < steps; ++done) {
      place = (place + 1) % 3;
      std::unique_lock next(ring[place]);
      std::swap(held, next);
    }
  });
  bench::per(state, "handover", 2 * steps);
}

// Two threads that take the interpreter lock in turn: the holder drops it on request once the other sleeps for it, and
// the drop returns when the other has it.
void GilHandOver(benchmark::State& state) {
  live::Gil gil(ObjectId{0}, 5 * millisecond);
  std::array<live::Member, 2> participants;
  for (std::uint32_t at = 0; at < 2; ++at) participants[at].id = ThreadId{at};
  std::int64_t switches = 0;  // guarded by the lock itself
  run_plain(state, 2, [&](int number) {
    live::Member& self = participants[static_cast<std::size_t>(number)];
    live::Member& other = participants[static_cast<std::size_t>(1 - number)];
    self.ended = false;
    const auto tell = [&](trace::Kind kind, trace::State, std::int64_t before) {
      if (kind == trace::Kind::gil_take && before == std::int64_t{other.id.value}) ++switches;
    };
    for (std::int64_t done = 0; done < steps; ++done) {
      if (!gil.take(self, tell)) return;
      while (other.waiting.what != live::Waiting::For::time && !other.ended) std::this_thread::yield();
      gil.drop(self, true, tell);
    }
    self.ended = true;
  });
  state.counters["handover"] =
      benchmark::Counter(static_cast<double>(switches), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// The limit for it: a mutex and a condition variable that carry nothing but whose turn it is.
void StdBatonHandOver(benchmark::State& state) {
  std::mutex mutex;
  std::condition_variable changed;
  int turn = 0;
  run_plain(state, 2, [&](int number) {
    for (std::int64_t done = 0; done < steps; ++done) {
      std::unique_lock hold(mutex);
      changed.wait(hold, [&] { return turn == number; });
      turn = 1 - number;
      changed.notify_one();
    }
  });
  bench::per(state, "handover", 2 * steps);
}

// The interpreter lock where nobody else wants it, as around each call that may block.
void GilAlone(benchmark::State& state) {
  live::Gil gil(ObjectId{0}, 5 * millisecond);
  live::Member self;
  const auto tell = [](trace::Kind, trace::State, std::int64_t) {};
  for (auto _ : state) {
    if (!gil.take(self, tell)) break;
    gil.drop(self, false, tell);
  }
}

BENCHMARK(LiveLock)->ArgNames({"kind", "threads"})->ArgsProduct({{1, 2}, {1, 2, 6}})->UseManualTime();
BENCHMARK(StdMutex)->ArgName("threads")->Arg(1)->Arg(2)->Arg(6)->UseManualTime();
BENCHMARK(LiveHandOver)->ArgName("kind")->Arg(1)->Arg(2)->UseManualTime();
BENCHMARK(StdMutexHandOver)->UseManualTime();
BENCHMARK(GilHandOver)->UseManualTime();
BENCHMARK(StdBatonHandOver)->UseManualTime();
BENCHMARK(GilAlone);

}  // namespace

BENCHMARK_MAIN();
