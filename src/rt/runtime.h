// The Runtime concept: everything that a workload may do. Three engines implement it (sim::Machine, which explore
// drives too; live::Threads; live::Loop), and a workload never knows which.
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include "core/text.h"
#include "core/time.h"
#include "rt/task.h"
#include "trace/event.h"

namespace interleave::rt {

using trace::Order;
using trace::Vehicle;

// How a lock keeps others out. `none` is a lock that does not: it costs nothing and protects nothing, so that a body
// need not be written twice.
enum class LockKind : std::uint8_t { none, mutex, spin };

// Where an interpreter may hand its lock over. Without an interpreter every kind is only a place where a run may be
// cancelled.
enum class Safepoint : std::uint8_t { back_edge, call, bytecode };

// A call into the operating system that waits for the outside world.
enum class IoCall : std::uint8_t {
  select,   // waits on one end of a socket pair on which nothing arrives, until the time given is over
  send,     // writes a byte to the participant's own socket pair; never has to wait
  receive,  // reads it at the other end; what was sent is there, so it does not have to wait either
  block,    // as select, but in the calling thread whatever that is: an event loop and all of its tasks wait with it
};

// What becomes of the interpreter lock, where there is one, during such a call. CPython releases it also around calls
// that do not have to wait.
enum class GilDuringIo : std::uint8_t { released, kept };

// Thrown into a body at a safepoint or out of a wait when its run is being stopped. Let it pass.
struct Cancelled {};

// Thrown where the machine or build has no thread left, no child process can be started, or there is no memory for
// more participants. The run ends with Verdict::limit.
enum class Scarce : std::uint8_t { threads, processes, memory };
struct LimitReached {
  std::int64_t available = 0;
  Scarce scarce = Scarce::threads;
};

// A name, made of a text, a number from 1 where there are several, and what follows that: "thread 3", "큐 2의 항목".
// Words are made from it only where a trace is kept.
struct Name {
  Text text;
  int number = 0;
  Text after{"", ""};

  [[nodiscard]] Words words() const {
    const auto in = [this](Language language) {
      std::string out(text.in(language));
      if (number != 0) out.append(" ").append(std::to_string(number));
      return out.append(after.in(language));
    };
    return {in(Language::en), in(Language::ko)};
  }
};

// A participant that was spawned and may be joined, once.
struct Participant {
  ThreadId id;
};

// The line of the workload that asked for an operation. Free where it is not used. A helper that asks on a workload's
// behalf takes its caller's and passes it on, so that what is recorded is a line of the workload.
class Site {
 public:
  constexpr Site() = default;
  // As std::source_location's, but without names, of which each call would carry two to every reader of a page.
  // (__builtin_LINE is what that is made of. As consteval, g++ 12 would take the line of a default argument.)
  static constexpr Site current(std::uint32_t line = __builtin_LINE()) { return Site(line); }
  [[nodiscard]] constexpr std::uint16_t line() const { return line_; }

 private:
  explicit constexpr Site(std::uint32_t line) : line_(static_cast<std::uint16_t>(line)) {}

  std::uint16_t line_ = 0;
};

// Named, and not written into the call: compilers disagree about the line of what is made within one.
struct SpawnOptions {
  Name name{{"thread", "스레드"}};
  Vehicle vehicle = Vehicle::thread;
  Site site = Site::current();
};

// Bodies that can be spawned: no captures, since a coroutine does not copy its closure.
template <class Body, class R, class... Args>
concept BodyFor = std::is_empty_v<Body> && std::is_invocable_r_v<Task<>, Body, R&, Args...>;

// The same on every engine, and told in full in docs/runtime.md:
//  - Var: 32 bits, a plain variable's accesses unless they ask for an order. fetch_add, compare_exchange: one step.
//  - Lock: acquire gives a Guard, which releases at its end; those of try_acquire and acquire_for may be empty.
//  - Condition: of a Lock of kind mutex, for its holder. What was waited for is looked at again, in a loop.
//  - spawn starts a body, held until its spawner's next operation that is no spawn. Whoever is spawned must be joined.
//  - sleep waits at least that long; compute does units of work; io calls out of the program; clock() tells the time.
//  - safepoint(kind, done): where an interpreter may hand its lock over and a run may be stopped; done is progress.
//  - tell(gauge, value): a figure of the workload's changes. No operation, and no virtual time.
//  - check(condition, text): an assertion of the workload's own; a failed one is an outcome, not a crash.
//  - random(bound) draws from a generator of the thread's own, from the run's seed.
template <class R>
concept Runtime =
    HasPromise<R> && requires(R& rt, typename R::Var& var, typename R::Lock& lock, typename R::Condition& condition,
                              typename R::Gauge& gauge, Participant who) {
      requires std::constructible_from<typename R::Var, R&, Name, std::int32_t>;
      requires std::constructible_from<typename R::Lock, R&, Name, LockKind>;
      requires std::constructible_from<typename R::Condition, R&, Name, typename R::Lock&>;
      requires std::constructible_from<typename R::Gauge, R&, Name, std::int64_t>;
      requires std::movable<typename R::Guard>;
      { rt.load(var).await_resume() } -> std::same_as<std::int32_t>;
      { rt.store(var, std::int32_t{}).await_resume() } -> std::same_as<void>;
      { rt.fetch_add(var, std::int32_t{}).await_resume() } -> std::same_as<std::int32_t>;
      { rt.compare_exchange(var, std::int32_t{}, std::int32_t{}).await_resume() } -> std::same_as<bool>;
      { rt.acquire(lock).await_resume() } -> std::same_as<typename R::Guard>;
      { rt.try_acquire(lock).await_resume() } -> std::same_as<typename R::Guard>;
      { rt.acquire_for(lock, Nanoseconds{}).await_resume() } -> std::same_as<typename R::Guard>;
      { rt.wait(condition).await_resume() } -> std::same_as<void>;
      { rt.notify_one(condition).await_resume() } -> std::same_as<void>;
      { rt.notify_all(condition).await_resume() } -> std::same_as<void>;
      { rt.join(who).await_resume() } -> std::same_as<void>;
      { rt.sleep(Nanoseconds{}).await_resume() } -> std::same_as<void>;
      { rt.safepoint(Safepoint::back_edge, std::int64_t{}).await_resume() } -> std::same_as<void>;
      { rt.io(IoCall::select, Nanoseconds{}, GilDuringIo::released).await_resume() } -> std::same_as<void>;
      { rt.clock() } -> std::same_as<Nanoseconds>;
      { rt.tell(gauge, std::int64_t{}) } -> std::same_as<Nanoseconds>;
      { rt.self() } -> std::same_as<ThreadId>;
      { rt.random(std::uint32_t{}) } -> std::same_as<std::uint32_t>;
      { rt.check(bool{}, Text{"", ""}) } -> std::same_as<void>;
      { var.peek() } -> std::same_as<std::int32_t>;  // after the run, for the judgement
    };

}  // namespace interleave::rt
