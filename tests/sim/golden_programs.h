// Small programs whose traces are compared with constants. Events hold line numbers, so this file must stay as it is:
// add new programs in a file of their own.
#pragma once

#include <memory>
#include <vector>

#include "sim/machine.h"

namespace interleave::test {

using rt::Task;
using sim::Machine;

// Everything that a Runtime offers, on a few threads.
struct Everything {
  struct Shared {
    explicit Shared(Machine& rt)
        : count(rt, {{"count", "count"}}, 0),
          flag(rt, {{"flag", "flag"}}, 0),
          mutex(rt, {{"mutex", "뮤텍스"}}, rt::LockKind::mutex),
          spin(rt, {{"spin", "스핀락"}}, rt::LockKind::spin),
          none(rt, {{"none", "없음"}}, rt::LockKind::none) {}
    Machine::Var count;
    Machine::Var flag;
    Machine::Lock mutex;
    Machine::Lock spin;
    Machine::Lock none;
  };

  static Task<int> twice(Machine& rt, Shared& s, int value) {
    const auto seen = co_await rt.load(s.flag);
    co_return value * 2 + seen;
  }

  static Task<> work(Machine& rt, Shared& s, int rounds) {
    for (int round = 0; round < rounds; ++round) {
      {
        auto held = co_await rt.acquire(s.mutex);
        const auto value = co_await rt.load(s.count);
        co_await rt.store(s.count, value + 1);
      }
      {
        auto held = co_await rt.acquire(s.spin);
        co_await rt.compute(10, 3, rt::Safepoint::back_edge, [](std::int64_t, std::int64_t) {});
        co_await rt.fetch_add(s.flag, 1);
      }
      {
        auto held = co_await rt.acquire(s.none);
        const auto doubled = co_await twice(rt, s, round);
        const bool swapped = co_await rt.compare_exchange(s.flag, doubled, round);
        rt.check(!swapped || doubled >= 0, {"never negative", "음수가 아니다"});
      }
      {
        auto attempt = co_await rt.try_acquire(s.mutex);
        if (attempt) co_await rt.store(s.flag, static_cast<std::int32_t>(rt.random(100)));
      }
      {
        auto in_time = co_await rt.acquire_for(s.mutex, 2 * microsecond);
        if (in_time) co_await rt.fetch_add(s.count, 1);
      }
      co_await rt.sleep(5 * microsecond);
      co_await rt.safepoint(rt::Safepoint::back_edge, round + 1);
    }
  }

  static Task<> main(Machine& rt, Shared& s, int threads, int rounds) {
    std::vector<rt::Participant> started;
    for (int number = 1; number <= threads; ++number) {
      const rt::SpawnOptions options{{{"thread", "스레드"}, number}};
      started.push_back(co_await rt.spawn(
          options, [](Machine& own, Shared& shared, int r) { return work(own, shared, r); }, s, rounds));
    }
    for (const rt::Participant one : started) co_await rt.join(one);
    co_await rt.load(s.count);
  }
};

// The shortest programs: a racing increment, and one under a lock.
struct Increment {
  struct Shared {
    explicit Shared(Machine& rt)
        : count(rt, {{"count", "count"}}, 0), mutex(rt, {{"mutex", "뮤텍스"}}, rt::LockKind::mutex) {}
    Machine::Var count;
    Machine::Lock mutex;
  };

  static Task<> add(Machine& rt, Shared& s, bool locked) {
    Machine::Guard held;
    if (locked) held = co_await rt.acquire(s.mutex);
    const auto value = co_await rt.load(s.count);
    co_await rt.store(s.count, value + 1);
  }

  static Task<> main(Machine& rt, Shared& s, bool locked) {
    const auto body = [](Machine& own, Shared& shared, bool with_lock) { return add(own, shared, with_lock); };
    const auto first = co_await rt.spawn({{{"thread", "스레드"}, 1}}, body, s, locked);
    const auto second = co_await rt.spawn({{{"thread", "스레드"}, 2}}, body, s, locked);
    co_await rt.join(first);
    co_await rt.join(second);
  }
};

}  // namespace interleave::test
