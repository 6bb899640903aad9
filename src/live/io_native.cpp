#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "core/clock.h"
#include "live/io.h"

namespace interleave::live {

// Ours is waited on and read, the far one stands for the other side: what is sent goes from the one to the other and
// stays there, so that nothing ever comes back but an interruption.
struct Io::Inside {
  int near = -1;
  int far = -1;
  std::atomic<bool> interrupted{false};

  Inside() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0) {
      throw std::system_error(errno, std::generic_category(), "a pair of sockets");
    }
    near = ends[0];
    far = ends[1];
  }
  ~Inside() {
    ::close(near);
    ::close(far);
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
};

Io::Io() : inside_(std::make_unique<Inside>()) {}
Io::~Io() = default;

void Io::send() {
  const char byte = 1;
  static_cast<void>(::send(inside_->near, &byte, 1, MSG_NOSIGNAL));
  char heard = 0;
  static_cast<void>(::recv(inside_->far, &heard, 1, 0));  // the other side takes it, so that the pipe never fills
}

bool Io::wait(Nanoseconds time) {
  const Nanoseconds until = steady_now() + time;
  for (Nanoseconds left = time; !inside_->interrupted; left = until - steady_now()) {
    if (left < 0) return true;
    const timespec limit{left / second, left % second};
    pollfd waited{inside_->near, POLLIN, 0};
    const int ready = ::ppoll(&waited, 1, &limit, nullptr);
    if (ready == 0) return true;
  }
  return false;
}

void Io::interrupt() {
  inside_->interrupted = true;
  const char byte = 0;
  static_cast<void>(::send(inside_->far, &byte, 1, MSG_NOSIGNAL));
}

}  // namespace interleave::live
