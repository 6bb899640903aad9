// Reference counts: objects whose references several threads take and drop, and five ways of counting them.
// Shows why the GIL was born, what each way costs, and what goes wrong without one: leaks, and use after freeing.
// Leaves out cycles, deferred and immortal counts, and memory itself: a freed object only changes its generation.
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <vector>

#include "rt/interpreter.h"
#include "rt/workload.h"

namespace interleave::workloads {

struct Refcount {
  static constexpr std::string_view id = "refcount";
  static constexpr Text title{"Reference counts", "참조 횟수"};
  static constexpr Text summary{"Objects that threads pass around, and who frees them.",
                                "스레드들이 주고받는 객체, 그리고 해제하는 순간."};
  static constexpr Text try_next{
      "Switch from plain to atomic, then to biased. What does one count cost each time?",
      "그냥 세기를 원자적으로, 다시 편향으로 바꿔 보자. 한 번 세는 데 얼마가 들까? 먼저 맞혀 보자."};
  static constexpr Text mishap{"Counts went wrong", "횟수가 틀렸다"};
  static constexpr Group group = Group::threads_and_gil;

  enum class Counting : std::uint8_t { plain, atomic, lock, gil, biased };
  static constexpr std::array countings{
      Option{"plain",
             {"plain", "그냥"},
             {"Read, add, write: another thread may come in between.",
              "읽고, 더하고, 쓴다. 그 사이에 다른 스레드가 끼어들 수 있다."}},
      Option{"atomic",
             {"atomic", "원자적"},
             {"Each count changes in one step that nothing can come between.",
              "한 걸음에 바꾸므로 아무도 끼어들 수 없다."}},
      Option{"lock",
             {"a lock each", "객체마다 락"},
             {"Each object has a mutex around its count.", "객체마다 뮤텍스를 두어 횟수를 지킨다."}},
      Option{"gil",
             {"GIL", "GIL"},
             {"Plain counts, but only the thread that holds the GIL runs, as in CPython.",
              "그냥 세되 CPython처럼 GIL을 쥔 스레드만 돈다."}},
      Option{"biased",
             {"biased", "편향"},
             {"The owner counts for itself, the others atomically in a second count, as in PEP 703.",
              "소유자는 자기 횟수를 그냥 세고, 나머지는 다른 횟수를 원자적으로 센다. PEP 703의 방식."}},
  };

  struct Params {
    int threads = 4;
    int rounds = 2'000'000;
    int objects = 1;
    Counting counting = Counting::plain;
    Nanoseconds switch_interval = 5 * millisecond;

    template <class Visit>
    static void declare(Visit&& visit) {
      visit(primary(integer("threads", {"Threads", "스레드"},
                            {"How many threads take and drop references.", "참조를 얻고 놓는 스레드 수."}, 1, 16,
                            {4, 2, 2})),
            &Params::threads);
      visit(integer("rounds", {"Rounds", "반복"},
                    {"How often each thread takes a reference, uses the object and drops the reference.",
                     "스레드마다 참조를 얻고, 객체를 쓰고, 참조를 놓는 횟수."},
                    1, 100'000'000, {2'000'000, 20, 1}),
            &Params::rounds);
      visit(integer("objects", {"Objects", "객체"},
                    {"How many objects the shared table holds.", "공유 테이블에 든 객체 수."}, 1, 8, {1, 1, 1}),
            &Params::objects);
      visit(primary(choice("count", {"Counting", "세는 방법"}, {"How references are counted.", "참조를 어떻게 세는가."},
                           countings, {0, 0, 0})),
            &Params::counting);
      visit(needs(rt::bare_switch_interval_param(), "count", {Counting::gil},
                  {"Only counting under the GIL makes threads wait for it.", "GIL 아래에서 셀 때만 GIL을 기다린다."}),
            &Params::switch_interval);
    }
  };

  static Preset remedy();
  static std::vector<Preset> presets();

  // The shared half of a biased count is one word, as in PEP 703: twice the count, and one more once the owner's half
  // has been merged into it. So nobody can see the count without knowing whether it is the whole one.
  static constexpr std::int32_t shared_one = 2;
  static constexpr std::int32_t shared_merged = 1;
  static constexpr std::int32_t shared_count(std::int32_t word) { return word >> 1; }

  // What the parts of an object are called. They have its number, from 1, where there are several objects.
  static constexpr Text count_name{"count", "횟수"};
  static constexpr Text generation_name{"generation", "세대"};
  static constexpr Text lock_name{"lock", "락"};
  static constexpr Text shared_name{"shared word", "공유 워드"};
  static constexpr int number_of(const Params& params, int at) { return params.objects == 1 ? 0 : at + 1; }

  template <rt::Runtime R>
  struct Object {
    typename R::Var count;       // with biased counting the owner's half, which only the owner touches
    typename R::Var generation;  // one more each time that the object is freed
    typename R::Lock lock;
    std::optional<typename R::Var> shared;  // with biased counting: the half of all the others

    // The table holds one reference, which its maker has counted: with biased counting the owner.
    Object(R& rt, const Params& params, int number)
        : count(rt, rt::Name{count_name, number}, 1),
          generation(rt, rt::Name{generation_name, number}, 0),
          lock(rt, rt::Name{lock_name, number},
               params.counting == Counting::lock ? rt::LockKind::mutex : rt::LockKind::none) {
      if (params.counting == Counting::biased) shared.emplace(rt, rt::Name{shared_name, number}, 0);
    }
  };

  template <rt::Runtime R>
  struct State {
    std::deque<Object<R>> objects;
    // Of each thread, and written only by it.
    std::vector<std::int64_t> freed_early;
    std::vector<std::int64_t> used_after_free;

    State(R& rt, const Params& params)
        : freed_early(static_cast<std::size_t>(params.threads), 0),
          used_after_free(static_cast<std::size_t>(params.threads), 0) {
      for (int at = 0; at < params.objects; ++at) objects.emplace_back(rt, params, number_of(params, at));
    }
  };

  // source: begin
  // The count of an object that the table still refers to has come to zero. It is freed, which bumps its generation,
  // and made again at the same place, so that the run goes on.
  template <rt::Runtime R>
  static rt::Task<> free_early(R& rt, Object<R>& object) {
    co_await rt.fetch_add(object.generation, 1);  // @free
    if (object.shared) {
      co_await rt.store(*object.shared, shared_one + shared_merged);  // @renew_shared
    } else {
      co_await rt.store(object.count, 1);  // @renew
    }
  }
  // source: end

  // source: begin count=biased
  // The owner is done: its half goes into the shared one, in one step. Only from then on may a zero free the object.
  template <rt::Runtime R>
  static rt::Task<std::int64_t> merge(R& rt, State<R>& state) {
    std::int64_t freed = 0;
    for (Object<R>& object : state.objects) {
      const std::int32_t local = co_await rt.load(object.count);  // @read_own
      co_await rt.store(object.count, 0);                         // @clear_own
      const std::int32_t merging = local * shared_one + shared_merged;
      const std::int32_t before = co_await rt.fetch_add(*object.shared, merging, rt::Order::acq_rel);  // @merge
      if (before + merging != shared_merged) continue;
      ++freed;
      co_await free_early(rt, object);
    }
    co_return freed;
  }
  // source: end

  // Taking a reference orders nothing, since the taker has a way to the object already. Dropping one does: the thread
  // that brings the count to zero frees the object after all uses by the others (std::shared_ptr does the same).
  static constexpr rt::Order order_of(std::int32_t change) {
    return change > 0 ? rt::Order::relaxed : rt::Order::acq_rel;
  }

  // source: begin
  // Counting stands in the loop, since a Task of its own would cost more than most ways of counting.
  template <rt::Runtime R>
  static rt::Task<> pass_around(R& rt, State<R>& state, Params params, int number) {
    const auto self = static_cast<std::size_t>(number - 1);
    const bool biased = params.counting == Counting::biased;
    const bool owner = biased && number == 1;
    for (int done = 0; done < params.rounds;) {
      Object<R>& object = state.objects[(self + static_cast<std::size_t>(done)) % state.objects.size()];
      const std::int32_t expected = co_await rt.load(object.generation);  // @look
      // Taking a reference, then dropping it.
      for (std::int32_t change = 1; change >= -1; change -= 2) {
        if (change < 0) {
          // Uses the object, just before it lets it go. One that is no longer there has no reference to drop.
          const std::int32_t found = co_await rt.load(object.generation);  // @use
          if (found != expected) {
            ++state.used_after_free[self];
            break;
          }
        }
        bool zero = false;
        if (biased && !owner) {
          const std::int32_t before =
              co_await rt.fetch_add(*object.shared, change * shared_one, order_of(change));  // @shared
          zero = before + change * shared_one == shared_merged;
        } else if (params.counting == Counting::atomic) {
          const std::int32_t before = co_await rt.fetch_add(object.count, change, order_of(change));  // @atomic
          zero = before + change == 0;
        } else {
          auto held = co_await rt.acquire(object.lock);                // @lock
          const std::int32_t before = co_await rt.load(object.count);  // @read
          co_await rt.store(object.count, before + change);            // @write
          // The owner's half alone never frees: see merge.
          zero = before + change == 0 && !owner;
        }
        if (zero && change < 0) {
          ++state.freed_early[self];
          co_await free_early(rt, object);
        }
      }
      co_await rt.safepoint(rt::Safepoint::back_edge, ++done);  // @again
    }
    if (owner) {
      const std::int64_t freed = co_await merge(rt, state);
      state.freed_early[self] += freed;
    }
  }

  template <rt::Runtime R>
  static rt::Task<> main(R& rt, State<R>& state, const Params& params) {
    std::vector<rt::Participant> threads;
    for (int number = 1; number <= params.threads; ++number) {
      const rt::SpawnOptions options{{{"thread", "스레드"}, number}, rt::Vehicle::thread};  // @start
      threads.push_back(co_await rt.spawn(
          options, [](R& own, State<R>& shared, Params p, int at) { return pass_around(own, shared, p, at); }, state,
          params, number));
    }
    for (const rt::Participant thread : threads) co_await rt.join(thread);  // @join
    // The table goes, and its references with it. Nobody else is left, so reading and writing is safe however the
    // others counted.
    for (Object<R>& object : state.objects) {
      typename R::Var& word = object.shared ? *object.shared : object.count;
      const std::int32_t left = co_await rt.load(word);  // @left
      const std::int32_t dropped = left - (object.shared ? shared_one : 1);
      co_await rt.store(word, dropped);                                                                 // @drop
      if (dropped == (object.shared ? shared_merged : 0)) co_await rt.fetch_add(object.generation, 1);  // @collect
    }
  }
  // source: end

  static rt::Interpreting interpreter(const Params& params) {
    const bool gil = params.counting == Counting::gil;
    return {gil ? rt::Interpreter::cpython310 : rt::Interpreter::none, params.switch_interval};
  }
  static std::int64_t work(const Params& params) { return std::int64_t{params.threads} * params.rounds; }

  struct Facts {
    std::int64_t freed_early = 0;      // how often
    std::int64_t used_after_free = 0;  // how often
    std::vector<std::int64_t> left;    // references of each object at the end, where there should be none
  };
  template <rt::Runtime R>
  static Facts observe(State<R>& state) {
    Facts out;
    for (const std::int64_t times : state.freed_early) out.freed_early += times;
    for (const std::int64_t times : state.used_after_free) out.used_after_free += times;
    for (const Object<R>& object : state.objects) {
      out.left.push_back(object.count.peek() + (object.shared ? shared_count(object.shared->peek()) : 0));
    }
    return out;
  }
  static bool fine(const Params& params, const Facts& facts);
  // The worst that happened: 0 nothing, 1 leaked, 2 freed too early, 3 used after that.
  static std::int64_t figure(const Facts& facts);
  static Outcome judge(const Params& params, const Facts& facts, const rt::RunFacts& run);
};

}  // namespace interleave::workloads
