// What bodies await of child processes on the simulator: a parent's side and a program's. See rt/child.h.
#pragma once

#include <string>
#include <utility>

#include "sim/children.h"

namespace interleave::sim {

// A part of the machine M, which is its only heir.
template <class M>
class ChildCalls {
 public:
  using Child = sim::Child;

  struct [[nodiscard]] AwaitPipe {
    M& machine;
    PipeCall call;
    Parked parked;
    static constexpr bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<>) {
      parked.target = &call;
      machine.park(parked);
    }
  };
  struct [[nodiscard]] AwaitHeard : AwaitPipe {
    rt::Heard await_resume() { return std::move(this->call.heard); }
  };
  struct [[nodiscard]] AwaitBytes : AwaitPipe {
    std::string await_resume() { return std::move(this->call.heard.out); }
  };
  struct [[nodiscard]] AwaitWritten : AwaitPipe {
    [[nodiscard]] std::size_t await_resume() const { return this->call.heard.written; }
  };
  struct [[nodiscard]] AwaitPipeDone : AwaitPipe {
    static void await_resume() {}
  };

  AwaitHeard talk(Child& child, const rt::Talk& talk, rt::Site site = rt::Site::current()) {
    return {called(child, rt::Pipe::in, talk, Op::talk, 0, site)};
  }
  AwaitPipeDone kill(Child& child, rt::Site site = rt::Site::current()) {
    return {called(child, rt::Pipe::in, {}, Op::kill, 0, site)};
  }
  AwaitBytes read(Child& self, rt::Site site = rt::Site::current()) {
    return {called(self, rt::Pipe::in, {}, Op::child_read, 0, site)};
  }
  AwaitWritten write(Child& self, rt::Pipe pipe, std::string_view bytes, rt::Site site = rt::Site::current()) {
    return {called(self, pipe, {.input = bytes}, Op::child_write, 0, site)};
  }

 protected:
  template <class Program>
  static rt::Task<> run_program(M& machine, Child& self, std::string argument) {
    const int code = co_await Program::run(machine, self, std::move(argument));
    co_await machine.exit(self, code);
  }

 private:
  friend M;
  ChildCalls() = default;

  AwaitPipeDone exit(Child& self, int code) {
    return {called(self, rt::Pipe::in, {}, Op::child_exit, code, rt::Site{})};
  }
  AwaitPipe called(Child& child, rt::Pipe pipe, const rt::Talk& talk, Op op, std::int64_t operand, rt::Site site) {
    const Parked parked{nullptr, operand, 0, site.line(), op};
    return {static_cast<M&>(*this), {&child, pipe, talk, {}}, parked};
  }
};

}  // namespace interleave::sim
