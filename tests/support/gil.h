// What is asked of the interpreter lock on more than one engine.
#pragma once

#include <array>
#include <string>

#include "workloads/counter.h"

namespace interleave::test {

// Which interpreter loses updates, and where: a bare += since CPython 3.10 cannot, since it has no safepoint within.
struct LosingCase {
  rt::Interpreter interpreter;
  workloads::Counter::Increment increment;
  bool loses;

  [[nodiscard]] std::string name() const {
    return "interpreter " + std::to_string(static_cast<int>(interpreter)) + ", increment " +
           std::to_string(static_cast<int>(increment));
  }
};
inline constexpr std::array losing_cases{
    LosingCase{rt::Interpreter::cpython39, workloads::Counter::Increment::plain, true},
    LosingCase{rt::Interpreter::cpython310, workloads::Counter::Increment::plain, false},
    LosingCase{rt::Interpreter::freethreaded, workloads::Counter::Increment::plain, true},
    LosingCase{rt::Interpreter::cpython39, workloads::Counter::Increment::call, true},
    LosingCase{rt::Interpreter::cpython310, workloads::Counter::Increment::call, true},
    LosingCase{rt::Interpreter::freethreaded, workloads::Counter::Increment::call, true},
};

}  // namespace interleave::test
