#include <limits>

#include <emscripten/threading.h>

#include "live/signal.h"

namespace interleave::live {

struct Signal::Inside {
  std::atomic<std::uint32_t> raised{0};
};

Signal::Signal() : inside_(std::make_unique<Inside>()) {}
Signal::~Signal() = default;

void Signal::raise() {
  inside_->raised.store(1);
  emscripten_futex_wake(&inside_->raised, 1);
}

void Signal::wait_for(Nanoseconds time) {
  if (inside_->raised.exchange(0) != 0) return;
  emscripten_futex_wait(&inside_->raised, 0, static_cast<double>(time) / static_cast<double>(millisecond));
  inside_->raised.store(0);
}

void Signal::wait() {
  constexpr double ever = std::numeric_limits<double>::infinity();
  while (inside_->raised.exchange(0) == 0) emscripten_futex_wait(&inside_->raised, 0, ever);
}

}  // namespace interleave::live
