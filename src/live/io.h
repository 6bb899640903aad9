// Calls that wait outside the program, one at a time: a participant's own pair of connected sockets natively, shared
// memory in a browser. One .cpp per platform.
#pragma once

#include <memory>

#include "core/time.h"
#include "live/interruptible.h"

namespace interleave::live {

class Io final : public Interruptible {
 public:
  // Natively throws std::system_error where the system has no descriptor left.
  Io();
  ~Io() override;

  // Writes a byte to the far end. Never has to wait.
  void send();
  // Waits for as long as the far end takes to answer, and reads what came, if anything did. False where it was
  // interrupted; then every later wait is over at once.
  [[nodiscard]] bool wait(Nanoseconds time);
  // Ends the wait that is going on and all later ones. Safe from every thread.
  void interrupt() override;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace interleave::live
