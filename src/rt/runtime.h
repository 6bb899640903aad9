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

// Semantics, the same on every engine:
//  - Var: a shared variable of 32 bits, read and written only through the runtime. Unordered accesses race for real.
//    load and store stand for those of a plain variable unless they ask for an order (acquire, release, seq_cst), as what
//    is meant as a signal does; fetch_add and compare_exchange are one step whatever their order, which says only what
//    else they order. A simulated run's data races are found by these orders: see trace/races.h.
//  - acquire gives a Guard that releases at its end. On the simulator that release is a step of its own, before the
//    thread's next operation or its end. try_acquire and acquire_for give a Guard that may be empty (test it).
//    A Lock of kind spin waits by trying again; in the simulator's untimed policies it is one blocking step.
//    Locks are not recursive: taking one twice hangs, and the hang is found.
//  - A Condition belongs to a Lock of kind mutex, as threading.Condition does. wait, notify_one and notify_all are for
//    whoever has that lock (through a Guard, which stays as it is). wait lets the lock go and sleeps, in one step, until
//    it is notified, and then takes the lock again: by then another may have been there, so what was waited for is
//    looked at again, in a loop. Those that wait are woken in the order in which they came. A queue made of it is in
//    rt/queue.h.
//  - spawn starts a body. Those spawned one after another are held at a start line until their spawner's next
//    operation that is not a spawn, so that they begin together.
//  - join waits for a participant's end. Everything spawned must be joined before the outermost body ends.
//  - sleep waits at least that long. compute does `units` of work: live calls work(begin, end) in chunks with
//    safepoints between; the simulator charges units x unit_cost, and calls it once only where it returns a value
//    (values of chunks are added). Where work.foretell(units) gives that value without the work, it calls that.
//  - io(call, time, gil): on live, natively, a call that really waits in the kernel; in a browser, which has no sockets,
//    a wait of the same length on shared memory. `time` is how long select and block wait, and the virtual time that a
//    send or a receive takes.
//  - clock() is the time since the run began: virtual when simulated, 0 when explored.
//  - Under an interpreter with a GIL (see rt/interpreter.h) a participant runs only while it has that lock: it takes it
//    when it begins, lets it go around sleep, join, io and a wait for a lock, and at safepoints where it was asked to.
//  - safepoint(kind, done): `done` tells how much work this thread has finished, for progress.
//  - random(bound) draws from a generator of the thread's own, from the run's seed.
//  - A Gauge is a figure that the workload tells as it changes, for whoever looks at the run: how deep a queue is, which
//    item a worker has in hand. tell(gauge, value) is no operation and takes no virtual time; it returns clock(). On live
//    it costs a look at the clock, so not for every turn of a short loop.
//  - check(condition, text): an assertion of the workload's own; a failed one is an outcome, not a crash.
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
