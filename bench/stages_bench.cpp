// Three stages that do nothing, with room for 64 items between them: what handing an item on costs. Live with the queue
// of the pipeline workload, beside a std::queue with a mutex, moodycamel's queue with a semaphore for the room, and
// oneTBB's parallel_pipeline, where they are installed.
#include <condition_variable>
#include <mutex>
#include <queue>

#include "live_runs.h"
#include "rt/queue.h"
#ifdef INTERLEAVE_BENCH_TBB
#include <tbb/parallel_pipeline.h>
#endif
#ifdef INTERLEAVE_BENCH_MOODYCAMEL
#include <concurrentqueue/blockingconcurrentqueue.h>
#endif

namespace {

using namespace interleave;

constexpr std::int64_t items = 50'000;
constexpr int capacity = 64;
constexpr int stages = 3;
constexpr int no_more = -1;

struct Stages : bench::Timed {
  struct Params {
    std::int64_t items = 1;
    template <class Visit>
    static void declare(Visit&& visit) {
      visit(integer("items", {"n", "n"}, {"", ""}, 1, 100'000'000, {1, 1, 1}), &Params::items);
    }
  };
  template <rt::Runtime R>
  struct State {
    rt::Queue<R, int> first;
    rt::Queue<R, int> second;
    State(R& rt, const Params&)
        : first(rt, rt::Name{{"queue", "큐"}, 1}, capacity), second(rt, rt::Name{{"queue", "큐"}, 2}, capacity) {}
  };
  template <rt::Runtime R>
  static rt::Task<> produce(R& rt, State<R>& state, std::int64_t count) {
    for (int item = 0; item < count; ++item) co_await state.first.put(rt, item);
    co_await state.first.shutdown(rt);
  }
  template <rt::Runtime R>
  static rt::Task<> pass(R& rt, State<R>& state) {
    while (const std::optional<int> item = co_await state.first.get(rt)) {
      co_await state.second.put(rt, *item);
    }
    co_await state.second.shutdown(rt);
  }
  template <rt::Runtime R>
  static rt::Task<> consume(R& rt, State<R>& state) {
    while (std::optional<int> item = co_await state.second.get(rt)) {
      benchmark::DoNotOptimize(*item);
    }
  }
  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    const auto options = [](int number) { return rt::SpawnOptions{{{"stage", "단계"}, number}, rt::Vehicle::thread}; };
    const std::array all{
        co_await rt.spawn(
            options(1), [](R& own, State<R>& shared, std::int64_t count) { return produce(own, shared, count); }, state,
            params.items),
        co_await rt.spawn(
            options(2), [](R& own, State<R>& shared) { return pass(own, shared); }, state),
        co_await rt.spawn(options(3), [](R& own, State<R>& shared) { return consume(own, shared); }, state)};
    for (const rt::Participant one : all) co_await rt.join(one);
  }
};

void LiveStages(benchmark::State& state) {
  bench::run_live<Stages>(state, {.items = items});
  bench::per(state, "item", items);
}

// What the peers' stages have in common, over a Queue with put(int) and get().
template <class Queue>
void run_stages(benchmark::State& state) {
  bench::run_timed(state, [] {
    Queue first;
    Queue second;
    bench::in_threads(stages, [&](int stage) {
      if (stage == 0) {
        for (int item = 0; item < items; ++item) first.put(item);
        first.put(no_more);
      } else {
        Queue& from = stage == 1 ? first : second;
        for (int item = 0; item != no_more;) {
          item = from.get();
          if (stage == 1) second.put(item);
          benchmark::DoNotOptimize(item);
        }
      }
    });
  });
  bench::per(state, "item", items);
}

class MutexQueue {
 public:
  void put(int item) {
    std::unique_lock hold(mutex_);
    room_.wait(hold, [this] { return items_.size() < capacity; });
    items_.push(item);
    hold.unlock();
    item_.notify_one();
  }
  int get() {
    std::unique_lock hold(mutex_);
    item_.wait(hold, [this] { return !items_.empty(); });
    const int item = items_.front();
    items_.pop();
    hold.unlock();
    room_.notify_one();
    return item;
  }

 private:
  std::mutex mutex_;
  std::condition_variable item_;
  std::condition_variable room_;
  std::queue<int> items_;
};

void StdQueueStages(benchmark::State& state) { run_stages<MutexQueue>(state); }

#ifdef INTERLEAVE_BENCH_MOODYCAMEL
class MoodycamelQueue {
 public:
  void put(int item) {
    room_.wait();
    items_.enqueue(item);
  }
  int get() {
    int item = 0;
    items_.wait_dequeue(item);
    room_.signal();
    return item;
  }

 private:
  moodycamel::BlockingConcurrentQueue<int> items_;
  moodycamel::LightweightSemaphore room_{capacity};
};

void MoodycamelStages(benchmark::State& state) { run_stages<MoodycamelQueue>(state); }
BENCHMARK(MoodycamelStages)->UseManualTime()->Unit(benchmark::kMillisecond);
#endif

#ifdef INTERLEAVE_BENCH_TBB
void TbbStages(benchmark::State& state) {
  bench::run_timed(state, [] {
    int next = 0;
    const auto in_order = tbb::filter_mode::serial_in_order;
    tbb::parallel_pipeline(
        capacity, tbb::make_filter<void, int>(in_order, [&](tbb::flow_control& control) {
                    if (next == items) control.stop();
                    return next++;
                  }) & tbb::make_filter<int, int>(in_order, [](int item) {
                    return item;
                  }) & tbb::make_filter<int, void>(in_order, [](int item) { benchmark::DoNotOptimize(item); }));
  });
  bench::per(state, "item", items);
}
BENCHMARK(TbbStages)->UseManualTime()->Unit(benchmark::kMillisecond);
#endif

BENCHMARK(LiveStages)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(StdQueueStages)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
