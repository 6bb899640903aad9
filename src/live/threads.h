// The runtime whose participants are operating-system threads. Every awaitable is ready: an operation is done when it
// is called, blocking where it must, so the compiler removes the coroutines around it.
#pragma once

#include <coroutine>
#include <memory>
#include <type_traits>
#include <vector>

#include "core/rng.h"
#include "live/cell.h"
#include "live/children.h"
#include "live/chunks.h"
#include "live/condition.h"
#include "live/gauge.h"
#include "live/io.h"
#include "live/lock.h"
#include "live/ready.h"
#include "live/run.h"
#include "live/var.h"

namespace interleave::live {

// Each participant has a Threads of its own; what it shares with the others is in the Run.
class Threads {
 public:
  using Var = live::Var;
  using Gauge = live::Gauge;
  using Lock = live::Lock;
  using Condition = live::Condition;
  using Child = live::Child;

  class Guard {
   public:
    Guard() = default;
    explicit Guard(Lock* lock) : lock_(lock) {}
    Guard(Guard&& other) noexcept : lock_(std::exchange(other.lock_, nullptr)) {}
    Guard& operator=(Guard&& other) noexcept {
      std::swap(lock_, other.lock_);
      return *this;
    }
    ~Guard() {
      if (lock_ != nullptr) lock_->release();
    }
    [[nodiscard]] explicit operator bool() const { return lock_ != nullptr; }

   private:
    Lock* lock_ = nullptr;
  };

  template <class T>
  class Promise;

  Threads(Run& run, Participant& self, trace::Stream& stream);
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  Ready<std::int32_t> load(Var& var, rt::Order order = rt::Order::relaxed) { return {var.cell.load(order)}; }
  Ready<void> store(Var& var, std::int32_t value, rt::Order order = rt::Order::relaxed) {
    var.cell.store(value, order);
    return {};
  }
  Ready<std::int32_t> fetch_add(Var& var, std::int32_t amount, rt::Order = rt::Order::relaxed) {
    return {var.cell.fetch_add(amount)};
  }
  Ready<bool> compare_exchange(Var& var, std::int32_t expected, std::int32_t desired, rt::Order = rt::Order::relaxed) {
    return {var.cell.compare_exchange(expected, desired)};
  }

  Ready<Guard> acquire(Lock& lock, rt::Site site = rt::Site::current()) {
    if (lock.kind() == rt::LockKind::none) return {Guard{}};
    if (!lock.try_take(number_)) [[unlikely]]
      wait_for_lock(lock, no_deadline, site);
    return {Guard{&lock}};
  }
  Ready<Guard> try_acquire(Lock& lock) {
    return {lock.kind() != rt::LockKind::none && lock.try_take(number_) ? Guard{&lock} : Guard{}};
  }
  Ready<Guard> acquire_for(Lock& lock, Nanoseconds limit, rt::Site site = rt::Site::current()) {
    if (lock.kind() == rt::LockKind::none) return {Guard{}};
    const bool taken = lock.try_take(number_) || wait_for_lock(lock, run_.now() + limit, site);
    return {taken ? Guard{&lock} : Guard{}};
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

  Ready<void> safepoint(rt::Safepoint place, std::int64_t done) {
    self_.done.store(done, std::memory_order_relaxed);
    poll(place);
    return {};
  }

  template <class F>
  auto compute(std::int64_t units, Nanoseconds unit_cost, rt::Safepoint place, F work, rt::Site = {}) {
    open_start_line();
    return in_chunks(units, unit_cost, work, [this, place] { poll(place); });
  }

  [[nodiscard]] Nanoseconds clock() const { return run_.now(); }

  template <class Body, class... Args>
    requires rt::BodyFor<Body, Threads, Args...>
  Ready<rt::Participant> spawn(const rt::SpawnOptions& options, Body body, Args&&... args) {
    Spawned& child = add_child(options);
    child.body = body(*child.runtime, std::forward<Args>(args)...);
    start(child);
    return {rt::Participant{child.participant->id}};
  }

  [[nodiscard]] ThreadId self() const { return self_.id; }
  std::uint32_t random(std::uint32_t bound) { return rng_.below(bound); }
  void check(bool condition, Text text);
  Nanoseconds tell(const Gauge& gauge, std::int64_t value);

  // Runs a body on this thread, from its start line to its end, and tells the run how it ended.
  void carry(rt::Task<>& body);

  [[nodiscard]] Run& run() { return run_; }

 private:
  static constexpr Nanoseconds no_deadline = -1;

  // A thread that this one spawned. It lives on a worker until its body ends; its memory until it is joined, or
  // until ours where it never is.
  struct Spawned {
    Participant* participant = nullptr;
    std::unique_ptr<Threads> runtime;
    rt::Task<> body;
  };

  // Many children wait for one signal, so that they begin together.
  struct StartLine {
    WaitPoint point;
    std::size_t arrived = 0;  // guarded by the point's mutex, like the next
    bool open = false;
  };

  void poll(rt::Safepoint place) {
    if (self_.flags.load(std::memory_order_relaxed) != 0) [[unlikely]]
      attend(place);
  }
  void attend(rt::Safepoint place);
  void stop_if_cancelled() const;
  bool wait_for_lock(Lock& lock, Nanoseconds deadline, rt::Site site);
  bool sleep_for_mutex(Lock& lock, Nanoseconds deadline);
  bool spin_for_lock(Lock& lock, Nanoseconds deadline);
  void wait_for_notice(Condition& condition);
  void take_back(Lock& lock);
  Ready<void> notify(Condition& condition, std::size_t most);
  void wait_for_end(Participant& other);
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
  Nanoseconds record(trace::Kind kind, trace::State state, ObjectId object, std::int64_t value);

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
  void take_gil();
  void drop_gil(bool on_request);
  // Of a thread that could go on, and may yet have to take the interpreter lock for it.
  [[nodiscard]] trace::State awake() const { return gil_ != nullptr ? trace::State::ready : trace::State::running; }

  Run& run_;
  Participant& self_;
  trace::Stream& stream_;
  std::uint32_t number_;
  std::uint16_t line_ = 0;  // see AtLine
  Rng rng_;
  Gil* gil_;
  bool has_gil_ = false;
  WaitPoint nap_;
  std::unique_ptr<Children> processes_;    // likewise
  std::unique_ptr<Io> io_;                 // made when it is first wanted
  std::shared_ptr<StartLine> start_line_;  // of the children spawned last
  std::size_t held_ = 0;
  std::vector<std::unique_ptr<Spawned>> children_;
  std::vector<trace::Stream*> spare_streams_;  // of children that were joined, for those to come
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
