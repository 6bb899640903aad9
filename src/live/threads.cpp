#include "live/threads.h"

#include <chrono>
#include <thread>

#include "live/gil.h"

namespace interleave::live {
namespace {

// A spin lock's waiter gives its core away after so many tries: on few cores the holder may need it to go on.
constexpr int spins_before_yield = 64;
constexpr int yields_before_telling = 16;

}  // namespace

using trace::Kind;
using trace::State;

Lock::Lock(Threads& rt, rt::Name name, rt::LockKind lock_kind)
    : kind_(lock_kind), id_(rt.run().add_object(name, trace::ObjectKind::lock, 0)) {}

Condition::Condition(Threads& rt, rt::Name name, Lock& lock)
    : lock_(lock), id_(rt.run().add_object(name, trace::ObjectKind::condition, 0)) {
  assert(lock.kind() == rt::LockKind::mutex && "a condition belongs to a mutex");
}

Threads::Threads(Run& run, Member& self, trace::Stream& stream)
    : Calls(run, self, stream),
      number_(self.id.value),
      rng_(Rng::stream(static_cast<std::uint64_t>(run.settings().seed), self.id.value)) {}

// Taking the lock again may throw, so that is done by hand and not by a destructor: again() after the wait.
class Threads::WithoutGil {
 public:
  explicit WithoutGil(Threads& threads) : threads_(threads), had_(threads.has_gil_) { threads.drop_gil(false); }
  void again() {
    if (had_) threads_.take_gil();
  }
  [[nodiscard]] bool had() const { return had_; }

 private:
  Threads& threads_;
  bool had_;
};

// ---- waits --------------------------------------------------------------------------------------------------------

bool Threads::wait_for_lock(Lock& lock, Nanoseconds deadline, rt::Site site) {
  open_start_line();
  const AtLine at(line_, site);
  // A spin lock is mostly free again after a few tries: such a wait is shorter than its record.
  for (int tries = 0; lock.kind() == rt::LockKind::spin && tries < spins_before_yield; ++tries) {
    if (!lock.held() && lock.try_take(number_)) return true;
  }
  const auto tell = [&] { record(Kind::wait, State::waiting_lock, lock.id(), lock.owner()); };
  bool taken = false;
  if (lock.kind() == rt::LockKind::spin) {
    tell();
    taken = spin_for_lock(lock, deadline);  // with the interpreter lock, as a loop in Python would
  } else {
    WithoutGil without(*this);  // whose event says that it runs, so that it comes before the wait's
    tell();
    taken = sleep_for_mutex(lock, deadline);
    try {
      without.again();
    } catch (const rt::Cancelled&) {
      if (taken) lock.release();  // there will be no guard for it
      throw;
    }
  }
  record(deadline == no_deadline ? Kind::acquire : Kind::acquire_for, State::running, lock.id(), taken ? 1 : 0);
  return taken;
}

bool Threads::sleep_for_mutex(Lock& lock, Nanoseconds deadline) {
  std::unique_lock hold(lock.point_.mutex);
  const WaitInSight wait(carrier_, deadline == no_deadline ? Waiting::For::lock : Waiting::For::time, lock.point_,
                         &lock);
  // From here on the lock is marked as wanted, so that its release wakes somebody; also by us once we have it, since
  // others may still sleep.
  while (lock.state_.exchange(Lock::wanted, std::memory_order_acquire) != Lock::free) {
    stop_if_cancelled();
    if (deadline == no_deadline) {
      lock.point_.changed.wait(hold);
    } else {
      const Nanoseconds left = deadline - run_.now();
      if (left <= 0) return false;
      lock.point_.changed.wait_for(hold, std::chrono::nanoseconds(left));
    }
  }
  lock.owner_.store(number_, std::memory_order_relaxed);
  return true;
}

// As in CPython the lock goes first and the interpreter lock then, and the interpreter lock comes back first. The
// body's guard stays, so that the lock must be this participant's again whatever happens.
Ready<void> Threads::wait(Condition& condition, rt::Site site) {
  open_start_line();
  const AtLine at(line_, site);
  Lock& lock = condition.lock();
  assert(lock.owner() == number_ && "waits for a condition without its lock");
  try {
    wait_for_notice(condition);
    if (!lock.try_take(number_)) wait_for_lock(lock, no_deadline, site);
  } catch (const rt::Cancelled&) {
    take_back(lock);
    throw;
  }
  return {};
}

void Threads::wait_for_notice(Condition& condition) {
  Condition::Sleeper me{carrier_, nap_, false, ThreadId::none()};
  {
    const std::lock_guard hold(condition.mutex_);
    condition.sleeping_.push_back(&me);
  }
  condition.lock().release();
  bool stopped = false;
  WithoutGil without(*this);
  record(Kind::wait, State::blocked, condition.id(), trace::nobody);
  {
    std::unique_lock hold(nap_.mutex);
    const WaitInSight wait(carrier_, nap_, condition);
    while (!me.notified && !stopped) {
      stopped = cancelled();
      if (!stopped) nap_.changed.wait(hold);
    }
  }
  if (stopped) {
    const std::lock_guard hold(condition.mutex_);
    std::erase(condition.sleeping_, &me);
    throw rt::Cancelled{};
  }
  record(Kind::woken, without.had() ? awake() : State::running, ObjectId::none(), me.by.value);
  without.again();
}

// Not a wait that could be cancelled: whoever has the lock is cancelled, too, and lets it go.
void Threads::take_back(Lock& lock) {
  std::unique_lock hold(lock.point_.mutex);
  while (lock.state_.exchange(Lock::wanted, std::memory_order_acquire) != Lock::free) lock.point_.changed.wait(hold);
  lock.owner_.store(number_, std::memory_order_relaxed);
}

Ready<void> Threads::notify(Condition& condition, std::size_t most) {
  assert(condition.lock().owner() == number_ && "notifies without the condition's lock");
  const std::lock_guard hold(condition.mutex_);
  for (; most > 0 && !condition.sleeping_.empty(); --most) {
    Condition::Sleeper& sleeper = *condition.sleeping_.front();
    condition.sleeping_.pop_front();
    const std::lock_guard hold_point(sleeper.point.mutex);
    sleeper.notified = true;
    sleeper.by = carrier_.id;
    // From here on it can go on, though it may not have woken up yet.
    sleeper.who.waiting.what = Waiting::For::nothing;
    sleeper.point.changed.notify_one();
  }
  return {};
}

bool Threads::spin_for_lock(Lock& lock, Nanoseconds deadline) {
  std::optional<WaitInSight> wait;
  for (int tries = 1;; ++tries) {
    // Looking before trying keeps the cache line shared while the lock is held.
    if (!lock.held() && lock.try_take(number_)) return true;
    if (tries % spins_before_yield != 0) continue;
    poll(rt::Safepoint::back_edge);
    if (deadline != no_deadline && run_.now() >= deadline) return false;
    if (!wait && tries > spins_before_yield * yields_before_telling && deadline == no_deadline) {
      wait.emplace(carrier_, Waiting::For::lock, nap_, &lock);
    }
    std::this_thread::yield();
  }
}

Ready<void> Threads::sleep(Nanoseconds time, rt::Site site) {
  open_start_line();
  const AtLine at(line_, site);
  const Nanoseconds until = run_.now() + time;
  WithoutGil without(*this);
  record(Kind::sleep, State::blocked, ObjectId::none(), time);
  {
    std::unique_lock hold(nap_.mutex);
    const WaitInSight wait(carrier_, Waiting::For::time, nap_);
    for (Nanoseconds left = time; left > 0; left = until - run_.now()) {
      stop_if_cancelled();
      nap_.changed.wait_for(hold, std::chrono::nanoseconds(left));
    }
  }
  stop_if_cancelled();
  record(Kind::woken, without.had() ? awake() : State::running, ObjectId::none(), number_);
  without.again();
  return {};
}

Ready<void> Threads::io(rt::IoCall call, Nanoseconds time, rt::GilDuringIo gil, rt::Site site) {
  open_start_line();
  const AtLine at(line_, site);
  Io& io = io_calls();
  std::optional<WithoutGil> without;
  if (gil == rt::GilDuringIo::released) without.emplace(*this);
  if (call == rt::IoCall::send) {
    io.send();
  } else {
    record(Kind::io, State::blocked, ObjectId::none(), time);
    const WaitInSight wait(carrier_, io);
    stop_if_cancelled();
    if (!io.wait(time)) throw rt::Cancelled{};
    record(Kind::woken, without ? awake() : State::running, ObjectId::none(), number_);
  }
  if (without) without->again();
  return {};
}

Ready<void> Threads::join(rt::Participant who, rt::Site site) {
  open_start_line();
  const AtLine at(line_, site);
  for (auto child = children_.begin(); child != children_.end(); ++child) {
    Member& other = *(*child)->member;
    if (other.id != who.id) continue;
    if (!other.ended.load(std::memory_order_acquire)) {
      WithoutGil without(*this);
      record(Kind::wait, State::blocked, ObjectId::none(), who.id.value);
      wait_for_end(other);
      without.again();
    }
    spare_streams_.push_back(&(*child)->runtime->stream_);
    children_.erase(child);
    record(Kind::join, State::running, ObjectId::none(), who.id.value);
    return {};
  }
  assert(false && "joined a member that this one did not spawn");
  return {};
}

void Threads::wait_for_end(Member& other) {
  std::unique_lock hold(other.end.mutex);
  const WaitInSight wait(carrier_, Waiting::For::end, other.end, nullptr, &other);
  while (!other.ended.load(std::memory_order_acquire)) {
    stop_if_cancelled();
    other.end.changed.wait(hold);
  }
}

// ---- spawning -----------------------------------------------------------------------------------------------------

Threads::Spawned& Threads::add_child(const rt::SpawnOptions& options) {
  assert(options.vehicle == rt::Vehicle::thread && "tasks need the live loop: see the workload's vehicle()");
  const AtLine at(line_, options.site);
  children_.push_back(std::make_unique<Spawned>());
  Spawned& child = *children_.back();
  child.member = &run_.add_member(options.name.words(), carrier_.id, options.vehicle);
  child.runtime = std::make_unique<Threads>(run_, *child.member, stream_for_one_more());
  record(Kind::spawn, State::running, ObjectId::none(), child.member->id.value);
  return child;
}

void Threads::start(Spawned& child) {
  if (!start_line_) {
    start_line_ = std::make_shared<StartLine>();
    carrier_.flags.fetch_or(flag_start_line);
  }
  start_worker(*child.member, [&child, line = start_line_] {
    arrive(*line);
    child.runtime->carry(child.body);
  });
  ++held_;
}

void Threads::arrive(StartLine& line) {
  std::unique_lock hold(line.point.mutex);
  ++line.arrived;
  line.point.changed.notify_all();
  // Not a wait that a reader would see: it ends as soon as all have arrived.
  line.point.changed.wait(hold, [&] { return line.open; });
}

void Threads::open_start_line() {
  if (!start_line_) return;
  {
    std::unique_lock hold(start_line_->point.mutex);
    start_line_->point.changed.wait(hold, [&] { return start_line_->arrived == held_; });
    start_line_->open = true;
    start_line_->point.changed.notify_all();
  }
  start_line_.reset();
  held_ = 0;
  carrier_.flags.fetch_and(~std::uint32_t{flag_start_line});
}

void Threads::carry(rt::Task<>& body) {
  carrier_.began_at = run_.now();
  record(Kind::started, awake(), ObjectId::none(), trace::nobody);
  std::exception_ptr bug;
  try {
    stop_if_cancelled();
    take_gil();
    body.handle().resume();
    if (body.done()) body.state().take();
  } catch (const rt::Cancelled&) {
  } catch (const rt::LimitReached& limit) {
    run_.limit_reached(limit);
  } catch (...) {
    bug = std::current_exception();
  }
  open_start_line();
  drop_gil(false);
  if (processes_) processes_->end_all(listener());
  if (bug) std::rethrow_exception(bug);  // an exception that leaves a body is a bug, and ends the program
  finish_children();
  record(Kind::ended, State::idle, ObjectId::none(), carrier_.done.load());
  // From here on whoever joins it may let go of its memory.
  run_.body_ended(carrier_);
}

// A body that was cancelled did not join its children; their memory is ours, so we wait for them here.
void Threads::finish_children() {
  for (const auto& child : children_) wait_until_ended(*child->member);
}

}  // namespace interleave::live
