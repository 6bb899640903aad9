#include "live/loop.h"

#include <cassert>
#include <chrono>

namespace interleave::live {

using trace::Kind;
using trace::State;

Loop::Var::Var(Loop& rt, rt::Name name, std::int32_t initial)
    : value_(initial), id_(rt.run_.add_object(name, trace::ObjectKind::variable, initial)) {}

Loop::Lock::Lock(Loop& rt, rt::Name name, rt::LockKind lock_kind)
    : kind_(lock_kind), id_(rt.run_.add_object(name, trace::ObjectKind::lock, 0)) {}

// The outermost body's participant is there from the start, because State is made before the body.
Loop::Loop(Run& run) : run_(run), stream_(run.add_stream()) {
  add({{{"main", "main"}}, rt::Vehicle::thread}, ThreadId::none());
}

Loop::~Loop() {
  // Guards in frames that are destroyed now have nobody to hand their lock to.
  dying_ = true;
  for (const auto& body : bodies_) body->task = {};
}

Loop::Body& Loop::add(const rt::SpawnOptions& options, ThreadId parent) {
  bodies_.push_back(std::make_unique<Body>());
  Body& body = *bodies_.back();
  body.participant = &run_.add_participant(options.name.words(), parent, options.vehicle);
  assert(body.participant->id.index() == bodies_.size() - 1);
  body.rng = Rng::stream(static_cast<std::uint64_t>(run_.settings().seed), body.participant->id.value);
  ++alive_;
  return body;
}

void Loop::record(const Body& body, Kind kind, State state, ObjectId object, std::int64_t value) {
  trace::Event event;
  event.time = run_.now();
  event.value = value;
  event.thread = body.participant->id;
  event.object = object;
  event.kind = kind;
  event.state = state;
  stream_.record(event);
}

void Loop::check(bool condition, Text /*text*/) {
  if (condition) return;
  run_.check_failed();
  record(*current_, Kind::check_failed, State::running, ObjectId::none(), 0);
}

bool Loop::cancelled() const {
  return (bodies_.front()->participant->flags.load(std::memory_order_relaxed) & flag_cancel) != 0;
}

void Loop::poll() const {
  if (cancelled()) throw rt::Cancelled{};
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
  record(body, Kind::wait, State::waiting_lock, lock.id_, 0);
  body.got_lock = false;
  body.wanted = &lock;
  lock.waiting_.push_back(&body);
  if (limit != no_limit) set_timer(body, run_.now() + limit);
}

void Loop::wait_for_end(Body& other) {
  record(*current_, Kind::wait, State::blocked, ObjectId::none(), other.participant->id.value);
  current_->awaited = &other;
  other.joiners.push_back(current_);
}

void Loop::joined(const Body& other) {
  record(*current_, Kind::join, State::running, ObjectId::none(), other.participant->id.value);
}

void Loop::nap(Nanoseconds time) {
  record(*current_, Kind::sleep, State::blocked, ObjectId::none(), time);
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

// Sleeps until the next timer is due or the run is cancelled; false where there is no timer to wait for.
bool Loop::wait_for_timer() {
  ring(run_.now());
  if (!ready_.empty()) return true;
  if (timers_.empty()) return false;
  Waiting& waiting = bodies_.front()->participant->waiting;
  std::unique_lock hold(nap_.mutex);
  waiting.point = &nap_;
  while (!cancelled()) {
    const Nanoseconds left = timers_.top().time - run_.now();
    if (left <= 0) break;
    nap_.changed.wait_for(hold, std::chrono::nanoseconds(left));
  }
  waiting.point = nullptr;
  return true;
}

// ---- the loop -----------------------------------------------------------------------------------------------------

void Loop::carry(rt::Task<> task) {
  Body& outermost = *bodies_.front();
  outermost.task = std::move(task);
  outermost.innermost = outermost.task.handle();
  ready_.push_back(&outermost);
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
  }
  for (const auto& body : bodies_) {
    if (!body->participant->ended) end(*body);
  }
}

void Loop::resume(Body& body) {
  current_ = &body;
  if (!body.begun) {
    body.begun = true;
    body.participant->began_at = run_.now();
    record(body, Kind::started, State::running, ObjectId::none(), -1);
  } else if (body.got_lock) {
    record(body, Kind::acquire, State::running, ObjectId::none(), 1);
  } else {
    record(body, Kind::woken, State::running, ObjectId::none(), body.participant->id.value);
  }
  body.awaited = nullptr;
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
    run_.limit_reached(limit.available);
  }
}

void Loop::end(Body& body) {
  if (body.begun) record(body, Kind::ended, State::idle, ObjectId::none(), body.participant->done.load());
  run_.participant_ended(*body.participant);
  --alive_;
  for (Body* joiner : body.joiners) ready_.push_back(joiner);
  body.joiners.clear();
}

std::vector<rt::WaitEdge> Loop::waits() const {
  std::vector<rt::WaitEdge> out;
  for (const auto& body : bodies_) {
    if (body->participant->ended) continue;
    if (body->wanted != nullptr) {
      const Body* owner = body->wanted->owner_;
      out.push_back(
          {body->participant->id, body->wanted->id_, owner != nullptr ? owner->participant->id : ThreadId::none()});
    } else if (body->awaited != nullptr) {
      out.push_back({body->participant->id, ObjectId::none(), body->awaited->participant->id});
    }
  }
  return out;
}

}  // namespace interleave::live
