#include "live/run.h"

#include <algorithm>
#include <limits>
#include <thread>

#include "core/clock.h"
#include "live/condition.h"
#include "live/gil.h"
#include "live/io.h"
#include "live/lock.h"
#include "live/platform.h"
#include "live/pool.h"

namespace interleave::live {

Run::Run(const Settings& settings, const rt::Interpreting& interpreting, std::size_t budget, std::int64_t work)
    : settings_(settings),
      interpreting_(interpreting),
      budget_(budget),
      work_(work),
      samples_(trace_->add_stream(budget / 8)) {
  if (!interpreting.has_gil()) return;
  const ObjectId object = trace_->add_object({Text{"the GIL", "GIL"}, trace::ObjectKind::interpreter, 0});
  gil_ = std::make_unique<Gil>(object, interpreting.switch_interval);
}

Run::~Run() = default;

// ---- for the owner ------------------------------------------------------------------------------------------------

void Run::cancel() {
  cancel_requested_ = true;
  if (Pool* pool = pool_.load()) pool->nudge();
}

void Run::finish_unbegun() {
  outcome_ = rt::cancelled_outcome(false);
  stage_.store(Stage::finished, std::memory_order_release);
}

trace::Snapshot Run::snapshot() const {
  trace::Snapshot out;
  out.engine = Engine::live;
  const Stage stage = stage_.load(std::memory_order_acquire);
  out.phase = stage == Stage::finished  ? trace::Phase::finished
              : stage == Stage::running ? trace::Phase::running
                                        : trace::Phase::starting;
  out.trace = trace_;
  out.seed = static_cast<std::uint64_t>(settings_.seed);
  out.now = stage == Stage::running ? now() : elapsed_.load();
  if (work_ > 0) out.progress = static_cast<double>(progress_.load()) / static_cast<double>(work_);
  if (stage == Stage::finished) out.outcome = outcome_;
  return out;
}

// ---- for the participants -----------------------------------------------------------------------------------------

Nanoseconds Run::now() const { return steady_now() - epoch_.load(std::memory_order_relaxed); }

std::size_t Run::capacity() const { return pool_.load()->capacity(); }

Member& Run::add_member(Words name, ThreadId parent, trace::Vehicle vehicle) {
  const std::lock_guard hold(mutex_);
  Member& out = members_.emplace_back();
  out.id = trace_->add_thread({std::move(name), parent, vehicle});
  if (cancelling_) out.flags = flag_cancel;
  return out;
}

void Run::member_ended(Member& member) {
  member.ended_at = now();
  member.ended.store(true, std::memory_order_release);
  member.end.notify_all();
}

void Run::body_ended(Member& member) {
  {
    // Who stops the run has the mutex while it looks at waits: after this it knows of none of this participant's.
    const std::lock_guard hold(mutex_);
    --bodies_;
  }
  member_ended(member);
}

trace::Stream& Run::add_stream() {
  const std::lock_guard hold(mutex_);
  // The pool's size bounds how many streams there can be, so that together they stay within what a loop leaves of the
  // budget, or the whole.
  const std::size_t shared = has_loop_ ? budget_ / 4 : budget_;
  return trace_->add_stream(shared / (capacity() + 1));
}

trace::Stream& Run::add_loop_stream() {
  const std::lock_guard hold(mutex_);
  has_loop_ = true;
  return trace_->add_stream(budget_ / 2);
}

ObjectId Run::add_object(const rt::Name& name, trace::ObjectKind kind, std::int64_t initial) {
  const std::lock_guard hold(mutex_);
  return trace_->add_object({name.words(), kind, initial});
}

void Run::start_worker(std::function<void()> job) {
  Pool& pool = *pool_.load();
  {
    const std::lock_guard hold(mutex_);
    ++jobs_;
  }
  const std::function<void()> whole = [this, job = std::move(job)] {
    job();
    const std::lock_guard hold(mutex_);
    --jobs_;
    pool_.load()->nudge();
  };
  for (bool leaving = true; leaving; std::this_thread::yield()) {
    const bool started = pool.try_start(whole);
    const std::lock_guard hold(mutex_);
    if (started) {
      most_bodies_ = std::max(most_bodies_, ++bodies_);
      return;
    }
    // A worker whose body has ended, and may have been joined, is idle in a moment, or is so by now.
    const auto busy = static_cast<std::int64_t>(pool.busy());
    leaving = busy > bodies_ || busy < static_cast<std::int64_t>(pool.capacity());
  }
  {
    const std::lock_guard hold(mutex_);
    --jobs_;
  }
  throw rt::LimitReached{static_cast<std::int64_t>(pool.capacity())};
}

void Run::hang_found(std::vector<rt::WaitEdge> waits) {
  const std::lock_guard hold(mutex_);
  hang_ = std::move(waits);
}

void Run::limit_reached(const rt::LimitReached& limit) {
  {
    const std::lock_guard hold(mutex_);
    limit_ = limit;
  }
  cancel_requested_ = true;
}

// ---- the watcher --------------------------------------------------------------------------------------------------

void Run::watch_over(Pool& pool, Signal& signal) {
  if (cancel_requested_) return finish_unbegun();
  pool_ = &pool;
  epoch_ = steady_now();
  stage_.store(Stage::running, std::memory_order_release);
  start_worker([this] { carry(); });
  while (!all_ended()) {
    signal.wait_for(tick);
    sample();
    if (cancel_requested_ && !cancelling_) stop_all();
    if (cancelling_) continue;
    if (std::vector<rt::WaitEdge> waits = look_for_hang(); !waits.empty()) {
      hang_found(std::move(waits));
      stop_all();
    }
  }
  sample();
  elapsed_ = elapsed();
  pool_ = nullptr;
  if (!hang_.empty()) {
    outcome_ = explained(rt::hang_outcome(hang_, *trace_));
  } else if (limit_) {
    outcome_ = rt::limit_outcome(*limit_);
  } else if (cancelling_) {
    outcome_ = rt::cancelled_outcome(false);
  } else {
    outcome_ = judge({Engine::live, elapsed_, failed_checks_, trace_.get(), true, usage()});
  }
  stage_.store(Stage::finished, std::memory_order_release);
}

bool Run::all_ended() const {
  const std::lock_guard hold(mutex_);
  return all_jobs_ended();
}

void Run::sample() {
  const Nanoseconds at = now();
  const std::lock_guard hold(mutex_);
  const Nanoseconds since = at - last_sample_;
  if (members_.size() > many && since < sample_many_every && !all_jobs_ended()) return;
  const bool tells = since >= sample_every;
  if (tells) last_sample_ = at;
  std::int64_t sum = 0;
  for (Member& member : members_) {
    const std::int64_t done = member.done.load(std::memory_order_relaxed);
    sum += done;
    if (!tells || done == member.done_told || member.ended || member.began_at < 0) continue;
    member.done_told = done;
    trace::Event event;
    event.time = at;
    event.value = done;
    event.thread = member.id;
    event.kind = trace::Kind::progress;
    event.state = trace::State::running;
    samples_.record(event);
  }
  progress_ = sum;
}

void Run::stop_all() {
  cancelling_ = true;
  const std::lock_guard hold(mutex_);
  for (Member& member : members_) {
    member.flags.fetch_or(flag_cancel);
    // A participant registers its wait before it looks at the flag, so either it sees the flag or we see the wait.
    if (WaitPoint* point = member.waiting.point.load()) point->notify_all();
    if (Interruptible* io = member.waiting.io.load()) io->interrupt();
  }
}

std::vector<rt::WaitEdge> Run::look_for_hang() {
  const std::lock_guard hold(mutex_);
  std::vector<rt::WaitEdge> out;
  std::uint64_t waits = 1;
  for (const Member& member : members_) {
    if (member.ended) continue;
    const Waiting& waiting = member.waiting;
    waits += waiting.number.load();
    switch (waiting.what.load()) {
      case Waiting::For::lock: {
        const Lock* lock = waiting.lock.load();
        const std::uint32_t owner = lock->owner();
        if (!lock->held()) return quiet_waits_ = 0, std::vector<rt::WaitEdge>{};
        out.push_back({member.id, lock->id(), ThreadId{owner}});
        break;
      }
      // Whoever notifies it takes it out of this state.
      case Waiting::For::condition: out.push_back({member.id, waiting.condition.load()->id(), ThreadId::none()}); break;
      case Waiting::For::end: {
        const Member* other = waiting.other.load();
        if (other->ended) return quiet_waits_ = 0, std::vector<rt::WaitEdge>{};
        out.push_back({member.id, ObjectId::none(), other->id});
        break;
      }
      // Of a child that has ended there is always something to hear: its parent is only about to.
      case Waiting::For::child:
      case Waiting::For::pipe:
        if (waiting.other.load()->ended) return quiet_waits_ = 0, std::vector<rt::WaitEdge>{};
        out.push_back({member.id, waiting.pipe.load(), waiting.other.load()->id, waiting.wanted.load()});
        break;
      default: return quiet_waits_ = 0, std::vector<rt::WaitEdge>{};
    }
  }
  // The same waits as at the last look: nobody was between two waits when we looked.
  if (out.empty() || quiet_waits_ != waits) {
    quiet_waits_ = out.empty() ? 0 : waits;
    return {};
  }
  return out;
}

rt::Usage Run::usage() const {
  const std::lock_guard hold(mutex_);
  rt::Usage out;
  for (const Member& member : members_) {
    out.switches += static_cast<std::int64_t>(member.waiting.number.load());
  }
  out.one_stack = stack_size();
  out.stacks = most_bodies_ * out.one_stack;
  return out;
}

Nanoseconds Run::elapsed() const {
  const std::lock_guard hold(mutex_);
  // Of the bodies that were spawned, where there are any: the outermost one mostly starts and waits.
  Nanoseconds begin = std::numeric_limits<Nanoseconds>::max();
  Nanoseconds end = 0;
  for (std::size_t at = members_.size() > 1 ? 1 : 0; at < members_.size(); ++at) {
    if (members_[at].began_at < 0) continue;
    begin = std::min(begin, members_[at].began_at.load());
    end = std::max(end, members_[at].ended_at.load());
  }
  return std::max<Nanoseconds>(0, end - begin);
}

}  // namespace interleave::live
