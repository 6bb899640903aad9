#include <cerrno>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/clock.h"
#include "live/program_side.h"

namespace interleave::live {
namespace {

constexpr int news_descriptor = 3;

}  // namespace

ProgramRuntime::ProgramRuntime() {
  for (int at = 0; at <= news_descriptor; ++at) ::fcntl(at, F_SETFL, O_NONBLOCK);
}

// News that finds no room is dropped: then a hang may stay unseen, but none is made up.
void ProgramRuntime::tell(ChildNews::What what, rt::Pipe pipe, std::int64_t value) {
  const ChildNews news{steady_now(), value, what, pipe, {}};
  static_cast<void>(!::write(news_descriptor, &news, sizeof news));
}

// How far its parent has come is read off before the last look, so that what is told of a pipe that is found full, or
// empty, is true of that very moment.
void ProgramRuntime::wait_until(rt::Pipe pipe) {
  const int descriptor = static_cast<int>(pipe);
  const bool reads = pipe == rt::Pipe::in;
  int inside = 0;
  ::ioctl(descriptor, FIONREAD, &inside);
  const std::int64_t own = moved_.at(static_cast<std::size_t>(pipe));
  pollfd waited{descriptor, static_cast<short>(reads ? POLLIN : POLLOUT), 0};
  if (::poll(&waited, 1, 0) != 0) return;
  tell(ChildNews::What::blocked, pipe, reads ? own : own - inside);
  while (::poll(&waited, 1, -1) < 0 && errno == EINTR) continue;
  tell(ChildNews::What::goes_on, pipe, 0);
}

Ready<std::string> ProgramRuntime::read(Child&) {
  std::string bytes(rt::pipe_capacity, '\0');
  ssize_t count = 0;
  while ((count = ::read(0, bytes.data(), bytes.size())) < 0 && (errno == EAGAIN || errno == EINTR)) {
    wait_until(rt::Pipe::in);
  }
  bytes.resize(static_cast<std::size_t>(count < 0 ? 0 : count));
  moved_.front() += count;
  tell(ChildNews::What::moved, rt::Pipe::in, count);
  return {std::move(bytes)};
}

Ready<std::size_t> ProgramRuntime::write(Child&, rt::Pipe pipe, std::string_view bytes, rt::Site) {
  ssize_t count = 0;
  while ((count = ::write(static_cast<int>(pipe), bytes.data(), bytes.size())) < 0 &&
         (errno == EAGAIN || errno == EINTR)) {
    wait_until(pipe);
  }
  if (count <= 0) return {0};
  moved_.at(static_cast<std::size_t>(pipe)) += count;
  tell(ChildNews::What::moved, pipe, count);
  return {static_cast<std::size_t>(count)};
}

Ready<void> ProgramRuntime::sleep(Nanoseconds time) {
  tell(ChildNews::What::sleeps, rt::Pipe::in, time);
  std::this_thread::sleep_for(std::chrono::nanoseconds(time));
  tell(ChildNews::What::goes_on, rt::Pipe::in, 0);
  return {};
}

}  // namespace interleave::live
