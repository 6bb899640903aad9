// What a step does, as far as the order of steps can matter: which object it touches, and how.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "sim/machine.h"

namespace interleave::explore {

// A compare_exchange and a try-lock count as what they do, not as what they might have done: one that
// fails has only looked.
enum class StepAccess : std::uint8_t {
  read,   // a load, a compare_exchange that fails
  write,  // a store (even of the value that was there), fetch_add, a compare_exchange that succeeds
  take,   // a lock taken: acquire, or a try or a timed wait that succeeds
  fail,   // a try or a timed wait that found the lock taken
  release,
  pass,  // a lock let go among the tasks of a loop, one of which has it at once: nobody else can tell
};

struct Label {
  std::uint32_t object = 0;  // see Identities
  StepAccess access = StepAccess::read;

  friend bool operator==(const Label&, const Label&) = default;
};

// Two kinds of access to one object whose order matters, in either order.
struct Rule {
  StepAccess one;
  StepAccess other;
};

// Two readers of a variable leave each other alone, and so do two that find a lock taken. Two releases of a lock have
// its taking between them, so that they need no rule of their own.
inline constexpr std::array dependency_rules{
    Rule{StepAccess::read, StepAccess::write},   Rule{StepAccess::write, StepAccess::write},
    Rule{StepAccess::take, StepAccess::take},    Rule{StepAccess::take, StepAccess::fail},
    Rule{StepAccess::take, StepAccess::release}, Rule{StepAccess::fail, StepAccess::release}};

// Whether the order of two steps of different threads matters.
class Dependence {
 public:
  constexpr explicit Dependence(std::span<const Rule> rules = dependency_rules) {
    for (const Rule& rule : rules) {
      mask_[index(rule.one)] |= bit(rule.other);
      mask_[index(rule.other)] |= bit(rule.one);
    }
  }
  [[nodiscard]] constexpr bool operator()(StepAccess a, StepAccess b) const { return (mask_[index(a)] & bit(b)) != 0; }
  [[nodiscard]] constexpr bool operator()(const Label& a, const Label& b) const {
    return a.object == b.object && (*this)(a.access, b.access);
  }

 private:
  static constexpr std::size_t index(StepAccess access) { return static_cast<std::size_t>(access); }
  static constexpr std::uint32_t bit(StepAccess access) { return 1U << static_cast<std::uint32_t>(access); }

  std::array<std::uint32_t, 6> mask_{};  // by the first kind: the others that depend on it
};

// For so many steps, threads and objects there is room from the beginning: a search of a small program takes some
// microseconds, of which growing everything bit by bit would be a third.
inline constexpr std::size_t room = 32;

// A step of one of the search's threads.
struct Step {
  std::uint32_t thread = 0;  // see Identities
  Label label;
};

[[nodiscard]] inline StepAccess letting_go(const sim::Thread& thread, const sim::Lock& lock) {
  return sim::heir(lock, thread) != nullptr ? StepAccess::pass : StepAccess::release;
}

// What the thread's next step would do if it were taken now. It must not be a sleep, a computation or
// a notification.
[[nodiscard]] inline StepAccess access_now(const sim::Thread& thread) {
  const sim::Parked& parked = *thread.parked;
  switch (sim::info(parked.op).effect) {
    case sim::Effect::reads: return StepAccess::read;
    case sim::Effect::compares:
      return static_cast<const sim::Var*>(parked.target)->value == parked.expected ? StepAccess::write
                                                                                   : StepAccess::read;
    case sim::Effect::takes: return StepAccess::take;
    case sim::Effect::attempts: return sim::lock_of(parked).owner == nullptr ? StepAccess::take : StepAccess::fail;
    case sim::Effect::lets_go: return StepAccess::release;
    case sim::Effect::passes_on: return letting_go(thread, sim::lock_of(parked));
    case sim::Effect::writes: break;
  }
  return StepAccess::write;
}

}  // namespace interleave::explore
