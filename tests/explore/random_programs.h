// Random small programs over the runtime: loads, stores, atomic steps, locks of every kind, conditions.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/rng.h"
#include "explore/explore.h"

namespace interleave::test {

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
struct ScriptState {
  ScriptState(sim::Machine& rt, const Script& the_script)
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

inline rt::Task<> on_variable(sim::Machine& rt, ScriptState& s, What what, std::uint32_t variable, std::int32_t value) {
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
  rt::Task<> operator()(sim::Machine& rt, ScriptState& s) const {
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
  rt::Task<> operator()(sim::Machine& rt, ScriptState& s) const {
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
  rt::Task<> operator()(sim::Machine& rt, ScriptState& s) const {
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

inline Script random_script(Rng& rng) {
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

inline std::string print(const Script& script) {
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

}  // namespace interleave::test
