// The simulator: a Runtime in virtual time, on one real thread, that decides nothing by itself. A policy chooses who
// takes the next step; given the same choices, everything else (values, times, events) follows.
//
// Sequentially consistent: steps take effect one after another, in the order chosen. Operations of threads on
// different cores overlap in virtual time: a step starts when its core is free and not before the step chosen
// previously.
//
//  - Untimed (random, by hand, explore): every thread that could go on at some time may be chosen now. Spawning and
//    joining a thread that has ended are no choices: they happen as soon as they can.
//  - Under an interpreter with a GIL a thread runs only while it has that lock. Untimed, it lets it go at every place
//    where it could be asked to, so that another may take it there; timed, it does so when a waiter has waited for a
//    switch interval. See gil.cpp.
//  - Tasks share the thread that spawned them: one of them runs at a time, until it waits. See loop.cpp.
//  - Timed (round-robin and its replay): only threads that are on a core or ready for one may be chosen; a lock's
//    release wakes one waiter, which may find the lock taken again.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <queue>
#include <span>
#include <vector>

#include "core/rng.h"
#include "rt/hang.h"
#include "rt/suspending.h"
#include "sim/calls.h"
#include "sim/child_calls.h"
#include "sim/frame_pool.h"
#include "sim/settings.h"
#include "sim/thread.h"
#include "trace/append_log.h"
#include "trace/trace.h"

namespace interleave::sim {

class Machine : public Calls<Machine>, public ChildCalls<Machine> {
 public:
  using Var = sim::Var;
  using Lock = sim::Lock;
  using Condition = sim::Condition;
  using Gauge = sim::Gauge;
  using ChildCalls<Machine>::write;
  template <class T>
  using Promise = rt::SuspendingPromise<Machine, T>;

  // What steps make happen beside themselves, for an explorer to know.
  struct Consequences {
    // The second thread goes on only after all that the first has done: a start, or an end that was waited for.
    struct Link {
      ThreadId before;
      ThreadId after;
      bool start = false;
    };
    // A task of a loop gets a lock without a step of its own; see loop.cpp.
    struct Pass {
      ThreadId heir;
      ObjectId lock;
      bool might_give_up = false;
    };
    std::vector<Link> links;
    std::vector<Pass> passed;
    // Arrived at what no other thread can notice: a sleep, a computation, or a notification, since whoever is woken by
    // it then waits for a lock that its sender still has.
    std::vector<Thread*> quiet;

    void clear() {
      links.clear();
      passed.clear();
      quiet.clear();
    }
  };

  // Records into the trace, or nothing where it is null. The trace must outlive the machine.
  Machine(const Settings& settings, bool timed, trace::Trace* trace, FramePool& frames,
          std::size_t budget = trace::Trace::default_budget);
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  ~Machine();

  // ---- from outside -------------------------------------------------------------------------------------------
  // As if newly made, but keeping what memory it has. For a machine without a trace; what bodies refer to must still
  // be there.
  void reset();
  // Consequences are appended from now on; they must outlive the machine. Null ends it.
  void report_to(Consequences* consequences) { consequences_ = consequences; }
  // From here on whoever spawns one more is told of a limit.
  void limit_participants(std::size_t most) { most_participants_ = most; }
  // Which interpreter the bodies run under. Before the objects of the run are made; again after a reset.
  void interpret(const rt::Interpreting& interpreting);
  // Makes the outermost body the run's first participant and takes the steps that are no choice.
  void begin(rt::Task<> body);
  // The thread's next step, and those that follow from it without a choice. It must be one that may be chosen.
  void step(Thread& thread);
  // Steps as the policy decides, until it has none to offer, the run is over, or `steps` have been taken.
  template <class P>
  void run(P& policy, std::uint64_t steps) {
    while (steps > 0) {
      Thread* thread = policy.next(*this);
      if (thread == nullptr) return;
      do {
        step(*thread);
        --steps;
      } while (steps > 0 && policy.again(*this, *thread));
    }
  }

  [[nodiscard]] bool over() const { return live_ == 0; }
  // Nobody can go on and not everybody has ended.
  [[nodiscard]] bool hung() const;
  // Untimed: those that may be chosen, in no particular order but the same everywhere.
  [[nodiscard]] std::span<Thread* const> enabled() const { return enabled_; }
  [[nodiscard]] bool may_step(const Thread& thread) const;
  [[nodiscard]] std::span<const std::unique_ptr<Thread>> threads() const { return {threads_.data(), thread_count_}; }
  // Who made each object, by its number; none where it was made before the run began.
  [[nodiscard]] std::span<const ThreadId> makers() const { return makers_; }
  [[nodiscard]] trace::Operation pending(const Thread& thread) const;
  [[nodiscard]] Nanoseconds now() const { return now_; }
  // From the first spawned body's start to the last one's end; of the outermost body where it spawned none.
  [[nodiscard]] Nanoseconds elapsed() const { return ended_at_ - (thread_count_ > 1 ? began_at_ : 0); }
  [[nodiscard]] bool timed() const { return timed_; }
  [[nodiscard]] std::uint64_t steps() const { return steps_; }
  // How often a core went on with another than before.
  [[nodiscard]] std::uint64_t switches() const { return switches_; }
  [[nodiscard]] std::int64_t failed_checks() const { return failed_checks_; }
  [[nodiscard]] std::vector<rt::WaitEdge> waits() const;

  // The choices so far, as runs of the same thread: a copy of them, and how many there are.
  struct Choice {
    std::uint32_t thread;
    std::uint32_t count;
  };
  [[nodiscard]] std::vector<Choice> choices() const;
  [[nodiscard]] std::size_t choice_count() const { return choices_.size() + (run_.count > 0 ? 1 : 0); }
  // False once there were too many choices to keep (Settings' costs and the trace do not depend on it).
  [[nodiscard]] bool choices_complete() const { return choices_complete_; }

  // What a timed policy looks at.
  [[nodiscard]] std::span<const Core> cores() const { return cores_; }
  [[nodiscard]] const std::deque<Thread*>& ready() const { return ready_; }
  [[nodiscard]] bool ready_changed() const { return ready_changed_; }
  void clear_ready_changed() { ready_changed_ = false; }
  [[nodiscard]] Nanoseconds next_alarm();  // the earliest timer's time, or the largest integer
  void ring_alarms(Nanoseconds until);     // makes the threads whose timers are due by then ready
  [[nodiscard]] Nanoseconds start_on_idle(const Thread& thread) const;  // where an idle core exists
  [[nodiscard]] const Settings& settings() const { return settings_; }

  // ---- the Runtime, as bodies see it ----------------------------------------------------------------------------
  [[nodiscard]] Nanoseconds clock() const { return consequences_ != nullptr ? 0 : left_at(*current_); }
  template <class Body, class... Args>
    requires rt::BodyFor<Body, Machine, Args...>
  AwaitParticipant spawn(const rt::SpawnOptions& options, Body body, Args&&... args) {
    Thread& thread = add_thread(options, current_->id);
    if (options.vehicle == rt::Vehicle::task) put_on_loop(thread);
    thread.body = body(*this, std::forward<Args>(args)...);
    return {{*this, {nullptr, thread.id.value, 0, options.site.line(), Op::spawn, rt::Order::release}}};
  }
  // Starts a child process; what else bodies do with it: see child_calls.h.
  template <class Program>
  AwaitNothing start(Child& child, Program, std::string argument, rt::Site site = rt::Site::current()) {
    Thread& thread = add_thread({{{"child", "자식"}, child.number}, rt::Vehicle::process}, current_->id);
    thread.body = run_program<Program>(*this, child, std::move(argument));
    thread.own_interpreter = true;
    child.thread = &thread;
    return {{*this, {nullptr, thread.id.value, 0, site.line(), Op::spawn, rt::Order::release}}};
  }
  [[nodiscard]] ThreadId self() const { return current_->id; }
  std::uint32_t random(std::uint32_t bound);
  void check(bool condition, Text text);
  Nanoseconds tell(const Gauge& gauge, std::int64_t value);

  // ---- for the parts of the machine -----------------------------------------------------------------------------
  void enter(std::coroutine_handle<> frame) { current_->innermost = frame; }
  void park(Parked& parked) { current_->parked = &parked; }
  void* allocate_frame(std::size_t size) { return frames_.allocate(size); }
  void release_frame(void* frame, std::size_t size) noexcept { frames_.release(frame, size); }
  ObjectId add_object(const rt::Name& name, trace::ObjectKind kind, std::int64_t initial);

 private:
  friend class Calls<Machine>;
  friend Guard;

  void release(Lock& lock);  // a guard ends: a step of its own, before its thread's next

  // Child processes: see children.cpp.
  void arrive_at_pipe(Thread& thread);
  static ObjectId pipe_waited_for(const Thread& thread);
  static ObjectId object_of(const Thread& thread);  // that its operation is on
  void wake_at_pipes(Child& child, Nanoseconds at, const Thread& cause);
  [[nodiscard]] rt::WaitEdge edge_at_pipe(const Thread& thread) const;
  void pipe_step(Thread& thread, Core& core, Nanoseconds start);
  std::size_t read_step(Thread& thread, Channel& channel, std::string& into, Nanoseconds start);
  std::size_t write_step(Thread& thread, Channel& channel, PipeCall& call, Nanoseconds start);
  std::size_t talk_step(Thread& thread, PipeCall& call, Nanoseconds start);
  void kill_step(Thread& thread, Child& child, Nanoseconds start);
  void exit_step(Thread& thread, Child& child, Nanoseconds start);

  Thread& add_thread(const rt::SpawnOptions& options, ThreadId parent);
  void perform(Thread& thread);
  void take_forced();
  void perform_other(Thread& thread, Core& core, Nanoseconds start);
  Nanoseconds change_in_one_step(Thread& thread, Nanoseconds start);
  void fall_asleep(Thread& thread);
  void place(Thread& thread);
  [[nodiscard]] Nanoseconds start_on(const Core& core, const Thread& thread) const;
  [[nodiscard]] const Core* idle_core(const Thread& thread) const;
  [[nodiscard]] std::size_t core_for_newcomer(const Thread& thread) const;
  void ring_before(const Thread& thread);
  void leave_core(Thread& thread);
  void resumed(Thread& thread);  // what its arrival there means
  void resume(Thread& thread);   // runs the body to its next operation
  void arrive(Thread& thread);   // decides what the operation that it has arrived at means for others
  void end(Thread& thread);
  void wake_joiners(Thread& ended, Nanoseconds at);
  void open_start_line(Thread& thread);
  void block(Thread& thread, trace::State state, ObjectId object, std::int64_t value);
  void make_able(Thread& thread, Nanoseconds at, const Thread& cause);
  void queue_ready(Thread& thread);
  void unqueue_ready(const Thread& thread);
  void start(Thread& thread, Nanoseconds at, ThreadId parent);
  void enable(Thread& thread);
  void disable(Thread& thread);
  void set_alarm(Thread& thread, Nanoseconds at);
  Nanoseconds left_at(const Thread& thread) const;

  // True where the attempt is over, with or without the lock; false where the thread goes on trying or waiting.
  bool acquire_step(Thread& thread, Core& core, Nanoseconds start);
  void fail_now(Thread& thread, Core& core, Nanoseconds start);
  void release_step(Thread& thread, Core& core, Nanoseconds start);
  void let_go(Lock& lock, Nanoseconds at, const Thread& cause);
  void hand_to(Thread& heir, Lock& lock, Nanoseconds at, const Thread& cause);
  // Conditions: see conditions.cpp.
  void wait_step(Thread& thread, Core& core, Nanoseconds start);
  void sleep_on_condition(Thread& thread);
  void notify_step(Thread& thread, Core& core, Nanoseconds start);
  void take_lock_again(Thread& thread);
  void take(Thread& thread, Lock& lock);
  void shut_out(Thread& thread, Lock& lock);
  void wake_one(Lock& lock, Nanoseconds at, const Thread& cause);

  // Event loops: see loop.cpp.
  void put_on_loop(Thread& task);
  [[nodiscard]] bool is_off_loop(const Thread& thread) const {
    return thread.loop != nullptr && thread.loop->lock.owner != &thread;
  }
  // How it came to be ready: by what a task of its loop did, so that its place is known, or by something that may
  // happen at any time, at the earliest since it left the loop (its own timer) or whenever (another thread).
  enum class Cause : std::uint8_t { own_loop, timer, outside };
  void park_on_loop(Thread& thread, Op op, Parked* afterwards);
  void queue_on_loop(Thread& thread, Parked* afterwards, Cause cause);
  void wake_on_loop(Thread& thread, Nanoseconds at, const Thread& cause);
  template <class Each>
  static void each_next(const Loop& loop, Each each);
  void offer(Loop& loop);
  void link_those_behind(const Loop& loop, const Thread& thread);
  void take_loop_step(Thread& thread, Core& core, Nanoseconds start);
  void leave_loop_step(Thread& thread, Core& core, Nanoseconds start);
  bool leaves_loop_first(Thread& thread);
  void wait_for_turn(Thread& thread);
  [[nodiscard]] Thread* next_turn(Loop& loop, Nanoseconds at);
  void begin_turn(Loop& loop, Thread& next);
  void leave_loop(Thread& thread);
  [[nodiscard]] bool goes_on_with_gil(const Thread& thread) const;
  [[nodiscard]] Nanoseconds wake_cost(const Thread& cause, const Thread& woken) const {
    return same_thread(cause, woken) ? 0 : settings_.cost_wake;
  }

  // The interpreter lock: see gil.cpp.
  // A call that does not have to wait is made by the loop itself, which waits for it; so is one that blocks.
  [[nodiscard]] Op io_operation(rt::IoCall call, Nanoseconds time, rt::GilDuringIo gil) const {
    const bool at_once = call == rt::IoCall::send || time == 0;
    const bool loop_waits = current_->loop != nullptr && (at_once || call == rt::IoCall::block);
    return loop_waits || (gil == rt::GilDuringIo::kept && gil_) ? Op::io_kept : Op::io;
  }
  [[nodiscard]] bool passes_safepoint(rt::Safepoint place) const {
    return !gil_ || !gil_->how.hands_over_at(place) || (timed_ && !gil_->requested);
  }
  [[nodiscard]] trace::State state_of_waiting(const Lock& lock) const {
    return gil_ && &gil_->lock == &lock ? trace::State::waiting_gil : trace::State::waiting_lock;
  }
  void go_on(Thread& thread);  // resumes the body, which needs the interpreter lock for it
  bool lets_gil_go_first(Thread& thread);
  static void attempt_first(Thread& thread);  // at the lock that it has arrived at
  void park_on_gil(Thread& thread, Op op, Parked* afterwards);
  void drop_gil_step(Thread& thread, Nanoseconds start);
  void take_gil_step(Thread& thread, Core& core, Nanoseconds start);
  void gil_alarm(Thread& thread, Nanoseconds at);
  void begin_interval(Thread& thread, Nanoseconds at);
  void record_gil(const Thread& thread, Nanoseconds at, Nanoseconds cost, trace::Kind kind, std::int64_t value);
  // Computations, which a timed machine can interrupt.
  void compute_step(Thread& thread, Core& core, Nanoseconds start);
  void stop_computing(Thread& thread, Nanoseconds at);
  void interrupt_for_gil(Nanoseconds at);
  [[nodiscard]] Nanoseconds next_handover(const Thread& thread, Nanoseconds at) const;

  void record(const Thread& thread, Nanoseconds time, Nanoseconds cost, trace::Kind kind, trace::State state,
              ObjectId object, std::int64_t value) {
    if (stream_ != nullptr) write(thread, time, cost, kind, state, object, value);
  }
  void write(const Thread& thread, Nanoseconds time, Nanoseconds cost, trace::Kind kind, trace::State state,
             ObjectId object, std::int64_t value);
  void choose(const Thread& thread);

  static constexpr std::size_t choices_kept = 4'000'000;
  static constexpr Nanoseconds longest_spin = microsecond;

  struct Alarm {
    Nanoseconds time;
    std::uint64_t order;  // ties in order of setting
    Thread* thread;
    std::uint32_t number;
    friend bool operator>(const Alarm& a, const Alarm& b) {
      return a.time != b.time ? a.time > b.time : a.order > b.order;
    }
  };

  Settings settings_;
  bool timed_;
  bool dying_ = false;
  bool ready_changed_ = false;
  bool choices_complete_ = true;
  trace::Trace* trace_;
  trace::Stream* stream_ = nullptr;
  FramePool& frames_;
  Thread* current_ = nullptr;
  Nanoseconds now_ = 0;
  Nanoseconds began_at_ = 0;  // the start line of the first that were spawned
  Nanoseconds ended_at_ = 0;  // the last end of one that was spawned, or the outermost body's
  std::uint64_t steps_ = 0;
  std::uint64_t switches_ = 0;
  std::size_t live_ = 0;
  std::vector<ThreadId> makers_;
  std::int64_t failed_checks_ = 0;
  Rng wake_rng_;
  std::vector<Core> cores_;
  std::vector<std::unique_ptr<Thread>> threads_;  // those past thread_count_ are kept to be used again
  std::size_t thread_count_ = 0;
  std::size_t most_participants_ = SIZE_MAX;
  Consequences* consequences_ = nullptr;
  std::optional<Gil> gil_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::vector<Thread*> enabled_;
  std::vector<Thread*> forced_;
  std::deque<Thread*> ready_;
  std::priority_queue<Alarm, std::vector<Alarm>, std::greater<>> alarms_;
  std::uint64_t alarm_count_ = 0;
  trace::AppendLog<Choice, 256> choices_;  // but for the run that goes on now
  Choice run_{};
};

static_assert(rt::Runtime<Machine> && rt::HasChildren<Machine> && rt::ProgramSide<Machine>);

}  // namespace interleave::sim

#include "sim/hot_path.h"
