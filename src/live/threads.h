// The runtime whose participants are operating-system threads. Every awaitable is ready: an operation is done when it
// is called, blocking where it must, so the compiler removes the coroutines around it.
#pragma once

#include <coroutine>
#include <memory>
#include <vector>

#include "live/calls.h"
#include "live/children.h"
#include "live/condition.h"
#include "live/lock.h"
#include "rt/guard.h"

namespace interleave::live {

// Each participant has a Threads of its own; what it shares with the others is in the Run.
class Threads : public Calls<Threads> {
 public:
  using Lock = live::Lock;
  using Condition = live::Condition;
  using Child = live::Child;
  using Guard = rt::Guard<Threads, live::Lock>;

  template <class T>
  class Promise;

  Threads(Run& run, Member& self, trace::Stream& stream);

  Ready<Guard> acquire(Lock& lock, rt::Site site = rt::Site::current()) {
    if (lock.kind() == rt::LockKind::none) return {Guard{}};
    if (!lock.try_take(number_)) [[unlikely]]
      wait_for_lock(lock, no_deadline, site);
    return {Guard{*this, lock}};
  }
  Ready<Guard> try_acquire(Lock& lock) {
    return {lock.kind() != rt::LockKind::none && lock.try_take(number_) ? Guard{*this, lock} : Guard{}};
  }
  Ready<Guard> acquire_for(Lock& lock, Nanoseconds limit, rt::Site site = rt::Site::current()) {
    if (lock.kind() == rt::LockKind::none) return {Guard{}};
    const bool taken = lock.try_take(number_) || wait_for_lock(lock, run_.now() + limit, site);
    return {taken ? Guard{*this, lock} : Guard{}};
  }

  Ready<void> wait(Condition& condition, rt::Site site = rt::Site::current());
  Ready<void> notify_one(Condition& condition, rt::Site = {}) { return notify(condition, 1); }
  Ready<void> notify_all(Condition& condition, rt::Site = {}) { return notify(condition, SIZE_MAX); }

  Ready<void> sleep(Nanoseconds time, rt::Site site = rt::Site::current());
  Ready<void> io(rt::IoCall call, Nanoseconds time, rt::GilDuringIo gil, rt::Site site = rt::Site::current());
  Ready<void> join(rt::Participant who, rt::Site site = rt::Site::current());

  // Child processes: see rt/child.h and threads_children.cpp.
  template <class Program>
  Ready<void> start(Child& child, Program, const std::string& argument) {
    start_child(child, Program::id, argument);
    return {};
  }
  Ready<rt::Heard> talk(Child& child, const rt::Talk& talk, rt::Site site = rt::Site::current());
  Ready<void> kill(Child& child, rt::Site = {});

  template <class Body, class... Args>
    requires rt::BodyFor<Body, Threads, Args...>
  Ready<rt::Participant> spawn(const rt::SpawnOptions& options, Body body, Args&&... args) {
    Spawned& child = add_child(options);
    child.body = body(*child.runtime, std::forward<Args>(args)...);
    start(child);
    return {rt::Participant{child.member->id}};
  }

  // Runs a body on this thread, from its start line to its end, and tells the run how it ended.
  void carry(rt::Task<>& body);

 private:
  friend Calls<Threads>;
  friend Guard;
  static constexpr Nanoseconds no_deadline = -1;

  // A thread that this one spawned. It lives on a worker until its body ends; its memory until it is joined, or
  // until ours where it never is.
  struct Spawned {
    Member* member = nullptr;
    std::unique_ptr<Threads> runtime;
    rt::Task<> body;
  };

  // Many children wait for one signal, so that they begin together.
  struct StartLine {
    WaitPoint point;
    std::size_t arrived = 0;  // guarded by the point's mutex, like the next
    bool open = false;
  };

  [[nodiscard]] Member& running() { return carrier_; }
  [[nodiscard]] std::uint16_t line() const { return line_; }
  [[nodiscard]] std::uint16_t carrier_line() const { return line_; }
  [[nodiscard]] Rng& rng() { return rng_; }

  static void release(Lock& lock) { lock.release(); }
  bool wait_for_lock(Lock& lock, Nanoseconds deadline, rt::Site site);
  bool sleep_for_mutex(Lock& lock, Nanoseconds deadline);
  bool spin_for_lock(Lock& lock, Nanoseconds deadline);
  void wait_for_notice(Condition& condition);
  void take_back(Lock& lock);
  Ready<void> notify(Condition& condition, std::size_t most);
  void wait_for_end(Member& other);
  Spawned& add_child(const rt::SpawnOptions& options);
  void start(Spawned& child);
  void open_start_line();
  static void arrive(StartLine& line);
  void finish_children();
  void start_child(Child& child, std::string_view program, const std::string& argument);
  void hear(Child& child, const ChildNews& news);
  void show_blocked(Child& child, const ChildNews* blocked);
  Children::Told listener();
  void record_child(const Child& child, Nanoseconds time, trace::Kind kind, trace::State state, ObjectId object,
                    std::int64_t value);

  // While one lives, what is recorded is told to be of that line. Only waits have one: they can afford it.
  class AtLine {
   public:
    AtLine(std::uint16_t& line, rt::Site site) : line_(line), before_(line) { line = site.line(); }
    AtLine(const AtLine&) = delete;
    AtLine& operator=(const AtLine&) = delete;
    ~AtLine() { line_ = before_; }

   private:
    std::uint16_t& line_;
    std::uint16_t before_;
  };
  // The interpreter lock is let go while one of these lives, where there is one and this participant has it.
  class WithoutGil;
  // Of a thread that could go on, and may yet have to take the interpreter lock for it.
  [[nodiscard]] trace::State awake() const { return gil_ != nullptr ? trace::State::ready : trace::State::running; }

  std::uint32_t number_;
  std::uint16_t line_ = 0;  // see AtLine
  Rng rng_;
  std::unique_ptr<Children> processes_;    // made when it is first wanted
  std::shared_ptr<StartLine> start_line_;  // of the children spawned last
  std::size_t held_ = 0;
  std::vector<std::unique_ptr<Spawned>> children_;
};

// Bodies begin when they are awaited, and an awaited one runs to its end at once.
template <class T>
class Threads::Promise : public rt::TaskState<T> {
 public:
  rt::Task<T> get_return_object() { return {std::coroutine_handle<Promise>::from_promise(*this), *this}; }
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void unhandled_exception() { this->error = std::current_exception(); }

  template <class U>
  auto await_transform(rt::Task<U>&& child) {
    return Nested<U>{std::move(child)};
  }
  template <class Awaitable>
  Awaitable&& await_transform(Awaitable&& awaitable) {
    return std::forward<Awaitable>(awaitable);
  }

 private:
  template <class U>
  struct Nested {
    rt::Task<U> child;
    bool await_ready() {
      child.handle().resume();
      return true;
    }
    static void await_suspend(std::coroutine_handle<>) {}
    U await_resume() { return child.state().take(); }
  };
};

static_assert(rt::Runtime<Threads> && rt::HasChildren<Threads>);

}  // namespace interleave::live
