// Child processes: their programs, and what a parent does with them through three pipes.
//
// A program is declared once and run by every engine: natively by this very executable, started again in its child
// mode; on the simulator as a participant of its own, with pipes in virtual time. It shares nothing with its parent: an
// argument and bytes go in, bytes and a return code come out.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "rt/hang.h"
#include "rt/runtime.h"

namespace interleave::rt {

// As the child sees them. Its parent has the other end of each.
enum class Pipe : std::uint8_t { in, out, err };
inline constexpr std::size_t pipe_count = 3;
// What a pipe holds before its writer must wait, as on Linux.
inline constexpr std::size_t pipe_capacity = 65'536;

// The names of the pipes of child number n.
[[nodiscard]] inline Name name_of(Pipe pipe, int number) {
  constexpr std::array names{Text{"stdin of child", "stdin, 자식"}, Text{"stdout of child", "stdout, 자식"},
                             Text{"stderr of child", "stderr, 자식"}};
  return {names.at(static_cast<std::size_t>(pipe)), number};
}

inline constexpr Nanoseconds no_limit = -1;
// The return code of a child that was killed: minus the signal's number, as Python's returncode has it.
inline constexpr int code_of_killed = -9;

// What a parent waits for: whichever of these can be done first. Then all that can be done by then is done.
struct Talk {
  std::string_view input = {};  // to be written to its stdin, as much as there is room for; must outlive the wait
  bool close = false;           // and stdin is closed once all of that is written
  bool out = false;             // to read what is in its stdout
  bool err = false;             // and in its stderr
  bool end = false;             // to learn that it has ended
  Nanoseconds limit = no_limit;
};

// The pipe at which such a wait stands, and whether for room in it or for bytes. None where it is for the end.
[[nodiscard]] inline std::optional<Pipe> pipe_of(const Talk& talk) {
  if (!talk.input.empty() && !talk.out) return Pipe::in;
  if (talk.out || talk.err) return talk.out ? Pipe::out : Pipe::err;
  return std::nullopt;
}

[[nodiscard]] inline Wanted wanted_at(std::optional<Pipe> pipe) {
  if (!pipe) return Wanted::itself;
  return *pipe == Pipe::in ? Wanted::room : Wanted::bytes;
}

struct Heard {
  std::size_t written = 0;  // bytes of the input
  bool closed = false;      // its stdin is closed by now: as asked, or because nobody reads it any more
  std::string out;
  std::string err;
  bool out_ended = false;  // nothing more will come
  bool err_ended = false;
  std::optional<int> code;  // its return code, where its end was waited for and has come
  bool timed_out = false;   // nothing could be done within the limit
};

// What a program may do, besides sleep: read its stdin (some bytes, waiting for them; none at its end) and write to its
// stdout or stderr (some of the bytes, waiting for room; 0 where nobody reads them any more). It computes as other
// bodies do (see rt/runtime.h), and its clock has an origin of its own.
template <class R>
concept ProgramSide = HasPromise<R> && requires(R& rt, typename R::Child& self) {
  { rt.read(self).await_resume() } -> std::same_as<std::string>;
  { rt.write(self, Pipe::out, std::string_view{}).await_resume() } -> std::same_as<std::size_t>;
  { rt.sleep(Nanoseconds{}).await_resume() } -> std::same_as<void>;
  { rt.clock() } -> std::same_as<Nanoseconds>;
};

// A program P has an `id`, and `template <ProgramSide R> static Task<int> run(R&, R::Child& self, std::string
// argument)`, which gives its return code. It takes no locks and touches no shared variables: there are none.
//  - A Child is a member of the State, made with its number from 1.
//  - start(child, program, argument) starts it, once. Its parent alone may talk to it, and hears its end before the
//    parent's own body ends. Where there can be no child, LimitReached is thrown.
//  - kill ends it at once; whoever waits for its end still has to.
template <class R>
concept HasChildren = Runtime<R> && requires(R& rt, typename R::Child& child, const Talk& talk) {
  requires std::constructible_from<typename R::Child, R&, int>;
  { rt.talk(child, talk).await_resume() } -> std::same_as<Heard>;
  { rt.kill(child).await_resume() } -> std::same_as<void>;
};

// All of the bytes, however often it has to wait. False where nobody reads them any more.
template <ProgramSide R>
Task<bool> write_all(R& rt, typename R::Child& self, Pipe pipe, std::string bytes, Site site = Site::current()) {
  std::string_view left = bytes;
  while (!left.empty()) {
    const std::size_t written = co_await rt.write(self, pipe, left, site);
    if (written == 0) co_return false;
    left.remove_prefix(written);
  }
  co_return true;
}

}  // namespace interleave::rt
