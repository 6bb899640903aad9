#include <chrono>
#include <condition_variable>
#include <mutex>

#include "live/signal.h"

namespace interleave::live {

struct Signal::Inside {
  std::mutex mutex;
  std::condition_variable raised_now;
  bool raised = false;
};

Signal::Signal() : inside_(std::make_unique<Inside>()) {}
Signal::~Signal() = default;

void Signal::raise() {
  const std::lock_guard hold(inside_->mutex);
  inside_->raised = true;
  inside_->raised_now.notify_one();
}

void Signal::wait_for(Nanoseconds time) {
  std::unique_lock hold(inside_->mutex);
  inside_->raised_now.wait_for(hold, std::chrono::nanoseconds(time), [&] { return inside_->raised; });
  inside_->raised = false;
}

void Signal::wait() {
  std::unique_lock hold(inside_->mutex);
  inside_->raised_now.wait(hold, [&] { return inside_->raised; });
  inside_->raised = false;
}

}  // namespace interleave::live
