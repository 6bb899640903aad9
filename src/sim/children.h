// Child processes in virtual time: a participant each, and three pipes to its parent.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "rt/child.h"
#include "sim/thread.h"

namespace interleave::sim {

// One pipe. It holds at most rt::pipe_capacity bytes.
struct Channel {
  ObjectId id;
  std::string bytes;
  bool no_writer = false;
  bool no_reader = false;
};

class Child;

// An operation on a child's pipes, parent's or child's. It stands in the awaiting body's frame.
struct PipeCall {
  Child* child = nullptr;
  rt::Pipe pipe = rt::Pipe::in;  // of the child's own reads and writes
  rt::Talk talk;                 // of the parent's; its input is also what the child writes
  rt::Heard heard;
};

// What a step on a child's pipes needs, as bits: an explorer may not put it before the step that makes it possible.
struct PipeState {
  static constexpr std::uint32_t input = 1;     // the child's stdin has bytes or an end
  static constexpr std::uint32_t out_room = 2;  // its stdout has room
  static constexpr std::uint32_t err_room = 4;
  static constexpr std::uint32_t in_room = 8;  // and so on, for its parent
  static constexpr std::uint32_t output = 16;
  static constexpr std::uint32_t errors = 32;
  static constexpr std::uint32_t ended = 64;
  static constexpr std::uint32_t always = 128;
};

class Child {
 public:
  Child(Machine& machine, int child_number);

  [[nodiscard]] Channel& at(rt::Pipe pipe) { return pipes.at(static_cast<std::size_t>(pipe)); }
  [[nodiscard]] const Channel& at(rt::Pipe pipe) const { return pipes.at(static_cast<std::size_t>(pipe)); }
  // What is possible now, as bits of PipeState.
  [[nodiscard]] std::uint32_t possible() const;

  int number;
  std::array<Channel, rt::pipe_count> pipes;
  Thread* thread = nullptr;
  Thread* parent = nullptr;
  std::optional<int> code;
  bool killed = false;
  std::uint32_t wanted_when_killed = PipeState::always;  // by what it had arrived at
  PipeCall dying;
};

// What the thread's parked operation on a pipe waits for: any of these.
[[nodiscard]] std::uint32_t wanted_of(const Thread& thread);
[[nodiscard]] const PipeCall& pipe_call(const Thread& thread);

}  // namespace interleave::sim
