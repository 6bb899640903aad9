// Random small programs: as many executions as classes, and the same outcomes as all schedules have.
#include <array>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "explore/brute_force.h"
#include "explore/explore.h"

namespace interleave::test {
namespace {

enum class What : std::uint8_t { load, store, add, exchange, lock, attempt, wait_a_while, nap };
constexpr std::uint32_t kinds_of_operations = 8;

struct Operation {
  What what = What::load;
  std::uint32_t object = 0;  // which variable or lock
  std::int32_t value = 0;
  bool inside = false;  // under the lock: another operation, on a variable
  std::uint32_t inside_variable = 0;
  std::uint32_t inside_what = 0;
};

using Script = std::vector<std::vector<Operation>>;  // for each thread

// What the threads read is part of the outcome.
struct State {
  State(sim::Machine& rt, const Script& the_script)
      : script(the_script),
        variables{sim::Var{rt, {{"x", "x"}}, 0}, sim::Var{rt, {{"y", "y"}}, 0}},
        locks{sim::Lock{rt, {{"a", "a"}}, rt::LockKind::mutex}, sim::Lock{rt, {{"b", "b"}}, rt::LockKind::spin}},
        conditions{sim::Condition{rt, {{"c", "c"}}, locks[0]}, sim::Condition{rt, {{"d", "d"}}, locks[0]}},
        seen(the_script.size(), 17) {}

  void saw(ThreadId who, std::int64_t value) {
    std::int64_t& sum = seen[who.index() - 1];
    sum = (sum * 31 + value + 5) % 1'000'003;
  }
  [[nodiscard]] std::int64_t figure() const {
    std::int64_t sum = 1;
    for (const std::int64_t part : seen) sum = (sum * 1'009 + part) % 1'000'000'007;
    for (const sim::Var& variable : variables) sum = (sum * 1'009 + variable.peek()) % 1'000'000'007;
    return sum;
  }

  const Script& script;
  std::array<sim::Var, 2> variables;
  std::array<sim::Lock, 2> locks;
  std::array<sim::Condition, 2> conditions;
  std::vector<std::int64_t> seen;
};

rt::Task<> on_variable(sim::Machine& rt, State& s, What what, std::uint32_t variable, std::int32_t value) {
  sim::Var& var = s.variables[variable];
  switch (what) {
    case What::load: s.saw(rt.self(), co_await rt.load(var)); break;
    case What::store: co_await rt.store(var, value); break;
    case What::add: s.saw(rt.self(), co_await rt.fetch_add(var, value)); break;
    default: {
      const bool done = co_await rt.compare_exchange(var, value - 1, value);
      s.saw(rt.self(), done ? 1 : 0);
      break;
    }
  }
}

struct Body {
  rt::Task<> operator()(sim::Machine& rt, State& s) const {
    for (const Operation& op : s.script[rt.self().index() - 1]) {
      sim::Lock& lock = s.locks[op.object];
      sim::Machine::Guard held;
      switch (op.what) {
        case What::lock: held = co_await rt.acquire(lock); break;
        case What::attempt: held = co_await rt.try_acquire(lock); break;
        case What::wait_a_while: held = co_await rt.acquire_for(lock, 1000); break;
        case What::nap: co_await rt.sleep(10); continue;
        default: co_await on_variable(rt, s, op.what, op.object, op.value); continue;
      }
      s.saw(rt.self(), held ? 1 : 0);
      if (held && op.inside)
        co_await on_variable(rt, s, static_cast<What>(op.inside_what), op.inside_variable, op.value);
    }
  }
};

// Two operations in a row may hold two locks: then threads can deadlock.
struct NestingBody {
  rt::Task<> operator()(sim::Machine& rt, State& s) const {
    std::vector<sim::Machine::Guard> held;
    for (const Operation& op : s.script[rt.self().index() - 1]) {
      sim::Lock& lock = s.locks[op.object];
      if (op.what == What::lock) {
        held.push_back(co_await rt.acquire(lock));
      } else if (op.what == What::attempt) {
        held.push_back(co_await rt.try_acquire(lock));
        s.saw(rt.self(), held.back() ? 1 : 0);
      } else if (op.what != What::nap && op.what != What::wait_a_while) {
        co_await on_variable(rt, s, op.what, op.object, op.value);
      }
    }
  }
};

// Waits for conditions, and tells of them, under their common lock: some of the waits are never ended.
struct ConditionsBody {
  rt::Task<> operator()(sim::Machine& rt, State& s) const {
    for (const Operation& op : s.script[rt.self().index() - 1]) {
      sim::Condition& condition = s.conditions[op.object];
      if (op.what == What::nap || op.what == What::load) {
        co_await on_variable(rt, s, What::load, op.object, op.value);
        continue;
      }
      auto held = co_await rt.acquire(s.locks[0]);
      switch (op.what) {
        case What::lock:
        case What::attempt:
          if (op.inside) co_await rt.wait(condition);
          break;
        case What::wait_a_while: co_await rt.notify_all(condition); break;
        default: co_await rt.notify_one(condition); break;
      }
      co_await on_variable(rt, s, static_cast<What>(op.inside_what), op.inside_variable, op.value);
    }
  }
};

Script random_script(Rng& rng) {
  Script script(2 + rng.below(2));
  for (auto& thread : script) {
    thread.resize(1 + rng.below(3));
    for (Operation& op : thread) {
      op.what = static_cast<What>(rng.below(kinds_of_operations));
      op.object = rng.below(2);
      op.value = 1 + static_cast<std::int32_t>(rng.below(2));
      op.inside = rng.below(2) == 0;
      op.inside_variable = rng.below(2);
      op.inside_what = rng.below(4);
    }
  }
  return script;
}

std::string print(const Script& script) {
  constexpr std::array names{"load", "store", "add", "cas", "lock", "try", "timed", "nap"};
  std::string out;
  for (const auto& thread : script) {
    out += "[";
    for (const Operation& op : thread) {
      out += std::string(names[static_cast<std::size_t>(op.what)]) + std::to_string(op.object);
      if (op.inside) out += std::string("(") + names[op.inside_what] + std::to_string(op.inside_variable) + ")";
      out += " ";
    }
    out += "] ";
  }
  return out;
}

// Returns how many of the executions hung.
template <class ThreadBody>
std::uint64_t compare(std::uint64_t first_seed, int wanted, std::uint64_t most_schedules) {
  int compared = 0;
  std::uint64_t hangs = 0;
  for (std::uint64_t seed = first_seed; compared < wanted; ++seed) {
    Rng rng = Rng::stream(seed, 0x70726f67);
    const Script script = random_script(rng);
    explore::Program<State> program([&](sim::Machine& rt) { return State(rt, script); });
    program.threads(static_cast<int>(script.size()), ThreadBody{}).figure([](const State& s) { return s.figure(); });
    const BruteForce all = run_every_schedule(program, most_schedules);
    if (all.gave_up) continue;
    ++compared;
    const explore::Findings found = explore::explore(program);
    EXPECT_EQ(found.executions, all.classes.size()) << "seed " << seed << ": " << print(script);
    EXPECT_EQ(found.blocked, 0U) << seed;
    EXPECT_TRUE(found.exhausted) << seed;
    EXPECT_EQ(found.hangs, all.hanging_classes.size()) << "seed " << seed << ": " << print(script);
    EXPECT_EQ(found.outcomes.size(), all.outcomes.size()) << "seed " << seed << ": " << print(script);
    for (const auto& [figure, classes] : all.outcomes) {
      EXPECT_TRUE(found.outcomes.contains(figure)) << "seed " << seed << ": " << print(script);
    }
    hangs += found.hangs;
    if (testing::Test::HasFailure()) break;
  }
  return hangs;
}

TEST(RandomPrograms, AgreeWithBruteForce) { compare<Body>(1, 300, 3'000); }

TEST(RandomPrograms, ThatNestTheirLocksAgreeWithBruteForce) { EXPECT_GT(compare<NestingBody>(10'001, 300, 3'000), 0U); }

TEST(RandomPrograms, ThatWaitForConditionsAgreeWithBruteForce) {
  EXPECT_GT(compare<ConditionsBody>(20'001, 300, 3'000), 0U);
}

}  // namespace
}  // namespace interleave::test
