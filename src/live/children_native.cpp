#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/clock.h"
#include "live/child_platform.h"
#include "live/program_side.h"

namespace interleave::live {
namespace {

using rt::Pipe;

// An open descriptor, closed at its end.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

struct Ends {
  Descriptor read;
  Descriptor write;
};

bool make_pipe(Ends& out) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  out = {Descriptor(ends[0]), Descriptor(ends[1])};
  return true;
}

void never_wait(const Descriptor& end) { ::fcntl(end.number(), F_SETFL, O_NONBLOCK); }

// A child that does not read any more must not end its parent by a signal.
void ignore_broken_pipes() {
  static const auto before = std::signal(SIGPIPE, SIG_IGN);
  static_cast<void>(before);
}

// This very program, which runs as a child where its arguments say so.
pid_t spawn_self(std::string_view program, const std::string& argument, const std::array<int, 4>& ends) {
  std::error_code error;
  const std::string path = std::filesystem::read_symlink("/proc/self/exe", error).string();
  if (error || std::getenv(child_mark) != nullptr) return -1;  // a child has no children
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  for (int at = 0; at < 4; ++at)
    ::posix_spawn_file_actions_adddup2(&actions, ends.at(static_cast<std::size_t>(at)), at);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  ::posix_spawnattr_setsigdefault(&attributes, &defaults);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::array<std::string, 4> words{path, std::string(child_flag), std::string(program), argument};
  std::array<char*, 5> arguments{words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
  std::string mark = std::string(child_mark) + "=1";
  std::vector<char*> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) variables.push_back(*variable);
  variables.insert(variables.end(), {mark.data(), nullptr});
  pid_t pid = -1;
  if (::posix_spawn(&pid, path.c_str(), &actions, &attributes, arguments.data(), variables.data()) != 0) pid = -1;
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  return pid;
}

class Process final : public ChildProcess {
 public:
  Process(pid_t pid, Descriptor in, Descriptor out, Descriptor err, Descriptor news)
      : pid_(pid), in_(std::move(in)), out_(std::move(out)), err_(std::move(err)), news_(std::move(news)) {
    for (const Descriptor* end : {&in_, &out_, &err_, &news_}) never_wait(*end);
  }
  ~Process() override {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    wait_for_end();
  }

  bool listen(const std::function<void(const ChildNews&)>& hear) override {
    std::array<ChildNews, 64> read{};
    while (true) {
      const ssize_t count = ::read(news_.number(), read.data(), sizeof read);
      if (count == 0) return false;
      if (count < 0) return true;
      for (std::size_t at = 0; at < static_cast<std::size_t>(count) / sizeof(ChildNews); ++at) hear(read.at(at));
    }
  }

  std::optional<std::string> read(Pipe pipe) override {
    Descriptor& end = end_of(pipe);
    std::string bytes(rt::pipe_capacity, '\0');
    const ssize_t count = ::read(end.number(), bytes.data(), bytes.size());
    if (count < 0) return std::nullopt;
    if (count == 0) end.close();
    bytes.resize(static_cast<std::size_t>(count));
    return bytes;
  }

  std::optional<std::size_t> write(std::string_view bytes) override {
    const ssize_t count = ::write(in_.number(), bytes.data(), bytes.size());
    if (count < 0 && errno == EPIPE) return std::nullopt;
    return static_cast<std::size_t>(std::max<ssize_t>(count, 0));
  }

  void close_input() override { in_.close(); }

  void kill() override {
    if (pid_ >= 0) ::kill(pid_, SIGKILL);
  }

  std::optional<int> reap() override {
    news_.close();
    return wait_for_end();
  }

  [[nodiscard]] const Descriptor& news() const { return news_; }
  [[nodiscard]] Descriptor& end_of(Pipe pipe) {
    if (pipe == Pipe::in) return in_;
    return pipe == Pipe::out ? out_ : err_;
  }

 private:
  int wait_for_end() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  pid_t pid_;
  Descriptor in_;
  Descriptor out_;
  Descriptor err_;
  Descriptor news_;
};

class Processes final : public ChildPlatform {
 public:
  Processes() {
    if (!make_pipe(wake_)) throw rt::LimitReached{0, rt::Scarce::processes};
    never_wait(wake_.write);
  }

  std::unique_ptr<ChildProcess> start(std::string_view program, const std::string& argument,
                                      std::size_t /*alive*/) override {
    ignore_broken_pipes();
    Ends in;
    Ends out;
    Ends err;
    Ends news;
    if (!make_pipe(in) || !make_pipe(out) || !make_pipe(err) || !make_pipe(news)) return nullptr;
    const pid_t pid =
        spawn_self(program, argument, {in.read.number(), out.write.number(), err.write.number(), news.write.number()});
    if (pid < 0) return nullptr;
    return std::make_unique<Process>(pid, std::move(in.write), std::move(out.read), std::move(err.read),
                                     std::move(news.read));
  }

  // What happens is kept by the pipes until it is read.
  void look() override {}

  void rest(std::span<ChildProcess* const> alive, ChildProcess& waited_for, const rt::Talk& talk,
            Nanoseconds limit) override {
    std::vector<pollfd> waited{{wake_.read.number(), POLLIN, 0}};
    const auto wait_for = [&](bool wanted, const Descriptor& end, short what) {
      if (wanted && end.open()) waited.push_back({end.number(), what, 0});
    };
    for (const ChildProcess* other : alive) wait_for(true, static_cast<const Process*>(other)->news(), POLLIN);
    auto& process = static_cast<Process&>(waited_for);
    wait_for(!talk.input.empty(), process.end_of(Pipe::in), POLLOUT);
    wait_for(talk.out, process.end_of(Pipe::out), POLLIN);
    wait_for(talk.err, process.end_of(Pipe::err), POLLIN);
    const timespec time{limit / second, limit % second};
    ::ppoll(waited.data(), waited.size(), &time, nullptr);
  }

  void interrupt() override {
    const char byte = 0;
    static_cast<void>(::write(wake_.write.number(), &byte, 1));
  }

 private:
  Ends wake_;
};

}  // namespace

std::unique_ptr<ChildPlatform> make_child_platform() { return std::make_unique<Processes>(); }

}  // namespace interleave::live
