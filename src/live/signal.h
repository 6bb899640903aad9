// Wakes one thread from any other, a browser's main thread included, which may never wait for anything.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "core/time.h"

namespace interleave::live {

// raise() never blocks on the web (a futex wake). Natively it holds a mutex for a moment. A raise before the wait is
// not lost. One thread waits, any thread may raise.
class Signal {
 public:
  Signal();
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  void raise();
  // Returns after a raise that no earlier wait has taken, or when the time is over.
  void wait_for(Nanoseconds time);
  void wait();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace interleave::live
