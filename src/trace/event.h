// What a run leaves behind: events, 32 bytes each. Everything that is shown, measured or compared is derived from
// them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/ids.h"
#include "core/text.h"
#include "core/time.h"

namespace interleave::trace {

// What carries a body.
enum class Vehicle : std::uint8_t { thread, task, process };

// What a thread is doing, from an event's time on.
enum class State : std::uint8_t {
  idle,          // not begun, ended, or without work
  running,       // on a core
  ready,         // able to run, without a core
  waiting_lock,  // for a lock that another holds
  waiting_gil,   // for the interpreter
  blocked,       // asleep, in I/O, or waiting for another's end
};
inline constexpr std::size_t state_count = 6;

// In JSON.
[[nodiscard]] constexpr std::string_view key_of(State state) {
  switch (state) {
    case State::idle: return "idle";
    case State::running: return "running";
    case State::ready: return "ready";
    case State::waiting_lock: return "waiting_lock";
    case State::waiting_gil: return "waiting_gil";
    case State::blocked: return "blocked";
  }
  return "";
}

// Whether the state is that of waiting for something that has a holder.
[[nodiscard]] constexpr bool waits_for_object(State state) {
  return state == State::waiting_lock || state == State::waiting_gil;
}

// In place of a participant's number where there is none.
inline constexpr std::int64_t nobody = -1;

enum class Kind : std::uint8_t {
  started,  // value: parent's number
  ended,
  spawn,      // value: the new thread's number
  scheduled,  // value: core. Simulated only
  preempted,  // value: core. Simulated only
  wait,       // object: the lock, and value: its holder; or no object and value: the thread waited for; or object:
              // a condition or a pipe, and value: nobody
  woken,      // value: the thread that made it possible; state: ready
  join,       // value: the thread that had ended
  load,       // value: found
  store,      // value: pack(found, written)
  fetch_add,  // value: pack(found, written)
  compare_exchange,  // value: pack(found, written); equal when it failed
  acquire,           // object: lock
  try_acquire,       // value: 1 taken, 0 not
  acquire_for,       // value: 1 taken, 0 timed out
  release,
  sleep,         // value: nanoseconds asked for
  compute,       // value: units
  progress,      // value: units of work done by this thread so far. Live only
  check_failed,  // a workload's own assertion; value: its number
  io,            // a call that waits outside the interpreter; value: nanoseconds asked for
  gil_request,   // asks the holder to hand the interpreter lock over; value: the holder. No step of the thread's own
  gil_take,      // value: who had it before, or nobody
  gil_drop,      // value: 1 because it was asked to, 0 because it is about to wait or ends
  notify,        // object: a condition; value: how many of those that wait for it are woken
  gauge,         // object: a gauge; value: what it stands at from then on. Told by the workload, and no step
  pipe_write,    // object: a pipe; value: bytes
  pipe_read,     // object: a pipe; value: bytes, 0 at its end
  pipe_close,    // object: a pipe, by whoever writes into it
  kill,          // value: the child process that is killed
  exit,          // of a child process; value: its return code
};

struct KindInfo {
  Kind kind;
  std::string_view key;  // the name in exports
  Text label;
};

inline constexpr std::array kinds{
    KindInfo{Kind::started, "started", {"starts", "시작"}},
    KindInfo{Kind::ended, "ended", {"ends", "끝"}},
    KindInfo{Kind::spawn, "spawn", {"starts a thread", "스레드 시작"}},
    KindInfo{Kind::scheduled, "scheduled", {"gets a core", "코어를 얻음"}},
    KindInfo{Kind::preempted, "preempted", {"loses its core", "코어를 내줌"}},
    KindInfo{Kind::wait, "wait", {"waits", "기다림"}},
    KindInfo{Kind::woken, "woken", {"is woken", "깨어남"}},
    KindInfo{Kind::join, "join", {"joins", "합류"}},
    KindInfo{Kind::load, "load", {"reads", "읽기"}},
    KindInfo{Kind::store, "store", {"writes", "쓰기"}},
    KindInfo{Kind::fetch_add, "fetch-add", {"adds in one step", "한 번에 더하기"}},
    KindInfo{Kind::compare_exchange, "compare-exchange", {"compares and exchanges", "비교 후 교환"}},
    KindInfo{Kind::acquire, "acquire", {"takes the lock", "락 얻기"}},
    KindInfo{Kind::try_acquire, "try-acquire", {"tries the lock", "락 시도"}},
    KindInfo{Kind::acquire_for, "acquire-for", {"takes the lock in time", "시간 안에 락 얻기"}},
    KindInfo{Kind::release, "release", {"releases the lock", "락 놓기"}},
    KindInfo{Kind::sleep, "sleep", {"sleeps", "잠"}},
    KindInfo{Kind::compute, "compute", {"computes", "계산"}},
    KindInfo{Kind::progress, "progress", {"progress", "진행"}},
    KindInfo{Kind::check_failed, "check-failed", {"a check fails", "검사 실패"}},
    KindInfo{Kind::io, "io", {"waits for I/O", "입출력을 기다림"}},
    KindInfo{Kind::gil_request, "gil-request", {"asks for the GIL", "GIL을 달라고 함"}},
    KindInfo{Kind::gil_take, "gil-take", {"takes the GIL", "GIL을 얻음"}},
    KindInfo{Kind::gil_drop, "gil-drop", {"lets the GIL go", "GIL을 놓음"}},
    KindInfo{Kind::notify, "notify", {"tells that something changed", "바뀌었음을 알림"}},
    KindInfo{Kind::gauge, "gauge", {"a figure changes", "수치가 바뀜"}},
    KindInfo{Kind::pipe_write, "pipe-write", {"writes into a pipe", "파이프에 쓰기"}},
    KindInfo{Kind::pipe_read, "pipe-read", {"reads from a pipe", "파이프에서 읽기"}},
    KindInfo{Kind::pipe_close, "pipe-close", {"closes a pipe", "파이프 닫기"}},
    KindInfo{Kind::kill, "kill", {"kills a child", "자식을 죽임"}},
    KindInfo{Kind::exit, "exit", {"ends with a return code", "리턴 코드와 함께 끝"}},
};

[[nodiscard]] constexpr const KindInfo& info(Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }

// Whether such an event says something about the run and nothing about what its thread is doing: its state is to be
// ignored.
[[nodiscard]] constexpr bool is_figure(Kind kind) { return kind == Kind::progress || kind == Kind::gauge; }

// The memory order that an operation asked for. Recorded always; the simulator is sequentially consistent.
enum class Order : std::uint8_t { none, relaxed, acquire, release, acq_rel, seq_cst };

// A load or a store without an order stands for a plain variable's.
[[nodiscard]] constexpr bool is_plain(Order order) { return order == Order::none || order == Order::relaxed; }
[[nodiscard]] constexpr bool acquires(Order order) {
  return order == Order::acquire || order == Order::acq_rel || order == Order::seq_cst;
}
[[nodiscard]] constexpr bool releases(Order order) {
  return order == Order::release || order == Order::acq_rel || order == Order::seq_cst;
}

struct Event {
  Nanoseconds time = 0;    // since the run's start
  std::int64_t value = 0;  // see Kind
  ThreadId thread;
  ObjectId object;         // none where no variable or lock is concerned
  std::uint32_t cost = 0;  // nanoseconds that the operation took, where the engine knows (simulated)
  std::uint16_t line = 0;  // of the workload's source, 0 where unknown
  Kind kind = Kind::started;
  State state : 4 = State::idle;  // of the thread from `time` on
  Order order : 4 = Order::none;

  friend bool operator==(const Event&, const Event&) = default;
};
static_assert(sizeof(Event) == 32);

// Shared variables hold 32 bits on every engine (WebAssembly's plain accesses are no wider), so that the value found
// and the value written fit one field.
[[nodiscard]] constexpr std::int64_t pack(std::int32_t found, std::int32_t written) {
  return static_cast<std::int64_t>((static_cast<std::uint64_t>(static_cast<std::uint32_t>(written)) << 32U) |
                                   static_cast<std::uint32_t>(found));
}
[[nodiscard]] constexpr std::int32_t found(std::int64_t value) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::uint64_t>(value)));
}
[[nodiscard]] constexpr std::int32_t written(std::int64_t value) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) >> 32U));
}

// An operation that a thread has arrived at and not yet performed.
struct Operation {
  Kind kind = Kind::ended;
  ObjectId object;
  std::int64_t operand = 0;  // what will be written or added, nanoseconds, units, or the thread to join
  std::uint16_t line = 0;
};

}  // namespace interleave::trace
