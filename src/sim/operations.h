// What a thread can arrive at, and one table of what is known of each operation: what it is on, what it does to that,
// and what comes before it.
#pragma once

#include <array>
#include <cstdint>

#include "rt/hang.h"
#include "trace/event.h"

namespace interleave::sim {

// What a thread has arrived at.
enum class Op : std::uint8_t {
  load,
  store,
  fetch_add,
  compare_exchange,
  try_acquire,
  acquire_now,  // acquire's first attempt, with the interpreter lock in hand: where it fails, that lock goes first
  drop_gil,
  take_loop,   // untimed, or a task's beginning: its turn on the event loop has come
  leave_loop,  // untimed: it is about to wait, so that others have their turn
  acquire,
  acquire_for,
  take_gil,
  release,
  wait,         // for a condition: lets the lock go and begins to sleep
  wait_asleep,  // sleeps, until it is notified; then this becomes the acquire of the lock
  notify_one,
  notify_all,
  sleep,
  io,       // a call that lets the interpreter lock go
  io_kept,  // a call that keeps it
  safepoint,
  compute,
  spawn,
  join,
  // On the pipes of a child process: its parent's, and its own. See children.h.
  talk,
  kill,
  child_read,
  child_write,
  child_exit,
  ended,
  none,
};

// What the operation's target is.
enum class On : std::uint8_t { nothing, variable, lock, condition, pipe };

// What the operation does to its target, as another thread may notice it. Of those on a pipe, and of those on nothing,
// no more is known than that they change something.
enum class Effect : std::uint8_t {
  reads,
  writes,
  compares,   // reads, and writes where it finds what it expects
  takes,      // a lock, for which it waits
  attempts,   // takes a lock, or finds it taken and goes on without
  lets_go,    // of a lock, which nobody has then
  passes_on,  // the same, but a task of the same loop may have the lock at once
};

// What a thread's arrival at the operation means, before it is performed. See Machine::arrive.
enum class Arrival : std::uint8_t {
  unnoticed,  // nobody else needs to know of it
  plain,      // nothing follows from it but what Before asks for
  for_lock,   // untimed: the thread stands among those that want the lock
  within,     // the same with a limit of time, which begins now
  for_pipe,
  quiet,  // an explorer performs it at once: no other thread can tell when
  pauses,
  asleep,
  spawns,
  joins,
  ends,
};

// What a thread does before it waits there: lets the interpreter lock go, or its event loop.
enum class Before : std::uint8_t {
  stays,        // it lets nothing go
  attempt,      // it first tries the lock, and lets go where that fails
  leave,        // it lets go
  unless_over,  // it lets go, unless the other has ended already
  on_request,   // it lets go because it was asked to, and does not wait
};

struct OpInfo {
  Op op;
  trace::Kind kind;  // what is recorded of it; `ended` where nothing is
  On on = On::nothing;
  Effect effect = Effect::writes;
  Arrival arrival = Arrival::plain;
  Before gil = Before::stays;  // the interpreter lock
  Before loop = Before::stays;
  rt::Wanted wanted = rt::Wanted::itself;  // of a pipe, where the operation alone tells it
};

consteval auto facts_of_operations() {
  using trace::Kind;
  using enum On;
  using enum Effect;
  using enum Arrival;
  using enum Before;
  return std::array{
      OpInfo{Op::load, Kind::load, variable, reads, unnoticed},
      OpInfo{Op::store, Kind::store, variable, writes, unnoticed},
      OpInfo{Op::fetch_add, Kind::fetch_add, variable, writes, unnoticed},
      OpInfo{Op::compare_exchange, Kind::compare_exchange, variable, compares, unnoticed},
      OpInfo{Op::try_acquire, Kind::try_acquire, lock, attempts, unnoticed},
      OpInfo{Op::acquire_now, Kind::try_acquire, lock, attempts, unnoticed},
      OpInfo{Op::drop_gil, Kind::gil_drop, lock, lets_go, unnoticed},
      OpInfo{Op::take_loop, Kind::scheduled, lock, takes, unnoticed},
      OpInfo{Op::leave_loop, Kind::wait, lock, lets_go, unnoticed},
      OpInfo{Op::acquire, Kind::acquire, lock, takes, for_lock, attempt, attempt},
      OpInfo{Op::acquire_for, Kind::acquire_for, lock, attempts, within, attempt, attempt},
      OpInfo{Op::take_gil, Kind::gil_take, lock, takes, for_lock},
      OpInfo{Op::release, Kind::release, lock, passes_on},
      OpInfo{Op::wait, Kind::wait, condition, passes_on},
      OpInfo{Op::wait_asleep, Kind::wait, condition, writes, asleep, leave, leave},
      OpInfo{Op::notify_one, Kind::notify, condition, writes, quiet},
      OpInfo{Op::notify_all, Kind::notify, condition, writes, quiet},
      OpInfo{Op::sleep, Kind::sleep, nothing, writes, pauses, leave, leave},
      OpInfo{Op::io, Kind::io, nothing, writes, pauses, leave, leave},
      OpInfo{Op::io_kept, Kind::io, nothing, writes, pauses},
      OpInfo{Op::safepoint, Kind::ended, nothing, writes, plain, on_request},
      OpInfo{Op::compute, Kind::compute, nothing, writes, quiet},
      OpInfo{Op::spawn, Kind::spawn, nothing, writes, spawns},
      OpInfo{Op::join, Kind::join, nothing, writes, joins, unless_over, unless_over},
      OpInfo{Op::talk, Kind::pipe_read, pipe, writes, for_pipe, leave},
      OpInfo{Op::kill, Kind::kill, pipe},
      OpInfo{Op::child_read, Kind::pipe_read, pipe, writes, for_pipe, stays, stays, rt::Wanted::bytes},
      OpInfo{Op::child_write, Kind::pipe_write, pipe, writes, for_pipe, stays, stays, rt::Wanted::room},
      OpInfo{Op::child_exit, Kind::exit, pipe},
      OpInfo{Op::ended, Kind::ended, nothing, writes, ends, leave, leave},
      OpInfo{Op::none, Kind::ended},
  };
}
inline constexpr std::array ops = facts_of_operations();

[[nodiscard]] constexpr const OpInfo& info(Op op) { return ops[static_cast<std::size_t>(op)]; }
[[nodiscard]] constexpr bool arrives_unnoticed(Op op) { return info(op).arrival == Arrival::unnoticed; }

consteval bool has_a_row_for_each_in_order() {
  for (std::size_t at = 0; at < ops.size(); ++at) {
    if (ops[at].op != static_cast<Op>(at)) return false;
  }
  return ops.back().op == Op::none;
}
static_assert(has_a_row_for_each_in_order());

}  // namespace interleave::sim
