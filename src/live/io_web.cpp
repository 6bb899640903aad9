#include <atomic>
#include <cstdint>

#include <emscripten/threading.h>

#include "core/clock.h"
#include "live/io.h"

namespace interleave::live {

// A browser's worker has no sockets that block. It waits on shared memory instead, in memory.atomic.wait32.
struct Io::Inside {
  std::atomic<std::uint32_t> interrupted{0};
  std::atomic<std::uint32_t> sent{0};
};

Io::Io() : inside_(std::make_unique<Inside>()) {}
Io::~Io() = default;

void Io::send() { inside_->sent.fetch_add(1); }

bool Io::wait(Nanoseconds time) {
  const Nanoseconds until = steady_now() + time;
  for (Nanoseconds left = time; inside_->interrupted.load() == 0; left = until - steady_now()) {
    if (left <= 0) return true;
    emscripten_futex_wait(&inside_->interrupted, 0, static_cast<double>(left) / static_cast<double>(millisecond));
  }
  return false;
}

void Io::interrupt() {
  inside_->interrupted.store(1);
  emscripten_futex_wake(&inside_->interrupted, INT32_MAX);
}

}  // namespace interleave::live
