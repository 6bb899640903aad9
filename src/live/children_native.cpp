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
#include "live/children.h"
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

}  // namespace

struct Child::Process {
  pid_t pid = -1;
  Descriptor in;
  Descriptor out;
  Descriptor err;
  Descriptor news;
  std::optional<ChildNews> blocked;                  // what it said last, where it was that
  std::array<std::int64_t, rt::pipe_count> moved{};  // bytes, by its parent
  int code = 0;
  bool killed = false;

  Process() = default;
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    if (pid < 0) return;
    ::kill(pid, SIGKILL);
    reap();
  }
  void reap() {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    pid = -1;
  }
  [[nodiscard]] std::int64_t& moved_in(Pipe pipe) { return moved.at(static_cast<std::size_t>(pipe)); }
  // Whether it waits for what its parent alone could do, and will not do by these wishes.
  [[nodiscard]] bool is_stuck(const rt::Talk& talk) {
    // One that was killed ends by itself, however long that takes.
    if (killed || !blocked || blocked->value != moved_in(blocked->pipe)) return false;
    switch (blocked->pipe) {
      case Pipe::in: return in.open() && talk.input.empty() && !talk.close;
      case Pipe::out: return !talk.out;
      case Pipe::err: return !talk.err;
    }
    return false;
  }
};

struct Children::Inside {
  Ends wake;
  std::atomic<bool> interrupted{false};

  // Reads what a child has told about itself; false once it has ended.
  static bool listen(Child& child, const Told& told) {
    Child::Process& process = *child.process_;
    std::array<ChildNews, 64> read{};
    while (true) {
      const ssize_t count = ::read(process.news.number(), read.data(), sizeof read);
      if (count == 0) return false;
      if (count < 0) return true;
      for (std::size_t at = 0; at < static_cast<std::size_t>(count) / sizeof(ChildNews); ++at) {
        process.blocked.reset();
        if (read.at(at).what == ChildNews::What::blocked) process.blocked = read.at(at);
        told.news(child, read.at(at));
      }
    }
  }

  static void reap(Child& child, const Told& told) {
    child.process_->news.close();
    child.process_->blocked.reset();
    child.process_->reap();
    child.over_ = true;
    told.ended(child, child.process_->code);
  }

  bool wait(std::vector<Child*>& alive, Child& child, const rt::Talk& talk, Nanoseconds until, const Told& told,
            rt::Heard& heard);
  // Does what can be done without waiting; false where that is nothing.
  static bool act(Child& child, const rt::Talk& talk, const Told& told, rt::Heard& heard);
  static bool read(Child& child, Pipe pipe, std::string& into, bool& ended, const Told& told);
  static bool write(Child& child, const rt::Talk& talk, const Told& told, rt::Heard& heard);
};

bool Children::Inside::read(Child& child, Pipe pipe, std::string& into, bool& ended, const Told& told) {
  Child::Process& process = *child.process_;
  Descriptor& end = pipe == Pipe::out ? process.out : process.err;
  std::string bytes(end.open() ? rt::pipe_capacity : 0, '\0');
  const ssize_t count = end.open() ? ::read(end.number(), bytes.data(), bytes.size()) : 0;
  if (count < 0) return false;
  bytes.resize(static_cast<std::size_t>(count));
  process.moved_in(pipe) += count;
  ended = count == 0;
  if (ended) end.close();
  into = std::move(bytes);
  told.own(child, pipe, trace::Kind::pipe_read, count);
  return true;
}

bool Children::Inside::write(Child& child, const rt::Talk& talk, const Told& told, rt::Heard& heard) {
  Child::Process& process = *child.process_;
  bool acted = false;
  if (!talk.input.empty() && process.in.open()) {
    const ssize_t count = ::write(process.in.number(), talk.input.data(), talk.input.size());
    if (count > 0) {
      heard.written = static_cast<std::size_t>(count);
      process.moved_in(Pipe::in) += count;
      told.own(child, Pipe::in, trace::Kind::pipe_write, count);
      acted = true;
    } else if (errno == EPIPE) {
      process.in.close();
    }
  }
  if (process.in.open() && talk.close && heard.written == talk.input.size()) {
    process.in.close();
    told.own(child, Pipe::in, trace::Kind::pipe_close, 0);
  }
  heard.closed = !process.in.open();
  return acted || (heard.closed && (talk.close || !talk.input.empty()));
}

bool Children::Inside::act(Child& child, const rt::Talk& talk, const Told& told, rt::Heard& heard) {
  bool acted = write(child, talk, told, heard);
  if (talk.out) acted = read(child, Pipe::out, heard.out, heard.out_ended, told) || acted;
  if (talk.err) acted = read(child, Pipe::err, heard.err, heard.err_ended, told) || acted;
  if (talk.end && child.over_) heard.code = child.process_->code;
  return acted || heard.code.has_value();
}

Children::Children() : inside_(std::make_unique<Inside>()) {
  if (!make_pipe(inside_->wake)) throw rt::LimitReached{0, rt::Scarce::processes};
  never_wait(inside_->wake.write);
}
Children::~Children() = default;

void Children::start(Child& child, std::string_view program, const std::string& argument) {
  ignore_broken_pipes();
  Ends in;
  Ends out;
  Ends err;
  Ends news;
  auto process = std::make_shared<Child::Process>();
  const auto left = static_cast<std::int64_t>(alive_.size());
  if (!make_pipe(in) || !make_pipe(out) || !make_pipe(err) || !make_pipe(news)) {
    throw rt::LimitReached{left, rt::Scarce::processes};
  }
  process->pid =
      spawn_self(program, argument, {in.read.number(), out.write.number(), err.write.number(), news.write.number()});
  if (process->pid < 0) throw rt::LimitReached{left, rt::Scarce::processes};
  process->in = std::move(in.write);
  process->out = std::move(out.read);
  process->err = std::move(err.read);
  process->news = std::move(news.read);
  for (const Descriptor* end : {&process->in, &process->out, &process->err, &process->news}) never_wait(*end);
  child.process_ = std::move(process);
  alive_.push_back(&child);
}

bool Children::Inside::wait(std::vector<Child*>& alive, Child& child, const rt::Talk& talk, Nanoseconds until,
                            const Told& told, rt::Heard& heard) {
  Child::Process& process = *child.process_;
  while (true) {
    for (std::size_t at = alive.size(); at-- > 0;) {
      if (listen(*alive[at], told)) continue;
      reap(*alive[at], told);
      alive.erase(alive.begin() + static_cast<std::ptrdiff_t>(at));
    }
    if (interrupted) return false;
    if (act(child, talk, told, heard)) return true;
    const Nanoseconds left = until == rt::no_limit ? second : until - steady_now();
    if (left <= 0) return heard.timed_out = true;
    std::vector<pollfd> waited{{wake.read.number(), POLLIN, 0}};
    const auto wait_for = [&](bool wanted, const Descriptor& end, short what) {
      if (wanted && end.open()) waited.push_back({end.number(), what, 0});
    };
    for (Child* other : alive) {
      wait_for(true, other->process_->news, POLLIN);
      const bool stuck = other->process_->is_stuck(other == &child ? talk : rt::Talk{});
      told.blocked(*other, stuck ? &*other->process_->blocked : nullptr);
    }
    wait_for(!talk.input.empty(), process.in, POLLOUT);
    wait_for(talk.out, process.out, POLLIN);
    wait_for(talk.err, process.err, POLLIN);
    const timespec limit{left / second, left % second};
    ::ppoll(waited.data(), waited.size(), &limit, nullptr);
  }
}

// Nobody counts as blocked while the parent does something else: it may well be about to free them.
bool Children::talk(Child& child, const rt::Talk& talk, Nanoseconds until, const Told& told, rt::Heard& heard) {
  const bool done = inside_->wait(alive_, child, talk, until, told, heard);
  for (Child* other : alive_) told.blocked(*other, nullptr);
  return done;
}

void Children::kill(Child& child) {
  Child::Process& process = *child.process_;
  if (process.pid < 0) return;
  process.killed = true;
  ::kill(process.pid, SIGKILL);
}

void Children::end_all(const Told& told) {
  for (Child* child : alive_) kill(*child);
  for (Child* child : alive_) Inside::reap(*child, told);
  alive_.clear();
}

void Children::interrupt() {
  inside_->interrupted = true;
  const char byte = 0;
  static_cast<void>(::write(inside_->wake.write.number(), &byte, 1));
}

}  // namespace interleave::live
