#include "live/loop.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <new>

#include "core/memory.h"
#include "live/gil.h"

namespace interleave::live {

using trace::Kind;
using trace::State;

Loop::Lock::Lock(Loop& rt, rt::Name name, rt::LockKind lock_kind)
    : kind_(lock_kind), id_(rt.run_.add_object(name, trace::ObjectKind::lock, 0)) {}

Loop::Condition::Condition(Loop& rt, rt::Name name, Lock& lock)
    : lock_(lock), id_(rt.run_.add_object(name, trace::ObjectKind::condition, 0)) {}

// The outermost body's participant is there from the start, because State is made before the body.
Loop::Loop(Run& run)
    : Calls(run, run.add_member(Words{Text{"main", "main"}}, ThreadId::none(), rt::Vehicle::thread),
            run.add_loop_stream()) {
  add(carrier_);
}

Loop::~Loop() {
  // Guards in frames that are destroyed now have nobody to hand their lock to.
  dying_ = true;
  for (Body& body : bodies_) body.task = {};
}

void* Loop::allocate_frame(std::size_t size) {
  frame_bytes_ += size;
  most_frame_bytes_ = std::max(most_frame_bytes_, frame_bytes_);
  return ::operator new(size);
}

void Loop::release_frame(void* frame, std::size_t size) noexcept {
  frame_bytes_ -= size;
  ::operator delete(frame);
}

Loop::Body& Loop::add(const rt::SpawnOptions& options) {
  if (!has_memory_for_more(bodies_.size() + 1)) {
    throw rt::LimitReached{static_cast<std::int64_t>(bodies_.size()), rt::Scarce::memory};
  }
  return add(run_.add_member(options.name.words(), self(), options.vehicle));
}

Loop::Body& Loop::add(Member& member) {
  Body& body = bodies_.emplace_back();
  body.member = &member;
  by_id_.resize(member.id.index() + 1, nullptr);
  by_id_[member.id.index()] = &body;
  body.rng = Rng::stream(static_cast<std::uint64_t>(run_.settings().seed), member.id.value);
  ++alive_;
  return body;
}

// A call that the whole loop waits for.
void Loop::call_out(rt::IoCall call, Nanoseconds time, bool keeps_gil) {
  Io& io = io_calls();
  if (call == rt::IoCall::send) return io.send();
  record(Kind::io, State::blocked, ObjectId::none(), time);
  if (!keeps_gil) drop_gil(false);
  {
    const WaitInSight wait(carrier_, io);
    if (cancelled() || !io.wait(time)) throw rt::Cancelled{};
  }
  if (!keeps_gil) take_gil();
  if (call == rt::IoCall::block) {
    record(Kind::woken, State::running, ObjectId::none(), self().value);
  }
}

// ---- waits --------------------------------------------------------------------------------------------------------

bool Loop::try_take(Lock& lock) {
  if (lock.owner_ != nullptr) return false;
  lock.owner_ = current_;
  return true;
}

void Loop::release(Lock& lock) {
  if (dying_) return;
  lock.owner_ = nullptr;
  if (lock.waiting_.empty()) return;
  Body& next = *lock.waiting_.front();
  lock.waiting_.pop_front();
  lock.owner_ = &next;
  next.got_lock = true;
  next.wanted = nullptr;
  next.timer_set = false;
  ready_.push_back(&next);
}

void Loop::wait_for_lock(Lock& lock, Nanoseconds limit) {
  Body& body = *current_;
  record(body, Kind::wait, State::waiting_lock, lock.id_, lock.owner_->member->id.value);
  body.got_lock = false;
  body.wanted = &lock;
  lock.waiting_.push_back(&body);
  if (limit != no_limit) set_timer(body, run_.now() + limit);
}

void Loop::wait_for_notice(Condition& condition) {
  Body& body = *current_;
  assert(condition.lock_.owner_ == &body && "waits for a condition without its lock");
  record(body, Kind::wait, State::blocked, condition.id_, trace::nobody);
  body.hoped_for = &condition;
  condition.waiting_.push_back(&body);
  release(condition.lock_);
}

Ready<void> Loop::notify(Condition& condition, std::size_t most) {
  Lock& lock = condition.lock_;
  assert(lock.owner_ == current_ && "notifies without the condition's lock");
  for (; most > 0 && !condition.waiting_.empty(); --most) {
    Body& body = *condition.waiting_.front();
    condition.waiting_.pop_front();
    body.hoped_for = nullptr;
    body.got_lock = false;
    body.wanted = &lock;
    lock.waiting_.push_back(&body);
  }
  return {};
}

void Loop::wait_for_end(ThreadId who) {
  record(Kind::wait, State::blocked, ObjectId::none(), who.value);
  current_->awaited = who;
  if (BesideLoop* thread = beside(who)) {
    thread->joiner = current_;
  } else {
    body_of(who)->joiners.push_back(current_);
  }
}

void Loop::joined(ThreadId who) {
  record(Kind::join, State::running, ObjectId::none(), who.value);
  const BesideLoop* thread = beside(who);
  if (thread == nullptr) return;
  spare_streams_.push_back(thread->stream);
  std::erase_if(beside_, [&](const auto& one) { return one.get() == thread; });
}

void Loop::nap(Kind kind, Nanoseconds time) {
  record(kind, State::blocked, ObjectId::none(), time);
  set_timer(*current_, run_.now() + time);
}

void Loop::set_timer(Body& body, Nanoseconds at) {
  body.timer_set = true;
  timers_.push({at, timer_count_++, &body, ++body.timer});
}

void Loop::ring(Nanoseconds now) {
  while (!timers_.empty()) {
    const Timer timer = timers_.top();
    Body& body = *timer.body;
    const bool stale = !body.timer_set || body.timer != timer.number;
    if (!stale && timer.time > now) return;
    timers_.pop();
    if (stale) continue;
    body.timer_set = false;
    if (body.wanted != nullptr) {
      std::erase(body.wanted->waiting_, &body);
      body.wanted = nullptr;
    }
    ready_.push_back(&body);
  }
}

// Sleeps until the next timer is due, a thread beside the loop that is waited for has ended, or the run is cancelled;
// false where there is nothing to wait for.
bool Loop::wait_for_timer() {
  ring(run_.now());
  wake_joiners();
  if (!ready_.empty()) return true;
  const auto is_joined = [](const auto& thread) { return thread->joiner != nullptr; };
  const bool threads = std::ranges::any_of(beside_, is_joined);
  if (timers_.empty() && !threads) return false;
  const auto has_ended = [](const auto& thread) { return thread->joiner != nullptr && thread->member->ended; };
  drop_gil(false);
  {
    std::unique_lock hold(nap_.mutex);
    const WaitInSight wait(carrier_, Waiting::For::time, nap_);
    while (!cancelled() && std::ranges::none_of(beside_, has_ended)) {
      constexpr Nanoseconds long_time = second;
      const Nanoseconds left = timers_.empty() ? long_time : timers_.top().time - run_.now();
      if (left <= 0) break;
      nap_.changed.wait_for(hold, std::chrono::nanoseconds(left));
    }
  }
  wake_joiners();
  if (!cancelled()) take_gil();
  return true;
}

// ---- the loop -----------------------------------------------------------------------------------------------------

void Loop::carry(rt::Task<> task) {
  Body& outermost = bodies_.front();
  outermost.task = std::move(task);
  outermost.innermost = outermost.task.handle();
  ready_.push_back(&outermost);
  try {
    run_tasks();
  } catch (const rt::Cancelled&) {
    // The interpreter lock was not to be had any more; the loop ends like any other that is cancelled.
  }
  drop_gil(false);
  wait_for_those_beside();
  for (Body& body : bodies_) {
    if (!body.member->ended) end(body);
  }
}

void Loop::run_tasks() {
  take_gil();
  while (alive_ > 0 && !cancelled()) {
    // Those that are ready now have their turn before timers are looked at, so that no task starves the clock.
    for (std::size_t turn = ready_.size(); turn > 0 && !cancelled(); --turn) {
      Body& body = *ready_.front();
      ready_.pop_front();
      resume(body);
    }
    if (alive_ == 0) break;
    if (ready_.empty()) {
      if (!wait_for_timer()) {
        run_.hang_found(waits());
        break;
      }
    }
    ring(run_.now());
    wake_joiners();
    // Between two rounds the loop asks the system what has happened, which lets the interpreter lock go, as asyncio's
    // select does even where it does not wait.
    if (has_gil_) {
      drop_gil(false);
      take_gil();
    }
  }
}

// ---- threads beside the loop ----------------------------------------------------------------------------------------

Loop::BesideLoop& Loop::add_beside(const rt::SpawnOptions& options) {
  beside_.push_back(std::make_unique<BesideLoop>());
  BesideLoop& out = *beside_.back();
  out.member = &run_.add_member(options.name.words(), self(), options.vehicle);
  by_id_.resize(out.member->id.index() + 1, nullptr);
  out.stream = &stream_for_one_more();
  out.runtime = std::make_unique<Threads>(run_, *out.member, *out.stream);
  return out;
}

void Loop::start_beside(BesideLoop& beside) {
  start_worker(*beside.member, [this, &beside] {
    beside.runtime->carry(beside.body);
    nap_.notify_all();
  });
}

Loop::BesideLoop* Loop::beside(ThreadId id) {
  const auto found = std::ranges::find_if(beside_, [&](const auto& thread) { return thread->member->id == id; });
  return found == beside_.end() ? nullptr : found->get();
}

Loop::Body* Loop::body_of(ThreadId id) { return by_id_[id.index()]; }

const Member& Loop::member(ThreadId id) {
  const Body* body = body_of(id);
  return body != nullptr ? *body->member : *beside(id)->member;
}

void Loop::wake_joiners() {
  for (const auto& thread : beside_) {
    if (thread->joiner != nullptr && thread->member->ended) ready_.push_back(std::exchange(thread->joiner, nullptr));
  }
}

// Their memory is ours.
void Loop::wait_for_those_beside() {
  for (const auto& thread : beside_) wait_until_ended(*thread->member);
}

void Loop::resume(Body& body) {
  if (current_ != nullptr && current_ != &body) ++switches_;
  current_ = &body;
  if (!body.begun) {
    body.begun = true;
    body.member->began_at = run_.now();
    record(body, Kind::started, State::running, ObjectId::none(), -1);
  } else if (body.got_lock) {
    record(body, Kind::acquire, State::running, ObjectId::none(), 1);
  } else {
    record(body, Kind::woken, State::running, ObjectId::none(), body.member->id.value);
  }
  body.awaited = ThreadId::none();
  body.line = 0;
  // A nested Task's call or return changes the innermost frame; the body waits once a frame stays where it is.
  std::coroutine_handle<> before;
  do {
    before = body.innermost;
    before.resume();
  } while (body.innermost && body.innermost != before);
  body.got_lock = false;
  if (body.innermost) return;
  const auto error = body.task.state().error;
  end(body);
  if (!error) return;
  try {
    std::rethrow_exception(error);
  } catch (const rt::Cancelled&) {
    // The loop sees the flag, too.
  } catch (const rt::LimitReached& limit) {
    run_.limit_reached(limit);
  }
}

void Loop::end(Body& body) {
  if (body.begun) record(body, Kind::ended, State::idle, ObjectId::none(), body.member->done.load());
  run_.member_ended(*body.member);
  --alive_;
  for (Body* joiner : body.joiners) ready_.push_back(joiner);
  body.joiners.clear();
}

rt::Usage Loop::usage() const {
  const std::size_t records = (bodies_.size() - 1) * (sizeof(Body) + sizeof(Member));
  return {.switches = switches_, .tasks = static_cast<std::int64_t>(most_frame_bytes_ + records)};
}

std::vector<rt::WaitEdge> Loop::waits() const {
  std::vector<rt::WaitEdge> out;
  for (const Body& body : bodies_) {
    if (body.member->ended) continue;
    const ThreadId self = body.member->id;
    if (body.wanted != nullptr) {
      const Body* owner = body.wanted->owner_;
      out.push_back({self, body.wanted->id_, owner != nullptr ? owner->member->id : ThreadId::none()});
    } else if (body.hoped_for != nullptr) {
      out.push_back({self, body.hoped_for->id_, ThreadId::none()});
    } else if (body.awaited.valid()) {
      out.push_back({self, ObjectId::none(), body.awaited});
    }
  }
  return out;
}

}  // namespace interleave::live
