// A wait outside the program that can be ended from any thread.
#pragma once

namespace interleave::live {

class Interruptible {
 public:
  Interruptible() = default;
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;
  virtual ~Interruptible() = default;

  // Ends the wait that is going on and all later ones. Never blocks for long.
  virtual void interrupt() = 0;
};

}  // namespace interleave::live
